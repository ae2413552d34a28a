"""The one way to write an audit entry."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from huijia.core.audit.models import Entry
from huijia.core.audit.rules import may_be_kept
from huijia.core.kernel.actor import Actor
from huijia.core.kernel.errors import Refused


def record(
    *,
    verb: str,
    subject: tuple[str, int | str],
    by: Actor,
    at: dt.datetime,
    union_id: int | None = None,
    reason: str = "",
    changes: Mapping[str, Any] | None = None,
) -> None:
    """Write down that `by` did `verb` to `subject` (kind and id) at `at`.

    The caller's transaction carries it, so act and entry stand or fall together. `changes` holds
    field names and non-personal values only. Raises Refused `number-in-reason`.
    """
    if not (verdict := may_be_kept(reason)):
        raise Refused(verdict)
    kind, identifier = subject
    Entry.objects.create(
        at=at,
        account_id=by.account_id,
        actor=by.name,
        verb=verb,
        subject_kind=kind,
        subject_id=str(identifier),
        union_id=union_id,
        reason=_one_line(reason),
        changes=dict(changes or {}),
    )


def _one_line(text: str) -> str:
    """A reason without line breaks and control characters: an entry cannot look like two."""
    return " ".join(text.split())
