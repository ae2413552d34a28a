"""Django's PostgreSQL engine; a connection from the pool is looked at, not asked, before use.

Django's own check (`CONN_HEALTH_CHECKS`) sends an empty statement before each request: a round trip
that tells nothing but that the server has not hung up, which the socket of the connection says too.
"""

import select
from typing import Any

from django.db.backends.postgresql import base


class DatabaseWrapper(base.DatabaseWrapper):
    """Takes connections from the pool, those that the server has left apart."""

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """A connection at whose other end there is still a server."""
        connection = super().get_new_connection(conn_params)
        while self.pool and has_been_left(connection):
            connection.close()
            self.pool.putconn(connection)
            connection = super().get_new_connection(conn_params)
        return connection


def has_been_left(connection: Any) -> bool:
    """Whether something waits to be read: on an idle connection it is the server's farewell."""
    socket = select.poll()
    socket.register(connection.fileno(), select.POLLIN)
    return bool(socket.poll(0))
