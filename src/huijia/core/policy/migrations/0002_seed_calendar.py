"""The notices of 2024 to 2026 and the usual office hours."""

import csv
from datetime import date
from pathlib import Path

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

SEEDS = Path(__file__).parent.parent / "seeds"


def rows(name: str) -> list[dict[str, str]]:
    with (SEEDS / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def seed(apps: StateApps, _editor: BaseDatabaseSchemaEditor) -> None:
    notice_model = apps.get_model("policy", "CalendarNotice")
    notices = notice_model.objects.bulk_create(
        [notice_model(**row) for row in rows("calendar_notices.csv")]
    )
    notice_of = {notice.number: notice for notice in notices}
    day_model = apps.get_model("policy", "CalendarDay")
    day_model.objects.bulk_create(
        [
            day_model(**{**row, "notice": notice_of[row["notice"]]})
            for row in rows("calendar_days.csv")
        ]
    )
    apps.get_model("policy", "PolicyVersion").objects.create(
        key="office_hours",
        effective_from=date(2020, 1, 1),
        value={"zone": "Asia/Shanghai", "sessions": [["09:00", "12:00"], ["13:30", "17:00"]]},
        basis="Usual hours of public offices, until the federation states its own.",
    )


def unseed(apps: StateApps, _editor: BaseDatabaseSchemaEditor) -> None:
    for name in ("CalendarDay", "CalendarNotice", "PolicyVersion"):
        apps.get_model("policy", name).objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("policy", "0001_calendar_and_policies")]
    operations = [migrations.RunPython(seed, unseed)]
