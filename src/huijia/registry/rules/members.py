"""Judging one row of a member sheet by the rules of the form. Pure.

A cell that is empty says nothing: what the register has stays. A cell that cannot be read refuses
the row when it is about who the person is, how to reach them or a day; words outside the official
lists (education and the like) only leave their field as it was, with a note.

A million rows pass through `MemberJudge.__call__`: the way of a clean row is kept straight, and
everything slow happens on the way of a faulty one.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from operator import itemgetter
from typing import Final, NamedTuple

from huijia.core.kernel.text import half_width, upper_token
from huijia.core.orgs.public import CreditCodeFault, read_credit_code
from huijia.core.people.public import (
    Fault,
    IdentityNumber,
    Sex,
    consistency,
    is_said_to_be_none,
    may_join_by_age,
    name_grams,
    parse_education,
    parse_employment_status,
    parse_ethnic_group,
    parse_household_kind,
    parse_new_employment,
    parse_paper_kind,
    parse_political_status,
    parse_sex,
    read_date,
    read_identity_number,
    read_name,
    read_phone,
)
from huijia.registry.rules.reasons import ImportReason, Reason

FIELDS: Final = (
    "name",
    "number",
    "union_code",
    "union_name",
    "paper",
    "sex",
    "birth_date",
    "phone",
    "ethnicity",
    "education",
    "political_status",
    "household",
    "employment",
    "new_employment",
    "workplace",
    "employer_code",
    "group",
    "joined_on",
    "card_number",
)
LONGEST: Final = {"workplace": 120, "group": 60, "card_number": 32}

Note = Callable[[Reason], None]
"""Takes a reason down."""
SURELY_OLD_ENOUGH: Final = 17
"""With so many calendar years between birth and joining nobody needs to be counted to the day."""

_FIGURES: Final = re.compile("[0-9]+").findall
_ROUNDED: Final = re.compile(r"[0-9](?:\.[0-9]+)?E\+?[0-9]{1,2}").fullmatch
_EMPTY: Final = frozenset(
    {"", "-", "--", "/", "\\", "无", "暂无", "—", "——", "N/A", "NULL", "null"}
)


class UnionEntry(NamedTuple):
    """A union as the judge knows it: `place` is what the merge needs of it, opaque here."""

    id: int
    holds_members: bool
    is_dissolved: bool
    place: str


class UnionBook(NamedTuple):
    """The unions of a reach by code and by name; a name of several unions lists their codes."""

    by_code: Mapping[str, UnionEntry]
    by_name: Mapping[str, UnionEntry]
    ambiguous: Mapping[str, str]
    default: UnionEntry | None


class MemberRow(NamedTuple):
    """A row that may stand. None is "not said"."""

    name: str
    grams: list[str]
    paper: str
    number: str
    phone: str | None
    sex: str
    birth_date: date | None
    ethnicity: str | None
    education: str | None
    political_status: str | None
    household: str | None
    employment: str | None
    new_employment: str | None
    workplace: str | None
    employer_code: str | None
    group: str | None
    joined_on: date | None
    card_number: str | None
    union: UnionEntry


class Judged(NamedTuple):
    """What became of a row: the facts, or None when it is refused; reasons and notes; the name."""

    row: MemberRow | None
    reasons: list[Reason]
    name: str


class MemberJudge:
    """Judges the rows of one sheet: knows its columns, the unions within reach and the day."""

    def __init__(self, columns: Mapping[str, int], unions: UnionBook, today: date) -> None:
        self._width = width = max(columns.values(), default=0) + 1
        # A column that the sheet lacks is read from one empty cell added at the end.
        self._cells = itemgetter(*(columns.get(field, width) for field in FIELDS))
        self._unions = unions
        self._today = today

    def __call__(self, cells: Sequence[str]) -> Judged:
        """Judge the cells of one row: all that is wrong with it, not only the first."""
        given = list(cells[: self._width])
        given += [""] * (self._width + 1 - len(given))
        (
            c_name, c_number, c_union_code, c_union_name, c_paper, c_sex, c_birth, c_phone,
            c_ethnicity, c_education, c_politics, c_household, c_employment, c_new, c_workplace,
            c_employer, c_group, c_joined, c_card,
        ) = self._cells(given)  # fmt: skip
        reasons: list[Reason] = []
        note = reasons.append
        read = read_name(c_name)
        name = "" if isinstance(read, Fault) else read.text
        if isinstance(read, Fault):
            note(Reason(read, "name"))
        number, sex, birth = self._identity(c_number, c_paper, c_sex, c_birth, note)
        phone = _phone(c_phone, note) if c_phone else None
        joined = self._joined(c_joined, note) if c_joined else None
        if birth is not None and number is not None:
            since = joined or self._today
            if since.year - birth.year < SURELY_OLD_ENOUGH and not may_join_by_age(birth, since):
                note(Reason(Fault.UNDER_AGE, "birth_date"))
        union = self._union(c_union_code, c_union_name, note)
        workplace = _text(c_workplace, "workplace", note) if c_workplace else None
        group = _text(c_group, "group", note) if c_group else None
        card = _card(c_card, note) if c_card else None
        employer = _employer(c_employer, note) if c_employer else None
        if reasons or union is None or number is None:
            return Judged(None, reasons, name)
        # From here on nothing refuses the row: words outside the lists are noted.
        _word(parse_sex, c_sex, "sex", note)
        row = MemberRow(
            name,
            name_grams(name),
            number.kind,
            number.number,
            phone,
            sex,
            birth,
            _word(parse_ethnic_group, c_ethnicity, "ethnicity", note),
            _word(parse_education, c_education, "education", note),
            _word(parse_political_status, c_politics, "political_status", note),
            _word(parse_household_kind, c_household, "household", note),
            _word(parse_employment_status, c_employment, "employment", note),
            _new_employment(c_new, note) if c_new else None,
            workplace,
            employer,
            group,
            joined,
            card,
            union,
        )
        return Judged(row, reasons, name)

    def _identity(
        self, c_number: str, c_paper: str, c_sex: str, c_birth: str, refuse: Note
    ) -> tuple[IdentityNumber | None, str, date | None]:
        """The number, and sex and birthday as number and cells agree on them."""
        kind = None
        if c_paper:
            kind = parse_paper_kind(c_paper)
            if kind is None and c_paper.strip() not in _EMPTY:
                refuse(Reason(ImportReason.PAPER_UNKNOWN, "paper"))
        number = read_identity_number(c_number, today=self._today, kind=kind)
        sex = parse_sex(c_sex) if c_sex else None
        birth = self._birth(c_birth, number, refuse) if c_birth else None
        if isinstance(number, Fault):
            refuse(Reason(number, "number"))
            return None, "", birth
        if sex is not None or birth is not None:
            for fault in consistency(number, sex, birth):
                column = "sex" if fault is Fault.SEX_CONTRADICTS else "birth_date"
                refuse(Reason(fault, column))
        birth = number.birth_date or birth
        return number, number.sex or sex or Sex.UNSTATED, birth

    def _birth(self, cell: str, number: IdentityNumber | Fault, refuse: Note) -> date | None:
        """The birthday; year and month alone (出生年月) will do where they are the number's."""
        known = None if isinstance(number, Fault) else number.birth_date
        if known is not None and read_date(cell) is Fault.DATE_INCOMPLETE:
            if _is_month_of(known, cell):
                return known
            refuse(Reason(Fault.BIRTH_DATE_CONTRADICTS, "birth_date"))
            return None
        return self._date(cell, "birth_date", refuse)

    def _joined(self, cell: str, refuse: Note) -> date | None:
        day = self._date(cell, "joined_on", refuse)
        if day is not None and day > self._today:
            refuse(Reason(ImportReason.JOINED_IN_FUTURE, "joined_on"))
        return day

    def _date(self, cell: str, column: str, refuse: Note) -> date | None:
        if cell.strip() in _EMPTY:
            return None
        day = read_date(cell)
        if isinstance(day, Fault):
            refuse(Reason(day, column))
            return None
        return day

    def _union(self, code: str, name: str, refuse: Note) -> UnionEntry | None:
        book = self._unions
        entry = book.by_code.get(code) if code else None
        if entry is None and name and not code:
            entry = book.by_name.get(name)
        if entry is None:
            entry = self._union_by_tidied(upper_token(code), half_width(name), refuse)
            if entry is None:
                return None
        if entry.is_dissolved:
            refuse(Reason(ImportReason.UNION_DISSOLVED, "union"))
        elif not entry.holds_members:
            refuse(Reason(ImportReason.UNION_WITHOUT_MEMBERS, "union"))
        return entry

    def _union_by_tidied(self, code: str, name: str, refuse: Note) -> UnionEntry | None:
        book = self._unions
        if code and code not in _EMPTY:
            entry = book.by_code.get(code) or book.by_code.get(code.removesuffix(".0"))
            if entry is None:
                refuse(Reason(ImportReason.UNION_UNKNOWN, "union"))
            return entry
        if not name or name in _EMPTY:
            if book.default is None:
                refuse(Reason(ImportReason.UNION_MISSING, "union"))
            return book.default
        name = union_name(name)
        entry = book.by_name.get(name) or book.by_code.get(upper_token(name))
        if entry is None:
            codes = book.ambiguous.get(name)
            refuse(
                Reason(ImportReason.UNION_AMBIGUOUS, "union", codes)
                if codes
                else Reason(ImportReason.UNION_UNKNOWN, "union")
            )
        return entry


def union_name(text: str) -> str:
    """A union's name in the shape in which names are compared: no blanks, plain brackets."""
    return "".join(half_width(text).split())


def _is_month_of(day: date, cell: str) -> bool:
    """Whether a cell that holds a year, or a year and a month, speaks of a day's."""
    year, month = half_width(cell)[:4], _FIGURES(half_width(cell)[4:].removesuffix(".0"))
    return int(year) == day.year and (not month or int(month[0]) == day.month)


def _card(cell: str, refuse: Note) -> str | None:
    token = upper_token(cell)
    if _ROUNDED(token):
        refuse(Reason(ImportReason.DIGITS_LOST, "card_number"))
        return None
    return _text(token, "card_number", refuse)


def _phone(cell: str, refuse: Note) -> str | None:
    phone = read_phone(cell)
    if not isinstance(phone, Fault):
        return phone.number
    if cell.strip() not in _EMPTY:
        refuse(Reason(phone, "phone"))
    return None


def _word(parse: Callable[[str], str | None], cell: str, column: str, note: Note) -> str | None:
    if not cell:
        return None
    code = parse(cell)
    if code is None and cell.strip() not in _EMPTY:
        note(Reason(ImportReason.WORD_UNKNOWN, column))
    return code


def _new_employment(cell: str, note: Note) -> str | None:
    """The group, or an empty code where the sheet says that there is none."""
    if is_said_to_be_none(cell):
        return ""
    return _word(parse_new_employment, cell, "new_employment", note)


def _text(cell: str, column: str, refuse: Note) -> str | None:
    """A text in plain width on one line; None where it says nothing."""
    text = " ".join(half_width(cell).split())
    if not text or text in _EMPTY:
        return None
    if len(text) > LONGEST[column]:
        refuse(Reason(ImportReason.TOO_LONG, column, str(LONGEST[column])))
        return None
    return text.replace("\x00", "")


def _employer(cell: str, refuse: Note) -> str | None:
    if cell.strip() in _EMPTY:
        return None
    code = read_credit_code(cell)
    if isinstance(code, CreditCodeFault):
        refuse(Reason(code, "employer_code"))
        return None
    return code.code
