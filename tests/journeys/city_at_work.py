"""A small city in which officers work with sheets and forms; numbers choose among what there is.

Every act goes the way of an officer: a sheet through the whole import, a form through its action.
What the rules refuse changes nothing, and is counted so that a test can see that most is not.
"""

import datetime as dt
import threading
from collections import Counter
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from unittest import mock

from django.db import connection, transaction

from huijia.core.access.public import set_reach
from huijia.core.kernel import clock
from huijia.core.kernel.errors import NotFound, Refused
from huijia.core.orgs.public import Union, UnionFacts, UnionKind
from huijia.core.orgs.public import queries as orgs
from huijia.core.orgs.public import unions as tree
from huijia.core.people.public import Person
from huijia.insight.actions import figures, recounts
from huijia.registry.actions import members, memberships, unions
from huijia.registry.actions.importing.members import MemberChunks
from huijia.registry.actions.importing.unions import UnionSheet
from huijia.registry.actions.memberships import MembershipFacts
from huijia.registry.models import Membership
from huijia.registry.public import IN_FORCE, run_cli_import
from huijia.registry.tests import sheets
from huijia.registry.tests.factories import actor_on, person_facts
from tests.support import database

HOLDERS = ("P1", "P2", "P3", "P4", "A1", "P5")
BY_SHEET = ("N1", "N2", "N3")
"""Unions that are there only once a sheet has founded them."""
ABOVE = ("T1", "T2", "C1", "A1", "T1", "T2", "C2", "N1")
SEX_WORDS = {"": "", "1": "男", "2": "女"}
KIND_WORDS = {
    "": "", "single": "单独建会", "joint": "联合工会", "area": "社区工会", "zone": "园区工会"
}  # fmt: skip
MEMBER_HEADINGS = [
    "姓名", "证件类型", "证件号码", "性别", "工会代码", "入会日期", "新就业群体", "手机号码"
]  # fmt: skip
UNION_HEADINGS = ["工会名称", "工会代码", "上级工会", "工会类型", "职工数"]
MOST_LOCKED = "10s"


@dataclass(frozen=True)
class Somebody:
    """A person of the city; only a resident's number tells the sex."""

    name: str
    paper: str
    number: str


RESIDENTS = [Somebody(f"王{last}", "resident", each) for last, each in zip("甲乙丙丁", sheets.numbers(4), strict=True)]  # fmt: skip
GUESTS = [Somebody(f"李{last}", "passport", f"E0000000{at}") for at, last in enumerate("东南西北")]
PEOPLE = [*RESIDENTS, *GUESTS]
PAPER_WORDS = {"resident": "居民身份证", "passport": "护照"}


@dataclass(frozen=True)
class Said:
    """What a row or a form says of a member; empty and None say nothing."""

    sex: str = ""
    new_employment: str = ""
    year: int | None = 2025

    @property
    def joined_on(self):
        return dt.date(self.year, 5, 4) if self.year else None


class Play:
    """The city and what happens in it."""

    def __init__(self, folder):
        database.empty(database.database_name())
        sheets.city(primaries=4)
        deep = [
            sheets.row("A1", "星光社区工会联合会", UnionKind.AREA, "T1"),
            sheets.row("P5", "星光第五制造有限公司工会", UnionKind.SINGLE, "A1"),
        ]
        tree.create_many(deep, at=clock.now())
        recounts.rebuild()
        self.folder = folder
        self.officer = actor_on(Union.objects.get(code="C"))
        self.done = Counter()

    def play(self, act, *values):
        getattr(self, act)(*values)

    def merge(self, limit):
        figures.merge(limit)

    # Sheets

    def sheet(self, rows, giver="C", *, is_dry_run=False):
        """A sheet of members, given in at a union for itself and those below."""
        file = self.folder / f"members-{threading.get_ident()}.csv"
        file.write_bytes(sheets.as_csv([MEMBER_HEADINGS, *map(self._row, rows)]))
        self._count(
            "sheet", run_cli_import("members", file, union_code=giver, is_dry_run=is_dry_run)
        )

    def sheet_of_unions(self, rows):
        file = self.folder / f"unions-{threading.get_ident()}.csv"
        lines = [
            [f"{code}号工会", code, above, KIND_WORDS[kind], staff]
            for code, above, kind, staff in map(self._union, rows)
        ]
        file.write_bytes(sheets.as_csv([UNION_HEADINGS, *lines]))
        self._count("sheet_of_unions", run_cli_import("unions", file))

    def meanwhile(self, imported, act):
        """An act in another session, between the judging of a sheet and its writing."""
        with between_judging_and_writing(lambda: self.play(*act)):
            self.play(*imported)

    def _row(self, row):
        who, where, said = row
        one = PEOPLE[who % len(PEOPLE)]
        return [
            one.name,
            PAPER_WORDS[one.paper],
            one.number,
            SEX_WORDS[said.sex],
            (*HOLDERS, *HOLDERS, *BY_SHEET)[where % (2 * len(HOLDERS) + len(BY_SHEET))],
            said.joined_on.isoformat() if said.year else "",
            {"": "", "rider": "网约送餐员"}[said.new_employment],
            "",
        ]

    def _union(self, row):
        """A row about a union that is there, or about one that the sheet founds."""
        at, kind, staff = row
        code = (*HOLDERS, *BY_SHEET)[at % (len(HOLDERS) + len(BY_SHEET))]
        known = Union.objects.filter(code=code).select_related("parent").first()
        above = known.parent.code if known else ABOVE[at % len(ABOVE)]
        return code, above, kind, str(staff)

    def _count(self, act, outcome):
        for verdict in ("new", "updated", "unchanged", "conflict", "refused"):
            self.done[act, verdict] += outcome.counts[verdict]

    # Forms

    def admit(self, who, where, said):
        one = PEOPLE[who % len(PEOPLE)]
        union = Union.objects.get(code=HOLDERS[where % len(HOLDERS)])
        sex = "2" if one.paper == "resident" else said.sex or "9"
        with self._at_the_desk("admit"):
            memberships.admit(
                union=orgs.spot_of(union),
                person=person_facts(name=one.name, paper=one.paper, number=one.number, sex=sex),
                membership=MembershipFacts(
                    joined_on=said.joined_on, new_employment=said.new_employment
                ),
                by=self.officer,
                at=clock.now(),
            )

    def edit(self, who, said):
        held = self._held(who)
        if held is None:
            return
        with self._at_the_desk("edit"):
            members.edit(
                membership_id=held.pk,
                person={"sex": said.sex} if said.sex else {},
                membership={"joined_on": said.joined_on, "new_employment": said.new_employment},
                version=held.version + held.person.version,
                by=self.officer,
                at=clock.now(),
            )

    def change_state(self, who, to):
        held = self._held(who)
        if held is None:
            return
        with self._at_the_desk("change_state"):
            memberships.change_state(
                membership_id=held.pk,
                to=to,
                on=clock.today(),
                reason="本人申请",
                version=held.version,
                by=self.officer,
                at=clock.now(),
            )

    def found(self, at, kind):
        parent = Union.objects.get(code=ABOVE[at % 4])
        name = f"第{Union.objects.count()}工会"
        facts = UnionFacts(name=name, code=f"F{Union.objects.count()}", kind=kind or "single")
        with self._at_the_desk("found"):
            unions.found(parent_id=parent.pk, facts=facts, by=self.officer, at=clock.now())

    def edit_union(self, at, kind, staff):
        union = Union.objects.get(code=HOLDERS[at % len(HOLDERS)])
        with self._at_the_desk("edit_union"):
            unions.edit(
                union_id=union.pk,
                changes={"kind": kind or union.kind, "staff_count": staff},
                file_changes={},
                version=union.version,
                by=self.officer,
                at=clock.now(),
            )

    def _held(self, who):
        """The membership in force of the person, or of anybody, so that edits find somebody."""
        held = Membership.objects.filter(state__in=IN_FORCE).select_related("person").order_by("id")
        one = Person.objects.filter(name=PEOPLE[who % len(PEOPLE)].name).first()
        return held.filter(person=one).first() or (held[who % len(held)] if held else None)

    @contextmanager
    def _at_the_desk(self, act):
        """One request: one transaction, with the officer's reach."""
        with suppress(Refused, NotFound), transaction.atomic():
            set_reach(self.officer)
            yield
            self.done[act, "done"] += 1


@contextmanager
def between_judging_and_writing(act):
    """Let an act happen in another session once the next chunk is judged, before it is written."""
    waiting = [act]

    def then_act(real):
        def judge(self, *given):
            found = real(self, *given)
            if waiting:
                in_another_session(waiting.pop())
            return found

        return judge

    with (
        mock.patch.object(MemberChunks, "judge", then_act(MemberChunks.judge)),
        mock.patch.object(UnionSheet, "judge", then_act(UnionSheet.judge)),
    ):
        yield


def in_another_session(act):
    """Do something on a connection of its own and wait for its end; its fault is raised here."""
    faults = []

    def run():
        try:
            with connection.cursor() as cursor:
                cursor.execute(f"SET lock_timeout = '{MOST_LOCKED}'")
            act()
        except BaseException as fault:  # noqa: BLE001 - it is raised again where it is awaited
            faults.append(fault)
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    if faults:
        raise faults[0]
