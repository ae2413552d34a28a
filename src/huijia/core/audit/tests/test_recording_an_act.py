"""The audit: in the act's transaction, one line, and only ever added to."""

import datetime as dt

import pytest
from django.db import DatabaseError, connection, transaction

from huijia.core.audit import public as audit
from huijia.core.audit.models import Entry
from huijia.core.kernel.actor import Actor
from huijia.core.kernel.errors import Refused

AT = dt.datetime(2026, 11, 22, 9, 0, tzinfo=dt.UTC)
OFFICER = Actor(account_id=7, name="街镇干部（演示）")


def record(**facts):
    audit.record(verb="registry:member:edit", subject=("person", 12), by=OFFICER, at=AT, **facts)


def test_an_entry_names_actor_verb_subject_and_fields(db):
    record(changes={"education": ["61", "21"], "phone": None})

    entry = Entry.objects.get()
    assert (entry.account_id, entry.verb, entry.subject_id) == (7, "registry:member:edit", "12")
    assert entry.changes == {"education": ["61", "21"], "phone": None}


def test_a_reason_with_line_breaks_cannot_look_like_two_entries(db):
    record(reason="核对手机\r\n2026-11-22 system deleted all")

    assert Entry.objects.get().reason == "核对手机 2026-11-22 system deleted all"


@pytest.mark.parametrize(
    "reason",
    [
        "核对330203199001010009",
        "护照 E1234567",
        "核对 3302 0319 9001 0100 09",
        "电话138-1234-5678",
        "核对３３０２０３１",
    ],
)
def test_a_reason_with_a_number_of_a_person_is_refused_and_nothing_is_written(db, reason):
    with pytest.raises(Refused) as fault:
        record(reason=reason)

    assert fault.value.verdict.reason == "number-in-reason"
    assert not Entry.objects.exists()


@pytest.mark.parametrize(
    "reason",
    ["核对入会申请表", "2026-11-22 当面核对", "第3车间第120号", "from 2026-11-01 to 2026-11-30"],
)
def test_days_and_short_figures_may_stand_in_a_reason(db, reason):
    record(reason=reason)

    assert Entry.objects.get().reason == reason


def test_an_entry_falls_with_the_act_that_failed(db):
    def act_that_fails():
        with transaction.atomic():
            record()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        act_that_fails()

    assert not Entry.objects.exists()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entry SET verb = 'x'",
        "DELETE FROM audit_entry",
        "TRUNCATE audit_entry",
        "ALTER TABLE audit_entry DISABLE TRIGGER ALL",
    ],
)
def test_the_web_role_cannot_change_or_remove_entries(db, statement):
    record()

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
