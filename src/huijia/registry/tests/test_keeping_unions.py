"""Founding, editing, officers and groups: who may, what is kept, what the figures hear."""

import datetime as dt
from dataclasses import replace

import pytest
from django.urls import reverse

from huijia.core.audit.models import Entry
from huijia.core.kernel import clock, events
from huijia.core.kernel.errors import NotFound, Refused
from huijia.core.orgs.public import Union, UnionFacts, UnionHistory
from huijia.registry.actions import groups, officers, unions
from huijia.registry.actions.officers import OfficerFacts
from huijia.registry.models import Group, Officer, UnionFile
from huijia.registry.permits import RegistryPermit
from huijia.registry.tests.factories import actor_on, admit, make_city, signed_in


@pytest.fixture
def city(db):
    return make_city()


def found(parent, by, **facts):
    return unions.found(
        parent_id=parent.pk,
        facts=UnionFacts(
            **{"name": "新友商贸有限公司工会", "code": "N1", "kind": "single", **facts}
        ),
        by=by,
        at=clock.now(),
    )


def edit(union, by, *, version=1, file=None, **changes):
    return unions.edit(
        union_id=union.pk,
        changes=changes,
        file_changes=file or {},
        version=version,
        by=by,
        at=clock.now(),
    )


def test_a_union_is_founded_in_its_place_and_the_figures_hear_of_it(city, monkeypatch):
    told = []
    monkeypatch.setattr(events, "publish", told.append)

    union = found(city.town, actor_on(city.town))

    assert union.path == f"{city.town.path}.{union.pk}"
    (event,) = told
    assert [(tally.union_id, tally.count) for tally in event.tallies] == [(union.pk, 1)]
    assert event.tallies[0].levels == (
        city.city.pk,
        city.county.pk,
        city.town.pk,
        union.pk,
        None,
    )


def test_a_federation_founded_is_no_primary_union_more(city, monkeypatch):
    told = []
    monkeypatch.setattr(events, "publish", told.append)

    found(city.county, actor_on(city.county), kind="town")

    assert told == []


def test_without_the_permit_nothing_is_founded_or_changed(city):
    by = actor_on(city.county, permits=[RegistryPermit.UNION_VIEW])

    with pytest.raises(Refused):
        found(city.town, by)
    with pytest.raises(Refused):
        edit(city.town, by, name="别名")
    with pytest.raises(NotFound):
        found(city.other_county, by)


def test_an_edit_keeps_before_and_after_in_the_history_and_the_audit(city):
    by = actor_on(city.town)

    edit(
        city.enterprise,
        by,
        name="远航纺织集团工会",
        staff_count=120,
        file={"has_seal": True, "congress_last_met_on": dt.date(2026, 1, 5)},
    )

    union = Union.objects.get(pk=city.enterprise.pk)
    assert (union.name, union.staff_count, union.version) == ("远航纺织集团工会", 120, 2)
    assert "集团" in union.name_grams
    changes = [row.changes for row in UnionHistory.objects.filter(union=union).order_by("id")]
    assert changes == [
        {"name": ["远航纺织有限公司工会", "远航纺织集团工会"], "staff_count": [None, 120]},
        {"has_seal": [None, True], "congress_last_met_on": [None, "2026-01-05"]},
    ]
    verbs = Entry.objects.order_by("id").values_list("verb", flat=True)
    assert list(verbs) == ["orgs.union.edit", "registry.union_file.edit"]


def test_an_edit_that_changes_nothing_writes_nothing(city):
    edit(city.enterprise, actor_on(city.town), name=city.enterprise.name, file={"has_seal": None})

    assert not UnionHistory.objects.exists()
    assert Union.objects.get(pk=city.enterprise.pk).version == 1


def test_somebody_elses_edit_is_not_overwritten(city):
    by = actor_on(city.town)
    edit(city.enterprise, by, name="甲工会")

    with pytest.raises(Refused) as fault:
        edit(city.enterprise, by, name="乙工会")

    assert fault.value.verdict.reason == "changed-meanwhile"


def test_a_kind_that_does_not_fit_its_place_is_refused(city):
    by = actor_on(city.city)

    with pytest.raises(Refused) as above:
        edit(city.enterprise, by, kind="county")
    with pytest.raises(Refused) as below:
        edit(city.county, by, kind="single")

    assert above.value.verdict.reason == "kind-not-below-parent"
    assert below.value.verdict.reason == "kind-not-below-parent"


def test_a_union_with_members_does_not_become_a_federation(city):
    by = actor_on(city.city)
    admit(city.enterprise, by)

    with pytest.raises(Refused) as fault:
        edit(city.enterprise, by, kind="zone")

    assert fault.value.verdict.reason == "union-has-members"


def test_a_code_that_is_taken_is_refused(city):
    with pytest.raises(Refused) as fault:
        found(city.town, actor_on(city.town), code=city.area.code)

    assert fault.value.verdict.reason == "union-code-taken"


def test_officers_are_entered_corrected_and_ended_never_lost(city):
    by = actor_on(city.enterprise)
    held = officers.appoint(
        union_id=city.enterprise.pk,
        facts=OfficerFacts(name="陈静", post="chair", since=dt.date(2024, 1, 1)),
        by=by,
        at=clock.now(),
    )

    officers.edit(
        officer_id=held.pk,
        facts=OfficerFacts(
            name="陈静", post="chair", since=dt.date(2024, 1, 1), until=dt.date(2026, 1, 1)
        ),
        by=by,
        at=clock.now(),
    )

    assert Officer.objects.get().until == dt.date(2026, 1, 1)
    verbs = list(UnionHistory.objects.order_by("id").values_list("verb", flat=True))
    assert verbs == ["officer.appoint", "officer.end"]


@pytest.mark.parametrize(("namesakes", "is_linked"), [(0, False), (1, True), (2, False)])
def test_an_officer_who_is_the_one_member_of_that_name_has_a_members_page(
    city, client, namesakes, is_linked
):
    by = actor_on(city.enterprise)
    held = [admit(city.enterprise, by, name="陈静") for _each in range(namesakes)]
    admit(city.area, actor_on(city.area), name="陈静")

    officers.appoint(
        union_id=city.enterprise.pk,
        facts=OfficerFacts(name="陈静", post="chair"),
        by=by,
        at=clock.now(),
    )

    assert Officer.objects.get().person_id == (held[0].person_id if is_linked else None)
    signed_in(client, city.town)
    page = client.get(reverse("registry:union", args=[city.enterprise.pk])).content.decode()
    assert ("Member page" in page or "会员信息" in page) == is_linked


def test_an_officer_whose_membership_ended_is_still_known_when_the_term_ends(city):
    by = actor_on(city.enterprise)
    held = admit(city.enterprise, by, name="陈静")
    facts = OfficerFacts(name="陈静", post="chair", since=dt.date(2024, 1, 1))
    at = clock.now()
    post = officers.appoint(union_id=city.enterprise.pk, facts=facts, by=by, at=at)
    held.state, held.ended_on = "left", dt.date(2026, 1, 1)
    held.save()

    ended = replace(facts, until=dt.date(2026, 1, 1))
    officers.edit(officer_id=post.pk, facts=ended, by=by, at=at)
    assert Officer.objects.get().person_id == held.person_id

    officers.edit(officer_id=post.pk, facts=replace(ended, name="陈晶"), by=by, at=at)
    assert Officer.objects.get().person_id is None


def test_a_term_that_ends_before_it_began_is_refused(city):
    facts = OfficerFacts(
        name="陈静", post="chair", since=dt.date(2024, 1, 2), until=dt.date(2024, 1, 1)
    )

    with pytest.raises(Refused) as fault:
        officers.appoint(
            union_id=city.enterprise.pk, facts=facts, by=actor_on(city.town), at=clock.now()
        )

    assert fault.value.verdict.reason == "ends-before-it-began"


def test_a_groups_name_is_its_own_within_a_union(city):
    by = actor_on(city.town)
    at = clock.now()
    group = groups.form(union_id=city.enterprise.pk, name="一组", by=by, at=at)
    groups.form(union_id=city.area.pk, name="一组", by=by, at=at)
    groups.rename(group_id=group.pk, name="甲组", by=by, at=at)
    groups.form(union_id=city.enterprise.pk, name="一组", by=by, at=at)

    with pytest.raises(Refused) as fault:
        groups.rename(group_id=group.pk, name="一组", by=by, at=at)

    assert fault.value.verdict.reason == "group-name-taken"
    assert Group.objects.get(pk=group.pk).name == "甲组"


def test_the_edit_form_keeps_what_it_shows(city, client):
    """Sent back as it came, the form changes nothing: no fact is lost by opening and saving."""
    by = actor_on(city.town)
    edit(
        city.enterprise,
        by,
        staff_count=120,
        file={"has_seal": True, "has_own_account": False, "economic_type": "170"},
    )
    signed_in(client, city.town)
    address = reverse("registry:edit", args=[city.enterprise.pk])

    shown = fields_of(client.get(address))
    answer = client.post(address, shown)

    assert answer.status_code == 303
    assert Union.objects.get(pk=city.enterprise.pk).version == 2
    file = UnionFile.objects.get(pk=city.enterprise.pk)
    assert (file.has_seal, file.has_own_account, file.has_audit_committee) == (True, False, None)
    assert file.economic_type == "170"


def fields_of(response):
    """What a browser would send back of a form: values of inputs and chosen options."""
    from html.parser import HTMLParser

    found = {}

    class Reader(HTMLParser):
        name = None

        def handle_starttag(self, tag, attributes):
            given = dict(attributes)
            if tag == "select":
                self.name = given["name"]
                found[self.name] = ""
            elif tag == "option" and "selected" in given:
                found[self.name] = given["value"]
            elif tag == "input" and given.get("type") not in ("search", "checkbox"):
                found[given["name"]] = given.get("value", "")

    Reader().feed(response.content.decode())
    return found


@pytest.mark.parametrize(
    ("route", "typed", "field"),
    [
        ("found", {"name": "", "code": "N1", "kind": "single"}, "id_name"),
        ("found", {"name": "甲工会", "code": "", "kind": "single"}, "id_code"),
        ("found", {"name": "甲工会", "code": "N1", "kind": "city"}, "id_kind"),
        (
            "found",
            {"name": "甲工会", "code": "N1", "kind": "single", "credit_code": "12"},
            "id_credit_code",
        ),
        (
            "found",
            {
                "name": "甲工会",
                "code": "N1",
                "kind": "single",
                "term_started_on": "2024-01-02",
                "term_ends_on": "2024-01-01",
            },
            "id_term_ends_on",
        ),
        ("appoint", {"name": "张*", "post": "chair"}, "id_name"),
    ],
)
def test_a_refused_form_leads_to_the_field(city, client, route, typed, field):
    signed_in(client, city.town)

    answer = client.post(reverse(f"registry:{route}", args=[city.town.pk]), typed)

    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.content.decode()


def test_a_union_founded_by_the_form_has_its_page(city, client):
    signed_in(client, city.town)
    typed = {
        "name": "新友商贸有限公司工会",
        "code": "N1",
        "kind": "single",
        "once": "0b7e1f0e-4d8e-4b7e-9d06-3a1d4a1c2f57",
    }

    answer = client.post(reverse("registry:found", args=[city.town.pk]), typed)

    assert answer.status_code == 302
    assert "新友商贸有限公司工会" in client.get(answer["Location"]).content.decode()


def test_an_employer_is_covered_by_the_form_and_let_go_again(city, client):
    signed_in(client, city.town)
    typed = {
        "credit_code": "91330203MA2AAAAA7F",
        "name": "晨星电子厂",
        "since": "2026-01-01",
        "once": "0b7e1f0e-4d8e-4b7e-9d06-3a1d4a1c2f58",
    }
    from huijia.core.orgs.public import Coverage, credit_code_check

    typed["credit_code"] = typed["credit_code"][:17] + credit_code_check(typed["credit_code"][:17])

    begun = client.post(reverse("registry:cover", args=[city.area.pk]), typed)
    again = client.post(
        reverse("registry:cover", args=[city.enterprise.pk]),
        {**typed, "once": "0b7e1f0e-4d8e-4b7e-9d06-3a1d4a1c2f59"},
    )
    row = Coverage.objects.get()
    ended = client.post(reverse("registry:uncover", args=[row.pk]), {"until": "2026-02-01"})

    assert begun.status_code == 302
    assert row.employer.name == "晨星电子厂"
    assert again.status_code == 422
    assert 'href="#id_credit_code"' in again.content.decode()
    assert ended.status_code == 303
    row.refresh_from_db()
    assert row.until == dt.date(2026, 2, 1)
    assert client.get(reverse("registry:uncover", args=[row.pk])).status_code == 404


def test_history_shows_what_changed_from_what_to_what(city, client):
    edit(city.enterprise, actor_on(city.town), staff_count=120)
    edit(city.enterprise, actor_on(city.town), staff_count=135, version=2)
    signed_in(client, city.town)

    client.cookies["language"] = "en"

    text = client.get(reverse("registry:union_history", args=[city.enterprise.pk])).content.decode()

    assert "Workers: 120 → 135" in text
