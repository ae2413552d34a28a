"""People as a Django app."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Persons, their sealed identities and histories, and the accounts that sign in."""

    name = "huijia.core.people"
    label = "people"
