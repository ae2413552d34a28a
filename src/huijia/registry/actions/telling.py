"""How acts on single memberships are told to the figures."""

import datetime as dt

from huijia.core.kernel import events
from huijia.core.people.public import Person, Sex
from huijia.registry.events import MembershipsChanged, MembershipTally
from huijia.registry.models import Membership


def tally(membership: Membership, person: Person) -> MembershipTally:
    """The facts of one membership in force that figures count."""
    return MembershipTally(
        levels=(
            membership.level_1,
            membership.level_2,
            membership.level_3,
            membership.level_4,
            membership.level_5,
        ),
        members=1,
        women=int(person.sex == Sex.FEMALE),
        new_employment=int(bool(membership.new_employment)),
        joins=((membership.joined_on.year, 1),) if membership.joined_on else (),
    )


def publish(
    *, before: MembershipTally | None, after: MembershipTally | None, at: dt.datetime
) -> None:
    """Tell the change from one tally to another (None: not in force); nothing when they agree."""
    if before == after:
        return
    gone = [before.negated()] if before else []
    come = [after] if after else []
    events.publish(MembershipsChanged(tallies=(*gone, *come), at=at))
