"""Sign-in by allauth: name and password, then a second factor; limits and sessions are ours."""

AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/desk/"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "huijia.core.access.signin.OfficerAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
# allauth counts in the cache, per process; ours are in the database (`core.requests`).
ACCOUNT_RATE_LIMITS = False
MFA_ADAPTER = "huijia.core.access.signin.SealedSecrets"
MFA_FORMS = {"authenticate": "huijia.core.access.forms.SecondFactorForm"}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "会家 Huijia"
SESSION_ENGINE = "huijia.core.access.sessions"
