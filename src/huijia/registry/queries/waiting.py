"""What waits for somebody in the register: sheets that were checked and want a confirmation."""

import datetime as dt
from dataclasses import dataclass

from huijia.core.kernel.actor import Actor
from huijia.core.orgs.public import queries as orgs
from huijia.registry.choices import ImportState
from huijia.registry.models import Import
from huijia.registry.permits import RegistryPermit

MOST_SHOWN = 10


@dataclass(frozen=True, slots=True)
class WaitingImport:
    """A checked sheet on the list of things to do."""

    id: int
    file_name: str
    union_name: str
    since: dt.datetime


def imports_to_confirm(actor: Actor) -> list[WaitingImport]:
    """The sheets that the actor gave in, that were checked and are not confirmed, oldest first."""
    places = actor.places(RegistryPermit.IMPORT_RUN)
    if not places:
        return []
    rows = (
        Import.objects.filter(orgs.within(places, at="union__"))
        .filter(account_id=actor.account_id, state=ImportState.JUDGED)
        .order_by("id")
        .values_list("id", "file_name", "union__name", "created_at")[:MOST_SHOWN]
    )
    return [WaitingImport(*row) for row in rows]
