"""Figures equal a full recount after any sequence of acts, merges and rebuilds."""

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from huijia.insight.actions import figures, recounts
from huijia.insight.models import Figure
from huijia.insight.tests import city
from huijia.insight.tests.city import AT, Facts

facts = st.builds(
    Facts,
    female=st.booleans(),
    new_employment=st.booleans(),
    year=st.sampled_from([None, 1998, 2016, 2017, 2025, 2026]),
)
numbers = st.integers(0, 1000)
acts = st.one_of(
    st.tuples(st.just("admit"), st.lists(st.tuples(numbers, facts), min_size=1, max_size=1)),
    st.tuples(st.just("admit"), st.lists(st.tuples(numbers, facts), min_size=2, max_size=12)),
    st.tuples(st.just("refused"), st.lists(st.tuples(numbers, facts), min_size=1, max_size=3)),
    st.tuples(st.just("leave"), numbers),
    st.tuples(st.just("retain"), numbers),
    st.tuples(st.just("correct"), numbers, facts),
    st.tuples(st.just("move"), numbers, numbers),
    st.tuples(st.just("found"), numbers),
    st.tuples(st.just("dissolve"), numbers),
    st.tuples(st.just("merge"), st.integers(1, 40)),
    st.tuples(st.just("rebuild")),
)


class Play:
    """A city in which acts happen; numbers choose among what there is."""

    def __init__(self) -> None:
        self.unions = city.make_city()
        self.primary = self.unions[7:]
        self.members = []

    def admit(self, rows):
        chosen = [(self.primary[at % len(self.primary)], facts) for at, facts in rows]
        self.members += city.admit(chosen)

    def refused(self, rows):
        with transaction.atomic():
            self.admit(rows)
            transaction.set_rollback(True)
        del self.members[-len(rows) :]

    def leave(self, at):
        if self.members:
            city.leave(self.members.pop(at % len(self.members)))

    def retain(self, at):
        if self.members:
            city.retain(self.members[at % len(self.members)])

    def correct(self, at, facts):
        if self.members:
            city.correct(self.members[at % len(self.members)], **vars(facts))

    def move(self, at, to):
        if self.members:
            city.move(self.members[at % len(self.members)], self.primary[to % len(self.primary)])

    def found(self, at):
        parents = [union for union in self.unions if union.depth < 5]
        self.primary.append(city.found(parents[at % len(parents)]))

    def dissolve(self, at):
        if len(self.primary) > 5:
            city.dissolve(self.primary.pop(at % len(self.primary)))

    def merge(self, limit):
        figures.merge(limit)

    def rebuild(self):
        recounts.rebuild()


@pytest.mark.django_db
@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(sequence=st.lists(acts, min_size=1, max_size=25))
def test_after_any_sequence_of_acts_and_merges_every_figure_equals_a_recount(sequence):
    with transaction.atomic():
        play = Play()

        for act, *values in sequence:
            getattr(play, act)(*values)

        counted = city.recounted()
        assert city.shown() == counted
        figures.merge_all()
        assert city.nothing_is_pending()
        assert city.merged() == counted
        assert recounts.rebuild() == 0
        transaction.set_rollback(True)


@pytest.mark.django_db
def test_a_rebuild_from_nothing_equals_what_merges_made():
    unions = city.make_city()
    city.admit([(union, Facts(female=union.pk % 2 == 0, year=2024)) for union in unions[7:] * 3])
    figures.merge_all()
    by_merges = city.merged()

    Figure.objects.all().delete()
    differences = recounts.rebuild()

    assert differences == len(by_merges) > 0
    assert city.merged() == by_merges


@pytest.mark.django_db
def test_a_rebuild_beside_pending_changes_counts_them_once():
    unions = city.make_city()
    city.admit([(unions[9], Facts())])

    recounts.rebuild()

    assert city.shown() == city.recounted()
    figures.merge_all()
    assert city.shown() == city.recounted()


@pytest.mark.django_db
def test_a_stopped_worker_never_shows_stale_figures():
    unions = city.make_city()
    before = city.queries.figures_of(unions[0].pk, at=AT)

    city.admit([(unions[10], Facts(female=True)), (unions[20], Facts(year=2025))])

    after = city.queries.figures_of(unions[0].pk, at=AT)
    assert not Figure.objects.exists()
    assert after.value("members") == before.value("members") + 2
    assert after.value("women") == 1
    assert after.value("joins") == 1
    assert after.joins_of_last(2) == [(2025, 1), (2026, 1)]


@pytest.mark.django_db
def test_the_nightly_recount_reports_a_wrong_figure_and_mends_it():
    unions = city.make_city()
    city.admit([(unions[10], Facts())])
    figures.merge_all()
    Figure.objects.filter(union_id=unions[0].pk, indicator="members").update(value=41)

    found = recounts.recount_and_compare(at=AT)

    assert found.differences == 1
    assert found.largest == [[unions[0].pk, "members", 0, -40]]
    assert city.shown() == city.recounted()
    assert recounts.recount_and_compare(at=AT).differences == 0


@pytest.mark.django_db
def test_the_nightly_recount_leaves_an_entry_in_the_audit():
    from huijia.core.audit.models import Entry

    city.make_city()

    found = recounts.recount_and_compare(at=AT)

    entry = Entry.objects.get(verb="figures.recounted")
    assert (entry.actor, entry.subject_id) == ("figures", str(found.pk))
    assert entry.changes["differences"] == 0
