"""Pages are Jinja2; Django's engine stays second, for libraries that bring templates."""

from pathlib import Path
from typing import Any

from huijia.config.settings.env import HUIJIA_HOME

PACKAGE = Path(__file__).resolve().parents[2]
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": True,
        "OPTIONS": {
            "environment": "huijia.core.web.environment.environment",
            "context_processors": [
                "django.contrib.messages.context_processors.messages",
                "huijia.core.web.context.page",
                "huijia.core.access.context.account",
                "huijia.config.navigation.page_frame",
            ],
        },
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    },
]
STATIC_URL = "/static/"
STATIC_ROOT: Path = HUIJIA_HOME / "static"
STATICFILES_DIRS: list[Path] = []
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "servestatic.storage.CompressedManifestStaticFilesStorage"},
}
