"""Codes: official values, and the words of real sheets."""

import re

import pytest
from django.utils import translation

from huijia.core.people import choices
from huijia.core.people.choices import EIGHT_GROUPS, KEY_GROUPS, NewEmployment, is_said_to_be_none
from huijia.core.people.choices.reading import Reader
from huijia.core.people.rules import SENTENCES, Fault, sentence

LISTS = [
    (choices.Sex, choices.parse_sex),
    (choices.PaperKind, choices.parse_paper_kind),
    (choices.EthnicGroup, choices.parse_ethnic_group),
    (choices.Education, choices.parse_education),
    (choices.PoliticalStatus, choices.parse_political_status),
    (choices.EmploymentStatus, choices.parse_employment_status),
    (choices.HouseholdKind, choices.parse_household_kind),
    (choices.NewEmployment, choices.parse_new_employment),
]


@pytest.mark.parametrize(
    ("parse", "words", "code"),
    [
        (choices.parse_sex, "男 男性 1 M m 男　", "1"),
        (choices.parse_sex, "女 2 Ｆ", "2"),
        (choices.parse_ethnic_group, "汉 汉族 01 1 ０１", "01"),
        (choices.parse_ethnic_group, "畲族 畲 22", "22"),
        (choices.parse_ethnic_group, "维族 维吾尔族", "05"),
        (choices.parse_ethnic_group, "基诺族 56", "56"),
        (choices.parse_education, "本科 大学本科 大学 20", "20"),
        (choices.parse_education, "大专 专科 高职", "30"),
        (choices.parse_education, "硕士 硕士研究生 14", "14"),
        (choices.parse_education, "中专", "41"),
        (choices.parse_political_status, "党员 中共党员 01 1", "01"),
        (choices.parse_political_status, "群众 13", "13"),
        (choices.parse_paper_kind, "身份证 居民身份证 二代身份证", "resident"),
        (choices.parse_paper_kind, "台胞证", "taiwan"),
        (choices.parse_employment_status, "在职 在岗", "employed"),
        (choices.parse_household_kind, "农业 农村户口 农业户口", "rural"),
        (choices.parse_household_kind, "城镇 非农业", "urban"),
        (choices.parse_new_employment, "外卖配送员 网约送餐员 骑手", "rider"),
        (choices.parse_new_employment, "网约车司机", "ridehail"),
    ],
)
def test_usual_words_find_their_code(parse, words, code):
    assert {parse(word) for word in words.split(" ")} == {code}


@pytest.mark.parametrize(("_kind", "parse"), LISTS)
def test_unknown_words_and_nothing_find_no_code(_kind, parse):
    assert parse("不知所云") is None
    assert parse("") is None


@pytest.mark.parametrize(("kind", "parse"), LISTS)
def test_every_code_and_every_chinese_label_is_read_back(kind, parse):
    with translation.override("zh-hans"):
        labels = {member: str(member.label) for member in kind}
    for member, label in labels.items():
        assert parse(member.value) is member
        assert parse(label) is member, label
        assert re.search("[\u4e00-\u9fff]", label), f"{label} is not translated"


def test_the_lists_have_the_codes_of_the_standards():
    assert [each.value for each in choices.EthnicGroup] == [
        *(f"{code:02}" for code in range(1, 57)),
        "97",
        "98",
    ]
    assert [each.value for each in choices.PoliticalStatus] == [f"{c:02}" for c in range(1, 14)]
    assert {each.value for each in choices.Sex} == {"0", "1", "2", "9"}


def test_the_eight_groups_and_the_four_share_three():
    assert (len(EIGHT_GROUPS), len(KEY_GROUPS), len(EIGHT_GROUPS & KEY_GROUPS)) == (8, 4, 3)
    assert NewEmployment.RIDE_HAILING_DRIVER in KEY_GROUPS - EIGHT_GROUPS


@pytest.mark.parametrize(
    ("text", "said"), [("否", True), (" 无 ", True), ("快递员", False), ("", False)]
)
def test_a_cell_may_say_that_a_worker_is_in_no_group(text, said):
    assert is_said_to_be_none(text) is said


def test_one_word_cannot_stand_for_two_codes():
    with pytest.raises(ValueError, match="stands for both"):
        Reader({"1": "大学", "2": "大学"})


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_every_fault_has_a_sentence_whose_facts_are_known(language):
    with translation.override(language):
        sentences = {fault: sentence(fault) for fault in Fault}
    assert set(SENTENCES) == set(Fault)
    assert all(text and "%" not in text for text in sentences.values())
    assert ("身份证" in sentences[Fault.NUMBER_LENGTH]) == (language == "zh-hans")
