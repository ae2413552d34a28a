"""What waits for somebody in the register: sheets that were checked and want a confirmation."""

import datetime as dt
from dataclasses import dataclass

from huijia.core.kernel.actor import Actor
from huijia.core.kernel.statements import planned
from huijia.registry.choices import ImportState
from huijia.registry.permits import RegistryPermit

MOST_SHOWN = 10
# Each look at the home asks this, so it is written out.
TO_CONFIRM = """
SELECT i.id, i.file_name, u.name, i.created_at
  FROM registry_import i JOIN orgs_union u ON u.id = i.union_id
 WHERE i.account_id = %s AND i.state = %s AND i.new + i.updated > 0 AND ({either})
 ORDER BY i.id LIMIT %s
"""


@dataclass(frozen=True, slots=True)
class WaitingImport:
    """A checked sheet on the list of things to do."""

    id: int
    file_name: str
    union_name: str
    since: dt.datetime


def imports_to_confirm(actor: Actor) -> list[WaitingImport]:
    """The sheets that the actor gave in and that can be confirmed, oldest first."""
    places = actor.places(RegistryPermit.IMPORT_RUN)
    if not places:
        return []
    either = " OR ".join(f"u.level_{place.depth} = %s" for place in places)
    values = [actor.account_id, ImportState.JUDGED, *(place.id for place in places), MOST_SHOWN]
    with planned() as cursor:
        cursor.execute(TO_CONFIRM.format(either=either), values)
        return [WaitingImport(*row) for row in cursor.fetchall()]
