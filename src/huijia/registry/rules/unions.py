"""Judging one row of a sheet of unions by itself; how rows hang together is judged after. Pure."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from huijia.core.kernel.text import half_width, upper_token
from huijia.core.kernel.verdict import ALLOWED, Verdict, refused
from huijia.core.orgs.public import PRIMARY, CreditCodeFault, UnionKind, read_credit_code
from huijia.core.people.public import Fault, read_date, read_name
from huijia.registry.rules.reasons import ImportReason, Reason

FIELDS: Final = (
    "name",
    "parent",
    "parent_code",
    "code",
    "kind",
    "credit_code",
    "employer",
    "employer_code",
    "division",
    "founded_on",
    "term_ends_on",
    "chair",
    "staff_count",
)
LONGEST_NAME: Final = 120
MOST_STAFF: Final = 10_000_000
UNION_AUTHORITY: Final = "8"
_CODE: Final = re.compile(r"[0-9A-Z][0-9A-Z.\-]{0,23}").fullmatch
_FIGURE: Final = re.compile(r"([0-9]+)(?:\.0+)?[人名]?").fullmatch
_EMPTY: Final = frozenset({"", "-", "--", "/", "无", "暂无", "—", "——"})

_KIND_WORDS: Final = {
    UnionKind.CITY: "市总工会 地市级总工会 市级总工会 设区市总工会",
    UnionKind.COUNTY: "区总工会 县总工会 县区总工会 区县总工会 县级总工会 县级市总工会 区县市总工会"
    " 县市区总工会 区级总工会",
    UnionKind.TOWN: "街道总工会 镇总工会 乡总工会 乡镇总工会 乡镇街道总工会 镇街总工会 街镇总工会"
    " 乡镇街道工会 街道工会 镇工会",
    UnionKind.ZONE: "园区工会 园区总工会 开发区工会 开发区总工会 功能区工会 功能区总工会"
    " 工业园区工会 开发区园区工会",
    UnionKind.INDUSTRY: "行业工会 产业工会 行业工会联合会 行业性工会联合会 系统工会 产业系统工会"
    " 行业性工会",
    UnionKind.AREA: "村工会 社区工会 区域工会 村社区工会 区域性工会联合会 区域工会联合会"
    " 社区工会联合会 村工会联合会 村社区工会联合会 区域性工会 村级工会",
    UnionKind.SINGLE: "单独建会 独立基层工会 单一工会 企业工会 基层工会 单建工会 事业单位工会"
    " 机关工会 单独基层工会 单独组建 独立建会 单位工会 集团工会",
    UnionKind.JOINT: "联合工会 联合基层工会 联合建会 联合基层工会委员会 基层联合工会 企业联合工会",
}
KINDS: Final[Mapping[str, UnionKind]] = {
    **{word: kind for kind, words in _KIND_WORDS.items() for word in words.split()},
    **{kind.value.upper(): kind for kind in UnionKind},
}


@dataclass(slots=True)
class UnionDraft:
    """What a row says of a union, read; None is "not said".

    The parent is still its text: a name, or a code where there is no name; a code beside the name
    tells namesakes apart.
    """

    name: str
    parent: str
    parent_code: str | None = None
    code: str | None = None
    kind: UnionKind | None = None
    credit_code: str | None = None
    employer: str | None = None
    employer_code: str | None = None
    division: str | None = None
    founded_on: date | None = None
    term_ends_on: date | None = None
    chair: str | None = None
    staff_count: int | None = None


def read_union(columns: Mapping[str, int], cells: Sequence[str]) -> tuple[UnionDraft, list[Reason]]:
    """The row as far as it can be read, and why it cannot stand if so."""
    given = {field: _cell(cells, columns.get(field)) for field in FIELDS}
    reasons: list[Reason] = []
    refuse = reasons.append
    draft = UnionDraft(name=_one_line(given["name"]), parent=_one_line(given["parent"]))
    draft.parent_code = _read(given["parent_code"], "parent", _code, refuse)
    draft.parent = draft.parent or draft.parent_code or ""
    if not draft.name:
        refuse(Reason(ImportReason.UNION_NAME_MISSING, "union_name"))
    elif len(draft.name) > LONGEST_NAME:
        refuse(Reason(ImportReason.TOO_LONG, "union_name", str(LONGEST_NAME)))
    if not draft.parent:
        refuse(Reason(ImportReason.PARENT_MISSING, "parent"))
    draft.code = _read(given["code"], "code", _code, refuse)
    draft.kind = _read(given["kind"], "kind", _kind, refuse)
    draft.credit_code = _read(given["credit_code"], "credit_code", _credit_code, refuse)
    draft.employer = _one_line(given["employer"])[:LONGEST_NAME] or None
    draft.employer_code = _read(given["employer_code"], "employer_code", _credit_code, refuse)
    draft.division = _one_line(given["division"]) or None
    draft.founded_on = _read(given["founded_on"], "founded_on", _date, refuse)
    draft.term_ends_on = _read(given["term_ends_on"], "term_ends_on", _date, refuse)
    draft.chair = _read(given["chair"], "chair", _name, refuse)
    draft.staff_count = _read(given["staff_count"], "staff_count", _figure, refuse)
    if draft.founded_on and draft.term_ends_on and draft.term_ends_on <= draft.founded_on:
        refuse(Reason(ImportReason.TERM_BEFORE_FOUNDING, "term_ends_on"))
    return draft, reasons


def may_bear(credit_code: str | None, *, kind: str) -> Verdict:
    """Whether a union of a kind may have a credit code.

    A primary union is registered as a union and has a code that begins with 8 (工会法人登记管理办法
    §3); a federation may have one of an authority or a social organisation, or none.
    """
    if credit_code and kind in PRIMARY and not credit_code.startswith(UNION_AUTHORITY):
        return refused("credit-code-not-of-union")
    return ALLOWED


def kind_by_name(name: str, parent_kind: str) -> UnionKind | None:
    """The kind that a union's name and place tell when the sheet does not."""
    bare = name.removesuffix("委员会")
    if bare.endswith("总工会"):
        below = {UnionKind.CITY: UnionKind.COUNTY, UnionKind.COUNTY: UnionKind.TOWN}
        return below.get(UnionKind(parent_kind))
    if bare.endswith("联合会"):
        return UnionKind.AREA
    if "联合工会" in bare:
        return UnionKind.JOINT
    return UnionKind.SINGLE if bare.endswith("工会") else None


def _cell(cells: Sequence[str], place: int | None) -> str:
    return cells[place] if place is not None and place < len(cells) else ""


def _one_line(cell: str) -> str:
    text = " ".join(half_width(cell).replace("\x00", "").split())
    return "" if text in _EMPTY else text


def _read(
    cell: str,
    column: str,
    read: Callable[[str], Any],
    refuse: Callable[[Reason], None],
) -> Any:
    """A cell by its reader; a reader answers with a reason's code where it cannot."""
    text = _one_line(cell)
    if not text:
        return None
    value = read(text)
    if isinstance(value, ImportReason | Fault | CreditCodeFault):
        refuse(Reason(value, column))
        return None
    return value


def _code(text: str) -> str:
    code = "".join(text.split()).upper().removesuffix(".0")
    return code if _CODE(code) else ImportReason.CODE_FORM


def _kind(text: str) -> str:
    bare = re.sub(r"[()\s、/,]", "", text).upper()
    return KINDS.get(bare, ImportReason.KIND_UNKNOWN)


def _credit_code(text: str) -> str:
    code = read_credit_code(text)
    return code if isinstance(code, CreditCodeFault) else code.code


def _date(text: str) -> date | Fault:
    return read_date(text)


def _name(text: str) -> str:
    name = read_name(text)
    return name if isinstance(name, Fault) else name.text


def _figure(text: str) -> int | ImportReason:
    match = _FIGURE(upper_token(text).replace(",", ""))
    if match is None or int(match[1]) > MOST_STAFF:
        return ImportReason.FIGURE_FORM
    return int(match[1])
