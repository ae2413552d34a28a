"""Figures equal a count after any sequence of sheets and forms, and of both at the same time.

The figures' own test (`insight/tests/test_figures_equal_a_recount.py`) tells them what to add; here
they hear only what the registry's acts tell, so an act that tells the wrong thing is found out.
"""

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from huijia.insight.actions import figures, recounts
from huijia.insight.tests import city
from tests.journeys.city_at_work import KIND_WORDS, Play, Said

pytestmark = [pytest.mark.usefixtures("committed_db"), pytest.mark.slow]

some = st.integers(0, 59)
said = st.builds(
    Said,
    sex=st.sampled_from(["", "", "1", "2"]),
    new_employment=st.sampled_from(["", "", "rider"]),
    year=st.sampled_from([None, 2016, 2024, 2025]),
)
kinds = st.sampled_from(list(KIND_WORDS))
givers = st.sampled_from(["C", "C", "C", "C1", "T1", "P1"])
rows = st.lists(st.tuples(some, some, said), min_size=1, max_size=9)
staff = st.integers(1, 90)
union_rows = st.lists(st.tuples(some, kinds, staff), min_size=1, max_size=4)
states = st.sampled_from(["left", "left", "retained", "member", "expelled", "withdrawn"])
imports = st.one_of(
    st.tuples(st.just("sheet"), rows, givers),
    st.tuples(st.just("sheet_of_unions"), union_rows),
)
forms = st.one_of(
    st.tuples(st.just("admit"), some, some, said),
    st.tuples(st.just("edit"), some, said),
    st.tuples(st.just("change_state"), some, states),
    st.tuples(st.just("found"), some, kinds),
    st.tuples(st.just("edit_union"), some, kinds, staff),
    st.tuples(st.just("merge"), st.integers(1, 40)),
)
acts = st.one_of(
    imports, forms, forms, st.tuples(st.just("meanwhile"), imports, st.one_of(imports, forms))
)

RIDER = Said(new_employment="rider", year=2024)
A_WOMAN_COMES_BACK_BY_A_SHEET_THAT_DOES_NOT_SAY_HER_SEX = [
    ("admit", 4, 0, Said(sex="2")),
    ("change_state", 4, "left"),
    ("sheet", [(4, 1, RIDER)]),
]
SOMEBODY_LEAVES_WHILE_A_SHEET_CHANGES_THEM = [
    ("sheet", [(4, 0, Said()), (5, 0, Said(sex="1"))]),
    ("meanwhile", ("sheet", [(4, 0, RIDER), (5, 0, Said(sex="2"))]), ("change_state", 4, "left")),
]
SOMEBODY_IS_EDITED_WHILE_A_SHEET_CHANGES_THEM = [
    ("sheet", [(4, 0, Said(sex="1")), (5, 0, Said())]),
    ("meanwhile", ("sheet", [(4, 0, RIDER)]), ("edit", 4, Said(sex="2", year=2016))),
    ("meanwhile", ("sheet", [(4, 0, Said(sex="1"))]), ("sheet", [(4, 0, Said(sex="1"))])),
]
A_STRANGER_IS_ADMITTED_WHILE_A_SHEET_BRINGS_THEM = [
    ("meanwhile", ("sheet", [(4, 0, Said()), (5, 0, RIDER)]), ("admit", 4, 1, Said(sex="2"))),
]
A_SHEET_MAKES_A_PRIMARY_UNION_A_PARK_AND_BACK = [
    ("sheet_of_unions", [(1, "zone", 5), (6, "joint", 5)]),
    ("sheet_of_unions", [(1, "single", 5), (6, "zone", 5)]),
    ("edit_union", 0, "zone", 7),
]
A_UNION_IS_EDITED_WHILE_A_SHEET_CHANGES_IT = [
    ("meanwhile", ("sheet_of_unions", [(0, "joint", 5), (6, "", 5)]), ("edit_union", 0, "area", 6)),
]


@example(A_WOMAN_COMES_BACK_BY_A_SHEET_THAT_DOES_NOT_SAY_HER_SEX)
@example(SOMEBODY_LEAVES_WHILE_A_SHEET_CHANGES_THEM)
@example(SOMEBODY_IS_EDITED_WHILE_A_SHEET_CHANGES_THEM)
@example(A_STRANGER_IS_ADMITTED_WHILE_A_SHEET_BRINGS_THEM)
@example(A_SHEET_MAKES_A_PRIMARY_UNION_A_PARK_AND_BACK)
@example(A_UNION_IS_EDITED_WHILE_A_SHEET_CHANGES_IT)
@settings(
    max_examples=20,
    deadline=None,
    # Not shrunk: every step would need a city of its own, for minutes; ten acts can be read.
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(sequence=st.lists(acts, min_size=3, max_size=10))
def test_after_any_sequence_of_sheets_and_forms_every_figure_equals_a_count(sequence):
    with tempfile.TemporaryDirectory() as folder:
        play = Play(Path(folder))
        for act in sequence:
            play.play(*act)

    counted = city.recounted()
    assert city.shown() == counted
    figures.merge_all()
    assert city.merged() == counted
    assert recounts.rebuild() == 0


def test_the_acts_of_the_play_do_what_they_are_there_for(tmp_path):
    """Were everything refused, the property above would hold of a city where nothing happens."""
    play = Play(tmp_path)
    for act in [
        ("sheet", [(at, at, Said(sex="2", year=2024)) for at in range(6)]),
        ("sheet", [(at, at, RIDER) for at in range(6)]),
        ("sheet", [(0, 1, RIDER), (1, 1, RIDER)]),
        ("sheet", [(0, 1, RIDER)], "P1"),
        ("sheet_of_unions", [(6, "joint", 3), (8, "", 4), (2, "", 9)]),
        ("admit", 6, 2, Said(sex="1")),
        ("edit", 6, Said(sex="2", year=2016)),
        ("change_state", 6, "retained"),
        ("change_state", 6, "left"),
        ("admit", 6, 3, RIDER),
        ("found", 0, "area"),
        ("edit_union", 0, "joint", 8),
        ("meanwhile", ("sheet", [(7, 0, RIDER)]), ("edit", 0, Said(year=2016))),
    ]:
        play.play(*act)

    assert +play.done == {
        ("sheet", "new"): 7,
        ("sheet", "updated"): 6,
        ("sheet", "unchanged"): 1,
        ("sheet", "conflict"): 1,
        ("sheet", "refused"): 1,
        ("sheet_of_unions", "new"): 2,
        ("sheet_of_unions", "updated"): 1,
        ("admit", "done"): 2,
        ("edit", "done"): 2,
        ("change_state", "done"): 2,
        ("found", "done"): 1,
        ("edit_union", "done"): 1,
    }
