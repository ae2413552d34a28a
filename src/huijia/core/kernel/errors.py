"""The ways in which an act ends without having happened."""

from huijia.core.kernel.verdict import Verdict


class Refused(Exception):  # noqa: N818 - a refusal is an answer, not an error
    """The actor can see the thing and may not do this to it: 403 with the verdict's reason."""

    def __init__(self, verdict: Verdict) -> None:
        super().__init__(verdict.reason)
        self.verdict = verdict


class NotFound(Exception):  # noqa: N818
    """There is no such thing, or the actor may not know of it: 404 in both cases."""


class TooOften(Exception):  # noqa: N818
    """Tried too often: 429, and from when it may be tried again.

    `retry_after` is in seconds, rounded up.
    """

    def __init__(self, retry_after: int) -> None:
        super().__init__(f"again in {retry_after} s")
        self.retry_after = retry_after
