"""The audit page shows an auditor what was done within reach, narrowed by what the address asks."""

import datetime as dt

import pytest
from django.urls import reverse

from huijia.core.audit.public import AuditPermit, record
from huijia.core.kernel import clock
from huijia.core.kernel.actor import ANONYMOUS
from huijia.registry.tests.factories import actor_on, make_city, signed_in

DAY = dt.datetime(2026, 11, 20, 23, 30, tzinfo=clock.CHINA)


@pytest.fixture
def city(db):
    return make_city()


def write(
    by, union=None, *, verb="registry.member.edit", subject=("person", 7), at=DAY, reason="", **more
):
    record(
        verb=verb,
        subject=subject,
        by=by,
        at=at,
        union_id=union.pk if union else None,
        reason=reason,
        changes={"name": None, **more},
    )


def read(client, **query):
    return client.get(reverse("registry:audit"), query).content.decode()


def auditor(client, *unions):
    return signed_in(client, *unions, permits=[AuditPermit.ENTRY_READ])


def test_the_citys_auditor_reads_everything(city, client):
    by = actor_on(city.city)
    write(by, city.enterprise, reason="东区的事")
    write(by, city.other_enterprise, reason="西区的事")
    write(by, None, reason="系统的事")
    auditor(client, city.city)

    text = read(client)

    assert all(reason in text for reason in ("东区的事", "西区的事", "系统的事"))


def test_system_and_fields_are_said_in_the_readers_language(city, client):
    write(ANONYMOUS, subject=("account", "unknown"), starts_on="2026-01-01")
    auditor(client, city.city)

    text = read(client)

    assert "未登录者" in text
    assert "账号 未知" in text
    assert "起始日" in text
    assert "starts_on" not in text


def test_a_countys_auditor_reads_what_concerns_its_unions(city, client):
    by = actor_on(city.city)
    write(by, city.enterprise, reason="东区的事")
    write(by, city.other_enterprise, reason="西区的事")
    write(by, None, reason="系统的事")
    auditor(client, city.county)

    text = read(client)

    assert "东区的事" in text
    assert "西区的事" not in text
    assert "系统的事" not in text


@pytest.mark.parametrize(
    ("query", "is_shown"),
    [
        ({}, True),
        ({"verb": "registry.member.edit"}, True),
        ({"verb": "registry.identity.reveal"}, False),
        ({"subject": "person", "id": "7"}, True),
        ({"subject": "person", "id": "8"}, False),
        ({"subject": "union"}, False),
        ({"day": "2026-11-20"}, True),
        ({"day": "2026-11-21"}, False),
        ({"day": "yesterday"}, True),
        ({"officer": "nobody"}, False),
    ],
)
def test_the_trail_is_narrowed_by_what_stands_in_the_address(city, client, query, is_shown):
    write(actor_on(city.city), city.enterprise, reason="东区的事")
    auditor(client, city.city)

    assert ("东区的事" in read(client, **query)) is is_shown


def test_the_trail_is_narrowed_to_an_officer_by_name(city, client):
    by, other = actor_on(city.city), actor_on(city.city)
    write(by, city.enterprise, reason="甲做的事")
    write(other, city.enterprise, reason="乙做的事")
    auditor(client, city.city)

    text = read(client, officer=by.name)

    assert "甲做的事" in text
    assert "乙做的事" not in text


def test_a_member_who_may_not_read_the_trail_is_refused(city, client):
    signed_in(client, city.city)

    assert client.get(reverse("registry:audit")).status_code == 403
