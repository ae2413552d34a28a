"""The one decision, as truth tables."""

from dataclasses import dataclass
from enum import StrEnum

import pytest

from huijia.core.kernel.actor import ANONYMOUS, NOWHERE, Actor, ActorGrant, Place, outermost, system
from huijia.core.kernel.errors import NotFound, Refused
from huijia.core.kernel.permits import decide, require


class Permit(StrEnum):
    VIEW = "test:thing:view"
    EDIT = "test:thing:edit"


@dataclass(frozen=True)
class Thing:
    path: str


CITY = Place(1, 1, "1")
COUNTY = Place(2, 2, "1.2")
TOWN = Place(3, 3, "1.2.3")
SIBLING = Place(4, 3, "1.2.4")
TWENTY = Place(20, 2, "1.20")


def actor(*held: tuple[Place, Permit]) -> Actor:
    grants = (ActorGrant("role", frozenset({str(permit)}), place) for place, permit in held)
    return Actor(account_id=7, name="officer", grants=tuple(grants))


VIEWER = actor((TOWN, Permit.VIEW))
EDITOR = actor((TOWN, Permit.EDIT))
MIXED = actor((CITY, Permit.VIEW), (TOWN, Permit.EDIT))


@pytest.mark.parametrize(
    ("who", "permit", "path", "allowed"),
    [
        (VIEWER, Permit.VIEW, "1.2.3", True),  # the place itself
        (VIEWER, Permit.VIEW, "1.2.3.9", True),  # below it
        (VIEWER, Permit.VIEW, "1.2.3.9.11", True),
        (VIEWER, Permit.VIEW, "1.2", False),  # above it
        (VIEWER, Permit.VIEW, "1", False),
        (VIEWER, Permit.VIEW, "1.2.4", False),  # beside it
        (VIEWER, Permit.VIEW, "1.2.33", False),  # only looks like it
        (VIEWER, Permit.EDIT, "1.2.3", False),  # another permit
        (MIXED, Permit.VIEW, "1.2.4", True),
        (MIXED, Permit.EDIT, "1.2.3.9", True),
        (MIXED, Permit.EDIT, "1.2.4", False),  # permits do not wander between grants
        (ANONYMOUS, Permit.VIEW, "1", False),
        (actor(), Permit.VIEW, "1", False),
    ],
)
def test_who_may_do_what_where(who: Actor, permit: Permit, path: str, allowed: bool) -> None:
    verdict = decide(who, permit, Thing(path))

    assert bool(verdict) is allowed
    assert verdict.reason == ("" if allowed else "not-permitted")


@pytest.mark.parametrize(
    ("who", "permit", "allowed"),
    [
        (VIEWER, Permit.VIEW, True),
        (VIEWER, Permit.EDIT, False),
        (MIXED, Permit.EDIT, True),
        (ANONYMOUS, Permit.VIEW, False),
        (system("init", Permit.EDIT), Permit.EDIT, True),
        (system("init", Permit.EDIT), Permit.VIEW, False),
    ],
)
def test_who_may_do_something_anywhere_at_all(who: Actor, permit: Permit, allowed: bool) -> None:
    assert bool(decide(who, permit)) is allowed


@pytest.mark.parametrize(
    ("who", "permit", "path", "outcome"),
    [
        (VIEWER, Permit.VIEW, "1.2.3", None),
        (VIEWER, Permit.EDIT, "1.2.3", Refused),  # seen, and not allowed
        (VIEWER, Permit.EDIT, "1.2.4", NotFound),  # not to be known of
        (VIEWER, Permit.VIEW, "1.2", NotFound),
        (MIXED, Permit.EDIT, "1.2.4", Refused),
        (ANONYMOUS, Permit.VIEW, "1.2.3", NotFound),
        (system("init", Permit.EDIT), Permit.EDIT, "1.2.3", NotFound),
    ],
)
def test_what_requiring_ends_in(
    who: Actor, permit: Permit, path: str, outcome: type[Exception] | None
) -> None:
    if outcome is None:
        require(who, permit, Thing(path))
        return
    with pytest.raises(outcome):
        require(who, permit, Thing(path))


def test_a_refusal_names_the_permit() -> None:
    with pytest.raises(Refused) as refusal:
        require(VIEWER, Permit.EDIT)

    assert refusal.value.verdict.reason == "not-permitted"
    assert refusal.value.verdict.facts == {"permit": "test:thing:edit"}


@pytest.mark.parametrize(
    ("places", "kept"),
    [
        ([], ()),
        ([TOWN], (TOWN,)),
        ([TOWN, TOWN], (TOWN,)),
        ([TOWN, CITY, COUNTY], (CITY,)),
        ([SIBLING, TOWN], (TOWN, SIBLING)),
        ([TOWN, COUNTY, TWENTY], (COUNTY, TWENTY)),
        ([TWENTY, COUNTY], (COUNTY, TWENTY)),  # 1.20 does not lie in 1.2
    ],
)
def test_the_places_that_lie_in_no_other(places: list[Place], kept: tuple[Place, ...]) -> None:
    assert outermost(places) == kept


def test_the_places_of_a_permit_are_those_where_it_is_held() -> None:
    assert MIXED.places(Permit.VIEW) == (CITY,)
    assert MIXED.places(Permit.EDIT) == (TOWN,)
    assert MIXED.reach() == (CITY,)


def test_nowhere_holds_no_union() -> None:
    assert not NOWHERE.holds("1")
    assert not NOWHERE.holds("0")
