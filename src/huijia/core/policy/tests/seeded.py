"""The seeded calendar as a value, for tests of rules that need no database."""

import csv
from datetime import date
from pathlib import Path

from huijia.core.policy.rules import WorkingCalendar

SEEDS = Path(__file__).parent.parent / "seeds"


def rows(name: str) -> list[dict[str, str]]:
    with (SEEDS / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def seeded_calendar() -> WorkingCalendar:
    return WorkingCalendar(
        {
            date.fromisoformat(day["date"]): day["kind"] == "workday"
            for day in rows("calendar_days.csv")
        },
        frozenset(int(notice["year"]) for notice in rows("calendar_notices.csv")),
    )
