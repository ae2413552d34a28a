"""Jobs as a Django app."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """Progress of long work; the queue's own tables are Procrastinate's."""

    name = "huijia.core.jobs"
    label = "jobs"
