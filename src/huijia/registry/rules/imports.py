"""How an import may go on, when it is stopped, and which files it takes. Pure."""

from collections.abc import Mapping
from typing import Final

from huijia.core.kernel.verdict import ALLOWED, Verdict, refused
from huijia.registry.choices import ImportState as State

TRANSITIONS: Final[Mapping[str, frozenset[str]]] = {
    State.UPLOADED: frozenset({State.JUDGING, State.MERGING, State.CANCELLED, State.FAILED}),
    State.JUDGING: frozenset({State.JUDGED, State.STOPPED, State.CANCELLED, State.FAILED}),
    State.JUDGED: frozenset({State.MERGING, State.CANCELLED, State.FAILED}),
    State.MERGING: frozenset({State.FINISHED, State.STOPPED, State.CANCELLED, State.FAILED}),
    State.FINISHED: frozenset(),
    State.STOPPED: frozenset(),
    State.FAILED: frozenset(),
    State.CANCELLED: frozenset(),
}
"""What may follow what; the command line merges without a dry run before."""

FEWEST_FOR_A_STOP: Final = 10
LARGEST_SHARE_OF_TROUBLE: Final = 0.5


def may_become(state: str, following: str) -> Verdict:
    """Whether an import in one state may come into another."""
    if following in TRANSITIONS[state]:
        return ALLOWED
    return refused("import-not-in-that-state", state=state)


def may_be_confirmed(state: str) -> Verdict:
    """Whether an officer may have a sheet taken in: once it was checked, and once only."""
    if state == State.JUDGED:
        return ALLOWED
    is_too_early = state in (State.UPLOADED, State.JUDGING)
    return refused("import-not-checked-yet" if is_too_early else "import-not-in-that-state")


def may_go_on(*, rows: int, conflicts: int, duplicates: int) -> Verdict:
    """Whether so many conflicts and duplicates among the rows judged so far are bearable.

    More than half, from ten rows on, means that the wrong sheet was taken, or the wrong union:
    it is better to stop than to have an officer look at each. A row that is refused for its own
    mistakes does not count, and neither does one that changes nothing.
    """
    trouble = conflicts + duplicates
    if rows >= FEWEST_FOR_A_STOP and trouble > rows * LARGEST_SHARE_OF_TROUBLE:
        return refused("import-mostly-trouble", rows=rows, trouble=trouble)
    return ALLOWED
