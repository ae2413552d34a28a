"""Sheets that tests write themselves, and the unions that they name."""

import csv
import io
import random

from huijia.core.kernel import clock
from huijia.core.orgs.public import Union, UnionFacts, UnionKind, UnionRow, unions
from huijia.core.people.public import check_character

SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
GIVEN = "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂香月"
HEADINGS = ["姓名", "证件号码", "工会代码", "手机号码", "入会日期", "民族", "新就业群体"]


def number(born="19900101", place="330203", sequence="000"):
    """A resident number of sequence code 000, which is given to nobody."""
    first = f"{place}{born}{sequence}"
    return first + check_character(first)


def numbers(count, seed=1):
    """Distinct synthetic numbers: sequence code 000, so place and birthday tell them apart."""
    chosen = random.Random(seed)
    found = set()
    while len(found) < count:
        place = f"33{chosen.randrange(100, 1000):03d}{chosen.randrange(10)}"
        born = f"{chosen.randrange(1960, 1984)}{chosen.randrange(1, 13):02d}{chosen.randrange(1, 29):02d}"
        found.add(number(born, place))
    return sorted(found, key=lambda each: chosen.random())


def name(chosen):
    return chosen.choice(SURNAMES) + "".join(
        chosen.choice(GIVEN) for _ in range(chosen.randrange(1, 3))
    )


def member_rows(count, codes, seed=1):
    """Rows of the small layout `HEADINGS`."""
    chosen = random.Random(seed)
    rows = []
    for place, each in enumerate(numbers(count, seed)):
        rows.append(
            [
                name(chosen),
                each,
                codes[place * len(codes) // count],
                f"13{chosen.randrange(10**9):09d}",
                f"{chosen.randrange(2000, 2026)}-{chosen.randrange(1, 13):02d}-01",
                "汉族",
                chosen.choice(["", "", "否", "网约送餐员"]),
            ]
        )
    return rows


def as_csv(rows, encoding="utf-8-sig"):
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue().encode(encoding)


def city(*, primaries=3):
    """A small city: two counties, two towns, primary unions below; codes C, C1, C2, T1, T2, P1…"""
    rows = [
        row("C", "甬城市总工会", UnionKind.CITY, None),
        row("C1", "东区总工会", UnionKind.COUNTY, "C"),
        row("C2", "西区总工会", UnionKind.COUNTY, "C"),
        row("T1", "东区中山街道总工会", UnionKind.TOWN, "C1"),
        row("T2", "西区中山街道总工会", UnionKind.TOWN, "C2"),
    ]
    for place in range(1, primaries + 1):
        town = "T1" if place % 2 else "T2"
        rows.append(row(f"P{place}", f"甬城第{place}制造有限公司工会", UnionKind.SINGLE, town))
    unions.create_many(rows, at=clock.now())
    return {union.code: union for union in Union.objects.all()}


def row(code, title, kind, parent):
    return UnionRow(facts=UnionFacts(name=title, code=code, kind=kind), parent_code=parent)
