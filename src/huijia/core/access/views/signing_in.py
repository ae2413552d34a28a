"""allauth's two steps of the sign-in, with our site's name in the frame."""

from typing import Any

from allauth.account.views import LoginView
from allauth.mfa.base.views import AuthenticateView


class OwnSite:
    """The library calls `site` what is only the request's host; ours is a global of all pages."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The page's values without the host."""
        found: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]
        found.pop("site", None)
        return found


class SignInView(OwnSite, LoginView):  # type: ignore[misc]  # the library has no types
    """Name and password."""


class CodeView(OwnSite, AuthenticateView):  # type: ignore[misc]
    """The code."""


sign_in = SignInView.as_view()
code = CodeView.as_view()
