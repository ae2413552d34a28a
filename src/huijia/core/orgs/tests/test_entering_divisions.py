"""The list of divisions, and entering a city from it."""

import datetime as dt

import pytest

from huijia.core.audit.models import Entry
from huijia.core.kernel.actor import Actor
from huijia.core.orgs import gazetteer
from huijia.core.orgs.actions import divisions
from huijia.core.orgs.models import Division

AT = dt.datetime(2026, 11, 22, tzinfo=dt.UTC)
BY = Actor(account_id=None, name="test")


@pytest.mark.parametrize("text", ["330200", "3302", " 330200 "])
def test_a_city_is_named_by_four_or_six_digits(text):
    assert gazetteer.city_code(text) == "3302"


@pytest.mark.parametrize("text", ["", "33", "330226", "9999", "宁波"])
def test_what_names_no_city_is_said(text):
    with pytest.raises(gazetteer.UnknownCityError):
        gazetteer.city_code(text)


def test_a_city_has_its_province_itself_and_all_below_parents_first():
    names = gazetteer.divisions_of_city("330200")
    assert list(names.items())[:2] == [("33", "浙江省"), ("3302", "宁波市")]
    assert (names["330226111"], names["330282004024"]) == ("西店镇", "虞波社区")
    seen = {None}
    for code in names:
        assert gazetteer.parent_code(code) in seen
        seen.add(code)


def test_lists_that_were_never_made_are_said(monkeypatch, tmp_path):
    monkeypatch.setattr(gazetteer, "LISTS", tmp_path)
    with pytest.raises(gazetteer.DivisionListMissingError, match="make app"):
        list(gazetteer.read_list("divisions.csv.gz"))


@pytest.mark.django_db
def test_entering_a_city_twice_changes_nothing():
    count = divisions.load(city="330200", by=BY, at=AT)
    Division.objects.filter(pk="330226").update(name="改过的名字")
    assert divisions.load(city="330200", by=BY, at=AT) == count == Division.objects.count()
    assert Division.objects.get(pk="330226").name == "改过的名字"
    assert Entry.objects.filter(verb="orgs.divisions.load").count() == 2


@pytest.mark.django_db
def test_divisions_that_are_no_more_lead_to_what_they_became():
    divisions.load(city="330200", by=BY, at=AT)
    past = Division.objects.get(pk="330204")
    assert (past.name, past.valid_to) == ("江东区", dt.date(2016, 9, 14))
    assert Division.objects.get(predecessors__contains=[past.pk]).name == "鄞州区"
