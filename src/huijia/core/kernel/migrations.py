"""Privileges and row security as migration operations.

Tables belong to the owner role that migrates; the web and the worker role get rights by default
privileges. What they must not do is taken away here. Role names come from the settings, since an
operator names them.
"""

from collections.abc import Iterable

from django.conf import settings
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def _for_each_role(editor: BaseDatabaseSchemaEditor, statement: str) -> None:
    for role in settings.HUIJIA_APPLICATION_ROLES:
        quoted = editor.quote_name(role)
        editor.execute(statement.replace("{role}", quoted))


def take_away(table: str, verbs: Iterable[str]) -> migrations.RunPython:
    """Take verbs (UPDATE, DELETE, TRUNCATE …) on a table away from the web and worker roles."""
    revoked = ", ".join(verbs)

    def forwards(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
        _for_each_role(editor, f"REVOKE {revoked} ON {table} FROM {{role}}")

    def backwards(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
        _for_each_role(editor, f"GRANT {revoked} ON {table} TO {{role}}")

    return migrations.RunPython(forwards, backwards)


def append_only(table: str) -> migrations.RunPython:
    """Let the web and worker roles only read a table and add to it."""
    return take_away(table, ("UPDATE", "DELETE", "TRUNCATE"))
