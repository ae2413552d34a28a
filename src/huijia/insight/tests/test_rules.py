"""What events add to figures, and what is found in joins by year."""

import pytest

from huijia.insight import rules
from huijia.registry.public import MembershipTally, UnionTally

LEAF = (1, 2, 3, 4, None)


def by_node(changes):
    found = {}
    for node, indicator, period, change in changes:
        found.setdefault(node, {})[indicator, period] = change
    return found


@pytest.mark.parametrize(
    ("women", "new", "joins", "kept"),
    [
        (0, 0, [], {("members", 0): 2}),
        (1, 0, [], {("members", 0): 2, ("women", 0): 1}),
        (0, 2, [], {("members", 0): 2, ("new_employment", 0): 2}),
        (0, 0, [(2026, 2)], {("members", 0): 2, ("joins", 2026): 2}),
        (0, 0, [(2017, 1), (2016, 1)], {("members", 0): 2, ("joins", 2017): 1}),
    ],
)
def test_a_tally_counts_at_its_union_and_at_every_node_above(women, new, joins, kept):
    changes = rules.changes_by_memberships([MembershipTally(LEAF, 2, women, new, joins)])

    assert by_node(changes) == {1: kept, 2: kept, 3: kept, 4: kept}


def test_what_cancels_out_moves_only_where_it_does_not():
    here = MembershipTally(LEAF, 1, 0, 0, ()).negated()
    there = MembershipTally((1, 2, 5, None, None), 1, 0, 0, ())

    changes = by_node(rules.changes_by_memberships([here, there]))

    assert changes == {
        3: {("members", 0): -1}, 4: {("members", 0): -1}, 5: {("members", 0): 1},
    }  # fmt: skip


def test_nothing_told_changes_nothing():
    assert rules.changes_by_memberships([]) == []
    assert rules.changes_by_unions([]) == []


def test_a_union_founded_counts_above_itself_and_its_own_node():
    changes = rules.changes_by_unions([UnionTally(4, LEAF, 1)])

    assert by_node(changes) == {node: {("unions", 0): 1} for node in (1, 2, 3, 4)}


@pytest.mark.parametrize(
    ("earlier", "last", "so_far", "kind", "change"),
    [
        (100, 110, 80, "more", 0.1),
        (100, 75, 10, "fewer", 0.25),
        (100, 100, 10, "same", 0.0),
        (100, 110, 111, "ahead", 1 / 110),
        (0, 5, 1, "first", 0.0),
        (0, 0, 0, "none", 0.0),
        (0, 0, 3, "ahead", 0.0),
        (7, 0, 0, "fewer", 1.0),
    ],
)
def test_joins_by_year_are_told_in_one_sentence(earlier, last, so_far, kind, change):
    found = rules.finding_of([(2020, 9), (2024, earlier), (2025, last), (2026, so_far)])

    assert found.kind == kind
    assert found.change == pytest.approx(change)
