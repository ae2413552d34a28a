"""The second factor: whether this session has shown it."""

from allauth.account.authentication import get_authentication_records
from django.http import HttpRequest

METHOD = "mfa"
"""How allauth names it in the session's record of what was shown."""


def is_shown(request: HttpRequest) -> bool:
    """Whether the person signed in has shown a second factor in this session."""
    records = get_authentication_records(request, request.user)
    return any(record["method"] == METHOD for record in records)
