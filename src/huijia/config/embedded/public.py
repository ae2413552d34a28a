"""The door of the embedded PostgreSQL."""

from huijia.config.embedded.errors import EmbeddedServerError as EmbeddedServerError
from huijia.config.embedded.privileges import prepare_database as prepare_database
from huijia.config.embedded.supervisor import Endpoints as Endpoints
from huijia.config.embedded.supervisor import ServerStatus as ServerStatus
from huijia.config.embedded.supervisor import ensure_running as ensure_running
from huijia.config.embedded.supervisor import leave as leave
from huijia.config.embedded.supervisor import status as status
from huijia.config.embedded.supervisor import stop as stop
