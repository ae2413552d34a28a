"""Keyset pages: together they are the list, forwards and backwards, whatever the order."""

import base64
import json
from contextlib import contextmanager

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from huijia.core.web import cursors
from huijia.core.web.listing import Keyset, Sorting, query_with

LABEL = "listing-test"
words = st.text(alphabet="abcAB王李·é", min_size=1, max_size=3)
rows = st.lists(words, max_size=25, unique=True)
orders = st.sampled_from([("model", "id"), ("-model", "-id"), ("-app_label", "model"), ("id",)])
in_database = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@contextmanager
def listed(names):
    """Rows of these names, gone again afterwards: hypothesis runs many examples in one test."""
    with transaction.atomic():
        ContentType.objects.bulk_create(ContentType(app_label=LABEL, model=name) for name in names)
        yield
        transaction.set_rollback(True)


def pages_of(ask, start=""):
    """Rows of all pages from a query string on, following `next`, then back by `previous`."""
    forwards, backwards = [], []
    page = ask(start)
    while True:
        forwards.append(page.rows)
        if page.next is None:
            break
        page = ask(page.next)
    while True:
        backwards.append(page.rows)
        if page.previous is None:
            break
        page = ask(page.previous)
    return forwards, backwards[::-1]


@in_database
@given(names=rows, order=orders, size=st.integers(1, 7))
def test_pages_of_a_queryset_are_the_whole_list_both_ways(db, names, order, size):
    def ask(query):
        found = ContentType.objects.filter(app_label=LABEL)
        return Keyset(*order, size=size).page(found, QueryDict(query.removeprefix("?")))

    with listed(names):
        whole = list(ContentType.objects.filter(app_label=LABEL).order_by(*order))
        forwards, backwards = pages_of(ask)
        assert [row for page in forwards for row in page] == whole
        assert [row for page in backwards for row in page] == whole
        assert all(len(page) == size for page in forwards[:-1])


@in_database
@given(names=rows, order=orders, size=st.integers(1, 7), are_named=st.booleans())
def test_pages_of_a_raw_query_are_the_whole_list_both_ways(db, names, order, size, are_named):
    keyset = Keyset(*order, size=size)

    def ask(query):
        asked = QueryDict(query.removeprefix("?"))
        window = keyset.window(asked)
        where = f"AND {window.where}" if window.where else ""
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT id, app_label, model FROM django_content_type WHERE app_label = %s "
                f"{where} ORDER BY {window.order} LIMIT {window.limit}",
                [LABEL, *window.values],
            )
            columns = [column.name for column in cursor.description]
            found = cursor.fetchall()
        if are_named:
            named = [dict(zip(columns, row, strict=True)) for row in found]
            return keyset.page_of(named, window, asked)
        return keyset.page_of(found, window, asked, columns=columns)

    with listed(names):
        whole = list(ContentType.objects.filter(app_label=LABEL).order_by(*order))
        forwards, backwards = pages_of(ask)
        key = "id" if are_named else 0
        assert [row[key] for page in forwards for row in page] == [row.id for row in whole]
        assert [row[key] for page in backwards for row in page] == [row.id for row in whole]


def forged(value):
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    "cursor",
    [
        "%%%",
        "é",
        "a" * 5000,
        forged("model"),
        forged({"model": "a"}),
        forged(["a"]),
        forged(["a", "b"]),
        forged(["a", 1, 2]),
        forged([None, 1]),
        forged([["a"], 1]),
        forged(["a\x00", 1]),
        forged(["\ud800", 1]),
        forged(["a", 1 << 80]),
        base64.urlsafe_b64encode(b'["a", NaN]').decode(),
        base64.urlsafe_b64encode(b'["a", 1e999999999]').decode(),
        base64.urlsafe_b64encode(b"[" * 600).decode(),
        base64.urlsafe_b64encode(b"\xff\xfe").decode(),
    ],
)
@pytest.mark.parametrize("key", ["after", "before"])
def test_an_unreadable_cursor_shows_the_first_page(db, cursor, key):
    keyset = Keyset("model", "id", size=2)
    page = keyset.page(ContentType.objects.all(), {key: cursor})
    assert page.rows == list(ContentType.objects.order_by("model", "id")[:2])
    assert page.previous is None


@pytest.mark.parametrize("values", [["a", "b"], [1, 2], [True, 1], ["a", 1.5]])
def test_a_cursor_of_other_types_is_the_first_page_of_a_raw_query(values):
    asked = {"before": cursors.encoded(values)}

    window = Keyset("name", "id").window(asked, kinds=(str, int))

    assert (window.where, window.is_first, window.is_backwards) == ("", True, False)


def test_a_cursor_of_the_right_types_begins_after_its_row():
    asked = {"after": cursors.encoded(["a", 1])}

    window = Keyset("name", "id").window(asked, kinds=(str, int))

    assert (window.where, window.values) == ("(name, id) > (%s, %s)", ("a", 1))


@in_database
@given(
    cursor=st.text(max_size=60)
    | st.binary(max_size=60).map(base64.urlsafe_b64encode).map(bytes.decode)
)
def test_no_cursor_breaks_the_list(db, cursor):
    assert (
        Keyset("model", "id", size=3).page(ContentType.objects.all(), {"after": cursor}) is not None
    )


def test_a_page_costs_one_query_however_deep(db, django_assert_num_queries):
    keyset = Keyset("model", "id", size=2)
    first = keyset.page(ContentType.objects.all(), {})
    with django_assert_num_queries(1):
        keyset.page(ContentType.objects.all(), QueryDict(first.next.removeprefix("?")))


def test_one_direction_is_compared_as_a_tuple(db):
    keyset = Keyset("model", "id", size=2)
    window = keyset.window({"after": forged(["a", 1])})
    assert window.where == "(model, id) > (%s, %s)"


def test_links_keep_filters_and_drop_the_other_cursor(db):
    keyset = Keyset("model", "id", size=1)
    query = QueryDict("state=active&state=retired&name=王")
    second = keyset.page(ContentType.objects.all(), query).next
    page = keyset.page(ContentType.objects.all(), QueryDict(second.removeprefix("?")))
    for link in (page.next, page.previous):
        kept = QueryDict(link.removeprefix("?"))
        assert kept.getlist("state") == ["active", "retired"]
        assert kept["name"] == "王"
        assert ("after" in kept) != ("before" in kept)
    assert QueryDict(page.first.removeprefix("?")) == query


def test_a_query_string_is_rebuilt_with_changes_and_without_empty_values():
    query = QueryDict("town=3&name=&state=a&state=b")
    assert query_with(query, town=4, after="x") == "?town=4&state=a&state=b&after=x"
    assert query_with(query, town=None, state=[]) == "?"
    assert query == QueryDict("town=3&name=&state=a&state=b")


SORTING = Sorting(name=Keyset("name", "id"), joined=Keyset("-joined_on", "-id"))


@pytest.mark.parametrize(
    ("asked", "order"),
    [
        ("", ("name", "id")),
        ("name", ("name", "id")),
        ("-name", ("-name", "-id")),
        ("joined", ("-joined_on", "-id")),
        ("-joined", ("joined_on", "id")),
        ("password", ("name", "id")),
    ],
)
def test_a_list_is_sorted_only_as_offered(asked, order):
    assert SORTING.keyset({"sort": asked}).order == order


def test_following_a_heading_again_turns_the_order_round():
    headers = SORTING.headers(QueryDict("sort=name&after=x&state=a"))
    assert headers["name"].href == "?sort=-name&state=a"
    assert headers["name"].direction == "ascending"
    assert headers["joined"].href == "?sort=joined&state=a"
    assert headers["joined"].direction == ""
    assert SORTING.headers(QueryDict("sort=-name"))["name"].href == "?sort=name"
