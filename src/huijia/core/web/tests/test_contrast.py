"""The tokens can be read: contrast by WCAG 2.2, and no colour is named anywhere else."""

import re
from pathlib import Path

import pytest

ASSETS = Path(__file__).parents[5] / "assets"
HEX = re.compile(r"#[0-9a-fA-F]{3,8}\b")
TOKENS = dict(re.findall(r"--hj-([\w-]+):\s*(#[0-9a-f]{6});", (ASSETS / "tokens.css").read_text()))

GROUNDS = ("surface", "paper", "sunken", "hover")
INKS = ("ink", "ink-soft", "ink-faint", "brand", "brand-strong", "accent", "accent-strong")
STATES = ("good", "warn", "bad", "note", "quiet")
GRADES = ("grade-blue", "grade-yellow", "grade-orange", "grade-red")

TEXT = [
    *[(ink, ground) for ink in INKS for ground in GROUNDS],
    *[(state, ground) for state in STATES for ground in (f"{state}-soft", *GROUNDS)],
    *[("ink", f"{state}-soft") for state in STATES],
    *[(grade, f"{grade}-soft") for grade in GRADES],
    *[("on-solid", solid) for solid in ("brand", "brand-strong", "accent", "accent-strong", "ink")],
    ("accent", "accent-soft"),
    ("brand", "brand-soft"),
    ("ink", "accent-soft"),
]
SHAPES = [
    ("line-field", "surface"),
    *[(f"chart-{number}", "surface") for number in (1, 2, 3, 4, 5, "rest")],
]


def luminance(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_the_measure_itself_is_right():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize(("ink", "ground"), TEXT)
def test_text_stands_out_from_its_ground(ink, ground):
    assert contrast(TOKENS[ink], TOKENS[ground]) >= 4.5


@pytest.mark.parametrize(("shape", "ground"), SHAPES)
def test_edges_of_fields_and_marks_of_charts_stand_out(shape, ground):
    assert contrast(TOKENS[shape], TOKENS[ground]) >= 3


def test_no_style_sheet_names_a_colour_of_its_own():
    sheets = [*ASSETS.glob("*.css"), *(ASSETS / "styles").glob("*.css")]
    own = {
        sheet.name: HEX.findall(re.sub(r"url\([^)]*\)", "", sheet.read_text()))
        for sheet in sheets
        if sheet.name != "tokens.css"
    }
    assert {name: colours for name, colours in own.items() if colours} == {}


def test_every_token_that_a_style_sheet_names_exists():
    text = "".join(path.read_text() for path in ASSETS.rglob("*.css"))
    declared = set(re.findall(r"(--hj-[\w-]+):", text))
    assert set(re.findall(r"var\((--hj-[\w-]+)", text)) <= declared


def test_the_mark_wears_the_brand():
    mark = (Path(__file__).parents[1] / "static/web/mark.svg").read_text()
    assert TOKENS["brand"] in mark
