"""Importing members from the command line: every row ends with a verdict and a reason."""

import pytest

from huijia.core.people.public import Identity, Person, PersonHistory
from huijia.registry.models import Import, ImportProblem, Membership
from huijia.registry.public import run_cli_import
from huijia.registry.tests import sheets

pytestmark = pytest.mark.usefixtures("committed_db")


@pytest.fixture
def take(tmp_path):
    def take(rows, *, name="members.csv", headings=sheets.HEADINGS, **how):
        file = tmp_path / name
        file.write_bytes(sheets.as_csv([headings, *rows]))
        return run_cli_import("members", file, **how)

    return take


def test_a_clean_sheet_is_taken_in_whole(take):
    sheets.city()
    rows = sheets.member_rows(300, ["P1", "P2", "P3"])

    outcome = take(rows)

    counts = {key: value for key, value in outcome.counts.items() if key != "seconds"}
    assert counts == {
        "rows": 300, "new": 300, "unchanged": 0, "updated": 0, "conflict": 0, "refused": 0
    }  # fmt: skip
    assert Person.objects.count() == Membership.objects.count() == 300
    assert {row[0] for row in rows} == set(Person.objects.values_list("name", flat=True))


def test_the_same_sheet_again_changes_nothing(take):
    sheets.city()
    rows = sheets.member_rows(100, ["P1"])
    take(rows)
    written = list(Membership.objects.order_by("id").values())

    outcome = take(rows)

    assert outcome.counts["unchanged"] == 100
    assert list(Membership.objects.order_by("id").values()) == written
    assert not PersonHistory.objects.exists()
