"""The database: one server, three roles; HUIJIA_ROLE says as whom this process connects.

`DATABASE_URL` is the web role, `DATABASE_WORKER_URL` and `DATABASE_OWNER_URL` the two others.
All unset, the embedded server is used (`huijia.config.installation` starts it before settings
are read); to connect is never tried here.
"""

from typing import Any

from django.core.exceptions import ImproperlyConfigured
from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict

from huijia.config.settings.env import env

ROLE = env.str("HUIJIA_ROLE", "web")
VARIABLES = {
    "web": "DATABASE_URL",
    "worker": "DATABASE_WORKER_URL",
    "owner": "DATABASE_OWNER_URL",
}
if ROLE not in VARIABLES:
    raise ImproperlyConfigured("HUIJIA_ROLE is web, worker or owner.")


def parsed(url: str) -> dict[str, Any]:
    """Connection parameters of a `postgresql://` address."""
    try:
        return dict(conninfo_to_dict(url))
    except ProgrammingError as fault:
        raise ImproperlyConfigured(f"A database address cannot be read: {fault}") from fault


def database(url: str, *, pooled: bool) -> dict[str, Any]:
    """Django's settings for the server and role that an address names."""
    given = parsed(url)
    options: dict[str, Any] = {
        key: value
        for key, value in given.items()
        if key not in {"dbname", "user", "password", "host", "port"}
    }
    options["application_name"] = f"huijia {ROLE}"
    # Only cursors that ask for it keep plans, from the first use on; None where a pooler stands
    # between that hands a connection to others after each transaction.
    options["prepare_threshold"] = 0 if env.bool("HUIJIA_KEPT_PLANS", True) else None
    if pooled:
        options["pool"] = {"min_size": 1, "max_size": env.int("HUIJIA_POOL", 8), "timeout": 10}
    return {
        "ENGINE": "huijia.config.postgresql",
        "NAME": given.get("dbname", "huijia"),
        "USER": given.get("user", ""),
        "PASSWORD": given.get("password", ""),
        "HOST": given.get("host", ""),
        "PORT": given.get("port", ""),
        "OPTIONS": options,
        "CONN_MAX_AGE": 0,
        "CONN_HEALTH_CHECKS": not pooled,
    }


URLS = {role: env.str(variable, "") for role, variable in VARIABLES.items()}
_mine = URLS[ROLE] or URLS["web"] or "postgresql://unconfigured@/huijia"
DATABASES = {"default": database(_mine, pooled=ROLE == "web")}
HUIJIA_APPLICATION_ROLES = sorted(
    {str(parsed(URLS[role]).get("user", "")) for role in ("web", "worker") if URLS[role]}
)
# Nothing personal is ever cached; what processes must share (limits, sessions) is in tables.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
