"""The audit: in the act's transaction, one line, and only ever added to."""

import datetime as dt

import pytest
from django.db import DatabaseError, connection, transaction

from huijia.core.audit import public as audit
from huijia.core.audit.models import Entry
from huijia.core.kernel.actor import Actor

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
