"""PostgreSQL's ltree as a model field: a path of ids joined by dots."""

from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Lookup
from django.db.models.sql.compiler import SQLCompiler


class LtreeField(models.TextField):  # type: ignore[type-arg]  # generic in its stubs only
    """A path in a tree. Labels are immutable node ids, so a path changes only by a move."""

    description = "ltree path"

    def db_type(self, connection: BaseDatabaseWrapper) -> str:  # noqa: ARG002 - Django's
        """The column's type."""
        return "ltree"


@LtreeField.register_lookup
class Within(Lookup):
    """`path__within=top`: the node at `top` and everything below it (ltree's `<@`)."""

    lookup_name = "within"

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, Any]:
        """The predicate, served by the GiST index."""
        left, left_params = self.process_lhs(compiler, connection)
        right, right_params = self.process_rhs(compiler, connection)
        return f"{left} <@ {right}::ltree", (*left_params, *right_params)
