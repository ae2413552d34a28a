"""Policy as a Django app."""

from django.apps import AppConfig


class PolicyConfig(AppConfig):
    """The working calendar and dated policies."""

    name = "huijia.core.policy"
    label = "policy"
