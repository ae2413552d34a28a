"""Django's PostgreSQL engine; a connection from the pool is looked at, not asked, before use.

Django's own check (`CONN_HEALTH_CHECKS`) sends an empty statement before each request: a round trip
that tells nothing but that the server has not hung up, which the socket of the connection says too.

And statements can be planned once a connection (`kernel.statements`): for look-ups by key, planning
takes PostgreSQL ten times as long as answering.
"""

import select
from typing import Any

from django.db.backends.postgresql import base, operations
from django.db.backends.utils import CursorWrapper


class DatabaseOperations(operations.DatabaseOperations):
    """Tells what was asked also of cursors that send statement and values apart."""

    def last_executed_query(self, cursor: Any, sql: str, params: Any) -> str:
        """The statement for logs and tests; without values where they were sent apart."""
        return super().last_executed_query(cursor, sql, params) or sql


class DatabaseWrapper(base.DatabaseWrapper):
    """Takes connections from the pool, those that the server has left apart."""

    ops_class = DatabaseOperations

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """A connection at whose other end there is still a server."""
        connection = super().get_new_connection(conn_params)
        while self.pool and has_been_left(connection):
            connection.close()
            self.pool.putconn(connection)
            connection = super().get_new_connection(conn_params)
        return connection

    def planning_cursor(self) -> CursorWrapper:
        """A cursor whose statements PostgreSQL keeps the plans of, as long as the connection."""
        self.ensure_connection()
        usual = self.connection.cursor_factory
        self.connection.cursor_factory = base.ServerBindingCursor
        try:
            return self.cursor()
        finally:
            self.connection.cursor_factory = usual


def has_been_left(connection: Any) -> bool:
    """Whether something waits to be read: on an idle connection it is the server's farewell."""
    socket = select.poll()
    socket.register(connection.fileno(), select.POLLIN)
    return bool(socket.poll(0))
