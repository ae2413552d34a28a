"""A membership's states follow each other by one table, with a day and a sealed reason."""

import datetime as dt

import pytest

from huijia.core.audit.models import Entry
from huijia.core.kernel import clock, events
from huijia.core.kernel.errors import NotFound, Refused
from huijia.core.people.public import PersonHistory, sealing
from huijia.registry.actions import memberships
from huijia.registry.choices import MembershipState
from huijia.registry.rules.memberships import may_change_state
from huijia.registry.tests.factories import actor_on, admit, make_city

TODAY = dt.date(2026, 11, 22)
JOINED = dt.date(2020, 5, 1)
S = MembershipState


@pytest.mark.parametrize(
    ("state", "to", "on", "reason"),
    [
        (S.MEMBER, S.RETAINED, TODAY, ""),
        (S.MEMBER, S.LEFT, TODAY, ""),
        (S.MEMBER, S.LEFT, JOINED, ""),
        (S.MEMBER, S.EXPELLED, TODAY, ""),
        (S.MEMBER, S.DECEASED, TODAY, ""),
        (S.MEMBER, S.WITHDRAWN, TODAY, ""),
        (S.RETAINED, S.MEMBER, TODAY, ""),
        (S.RETAINED, S.LEFT, TODAY, ""),
        (S.MEMBER, S.MEMBER, TODAY, "state-does-not-follow"),
        (S.MEMBER, S.MOVED, TODAY, "state-does-not-follow"),
        (S.LEFT, S.MEMBER, TODAY, "state-does-not-follow"),
        (S.DECEASED, S.RETAINED, TODAY, "state-does-not-follow"),
        (S.MEMBER, S.LEFT, TODAY + dt.timedelta(1), "day-in-the-future"),
        (S.MEMBER, S.LEFT, JOINED - dt.timedelta(1), "day-before-joining"),
    ],
)
def test_what_may_follow_what(state, to, on, reason):
    verdict = may_change_state(state=state, to=to, joined_on=JOINED, on=on, today=TODAY)

    assert verdict.reason == reason
    assert bool(verdict) is (reason == "")


@pytest.fixture
def city(db):
    return make_city()


def change(held, to, by, *, version=None):
    return memberships.change_state(
        membership_id=held.pk,
        to=to,
        on=clock.today(),
        reason="本人申请退会",
        version=version or held.version,
        by=by,
        at=clock.now(),
    )


def test_leaving_ends_the_membership_and_is_written_down(city):
    by = actor_on(city.enterprise)
    held = admit(city.enterprise, by)

    left = change(held, "left", by)

    assert (left.state, left.ended_on, left.version) == ("left", clock.today(), 2)
    entry = Entry.objects.get(verb="registry.membership.change_state")
    assert entry.changes["state"] == ["member", "left"]
    assert "本人申请退会" not in str(entry.changes)
    latest = PersonHistory.objects.filter(person_id=held.person_id).latest("id")
    assert sealing.open_changes(latest.values_sealed)["reason"] == ("", "本人申请退会")


@pytest.mark.parametrize(("to", "counts"), [("retained", []), ("left", [-1])])
def test_figures_hear_of_what_leaves_the_count_and_of_nothing_else(city, monkeypatch, to, counts):
    by = actor_on(city.enterprise)
    held = admit(city.enterprise, by)
    told = []
    monkeypatch.setattr(events, "publish", told.append)

    change(held, to, by)

    assert [tally.members for event in told for tally in event.tallies] == counts


def test_a_change_over_anothers_is_refused(city):
    by = actor_on(city.enterprise)
    held = admit(city.enterprise, by)
    change(held, "retained", by)

    with pytest.raises(Refused) as fault:
        change(held, "left", by, version=1)

    assert fault.value.verdict.reason == "changed-meanwhile"


def test_out_of_reach_there_is_no_membership(city):
    held = admit(city.other_enterprise, actor_on(city.city))

    with pytest.raises(NotFound):
        change(held, "left", actor_on(city.county))


def test_the_form_says_what_happens_next_and_keeps_what_was_typed(city, client):
    from django.urls import reverse

    from huijia.registry.tests.factories import signed_in

    held = admit(city.enterprise, actor_on(city.city))
    signed_in(client, city.enterprise)
    address = reverse("registry:member_state", args=[held.person_id])
    typed = {"to": "left", "on": "2019-01-01", "reason": "本人申请退会", "version": "1"}

    refused = client.post(address, typed)
    done = client.post(address, {**typed, "on": clock.today().isoformat()})

    assert refused.status_code == 422
    assert "本人申请退会" in refused.content.decode()
    assert done.status_code == 303
    assert client.get(done["Location"]).status_code == 200
