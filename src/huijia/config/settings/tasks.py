"""Background work: what happens once Procrastinate's app is ready."""

PROCRASTINATE_ON_APP_READY = "huijia.core.jobs.ready.on_app_ready"
