"""The table of reactions: complete, in force, and told in words."""

import datetime as dt

import pytest

from huijia.core.kernel import events
from huijia.insight.models import Delta
from huijia.journeys import reactions
from huijia.registry import events as registry_events
from huijia.registry.public import MembershipsChanged, MembershipTally

AT = dt.datetime(2026, 11, 22, tzinfo=dt.UTC)


def test_every_event_of_the_registry_has_a_reaction():
    published = {
        thing
        for thing in vars(registry_events).values()
        if isinstance(thing, type) and thing.__name__.endswith("Changed")
    }

    assert published == set(reactions.TABLE)


def test_the_table_can_be_told_in_words():
    rows = list(reactions.listed())

    assert len(rows) == sum(map(len, reactions.TABLE.values()))
    assert all(row.happens.endswith(".") and row.does for row in rows)


@pytest.mark.django_db
def test_the_table_is_in_force():
    tally = MembershipTally((1, 7, None, None, None), 3, 0, 0, ())

    events.publish(MembershipsChanged((tally,), AT))

    assert sorted(Delta.objects.values_list("union_id", "indicator", "change")) == [
        (1, "members", 3), (7, "members", 3),
    ]  # fmt: skip
