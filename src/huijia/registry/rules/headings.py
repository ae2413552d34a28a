"""Finding the columns of a sheet by the names that its headings row gives them, in any order.

The layout is that of the official real-name register (domain §2.6 of the design's sources); the
synonyms are those that sheets of unions, personnel offices and older systems carry. Pure.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from huijia.core.kernel.text import half_width

SEARCHED_ROWS: Final = 30
"""How far down a headings row is looked for: title and remark rows stand above it."""

MEMBER_COLUMNS: Final[Mapping[str, str]] = {
    "name": "姓名 会员姓名 职工姓名 名字 员工姓名 人员姓名",
    "number": "证件号码 证件号 身份证号 身份证号码 身份证 公民身份号码 居民身份证号码 身份证件号码"
    " 有效证件号码 有效证件号 居民身份证号 证件编号 身份证件号",
    "union_name": "所属工会 所属工会名称 所在工会 所属基层工会 基层工会 基层工会名称 工会名称"
    " 所属工会组织 工会组织名称 所在工会名称 工会组织",
    "union_code": "工会代码 所属工会代码 工会编码 所属工会编码 工会组织代码 工会编号 工会组织编码",
    "sex": "性别",
    "ethnicity": "民族",
    "birth_date": "出生日期 出生年月日 生日 出生年月 出生时间 出生",
    "paper": "证件类型 证件种类 身份证件类型 有效证件类型 证件名称 证件类别",
    "phone": "手机号码 手机号 手机 联系电话 移动电话 联系方式 电话 电话号码 本人手机号码 手机电话",
    "education": "学历 文化程度 最高学历 学历层次 教育程度",
    "political_status": "政治面貌 政治面目",
    "employment": "就业状态 就业状况 从业状态 就业情况 在职状态",
    "household": "户籍类型 户口类型 户口性质 户籍性质 户籍类别 户口类别",
    "new_employment": "新就业群体 新就业形态 新就业形态群体 新就业形态劳动者 八大群体"
    " 新就业群体类型 新就业形态类型 新就业形态劳动者类型",
    "workplace": "工作单位 单位名称 用人单位 所在单位 单位 工作单位名称 所在单位名称 用人单位名称",
    "employer_code": "统一社会信用代码 单位统一社会信用代码 社会信用代码 信用代码"
    " 工作单位统一社会信用代码 用人单位统一社会信用代码 单位信用代码",
    "group": "工会小组 所属工会小组 所属小组 小组 工会小组名称 小组名称",
    "joined_on": "入会日期 入会时间 加入工会日期 加入工会时间 入会年月日",
    "card_number": "会员卡号 工会会员卡号 会员证号 工会卡号 会员卡 会员证编号 会员编号",
}
UNION_COLUMNS: Final[Mapping[str, str]] = {
    "name": "工会名称 工会全称 工会组织名称 名称 基层工会名称",
    "parent": "上级工会 上级工会名称 上级工会组织 主管工会 上级工会全称 直属上级工会",
    "parent_code": "上级工会代码 上级工会编码 上级工会编号 上级工会组织代码 主管工会代码",
    "code": "工会代码 工会编码 工会编号 工会组织代码 本工会代码 组织代码",
    "kind": "工会类型 工会类别 组织类型 基层工会类型 类型",
    "credit_code": "统一社会信用代码 工会统一社会信用代码 工会信用代码 法人统一社会信用代码",
    "employer": "所在单位 所在单位名称 单位名称 用人单位 建会单位 单位全称",
    "employer_code": "单位统一社会信用代码 所在单位统一社会信用代码 用人单位统一社会信用代码"
    " 单位信用代码 建会单位统一社会信用代码",
    "division": "行政区划 行政区划代码 所属区划 区划 区划代码 所在区划 政区",
    "founded_on": "建会日期 建会时间 成立日期 成立时间 工会成立日期",
    "term_ends_on": "届满日期 届满时间 换届日期 换届时间 本届届满日期",
    "chair": "主席 工会主席 主席姓名 工会主席姓名 工会负责人",
    "staff_count": "职工数 职工人数 职工总数 职工总人数 员工数 在职职工数",
}
OFFICIAL_MEMBER_LAYOUT: Final = (
    *("姓名", "证件类型", "证件号码", "性别", "民族", "出生日期", "手机号码", "学历", "政治面貌"),
    *("就业状态", "户籍类型", "新就业群体", "工作单位", "统一社会信用代码", "所属工会", "工会代码"),
    *("工会小组", "入会日期", "会员卡号"),
)
OFFICIAL_UNION_LAYOUT: Final = (
    *("工会名称", "工会代码", "上级工会", "工会类型", "统一社会信用代码", "所在单位"),
    *("单位统一社会信用代码", "行政区划", "建会日期", "届满日期", "主席", "职工数"),
)
REQUIRED: Final[Mapping[str, tuple[str, ...]]] = {
    "members": ("name", "number"),
    "unions": ("name", "parent"),
}
INSTEAD: Final[Mapping[str, str]] = {"parent": "parent_code"}
"""Columns that will do where a required one is missing."""
OFFICIAL_LAYOUTS: Final[Mapping[str, Sequence[str]]] = {
    "members": OFFICIAL_MEMBER_LAYOUT,
    "unions": OFFICIAL_UNION_LAYOUT,
}

_REMARK: Final = re.compile(r"\(.*?\)|\[.*?\]|【.*?】|<.*?>")
_MARKS: Final = re.compile(r"[\s*#:：、。.·_\-/]+")


def _bare(label: str) -> str:
    """A heading without remarks in brackets, stars, colons and blanks."""
    plain = half_width(label)
    return _MARKS.sub("", _REMARK.sub("", plain)).upper()


def _fields(columns: Mapping[str, str]) -> dict[str, str]:
    return {_bare(word): field for field, words in columns.items() for word in words.split()}


FIELDS: Final[Mapping[str, Mapping[str, str]]] = {
    "members": _fields(MEMBER_COLUMNS),
    "unions": _fields(UNION_COLUMNS),
}


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the headings stand and which column holds what.

    `row` is the number that the spreadsheet shows; `columns` maps a field to its column from 0.
    """

    row: int
    labels: tuple[str, ...]
    columns: Mapping[str, int]

    @property
    def unknown(self) -> tuple[str, ...]:
        """The labels of columns that are kept in the report and otherwise not read."""
        read = set(self.columns.values())
        return tuple(
            label for place, label in enumerate(self.labels) if label.strip() and place not in read
        )


def layout_of(kind: str, row: int, cells: Sequence[str]) -> Layout:
    """The columns of one row taken as headings; of two columns for one field the first counts."""
    known, columns = FIELDS[kind], dict[str, int]()
    labels = tuple(cell.replace("\x00", "") for cell in cells)
    for place, label in enumerate(labels):
        field = known.get(_bare(label))
        if field is not None:
            columns.setdefault(field, place)
    return Layout(row, labels, columns)


def fields_of(kind: str, labels: Sequence[str]) -> list[str | None]:
    """The field that each heading names, whether it counts or repeats another; None where none."""
    return [FIELDS[kind].get(_bare(label)) for label in labels]


def find_layout(kind: str, rows: Iterable[tuple[int, Sequence[str]]]) -> Layout | tuple[str, ...]:
    """The layout by the first row that has every required heading, or the official names missing.

    `rows` are the first rows of a sheet with their numbers; at most `SEARCHED_ROWS` are looked at.
    """
    missing = REQUIRED[kind]
    for looked_at, (row, cells) in enumerate(rows):
        if looked_at >= SEARCHED_ROWS:
            break
        layout = layout_of(kind, row, cells)
        lacking = tuple(
            field
            for field in REQUIRED[kind]
            if field not in layout.columns and INSTEAD.get(field) not in layout.columns
        )
        if not lacking:
            return layout
        if len(lacking) < len(missing):
            missing = lacking
    columns = MEMBER_COLUMNS if kind == "members" else UNION_COLUMNS
    return tuple(columns[field].split()[0] for field in missing)
