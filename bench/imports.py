"""The import of a large sheet into the populated city, beside COPY and beside django-import-export.

The yardstick is raw one-session `COPY` of the very rows that the import finished, into the same
indexed tables in the same state: after the import they are copied out, deleted, the tables
vacuumed, and copied in again. Each begins with a server just started, so that none finds pages that
another has warmed or already logged whole. The figures of the city are mended at the end.
"""

import csv
import datetime as dt
import json
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil
import psycopg

from bench import city
from bench.results import Result

SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧"
GIVEN = "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂香月文华建国志宏海燕波宁峰红玲辉"
HEADINGS = (
    *("姓名", "证件类型", "证件号码", "性别", "民族", "出生日期", "手机号码", "学历", "政治面貌"),
    *("就业状态", "户籍类型", "新就业群体", "工作单位", "工会代码", "入会日期", "会员卡号"),
)
LEFT_OVER = """
SELECT DISTINCT m.batch_id FROM registry_membership m JOIN registry_import i ON i.id = m.batch_id
 WHERE i.actor = 'command line' AND i.file_name IN ('members.csv', 'national.csv')
"""
"""What a bench that was broken off has left in the city."""
SMALLER = 5
"""The national suite is measured on a fifth of the rows."""
MOST_FOR_IMPORT_EXPORT = 20_000
TABLES = {
    "people_person": "SELECT p.* FROM people_person p JOIN registry_membership m"
    " ON m.person_id = p.id WHERE m.batch_id = {batch} ORDER BY p.id",
    "people_identity": "SELECT i.* FROM people_identity i JOIN registry_membership m"
    " ON m.person_id = i.person_id WHERE m.batch_id = {batch} ORDER BY i.person_id",
    "registry_membership": "SELECT m.* FROM registry_membership m WHERE m.batch_id = {batch}"
    " ORDER BY m.id",
}


def run(rows: int) -> list[dict[str, object]]:
    """Measure with a sheet of so many rows; the environment names the populated city."""
    for (batch,) in asked(LEFT_OVER):
        removed(batch)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "members.csv"
        write_sheet(file, rows, seed=1)
        city.restarted()
        first, peak = imported(file)
        batch = latest_batch()
        copies = copied_out(batch, Path(folder))
        removed(batch)
        city.restarted()
        copied = copied_in(copies)
        city.restarted()
        again, _peak = imported(file)
        removed(batch)
        export = by_import_export(file, min(rows, MOST_FOR_IMPORT_EXPORT))
        national = with_the_national_suite(Path(folder), max(rows // SMALLER, 1))
    recount()
    sheet = f"a CSV of {rows:,} members"
    speed, copy_speed = first["rows"] / first["seconds"], rows / copied
    copy_name = "COPY of the finished rows, one session"
    found = [
        Result(f"import of {sheet}", speed, "rows/s", copy_name, copy_speed),
        Result(
            f"import of {sheet}, beside a library",
            speed,
            "rows/s",
            "django-import-export, bulk mode",
            export,
        ),
        Result(
            f"import of the same sheet again, {again['new'] + again['updated']} written",
            again["rows"] / again["seconds"],
            "rows/s",
            "the first time",
            speed,
        ),
        Result("import with SM4 and SM3", national, "rows/s", copy_name, copy_speed),
        Result("memory of the import, all processes", peak / 2**20, "MiB", "aim, MiB", 1024.0),
    ]
    assert first["new"] == rows, first
    assert again["unchanged"] == rows, again
    return [each.row() for each in found]


def write_sheet(file: Path, rows: int, *, seed: int) -> None:
    """An official sheet, grouped by union as such sheets are, of numbers that the city lacks.

    Their first digits belong to no province, and their sequence code to nobody.
    """
    chosen = random.Random(seed)
    codes = [row[0] for row in asked("SELECT code FROM orgs_union WHERE kind IN ('single', 'joint')"
                                     " AND state = 'active' ORDER BY path")]  # fmt: skip
    with file.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(HEADINGS)
        for place, (number, born) in enumerate(numbers(rows, chosen, seed)):
            name = chosen.choice(SURNAMES) + "".join(
                chosen.choices(GIVEN, k=chosen.choice((1, 2, 2)))
            )
            writer.writerow(
                [
                    name,
                    "居民身份证",
                    number,
                    chosen.choice("男女"),
                    "汉族",
                    born,
                    f"1{chosen.choice('3578')}{chosen.randrange(10**9):09d}",
                    chosen.choice(("本科", "大专", "高中", "初中")),
                    chosen.choice(("群众", "中共党员", "共青团员")),
                    "在职",
                    chosen.choice(("农业", "城镇")),
                    chosen.choice(("", "", "", "否", "快递员")),
                    "某某制造有限公司",
                    codes[place * len(codes) // rows],
                    f"{grown_up(born, chosen)}-{chosen.randrange(1, 13):02d}-15",
                    f"{chosen.randrange(10**12):012d}",
                ]
            )


def grown_up(born: str, chosen: random.Random) -> int:
    """A year in which somebody may have joined: 17 years or more after the birth."""
    return chosen.randrange(max(1995, int(born[:4]) + 17), 2026)


def numbers(rows: int, chosen: random.Random, seed: int) -> Iterator[tuple[str, str]]:
    """Distinct resident numbers with their birthdays, in no order."""
    from huijia.core.people.rules import check_character

    first_day = dt.date(1962, 1, 1).toordinal()
    days, places = 15_000, 1_000
    step = 7_919 * 2 + 1
    for count in range(rows):
        at = (count * step + seed * 31) % (days * places)
        day = dt.date.fromordinal(first_day + at % days)
        first = f"10{seed % 10}{at // days:03d}{day:%Y%m%d}000"
        yield first + check_character(first), day.isoformat()


def imported(file: Path) -> tuple[dict[str, Any], float]:
    """Run `huijia import`; what it prints, and the most memory that its processes held."""
    process = subprocess.Popen(
        [sys.executable, "-m", "huijia.config.cli", "import", "members", str(file), "--json",
         "--report", str(file.with_suffix(".report.csv"))],
        stdout=subprocess.PIPE,
        text=True,
    )  # fmt: skip
    most = [0.0]
    watcher = threading.Thread(target=watch, args=(psutil.Process(process.pid), most), daemon=True)
    watcher.start()
    answer, _nothing = process.communicate()
    watcher.join()
    return json.loads(answer.splitlines()[-1]), most[0]


def watch(process: psutil.Process, most: list[float]) -> None:
    """Keep the highest sum of the memory of a process and its children."""
    while True:
        try:
            family = [process, *process.children(recursive=True)]
            most[0] = max(most[0], sum(each.memory_info().rss for each in family))
        except psutil.Error:
            return
        time.sleep(0.2)


@contextmanager
def owner() -> Iterator[psycopg.Connection]:
    """The owner of the tables."""
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"], autocommit=True) as connection:
        yield connection


def asked(statement: str) -> list[tuple[Any, ...]]:
    """The rows of a question."""
    with owner() as connection:
        return connection.execute(statement).fetchall()


def latest_batch() -> int:
    """The import that ran last."""
    return int(asked("SELECT max(id) FROM registry_import")[0][0])


def copied_out(batch: int, folder: Path) -> dict[str, Path]:
    """The finished rows of an import as COPY text, a file for each table."""
    files = {}
    with owner() as connection:
        for table, query in TABLES.items():
            files[table] = folder / f"{table}.copy"
            with (
                files[table].open("wb") as target,
                connection.cursor().copy(f"COPY ({query.format(batch=batch)}) TO STDOUT") as copy,
            ):
                for part in copy:
                    target.write(part)
    return files


def copied_in(files: dict[str, Path]) -> float:
    """The seconds that COPY of these rows takes, in one session and one transaction."""
    with owner() as connection, open_to_copy(connection):
        return timed(connection, files)


@contextmanager
def open_to_copy(connection: psycopg.Connection) -> Iterator[None]:
    """Where row security holds COPY does not work, even for the owner: have it not hold."""
    connection.execute("ALTER TABLE people_identity NO FORCE ROW LEVEL SECURITY")
    try:
        yield
    finally:
        connection.execute("ALTER TABLE people_identity FORCE ROW LEVEL SECURITY")


def timed(connection: psycopg.Connection, files: dict[str, Path]) -> float:
    """The seconds from the first row to the end of the commit."""
    began = time.perf_counter()
    with connection.transaction():
        for table, file in files.items():
            with (
                file.open("rb") as source,
                connection.cursor().copy(f"COPY {table} FROM STDIN") as copy,
            ):
                while part := source.read(1 << 18):
                    copy.write(part)
    return time.perf_counter() - began


def removed(batch: int) -> None:
    """Take the rows of an import out again, and leave the tables clean."""
    with owner() as connection:
        connection.execute("CREATE TEMP TABLE gone AS SELECT id, person_id FROM registry_membership"
                           f" WHERE batch_id = {batch}")  # fmt: skip
        connection.execute("DELETE FROM registry_membership WHERE id IN (SELECT id FROM gone)")
        connection.execute(
            "DELETE FROM people_identity WHERE person_id IN (SELECT person_id FROM gone)"
        )
        connection.execute("DELETE FROM people_person WHERE id IN (SELECT person_id FROM gone)")
        for table in TABLES:
            connection.execute(f"VACUUM ANALYZE {table}")


def with_the_national_suite(folder: Path, rows: int) -> float:
    """Rows a second with SM4 and SM3, under a key ring of its own."""
    from huijia.core.vault.public import SUITES, make_key_ring, write_key_ring

    ring = folder / "ring.json"
    write_key_ring(make_key_ring(SUITES["sm4"]), ring)
    file = folder / "national.csv"
    write_sheet(file, rows, seed=2)
    before = os.environ.get("HUIJIA_KEY_RING")
    os.environ["HUIJIA_KEY_RING"] = str(ring)
    try:
        counts, _peak = imported(file)
    finally:
        if before is None:
            del os.environ["HUIJIA_KEY_RING"]
        else:
            os.environ["HUIJIA_KEY_RING"] = before
    removed(latest_batch())
    return float(counts["rows"] / counts["seconds"])


def by_import_export(file: Path, rows: int) -> float:
    """Rows a second of django-import-export's bulk mode on the same sheet into the same tables.

    As a team would write it: a resource for each table, the union found by its code. It neither
    judges nor seals, and ids and indexes are made up beforehand.
    """
    city.prepared()
    import tablib
    from django.db import connection, transaction
    from import_export.fields import Field
    from import_export.resources import ModelResource
    from import_export.widgets import ForeignKeyWidget, IntegerWidget

    from huijia.core.access.public import set_reach
    from huijia.core.kernel.actor import Actor, ActorGrant, Place
    from huijia.core.orgs.models import Union
    from huijia.core.people.models import Identity, Person
    from huijia.registry.models import Membership
    from huijia.registry.permits import RegistryPermit

    top = Union.objects.get(depth=1)
    grant = ActorGrant(
        "bench", frozenset({str(RegistryPermit.MEMBER_VIEW)}), Place(top.pk, top.depth, top.path)
    )

    class Bulk:
        use_bulk, batch_size, skip_diff, report_skipped = True, 1_000, True, False
        force_init_instance = True

    class Persons(ModelResource):
        class Meta(Bulk):
            model = Person
            fields = ("id", "name", "sex", "birth_date", "ethnicity", "education")

    class Identities(ModelResource):
        person = Field("person_id", "person", IntegerWidget())

        class Meta(Bulk):
            model = Identity
            import_id_fields = ("person",)
            fields = ("person", "paper", "number_index", "phone_index")

        def before_save_instance(self, instance: Any, *_more: Any, **_others: Any) -> None:
            instance.scope, instance.number_sealed = [top.pk], b""

    class Memberships(ModelResource):
        person = Field("person_id", "person", IntegerWidget())
        union = Field("union", "union", ForeignKeyWidget(Union, "code"))

        class Meta(Bulk):
            model = Membership
            fields = ("id", "person", "union", "joined_on", "workplace", "card_number")

    headers = (
        *("id", "person", "name", "sex", "birth_date", "ethnicity", "education", "paper"),
        *("number_index", "phone_index", "union", "joined_on", "workplace", "card_number"),
    )
    data = tablib.Dataset(headers=headers)
    with file.open(encoding="utf-8-sig", newline="") as stream:
        for key, row in zip(range(10**12, 10**12 + rows), csv.DictReader(stream), strict=False):
            data.append(
                [
                    *(key, key, row["姓名"], "1", row["出生日期"], "01", "20", "resident"),
                    *(str(uuid.uuid4()), str(uuid.uuid4()), row["工会代码"]),
                    *(row["入会日期"], row["工作单位"], row["会员卡号"]),
                ]
            )
    # It wants to reset sequences at the end, which the web role may not.
    connection.ops.sequence_reset_sql = lambda *_style_and_models: []
    with transaction.atomic():
        set_reach(Actor(None, "bench", (grant,)))
        began = time.perf_counter()
        for resource in (Persons(), Identities(), Memberships()):
            resource.import_data(data, raise_errors=True, use_transactions=False)
        took = time.perf_counter() - began
        transaction.set_rollback(True)
    return rows / took


def recount() -> None:
    """Make the figures those of the city without the bench's members."""
    city.prepared()
    from huijia.core.kernel import clock
    from huijia.insight.actions import recounts

    recounts.recount_and_compare(at=clock.now())
