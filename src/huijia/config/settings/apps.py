"""The capabilities and libraries in use, lowest floor last: templates are found top-down."""

INSTALLED_APPS = [
    "huijia.journeys.apps.JourneysConfig",
    "huijia.insight.apps.InsightConfig",
    "huijia.registry.apps.RegistryConfig",
    "huijia.core.files.apps.FilesConfig",
    "huijia.core.jobs.apps.JobsConfig",
    "huijia.core.access.apps.AccessConfig",
    "huijia.core.orgs.apps.OrgsConfig",
    "huijia.core.people.apps.PeopleConfig",
    "huijia.core.policy.apps.PolicyConfig",
    "huijia.core.audit.apps.AuditConfig",
    "huijia.core.requests.apps.RequestsConfig",
    "huijia.core.vault.apps.VaultConfig",
    "huijia.core.web.apps.WebConfig",
    "huijia.core.kernel.apps.KernelConfig",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "procrastinate.contrib.django",
    "django_prometheus",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
]
AUTH_USER_MODEL = "people.Account"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
