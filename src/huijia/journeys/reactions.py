"""What follows from what: every event with its handlers, in one table.

Handlers run in the transaction of the act, in this order; work for later is enqueued by them.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from huijia.core.kernel.events import Handler
from huijia.insight.public import figures
from huijia.registry.public import MembershipsChanged, UnionsChanged

TABLE: Mapping[type, Sequence[Handler]] = {
    MembershipsChanged: (figures.count_memberships,),
    UnionsChanged: (figures.count_unions,),
}


@dataclass(frozen=True, slots=True)
class Reaction:
    """A row of the table as documentation shows it."""

    event: str
    happens: str
    handler: str
    does: str


def listed() -> Iterator[Reaction]:
    """The table in words: names as in the code, and the first line of each docstring."""
    for event, handlers in TABLE.items():
        for handler in handlers:
            yield Reaction(
                event=f"{event.__module__}.{event.__qualname__}",
                happens=_first_line(event),
                handler=f"{handler.__module__}.{handler.__qualname__}",
                does=_first_line(handler),
            )


def _first_line(thing: object) -> str:
    return (thing.__doc__ or "").strip().partition("\n")[0]
