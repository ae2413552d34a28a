"""Roles as data, and who gives which to whom."""

import datetime as dt
from typing import ClassVar

import pytest

from huijia.core.access import queries
from huijia.core.access.actions import grants, roles, second_factors, sessions
from huijia.core.access.choices import RoleCode
from huijia.core.access.models import Grant, Role, Session
from huijia.core.access.permits import AccessPermit
from huijia.core.access.rules import is_in_force, may_give_to, may_hold
from huijia.core.access.second_factor import is_set_up
from huijia.core.access.tests.factories import (
    enter,
    give,
    make_account,
    make_role,
    make_union,
    set_up_second_factor,
)
from huijia.core.audit.models import Entry
from huijia.core.kernel.actor import Actor, Place, system
from huijia.core.kernel.errors import NotFound, Refused

AT = dt.datetime(2026, 11, 22, 9, 0, tzinfo=dt.UTC)
TODAY = AT.date()


def on(union, *permits, account_id: int | None = None) -> Actor:
    place = Place(union.pk, union.depth, union.path)
    made = system("security", *permits, place=place)
    return Actor(account_id, "security", made.grants)


OFFICER = RoleCode.TOWN_OFFICER
SYSTEM, SECURITY, AUDITOR = (
    RoleCode.SYSTEM_ADMINISTRATOR,
    RoleCode.SECURITY_OFFICER,
    RoleCode.AUDITOR,
)


@pytest.mark.parametrize(
    ("role", "held", "allowed"),
    [
        (OFFICER, (), True),
        (OFFICER, (RoleCode.ENTERPRISE_CHAIR,), True),
        (SYSTEM, (), True),
        (SYSTEM, (SYSTEM,), True),
        (SYSTEM, (SECURITY,), False),
        (SECURITY, (AUDITOR,), False),
        (AUDITOR, (SYSTEM,), False),
        (AUDITOR, (OFFICER,), False),
        (OFFICER, (AUDITOR,), False),
        (OFFICER, (SYSTEM,), False),
    ],
)
def test_which_roles_one_person_may_hold(role: str, held: tuple[str, ...], allowed: bool) -> None:
    verdict = may_hold(role, held)

    assert bool(verdict) is allowed
    assert verdict.reason == ("" if allowed else "role-kept-apart")


@pytest.mark.parametrize(
    ("account", "giver", "allowed"), [(1, 2, True), (1, 1, False), (1, None, True)]
)
def test_nobody_gives_to_oneself(account: int, giver: int | None, allowed: bool) -> None:
    assert bool(may_give_to(account, giver)) is allowed


@pytest.mark.parametrize(
    ("starts", "ends", "ended", "counts"),
    [
        (0, None, None, True),
        (0, 0, None, True),
        (1, None, None, False),
        (-2, -1, None, False),
        (-2, 2, AT, False),
    ],
)
def test_when_a_grant_counts(starts: int, ends: int | None, ended, counts: bool) -> None:
    def day(number: int | None) -> dt.date | None:
        return None if number is None else TODAY + dt.timedelta(days=number)

    assert is_in_force(day(starts), day(ends), ended, on=TODAY) is counts


@pytest.mark.django_db
class TestGiving:
    @pytest.fixture(autouse=True)
    def city(self) -> None:
        make_role("town_officer")
        make_role("auditor")
        self.union = make_union()
        self.town = make_union("某街道总工会", self.union)
        self.other = make_union("另一街道总工会", self.union)
        self.account = make_account()
        self.by = on(self.town, AccessPermit.GRANT_EDIT)

    def give(self, **facts) -> Grant:
        chosen = {"account": self.account, "role": "town_officer", "union": self.town}
        return grants.give(**{**chosen, "by": self.by, "at": AT, **facts})

    def test_a_role_given_is_held_from_today_and_written_down(self) -> None:
        self.give()

        actor = queries.actor_of(self.account.pk, on=TODAY)
        assert [grant.role for grant in actor.grants] == ["town_officer"]
        entry = Entry.objects.get(verb="access.grant.give")
        assert (entry.subject_id, entry.union_id) == (str(self.account.pk), self.town.pk)
        assert entry.changes["role"] == "town_officer"

    def test_a_place_outside_ones_reach_does_not_exist(self) -> None:
        with pytest.raises(NotFound):
            self.give(union=self.other)

    def test_without_the_permit_nothing_is_given(self) -> None:
        with pytest.raises(Refused):
            self.give(by=on(self.town, AccessPermit.GRANT_VIEW))
        assert not Grant.objects.exists()

    def test_a_role_that_there_is_not_is_not_given(self) -> None:
        with pytest.raises(NotFound):
            self.give(role="emperor")

    def test_the_last_day_does_not_come_before_the_first(self) -> None:
        with pytest.raises(Refused) as refusal:
            self.give(starts_on=TODAY, ends_on=TODAY - dt.timedelta(days=1))
        assert refusal.value.verdict.reason == "dates-reversed"

    def test_nobody_gives_a_role_to_oneself(self) -> None:
        with pytest.raises(Refused) as refusal:
            self.give(by=on(self.town, AccessPermit.GRANT_EDIT, account_id=self.account.pk))
        assert refusal.value.verdict.reason == "grant-to-oneself"

    def test_offices_kept_apart_are_not_joined(self) -> None:
        self.give()
        with pytest.raises(Refused) as refusal:
            self.give(role="auditor")
        assert refusal.value.verdict.reason == "role-kept-apart"

    @pytest.mark.parametrize(
        ("held", "asked", "allowed"),
        [
            ((10, None), (0, None), False),
            ((10, 20), (0, None), False),
            ((10, 20), (0, 10), False),
            ((10, 20), (20, 30), False),
            ((10, 20), (12, 13), False),
            ((10, 20), (0, 9), True),
            ((10, 20), (21, None), True),
            ((0, None), (10, 20), False),
        ],
    )
    def test_offices_kept_apart_are_so_on_every_day(self, held, asked, allowed) -> None:
        def days(first: int, last: int | None) -> dict[str, dt.date | None]:
            ends = None if last is None else TODAY + dt.timedelta(days=last)
            return {"starts_on": TODAY + dt.timedelta(days=first), "ends_on": ends}

        self.give(**days(*held))

        if allowed:
            self.give(role="auditor", **days(*asked))
            return
        with pytest.raises(Refused) as refusal:
            self.give(role="auditor", **days(*asked))
        assert refusal.value.verdict.reason == "role-kept-apart"

    def test_an_ended_grant_counts_no_more_and_stays_on_record(self) -> None:
        grant = self.give()

        grants.end(grant_id=grant.pk, by=self.by, at=AT)

        assert queries.actor_of(self.account.pk, on=TODAY).grants == ()
        line = queries.grants_of(self.account.pk, on=TODAY)[0]
        assert (line.is_in_force, line.ended_at) == (False, AT)

    def test_ending_again_changes_nothing(self) -> None:
        grant = self.give()
        grants.end(grant_id=grant.pk, by=self.by, at=AT)

        grants.end(grant_id=grant.pk, by=self.by, at=AT + dt.timedelta(hours=1))

        grant.refresh_from_db()
        assert grant.ended_at == AT
        assert Entry.objects.filter(verb="access.grant.end").count() == 1

    def test_a_grant_elsewhere_cannot_be_ended(self) -> None:
        grant = give(self.account, "town_officer", self.other)

        with pytest.raises(NotFound):
            grants.end(grant_id=grant.pk, by=self.by, at=AT)


@pytest.mark.django_db
class TestBuiltInRoles:
    table: ClassVar = {"town_officer": ["b:c:d", "a:b:c"], "worker": []}
    by = system("installer", AccessPermit.ROLE_EDIT)

    def test_installing_again_changes_nothing(self) -> None:
        first = roles.install(table=self.table, by=self.by, at=AT)
        second = roles.install(table=self.table, by=self.by, at=AT)

        assert set(first) == {"town_officer", "worker"}
        assert second == []
        assert Role.objects.get(pk="town_officer").permits == ["a:b:c", "b:c:d"]

    def test_an_upgrade_changes_what_a_role_brings(self) -> None:
        roles.install(table=self.table, by=self.by, at=AT)

        changed = roles.install(table={**self.table, "worker": ["e:f:g"]}, by=self.by, at=AT)

        assert changed == ["worker"]
        assert Role.objects.get(pk="worker").permits == ["e:f:g"]

    def test_a_role_that_left_the_table_keeps_no_permit(self) -> None:
        roles.install(table={"gone": ["a:b:c"]}, by=self.by, at=AT)

        roles.install(table={}, by=self.by, at=AT)

        assert Role.objects.get(pk="gone").permits == []

    def test_roles_of_a_federation_are_left_alone(self) -> None:
        make_role("own", ["a:b:c"])

        roles.install(table=self.table, by=self.by, at=AT)

        assert Role.objects.get(pk="own").permits == ["a:b:c"]

    def test_only_whoever_may_edit_roles_installs_them(self) -> None:
        with pytest.raises(Refused):
            roles.install(table={}, by=system("somebody", AccessPermit.GRANT_EDIT), at=AT)


@pytest.mark.django_db
def test_the_security_officer_resets_a_lost_second_factor() -> None:
    account = make_account()
    set_up_second_factor(account)

    by = system("security", AccessPermit.SECOND_FACTOR_RESET)
    second_factors.reset(account=account, reason="came in person", by=by, at=AT)

    assert not is_set_up(account)
    assert Entry.objects.get(verb="access.second-factor.reset").reason == "came in person"


@pytest.mark.django_db
def test_nobody_sets_up_a_second_factor_for_somebody_else() -> None:
    account = make_account()

    with pytest.raises(Refused):
        second_factors.set_up(
            account=account, secret="A" * 32, by=Actor(account.pk + 1, "other"), at=AT
        )


@pytest.mark.django_db
def test_the_security_officer_signs_somebody_out_everywhere(client) -> None:
    account = make_account()
    enter(client, account)

    ended = sessions.end_all(
        account=account, reason="lost", by=system("s", AccessPermit.SESSION_END), at=AT
    )

    assert ended == 1
    assert not Session.objects.filter(account=account).exists()
