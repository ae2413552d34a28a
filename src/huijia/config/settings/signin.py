"""Sign-in by allauth: name and password, then a second factor; limits and sessions are ours."""

from huijia.config.settings.env import env

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
ACCOUNT_FORMS = {
    "login": "huijia.core.access.forms.SignInForm",
    "reauthenticate": "huijia.core.access.forms.ConfirmPasswordForm",
    "change_password": "huijia.core.access.forms.NewPasswordForm",
}
# A session ends with the browser; half an hour without a request ends it earlier.
ACCOUNT_SESSION_REMEMBER = False
# Names are kept in lower case, so that the unique index finds them.
ACCOUNT_PRESERVE_USERNAME_CASING = False
# Tries of the sign-in from one address: a whole office may stand behind it.
HUIJIA_SIGN_IN_PER_MINUTE: int = env.int("HUIJIA_SIGN_IN_PER_MINUTE", 100)
# Grants with one of these open the rows of sealed identities within their reach.
HUIJIA_REACH_PERMITS: list[str] = [
    "registry:member:view",
    "registry:member:edit",
    "registry:identity:reveal",
    "registry:import:run",
]
MFA_ADAPTER = "huijia.core.access.signin.SealedSecrets"
MFA_FORMS = {
    "authenticate": "huijia.core.access.forms.SecondFactorForm",
    "reauthenticate": "huijia.core.access.forms.ConfirmCodeForm",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "会家 Huijia"
SESSION_ENGINE = "huijia.core.access.sessions"
