"""Journeys as a Django app: here the table of reactions comes into force."""

from django.apps import AppConfig


class JourneysConfig(AppConfig):
    """Installs `reactions.TABLE` once all models are ready."""

    name = "huijia.journeys"
    label = "journeys"

    def ready(self) -> None:
        """Put the table of reactions in force."""
        from huijia.core.kernel import events  # noqa: PLC0415 - models must be ready first
        from huijia.journeys import reactions  # noqa: PLC0415

        events.install(reactions.TABLE)
