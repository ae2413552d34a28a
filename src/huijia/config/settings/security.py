"""Secrets, cookies, hosts, the content policy; production refuses what is not safe."""

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from huijia.config.settings.database import URLS, parsed
from huijia.config.settings.env import DEBUG, HUIJIA_HOME, HUIJIA_PRODUCTION, env

DEVELOPMENT_SECRET = "development only: production refuses this secret"  # noqa: S105


def secret_key() -> str:
    """The secret from the environment, or the one kept in this installation's home."""
    given = env.str("SECRET_KEY", "")
    kept = HUIJIA_HOME / "keys" / "secret"
    if not given and kept.is_file():
        given = kept.read_text(encoding="utf-8").strip()
    return given or DEVELOPMENT_SECRET


def complaints_for_production() -> list[str]:
    """What must not be so where real people's data are kept, each with its remedy."""
    found = []
    if SECRET_KEY == DEVELOPMENT_SECRET or len(SECRET_KEY) < 32:  # noqa: PLR2004
        found.append("SECRET_KEY is missing or short: give 50 random characters.")
    if DEBUG:
        found.append("HUIJIA_DEBUG is on: switch it off.")
    if not ALLOWED_HOSTS or "*" in ALLOWED_HOSTS:
        found.append("HUIJIA_HOSTS must name the hosts this site answers for.")
    if not SECURE_COOKIES:
        found.append("HUIJIA_SECURE_COOKIES is off: cookies would travel without encryption.")
    for role, url in URLS.items():
        if url and not parsed(url).get("password") and not parsed(url).get("sslcert"):
            found.append(
                f"The database address of the {role} role has neither password nor certificate: "
                "trust authentication lets anybody in."
            )
    return found


SECRET_KEY = secret_key()
ALLOWED_HOSTS: list[str] = env.list(
    "HUIJIA_HOSTS", [] if HUIJIA_PRODUCTION else ["localhost", "127.0.0.1", "[::1]"]
)
SECURE_COOKIES = env.bool("HUIJIA_SECURE_COOKIES", HUIJIA_PRODUCTION)
# Addresses of proxies whose X-Forwarded-For is believed; nobody's by default.
HUIJIA_TRUSTED_PROXIES: list[str] = env.list("HUIJIA_TRUSTED_PROXIES", [])
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HUIJIA_TRUSTED_PROXIES else None
SECURE_HSTS_SECONDS = 31_536_000 if SECURE_COOKIES else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
_prefix = "__Host-" if SECURE_COOKIES else ""
SESSION_COOKIE_NAME = f"{_prefix}session"
SESSION_COOKIE_SECURE = SECURE_COOKIES
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 3600
CSRF_COOKIE_NAME = f"{_prefix}csrf"
CSRF_COOKIE_SECURE = SECURE_COOKIES
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
HUIJIA_DEVICE_COOKIE: str = f"{_prefix}device"
CSRF_TRUSTED_ORIGINS: list[str] = env.list("HUIJIA_TRUSTED_ORIGINS", [])
CSRF_FAILURE_VIEW = "huijia.core.web.errors.csrf_failure"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
# Never a temporary file: whoever takes larger files seals them as they arrive (`core.files`).
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
# OWASP's minimum (19 MiB, two passes, one lane): 49 checks a second and core.
PASSWORD_HASHERS = ["huijia.core.access.passwords.Argon2Minimum"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 8},
    },
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

if HUIJIA_PRODUCTION and (complaints := complaints_for_production()):
    raise ImproperlyConfigured("Not started. " + " ".join(complaints))
