"""The answer to "may this be done?": yes, or no with a reason that can be told."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether something may happen, and if not, the reason's code and the facts it names.

    The code is stable (tests and clients rely on it); the sentence for people is looked up
    from it where it is shown, in the reader's language.
    """

    allowed: bool
    reason: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return self.allowed


ALLOWED = Verdict(allowed=True)


def refused(reason: str, **facts: Any) -> Verdict:
    """A verdict that says no, for the reason with this code."""
    return Verdict(allowed=False, reason=reason, facts=facts)
