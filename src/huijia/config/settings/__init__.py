"""Settings by topic; every difference between installations is an environment variable.

`docs/how-to/configure.md` lists the variables.
"""

from huijia.config.settings.apps import AUTH_USER_MODEL, DEFAULT_AUTO_FIELD, INSTALLED_APPS
from huijia.config.settings.database import CACHES, DATABASES, HUIJIA_APPLICATION_ROLES
from huijia.config.settings.env import (
    DEBUG,
    HUIJIA_DEMONSTRATION,
    HUIJIA_GALLERY,
    HUIJIA_HOME,
    HUIJIA_KEY_RING,
    HUIJIA_METRICS_TOKEN,
    HUIJIA_PRODUCTION,
    HUIJIA_SERVER_TIMING,
    HUIJIA_SUITE,
    SITE,
)
from huijia.config.settings.i18n import (
    LANGUAGE_CODE,
    LANGUAGE_COOKIE_NAME,
    LANGUAGES,
    TIME_ZONE,
    USE_I18N,
    USE_TZ,
)
from huijia.config.settings.logging import LOGGING, LOGGING_CONFIG
from huijia.config.settings.security import (
    ALLOWED_HOSTS,
    AUTH_PASSWORD_VALIDATORS,
    CONTENT_SECURITY_POLICY,
    CSRF_COOKIE_HTTPONLY,
    CSRF_COOKIE_NAME,
    CSRF_COOKIE_SAMESITE,
    CSRF_COOKIE_SECURE,
    CSRF_FAILURE_VIEW,
    CSRF_TRUSTED_ORIGINS,
    DATA_UPLOAD_MAX_MEMORY_SIZE,
    HUIJIA_DEVICE_COOKIE,
    HUIJIA_TRUSTED_PROXIES,
    PASSWORD_HASHERS,
    SECRET_KEY,
    SECURE_CONTENT_TYPE_NOSNIFF,
    SECURE_HSTS_SECONDS,
    SECURE_PROXY_SSL_HEADER,
    SECURE_REFERRER_POLICY,
    SESSION_COOKIE_AGE,
    SESSION_COOKIE_HTTPONLY,
    SESSION_COOKIE_NAME,
    SESSION_COOKIE_SAMESITE,
    SESSION_COOKIE_SECURE,
    X_FRAME_OPTIONS,
)
from huijia.config.settings.signin import (
    ACCOUNT_ADAPTER,
    ACCOUNT_EMAIL_VERIFICATION,
    ACCOUNT_FORMS,
    ACCOUNT_LOGIN_METHODS,
    ACCOUNT_PRESERVE_USERNAME_CASING,
    ACCOUNT_RATE_LIMITS,
    ACCOUNT_SESSION_REMEMBER,
    ACCOUNT_SIGNUP_FIELDS,
    ACCOUNT_USER_MODEL_EMAIL_FIELD,
    AUTHENTICATION_BACKENDS,
    HUIJIA_REACH_PERMITS,
    HUIJIA_SIGN_IN_PER_MINUTE,
    LOGIN_REDIRECT_URL,
    LOGIN_URL,
    LOGOUT_REDIRECT_URL,
    MFA_ADAPTER,
    MFA_FORMS,
    MFA_SUPPORTED_TYPES,
    MFA_TOTP_ISSUER,
    SESSION_ENGINE,
)
from huijia.config.settings.tasks import PROCRASTINATE_ON_APP_READY
from huijia.config.settings.templates import (
    STATIC_ROOT,
    STATIC_URL,
    STATICFILES_DIRS,
    STORAGES,
    TEMPLATES,
)
from huijia.config.settings.web import (
    APPEND_SLASH,
    MIDDLEWARE,
    ROOT_URLCONF,
    WSGI_APPLICATION,
)

__all__ = [name for name in dir() if name.isupper()]
