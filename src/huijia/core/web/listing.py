"""Lists that can be paged at any depth: keyset pages, sorting, and addresses that keep filters.

A keyset page starts after the last row of the page before it (`WHERE (a, b) > (x, y)`), so the
thousandth page costs what the first one costs.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db.models import Model, QuerySet
from django.http import QueryDict
from django.utils.http import urlencode

from huijia.core.web import cursors

PAGE_SIZE = 50

Row = TypeVar("Row")
Record = TypeVar("Record", bound=Model)


def query_with(query: QueryDict | Mapping[str, Any], **changes: object) -> str:
    """The query string with some values changed, `None` or empty ones dropped: `?town=3&after=…`.

    Repeated keys are kept; a change may be a list. Without anything left it is `?`, which leads
    back to the bare page.
    """
    kept = dict(query.lists() if isinstance(query, QueryDict) else query.items()) | changes
    several = {key: [str(item) for item in _several(value)] for key, value in kept.items()}
    return "?" + urlencode(
        [(key, item) for key, items in several.items() if any(items) for item in items]
    )


def _several(value: object) -> list[object]:
    if value is None or value == "":
        return []
    return list(value) if isinstance(value, (list, tuple)) else [value]


@dataclass(frozen=True)
class Page(Generic[Row]):
    """Some rows of a list, and the query strings of the pages around them."""

    rows: list[Row]
    previous: str | None
    next: str | None
    first: str
    size: int

    def __bool__(self) -> bool:
        return bool(self.rows)


@dataclass(frozen=True)
class Window:
    """Where a page begins and which way it is read; what a raw query needs.

    `where` compares with `%s` places for `values` and is empty on the first page; `order` is the
    list of columns with their directions; `limit` is one more than a page, to see if more follows.
    """

    where: str
    values: tuple[Any, ...]
    order: str
    limit: int
    is_backwards: bool
    is_first: bool


class Keyset:
    """Pages of a list in the order of some columns, the last of which makes each row unique.

    Columns are named as for `order_by` (`"-joined_on", "id"`) and must not be null. In one
    direction throughout, PostgreSQL compares the tuple by one index range; mixed directions
    compare column by column and are for short lists.
    """

    def __init__(self, *order: str, size: int = PAGE_SIZE) -> None:
        if not order:
            raise ValueError("a keyset needs at least one column")
        self.order = order
        self.size = size
        self.columns = tuple(column.removeprefix("-") for column in order)

    def page(
        self, rows: "QuerySet[Record, Any]", query: QueryDict | Mapping[str, Any]
    ) -> "Page[Any]":
        """The page of `rows` that the address asks for; an unreadable cursor is the first page."""
        fields = [cursors.field_of(rows.model, column) for column in self.columns]
        cursor, is_backwards = self._asked(query, fields)
        order = cursors.reversed_order(self.order) if is_backwards else self.order
        if cursor is not None:
            rows = rows.filter(cursors.beyond(order, fields, cursor))
        found = list(rows.order_by(*order)[: self.size + 1])
        return self._page(found, query, is_backwards=is_backwards, is_first=cursor is None)

    def window(
        self, query: QueryDict | Mapping[str, Any], *, kinds: Sequence[type] | None = None
    ) -> Window:
        """The same for a raw query, whose columns are those of the keyset.

        `kinds` are the types of the columns: a cursor of other types is the first page.
        """
        cursor, is_backwards = self._asked(query, None)
        if cursor and kinds and list(map(type, cursor)) != list(kinds):
            cursor, is_backwards = None, False
        order = cursors.reversed_order(self.order) if is_backwards else self.order
        where, values = cursors.beyond_in_sql(order, cursor) if cursor is not None else ("", ())
        listed = ", ".join(
            f"{column.removeprefix('-')} {'DESC' if column.startswith('-') else 'ASC'}"
            for column in order
        )
        return Window(where, values, listed, self.size + 1, is_backwards, cursor is None)

    def page_of(
        self,
        found: Sequence[Any],
        window: Window,
        query: QueryDict | Mapping[str, Any],
        *,
        columns: Sequence[str] = (),
    ) -> "Page[Any]":
        """The page made of what a raw query found for `window`.

        Rows are mappings, objects or, with the names of their `columns`, plain tuples.
        """
        return self._page(
            list(found),
            query,
            is_backwards=window.is_backwards,
            is_first=window.is_first,
            columns=columns,
        )

    def _page(
        self,
        found: list[Any],
        query: QueryDict | Mapping[str, Any],
        *,
        is_backwards: bool,
        is_first: bool,
        columns: Sequence[str] = (),
    ) -> "Page[Any]":
        has_more = len(found) > self.size
        shown = found[: self.size]
        if is_backwards:
            shown.reverse()
        before = after = None
        if shown and (has_more if is_backwards else not is_first):
            before = query_with(query, before=self._cursor(shown[0], columns), after=None)
        if shown and (is_backwards or has_more):
            after = query_with(query, after=self._cursor(shown[-1], columns), before=None)
        first = query_with(query, after=None, before=None)
        return Page(shown, previous=before, next=after, first=first, size=self.size)

    def _asked(
        self, query: QueryDict | Mapping[str, Any], fields: cursors.Fields | None
    ) -> tuple[tuple[Any, ...] | None, bool]:
        for key, is_backwards in (("after", False), ("before", True)):
            if text := query.get(key):
                cursor = cursors.decoded(str(text), len(self.columns), fields)
                return cursor, is_backwards and cursor is not None
        return None, False

    def _cursor(self, row: Any, columns: Sequence[str]) -> str:
        named = dict(zip(columns, row, strict=True)) if columns else row
        return cursors.encoded([cursors.value_of(named, column) for column in self.columns])


@dataclass(frozen=True)
class Header:
    """How a sortable column heading shows: where it leads, and how the list is sorted now."""

    href: str
    direction: str
    """`ascending`, `descending` or empty, as `aria-sort` says it."""


class Sorting:
    """The orders a reader can choose from by `?sort=`; anything else is the first of them.

    `Sorting(name=Keyset("name", "id"), joined=Keyset("joined_on", "id"))`: the keyset is the
    ascending order; `-name` in the address turns it round.
    """

    def __init__(self, **choices: Keyset) -> None:
        if not choices:
            raise ValueError("a sorting needs at least one order")
        self.choices = choices

    def keyset(self, query: QueryDict | Mapping[str, Any]) -> Keyset:
        """The order that the address asks for."""
        key, is_descending = self._chosen(query)
        chosen = self.choices[key]
        return (
            Keyset(*cursors.reversed_order(chosen.order), size=chosen.size)
            if is_descending
            else chosen
        )

    def headers(self, query: QueryDict | Mapping[str, Any]) -> dict[str, Header]:
        """The heading of each sortable column; following it again turns the order round."""
        now, is_descending = self._chosen(query)
        made = {}
        for key in self.choices:
            target = f"-{key}" if key == now and not is_descending else key
            direction = ("descending" if is_descending else "ascending") if key == now else ""
            href = query_with(query, sort=target, after=None, before=None)
            made[key] = Header(href, direction)
        return made

    def _chosen(self, query: QueryDict | Mapping[str, Any]) -> tuple[str, bool]:
        asked = str(query.get("sort") or "")
        key = asked.removeprefix("-")
        if key in self.choices:
            return key, asked.startswith("-")
        return next(iter(self.choices)), False
