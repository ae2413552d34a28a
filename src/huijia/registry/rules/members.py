"""Judging one row of a member sheet by the rules of the form. Pure.

A cell that is empty says nothing: what the register has stays. A cell that cannot be read refuses
the row when it is about who the person is, how to reach them or a day; words outside the official
lists (education and the like) only leave their field as it was, with a note.

A million rows pass through `MemberJudge.__call__`: the way of a clean row is kept straight, and
everything slow happens on the way of a faulty one.
"""

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
        width = max(columns.values(), default=0) + 1
        self._width = width
        # A column that the sheet lacks is read from one empty cell added at the end.
        self._cells = itemgetter(*(columns.get(field, width) for field in FIELDS))
        self._unions = unions
        self._today = today

    def __call__(self, cells: Sequence[str]) -> Judged:
        """Judge the cells of one row."""
        width = self._width
        given = list(cells[:width])
        given += [""] * (width + 1 - len(given))
        (
            c_name, c_number, c_union_code, c_union_name, c_paper, c_sex, c_birth, c_phone,
            c_ethnicity, c_education, c_politics, c_household, c_employment, c_new, c_workplace,
            c_employer, c_group, c_joined, c_card,
        ) = self._cells(given)  # fmt: skip
        reasons: list[Reason] = []
        refuse = reasons.append

        name = read_name(c_name)
        if isinstance(name, Fault):
            refuse(Reason(name, "name"))
        kind = None
        if c_paper:
            kind = parse_paper_kind(c_paper)
            if kind is None and c_paper.strip() not in _EMPTY:
                refuse(Reason(ImportReason.PAPER_UNKNOWN, "paper"))
        number = read_identity_number(c_number, today=self._today, kind=kind)
        sex = parse_sex(c_sex) if c_sex else None
        birth: date | None = None
        if c_birth:
            birth = self._date(c_birth, "birth_date", refuse)
        if isinstance(number, Fault):
            refuse(Reason(number, "number"))
        else:
            if sex is not None or birth is not None:
                for fault in consistency(number, sex, birth):
                    column = "sex" if fault is Fault.SEX_CONTRADICTS else "birth_date"
                    refuse(Reason(fault, column))
            birth = number.birth_date or birth
            if birth is not None and birth.year > self._today.year - 17:
                self._age(birth, refuse)
        phone = None
        if c_phone and c_phone not in _EMPTY:
            read = read_phone(c_phone)
            if isinstance(read, Fault):
                if c_phone.strip():
                    refuse(Reason(read, "phone"))
            else:
                phone = read.number
        joined: date | None = None
        if c_joined:
            joined = self._date(c_joined, "joined_on", refuse)
            if joined is not None and joined > self._today:
                refuse(Reason(ImportReason.JOINED_IN_FUTURE, "joined_on"))
        union = self._union(c_union_code, c_union_name, refuse)
        workplace = _text(c_workplace, "workplace", refuse) if c_workplace else None
        group = _text(c_group, "group", refuse) if c_group else None
        card = _text(upper_token(c_card), "card_number", refuse) if c_card else None
        employer = _employer(c_employer, refuse) if c_employer else None
        if reasons or union is None or isinstance(name, Fault) or isinstance(number, Fault):
            return Judged(None, reasons, "" if isinstance(name, Fault) else name.text)
        new_employment = None
        if c_new:
            said_none = is_said_to_be_none(c_new)
            new_employment = (
                "" if said_none else _word(parse_new_employment, c_new, "new_employment", refuse)
            )
        row = MemberRow(
            name.text,
            name_grams(name.text),
            number.kind,
            number.number,
            phone,
            _sex(number, sex),
            birth,
            _word(parse_ethnic_group, c_ethnicity, "ethnicity", refuse) if c_ethnicity else None,
            _word(parse_education, c_education, "education", refuse) if c_education else None,
            _word(parse_political_status, c_politics, "political_status", refuse)
            if c_politics
            else None,
            _word(parse_household_kind, c_household, "household", refuse) if c_household else None,
            _word(parse_employment_status, c_employment, "employment", refuse)
            if c_employment
            else None,
            new_employment,
            workplace,
            employer,
            group,
            joined,
            card,
            union,
        )
        return Judged(row, reasons, name.text)

    def _date(self, cell: str, column: str, refuse: Callable[[Reason], None]) -> date | None:
        if cell.strip() in _EMPTY:
            return None
        day = read_date(cell)
        if isinstance(day, Fault):
            refuse(Reason(day, column))
            return None
        return day

    def _age(self, birth: date, refuse: Callable[[Reason], None]) -> None:
        if not may_join_by_age(birth, self._today):
            refuse(Reason(Fault.UNDER_AGE, "birth_date"))

    def _union(self, code: str, name: str, refuse: Callable[[Reason], None]) -> UnionEntry | None:
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

    def _union_by_tidied(
        self, code: str, name: str, refuse: Callable[[Reason], None]
    ) -> UnionEntry | None:
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


def _sex(number: IdentityNumber, stated: Sex | None) -> str:
    return number.sex or stated or Sex.UNSTATED


def _word(
    parse: Callable[[str], str | None], cell: str, column: str, note: Callable[[Reason], None]
) -> str | None:
    code = parse(cell)
    if code is None and cell.strip() not in _EMPTY:
        note(Reason(ImportReason.WORD_UNKNOWN, column))
    return code


def _text(cell: str, column: str, refuse: Callable[[Reason], None]) -> str | None:
    """A text in plain width on one line; None where it says nothing."""
    text = " ".join(half_width(cell).split())
    if not text or text in _EMPTY:
        return None
    if len(text) > LONGEST[column]:
        refuse(Reason(ImportReason.TOO_LONG, column, str(LONGEST[column])))
        return None
    return text.replace("\x00", "")


def _employer(cell: str, refuse: Callable[[Reason], None]) -> str | None:
    if cell.strip() in _EMPTY:
        return None
    code = read_credit_code(cell)
    if isinstance(code, CreditCodeFault):
        refuse(Reason(code, "employer_code"))
        return None
    return code.code
