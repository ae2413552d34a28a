"""Settings of the tests: the real server, the real roles, cheap passwords.

Beside the settings package, not in it: the server must be named before the package is read.
"""

import os

from huijia.config import installation

installation.prepare_for_tests()
# The browser's driver keeps an event loop in the tests' own thread; the tests are not async.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

from huijia.config.settings import *  # noqa: E402, F403 - the one place where this is plainest
from huijia.config.settings import templates as _templates  # noqa: E402

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
HUIJIA_GALLERY = True
# The middleware for static files warns of a folder that is not there.
_templates.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
