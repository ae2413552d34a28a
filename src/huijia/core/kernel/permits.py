"""The one decision on permits: everything else only asks it."""

from enum import StrEnum
from typing import Protocol

from huijia.core.kernel.actor import Actor
from huijia.core.kernel.errors import NotFound, Refused
from huijia.core.kernel.verdict import ALLOWED, Verdict, refused


class Placed(Protocol):
    """A thing that stands somewhere in the union tree."""

    @property
    def path(self) -> str:
        """Ids from the city down to the node, joined by dots."""


def decide(actor: Actor, permit: StrEnum, target: Placed | None = None) -> Verdict:
    """Whether the actor may do what the permit names, to the target or (None) anywhere at all."""
    if target is None:
        return ALLOWED if actor.holds(permit) else refused("not-permitted")
    if any(place.holds(target.path) for place in actor.places(permit)):
        return ALLOWED
    return refused("not-permitted")


def require(actor: Actor, permit: StrEnum, target: Placed | None = None) -> None:
    """Go on only if the actor may.

    Raises `NotFound` when the target lies outside the actor's whole reach, so that nobody learns
    what exists elsewhere, and `Refused` when the actor can see it and may not do this.
    """
    if decide(actor, permit, target):
        return
    if target is not None and not any(place.holds(target.path) for place in actor.reach()):
        raise NotFound
    raise Refused(refused("not-permitted", permit=str(permit)))
