"""The way of a request: outermost first."""

ROOT_URLCONF = "huijia.config.urls"
WSGI_APPLICATION = "huijia.config.wsgi.application"
APPEND_SLASH = True
MIDDLEWARE = [
    "huijia.core.web.middleware.request_reference",
    "huijia.core.web.middleware.taking_turns",
    "django_prometheus.middleware.PrometheusBeforeMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "huijia.core.web.middleware.language",
    "huijia.core.web.middleware.answers",
    # From here on everything happens in one transaction.
    "huijia.core.access.middleware.one_transaction",
    "huijia.core.access.sessions.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "huijia.core.access.middleware.resolve_actor",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_prometheus.middleware.PrometheusAfterMiddleware",
]
