"""Where a page of a list begins: the values of a row, as text in an address and as a condition.

A cursor is base64 of JSON. It is no secret and grants nothing: a forged one only starts the list
elsewhere, an unreadable one starts it at the beginning.
"""

import base64
import datetime as dt
import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import BooleanField, F, Field, Func, Model, Q, Value

LONGEST = 1_000
"""Characters; longer ones were not made by us."""
LARGEST_NUMBER = 1 << 63

Fields = Sequence["Field[Any, Any]"]


def encoded(values: Sequence[Any]) -> str:
    """The cursor of a row; raises ValueError for a null, which no keyset may hold."""
    plain = [_plain(value) for value in values]
    text = json.dumps(plain, ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def decoded(text: str, width: int, fields: Fields | None) -> tuple[Any, ...] | None:
    """The values in a cursor of `width` columns, or None when it was not made by `encoded`."""
    if len(text) > LONGEST:
        return None
    try:
        raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
        values = json.loads(raw.decode(), parse_constant=_refuse, parse_float=Decimal)
        if not isinstance(values, list) or len(values) != width:
            return None
        if not all(_is_storable(value) for value in values):
            return None
        if fields is not None:
            values = [field.to_python(value) for field, value in zip(fields, values, strict=True)]
    except (ValueError, ValidationError, RecursionError, OverflowError):
        return None
    return tuple(values)


def _plain(value: Any) -> Any:
    if value is None:
        raise ValueError("a column of a keyset must not be null")
    if isinstance(value, (str, int, float)):
        return value
    return value.isoformat() if isinstance(value, (dt.date, dt.time)) else str(value)


def _refuse(constant: str) -> None:
    raise ValueError(constant)


def _is_storable(value: Any) -> bool:
    if isinstance(value, str):
        value.encode()  # a lone surrogate raises UnicodeEncodeError, which is a ValueError
        return "\x00" not in value
    return isinstance(value, (int, Decimal)) and -LARGEST_NUMBER < value < LARGEST_NUMBER


def reversed_order(order: Sequence[str]) -> tuple[str, ...]:
    """The same columns the other way round."""
    return tuple(
        column.removeprefix("-") if column.startswith("-") else f"-{column}" for column in order
    )


def beyond(order: Sequence[str], fields: Fields, cursor: Sequence[Any]) -> "Q | Func":
    """The condition of rows after the cursor, for a queryset."""
    directions = {column.startswith("-") for column in order}
    if len(directions) == 1:
        columns = [F(column.removeprefix("-")) for column in order]
        values = [
            Value(value, output_field=field) for value, field in zip(cursor, fields, strict=True)
        ]
        return TupleComparison(columns, "<" if directions == {True} else ">", values)
    condition = Q()
    equal: dict[str, Any] = {}
    for column, value in zip(order, cursor, strict=True):
        name = column.removeprefix("-")
        condition |= Q(**equal, **{f"{name}__{'lt' if column.startswith('-') else 'gt'}": value})
        equal[name] = value
    return condition


def beyond_in_sql(order: Sequence[str], cursor: Sequence[Any]) -> tuple[str, tuple[Any, ...]]:
    """The same condition for a raw query, with its values."""
    names = [column.removeprefix("-") for column in order]
    directions = ["<" if column.startswith("-") else ">" for column in order]
    if len(set(directions)) == 1:
        places = ", ".join(["%s"] * len(names))
        return f"({', '.join(names)}) {directions[0]} ({places})", tuple(cursor)
    parts: list[str] = []
    values: list[Any] = []
    for last, operator in enumerate(directions):
        equal = [f"{name} = %s" for name in names[:last]]
        parts.append("(" + " AND ".join([*equal, f"{names[last]} {operator} %s"]) + ")")
        values.extend(cursor[: last + 1])
    return "(" + " OR ".join(parts) + ")", tuple(values)


class TupleComparison(Func):
    """`(a, b) > (x, y)`, which PostgreSQL answers by one range of an index."""

    output_field = BooleanField()

    def __init__(self, columns: Sequence[Any], operator: str, values: Sequence[Any]) -> None:
        super().__init__(*columns, *values)
        self.operator = operator

    def as_sql(self, compiler: Any, connection: Any, *_: Any, **__: Any) -> Any:
        """Compile both sides in the order of the columns."""
        del connection
        compiled = [compiler.compile(expression) for expression in self.get_source_expressions()]
        parts = [sql for sql, _ in compiled]
        params = [value for _, values in compiled for value in values]
        half = len(parts) // 2
        return f"({', '.join(parts[:half])}) {self.operator} ({', '.join(parts[half:])})", params


def field_of(model: type[Model], column: str) -> "Field[Any, Any]":
    """The field that a column of a keyset names, across relations; raises ValueError if none."""
    *relations, last = column.split("__")
    for relation in relations:
        related = model._meta.get_field(relation).related_model  # noqa: SLF001 - Django's documented API
        if related is None or isinstance(related, str):
            raise ValueError(f"{column} names no column of another table")
        model = related
    meta = model._meta  # noqa: SLF001 - Django's documented API
    found = meta.pk if last == "pk" else meta.get_field(last)
    if not isinstance(found, Field):
        raise ValueError(f"{column} is no column")  # noqa: TRY004 - a mistake of the programmer
    return found


def value_of(row: Any, column: str) -> Any:
    """What a row (model, mapping or record) holds in a column."""
    if isinstance(row, Mapping):
        return row[column]
    if hasattr(row, column):
        return getattr(row, column)
    for part in column.split("__"):
        row = getattr(row, part)
    return row
