"""Official real-name sheets of a simulated city: `unions` and `members`, as .csv or .xlsx.

The layout is that of the import: a row of headings, one row a union or person, words where the
collection sheets have words. A member names the union by name and code.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Final

import xlsxwriter

from huijia.config.simulation.cities import City, draw_up
from huijia.config.simulation.members import Population, SimulatedMember
from huijia.core.orgs.public import UnionKind, gazetteer

MEMBER_HEADINGS: Final = (
    "姓名", "证件号码", "所属工会", "工会代码", "性别", "民族", "出生日期", "证件类型",
    "手机号码", "学历", "政治面貌", "就业状态", "户籍类型", "新就业群体", "工作单位",
    "统一社会信用代码", "工会小组", "入会日期", "会员卡号",
)  # fmt: skip
UNION_HEADINGS: Final = (
    "工会名称", "上级工会", "工会代码", "工会类型", "统一社会信用代码", "所在单位",
    "单位统一社会信用代码", "行政区划", "建会日期", "届满日期", "主席", "职工数",
)  # fmt: skip
LARGEST_WORKBOOK: Final = 100_000
"""Rows above which a sheet is better a .csv: a workbook is slower to write and to read."""

SEX: Final = {"1": "男", "2": "女"}
ETHNICITY: Final = {
    "01": "汉族", "03": "回族", "05": "维吾尔族", "06": "苗族", "07": "彝族", "08": "壮族",
    "09": "布依族", "11": "满族", "12": "侗族", "15": "土家族", "22": "畲族",
}  # fmt: skip
EDUCATION: Final = {
    "10": "研究生", "20": "本科", "30": "大专", "40": "中职", "60": "高中", "70": "初中",
    "80": "小学",
}  # fmt: skip
POLITICAL_STATUS: Final = {
    "01": "中共党员", "02": "中共预备党员", "03": "共青团员", "04": "民革党员", "05": "民盟盟员",
    "06": "民建会员", "07": "民进会员", "10": "九三学社社员", "12": "无党派人士", "13": "群众",
}  # fmt: skip
EMPLOYMENT: Final = {
    "employed": "在职", "flexible": "灵活就业", "off_post": "待岗", "pre_retired": "内退",
    "retired": "退休", "unemployed": "失业", "military": "服役",
}  # fmt: skip
HOUSEHOLD: Final = {"urban": "城镇", "rural": "农村", "resident": "居民户口"}
NEW_EMPLOYMENT: Final = {
    "": "否", "truck": "货车司机", "courier": "快递员", "care": "护工护理员",
    "domestic": "家政服务员", "mall": "商场信息员", "rider": "网约送餐员",
    "estate": "房产中介员", "guard": "保安员", "ridehail": "网约车司机",
}  # fmt: skip
UNION_KIND: Final = {
    UnionKind.COUNTY: "县级总工会",
    UnionKind.TOWN: "乡镇街道工会",
    UnionKind.ZONE: "园区工会",
    UnionKind.INDUSTRY: "行业工会",
    UnionKind.AREA: "村社区工会",
    UnionKind.SINGLE: "单独基层工会",
    UnionKind.JOINT: "联合基层工会",
}

Row = Sequence[str]


@dataclass(frozen=True, slots=True)
class Written:
    """What `simulate` wrote, and how long it took in seconds."""

    unions: Path
    members: Path
    union_rows: int
    member_rows: int
    seconds: float


def simulate(
    *, city: str, unions: int, members: int, seed: int, out: Path, on: dt.date, form: str = ""
) -> Written:
    """Write the sheets of a simulated city into a folder and say where they are.

    `form` is `csv` or `xlsx`; by default a workbook while it is small enough to be read with ease.
    The city federation itself is on no sheet: it is there before anything is imported.
    Raises what `draw_up` raises, before anything is written.
    """
    started = perf_counter()
    drawn = draw_up(city, unions, members, seed, on)
    population = Population(drawn)
    form = form or ("xlsx" if members <= LARGEST_WORKBOOK else "csv")
    out.mkdir(parents=True, exist_ok=True)
    union_file, member_file = out / f"unions.{form}", out / f"members.{form}"
    write = {"csv": write_csv, "xlsx": write_workbook}[form]
    union_rows = write(union_file, UNION_HEADINGS, rows_of_unions(drawn))
    member_rows = write(member_file, MEMBER_HEADINGS, rows_of_members(drawn, population.everyone()))
    return Written(union_file, member_file, union_rows, member_rows, perf_counter() - started)


def rows_of_unions(city: City) -> Iterator[Row]:
    """The cells of each union but the city federation, parents before children."""
    names = gazetteer.divisions_of_city(city.code)
    for union in sorted(city.unions, key=lambda each: each.depth):
        if union.parent is None:
            continue
        first = city.employers[union.employers[0]] if len(union.employers) == 1 else None
        yield (
            union.name,
            city.unions[union.parent].name,
            union.code,
            UNION_KIND[union.kind],
            union.credit_code or "",
            first.name if first else "",
            first.credit_code if first else "",
            union.division if union.division in names else "",
            union.founded.isoformat(),
            union.term_ends.isoformat(),
            union.chair,
            str(union.staff) if union.staff else "",
        )


def rows_of_members(city: City, members: Iterable[SimulatedMember]) -> Iterator[Row]:
    """The cells of each member."""
    unions = [(union.name, union.code) for union in city.unions]
    employers = [(each.name, each.credit_code) for each in city.employers]
    days = _Days()
    for each in members:
        employer = employers[each.employer]
        yield (
            each.name,
            each.number,
            *unions[each.union],
            SEX[each.sex],
            ETHNICITY[each.ethnicity],
            days[each.birth],
            "居民身份证",
            each.phone,
            EDUCATION[each.education],
            POLITICAL_STATUS[each.political_status],
            EMPLOYMENT[each.employment],
            HOUSEHOLD[each.household],
            NEW_EMPLOYMENT[each.new_employment],
            *employer,
            group_name(each.group),
            days[each.joined],
            each.card,
        )


def group_name(number: int) -> str:
    """The name of a union's n-th group; none for 0."""
    return f"第{number}工会小组" if number else ""


class _Days(dict[int, str]):
    """ISO dates by ordinal, made when first asked for: a city has some 30,000."""

    def __missing__(self, ordinal: int) -> str:
        text = self[ordinal] = dt.date.fromordinal(ordinal).isoformat()
        return text


def write_csv(file: Path, headings: Row, rows: Iterable[Row]) -> int:
    """UTF-8 with the mark by which spreadsheet programs know it; no cell needs quoting."""
    count = 0
    with file.open("w", encoding="utf-8-sig", newline="") as stream:
        stream.write(",".join(headings) + "\r\n")
        for row in rows:
            stream.write(",".join(row) + "\r\n")
            count += 1
    return count


def write_workbook(file: Path, headings: Row, rows: Iterable[Row]) -> int:
    """All cells are text, as the collection sheets ask for; memory stays flat."""
    count = 0
    with _workbook(file) as write:
        write(0, headings)
        for count, row in enumerate(rows, start=1):
            write(count, row)
    return count


@contextmanager
def _workbook(file: Path) -> Iterator[Callable[[int, Row], None]]:
    book = xlsxwriter.Workbook(str(file), {"constant_memory": True, "strings_to_numbers": False})
    # The day of writing would make two equal cities differ.
    book.set_properties({"created": dt.datetime(2026, 1, 1)})  # noqa: DTZ001 - the format has none
    sheet = book.add_worksheet("实名制")
    text = book.add_format({"num_format": "@"})

    def write(number: int, row: Row) -> None:
        for column, value in enumerate(row):
            if value:
                sheet.write_string(number, column, value, text)

    try:
        yield write
    finally:
        book.close()
