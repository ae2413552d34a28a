"""Background work: what happens once Procrastinate's app is ready."""

from huijia.config.settings.env import env

PROCRASTINATE_ON_APP_READY = "huijia.core.jobs.ready.on_app_ready"

# Work that has not moved for so many seconds is taken up again; its process is thought dead.
HUIJIA_STALE_AFTER: int = env.int("HUIJIA_STALE_AFTER", 120)
