"""What may happen to a membership, and when.

Sources: Trade Union Law, article 3 (who may join); constitution of the trade unions, articles 6–8
(leaving, expulsion, retained membership); rules on membership 2016, article 3 (one entry).
"""

import datetime as dt
from typing import Final

from huijia.core.kernel.verdict import ALLOWED, Verdict, refused
from huijia.core.orgs.public import PRIMARY, UnionState
from huijia.core.people.public import (
    PersonFacts,
    Sex,
    consistency,
    may_join_by_age,
    read_identity_number,
)
from huijia.registry.choices import IN_FORCE, MembershipState

_ENDS: Final = (
    MembershipState.LEFT,
    MembershipState.EXPELLED,
    MembershipState.DECEASED,
    MembershipState.WITHDRAWN,
)
TRANSITIONS: Final[dict[MembershipState, tuple[MembershipState, ...]]] = {
    MembershipState.MEMBER: (MembershipState.RETAINED, *_ENDS),
    MembershipState.RETAINED: (MembershipState.MEMBER, *_ENDS),
}
"""What may follow what at a desk; moving to another union takes both unions and is an errand of
its own. An ended membership stays as it ended: who joins again gets a new one."""


def next_states(state: str) -> tuple[MembershipState, ...]:
    """The states that may follow."""
    return TRANSITIONS.get(MembershipState(state), ())


def may_change_state(
    *, state: str, to: str, joined_on: dt.date | None, on: dt.date, today: dt.date
) -> Verdict:
    """Whether a membership may go to another state on a day."""
    if to not in next_states(state):
        return refused("state-does-not-follow", state=state, to=to)
    if on > today:
        return refused("day-in-the-future")
    if joined_on is not None and on < joined_on:
        return refused("day-before-joining")
    return ALLOWED


def is_in_force(state: str) -> bool:
    """Whether a membership in this state counts."""
    return state in IN_FORCE


def may_hold_members(*, kind: str, state: str) -> Verdict:
    """Whether somebody may be admitted to a union: federations have unions, not members."""
    if kind not in PRIMARY:
        return refused("federation-has-no-members")
    if state != UnionState.ACTIVE:
        return refused("union-dissolved")
    return ALLOWED


def may_cease_to_hold_members(*, has_members: bool) -> Verdict:
    """Whether a primary union may become a federation: not with memberships in force."""
    return refused("union-has-members") if has_members else ALLOWED


def may_be_entered(facts: PersonFacts, *, joined_on: dt.date | None, today: dt.date) -> Verdict:
    """Whether the facts of a person agree with each other and with the law's age.

    The reason codes are those of `people.Fault`, so a form can show them beside their field.
    """
    number = read_identity_number(facts.number, today=today)
    if not isinstance(number, str) and (
        faults := consistency(number, Sex(facts.sex) if facts.sex else None, facts.birth_date)
    ):
        return refused(str(faults[0]))
    if joined_on is not None and joined_on > today:
        return refused("day-in-the-future")
    if facts.birth_date is None:
        return ALLOWED
    return may_join_by_age(facts.birth_date, joined_on or today)
