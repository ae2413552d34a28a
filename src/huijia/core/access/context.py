"""What the frame of a page shows of the person signed in."""

from typing import Any

from django.http import HttpRequest

from huijia.core.web.environment import url


def account(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `account` for the layouts' menu, none for whoever is not signed in."""
    found = getattr(request, "signed_in", None)
    if found is None:
        return {"account": None}
    return {
        "account": {
            "name": found.actor.name,
            "role": found.role,
            "organisation": found.organisation,
            "home": url("account_home"),
            "sign_out": url("account_logout"),
        }
    }
