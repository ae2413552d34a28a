"""Chinese first, English complete."""

from pathlib import Path

from django.utils.translation import gettext_lazy as _

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Chinese")), ("en", _("English"))]
LANGUAGE_COOKIE_NAME = "language"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"
# Packages carry their own catalogues; this one is the composition root's, which is no app.
LOCALE_PATHS = [Path(__file__).resolve().parents[1] / "locale"]
