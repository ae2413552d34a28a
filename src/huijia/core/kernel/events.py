"""What has happened, told to whoever listens: the one table in `journeys.reactions`."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

Handler = Callable[[Any], None]
_reactions: dict[type, tuple[Handler, ...]] = {}


def install(table: Mapping[type, Sequence[Handler]]) -> None:
    """Make a table of event type to handlers the one in force."""
    _reactions.clear()
    _reactions.update({event: tuple(handlers) for event, handlers in table.items()})


def publish(event: object) -> None:
    """Run the handlers of an event, in the order of the table, in the caller's transaction."""
    for handler in _reactions.get(type(event), ()):
        handler(event)
