"""Logs as JSON lines on standard error: event names and codes, never a person's values."""

from typing import Any

from huijia.config.settings.env import DEBUG, env

LOGGING_CONFIG = "logging.config.dictConfig"
LEVEL = env.str("HUIJIA_LOG_LEVEL", "INFO")
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"lines": {"()": "huijia.core.web.logs.formatter", "pretty": DEBUG}},
    "handlers": {"standard": {"class": "logging.StreamHandler", "formatter": "lines"}},
    "root": {"handlers": ["standard"], "level": LEVEL},
    "loggers": {
        # Its messages can carry statement parameters.
        "django.db.backends": {"level": "WARNING"},
        "procrastinate": {"level": "WARNING"},
        "django.request": {"level": "ERROR"},
    },
}
