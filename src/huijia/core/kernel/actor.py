"""Who acts, with what they were granted and where."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Place:
    """A node of the union tree as a reach: its id, its depth (1 is the city) and its path."""

    id: int
    depth: int
    path: str

    def holds(self, path: str) -> bool:
        """Whether the node at `path` (ids joined by dots) is this one or lies below it."""
        return path == self.path or path.startswith(f"{self.path}.")


@dataclass(frozen=True, slots=True)
class ActorGrant:
    """One role held on one subtree today, resolved to the permits it brings."""

    role: str
    permits: frozenset[str]
    place: Place


@dataclass(frozen=True, slots=True)
class Actor:
    """A person or the system itself, about to do something.

    `account_id` is None for the system, which acts under a name of its own (`name`) and with
    grants that the caller states.
    """

    account_id: int | None
    name: str
    grants: tuple[ActorGrant, ...] = ()

    @property
    def is_system(self) -> bool:
        """Whether no person stands behind the act."""
        return self.account_id is None

    def places(self, permit: StrEnum) -> tuple[Place, ...]:
        """The subtrees on which the actor holds a permit, without those inside another."""
        return outermost(grant.place for grant in self.grants if permit in grant.permits)

    def reach(self) -> tuple[Place, ...]:
        """All subtrees on which the actor holds anything."""
        return outermost(grant.place for grant in self.grants)

    def holds(self, permit: StrEnum) -> bool:
        """Whether the actor holds a permit anywhere."""
        return any(permit in grant.permits for grant in self.grants)


ANONYMOUS = Actor(account_id=None, name="anonymous")
NOWHERE = Place(id=0, depth=0, path="")
"""Where a grant stands that reaches no union: for acts that concern none."""


def system(name: str, *permits: StrEnum, place: Place = NOWHERE) -> Actor:
    """The system itself, under the name that the audit shows, with just the permits of its act."""
    grant = ActorGrant(role="system", permits=frozenset(map(str, permits)), place=place)
    return Actor(account_id=None, name=name, grants=(grant,))


def outermost(places: Iterable[Place]) -> tuple[Place, ...]:
    """The places that lie in no other of them, top first."""
    kept: list[Place] = []
    for place in sorted(set(places), key=lambda each: (each.depth, each.id)):
        if not any(other.holds(place.path) for other in kept):
            kept.append(place)
    return tuple(kept)
