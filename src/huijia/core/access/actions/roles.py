"""Roles as data."""

import datetime as dt
from collections.abc import Collection, Mapping

from huijia.core.access.models import Role
from huijia.core.access.permits import AccessPermit
from huijia.core.audit import public as audit
from huijia.core.kernel.actor import Actor
from huijia.core.kernel.permits import require


def install(*, table: Mapping[str, Collection[str]], by: Actor, at: dt.datetime) -> list[str]:
    """Make the built-in roles what the table says; the answer names those that changed.

    Run after every upgrade. A role that left the table stays, without permits: grants refer to it.
    """
    require(by, AccessPermit.ROLE_EDIT)
    kept = {role.pk: role for role in Role.objects.select_for_update().filter(is_built_in=True)}
    wanted = {**dict.fromkeys(kept, ()), **table}
    changed = [
        code
        for code, permits in wanted.items()
        if code not in kept or sorted(kept[code].permits) != sorted(permits)
    ]
    for code in changed:
        permits = sorted(wanted[code])
        Role.objects.update_or_create(code=code, defaults={"permits": permits, "is_built_in": True})
        audit.record(
            verb="access.role.install",
            subject=("role", code),
            by=by,
            at=at,
            changes={"permits": permits},
        )
    return changed
