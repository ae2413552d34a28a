"""Sessions in the database, sealed; idle and absolute time-out; ended by deleting the row."""

import datetime as dt
import hashlib
import json
from typing import Any

from django.conf import settings
from django.contrib.sessions.backends.base import CreateError, SessionBase, UpdateError
from django.contrib.sessions.middleware import SessionMiddleware as DjangoSessionMiddleware
from django.db import IntegrityError, transaction
from django.db.models import Q

from huijia.core.access import queries
from huijia.core.access.models import Session
from huijia.core.access.rules import ABSOLUTE, IDLE, is_alive
from huijia.core.kernel import clock
from huijia.core.vault.public import CannotOpenError, vault

CONTEXT = "access.session"
# Writing "seen" at every request would make each page a write.
SEEN_EVERY = dt.timedelta(minutes=1)
ACCOUNT_KEY = "_auth_user_id"


def stored_key(session_key: str) -> str:
    """The key as the table has it: 160 bits of a digest of what the browser holds."""
    return hashlib.sha256(session_key.encode()).hexdigest()[:40]


class SessionStore(SessionBase):
    """A session row whose content is sealed under the key ring."""

    started_at: dt.datetime | None = None
    seat: queries.Seat | None = None
    """Whose session it was when it was loaded, and what they held; it came in the same query."""

    def load(self) -> dict[str, Any]:
        """The content of a live session, or a new empty one."""
        now = clock.now()
        row = self._row(now)
        if row is None or not is_alive(row.seen_at, row.expires_at, at=now):
            self._session_key = None
            return {}
        if now - row.seen_at > SEEN_EVERY:
            Session.objects.filter(pk=row.session_key).update(seen_at=now)
        self.started_at = row.started_at
        content = self._opened(row)
        if content:
            self.seat = row.seat
        return content

    def _row(self, at: dt.datetime) -> queries.SessionRow | None:
        if not self.session_key:
            return None
        return queries.session_row(stored_key(self.session_key), on=clock.china_day(at))

    def _opened(self, row: queries.SessionRow) -> dict[str, Any]:
        try:
            content: dict[str, Any] = json.loads(
                vault().open(row.content_sealed, context=self._context(row.session_key))
            )
        except (CannotOpenError, ValueError):
            self._session_key = None
            return {}
        return content

    def exists(self, session_key: str) -> bool:
        """Whether a row has this key."""
        return Session.objects.filter(pk=stored_key(session_key)).exists()

    def create(self) -> None:
        """Start a new session under a key of its own."""
        while True:
            self._session_key = self._get_new_session_key()  # type: ignore[attr-defined]  # not in stubs
            try:
                self.save(must_create=True)
            except CreateError:
                continue
            self.modified = True
            return

    def save(self, must_create: bool = False) -> None:
        """Write the sealed content.

        Raises CreateError when the key is taken and UpdateError when the session has been ended.
        """
        if self.session_key is None:
            self.create()
            return
        now = clock.now()
        content = self._get_session(no_load=must_create)  # type: ignore[attr-defined]  # not in stubs
        facts: dict[str, Any] = {
            "content_sealed": vault().seal(
                json.dumps(content).encode(), context=self._context(stored_key(self.session_key))
            ),
            "account_id": content.get(ACCOUNT_KEY),
            "seen_at": now,
        }
        if must_create:
            self._insert(facts, now)
        elif not Session.objects.filter(pk=stored_key(self.session_key)).update(**facts):
            raise UpdateError

    def _insert(self, facts: dict[str, Any], now: dt.datetime) -> None:
        self.started_at = now
        try:
            with transaction.atomic():
                Session.objects.create(
                    session_key=stored_key(str(self.session_key)),
                    started_at=now,
                    expires_at=now + ABSOLUTE,
                    **facts,
                )
        except IntegrityError as fault:
            raise CreateError from fault

    def delete(self, session_key: str | None = None) -> None:
        """End a session."""
        ended = session_key or self.session_key
        if ended:
            Session.objects.filter(pk=stored_key(ended)).delete()

    @staticmethod
    def _context(stored: str) -> str:
        """What a sealed content is bound to: it opens in its own row only."""
        return f"{CONTEXT}.{stored}"

    @classmethod
    def clear_expired(cls) -> None:
        """Remove rows that have timed out; run it hourly."""
        now = clock.now()
        Session.objects.filter(Q(expires_at__lt=now) | Q(seen_at__lt=now - IDLE)).delete()


class SessionMiddleware(DjangoSessionMiddleware):
    """Django's own, over the sealed store."""

    def __init__(self, get_response: Any) -> None:
        super().__init__(get_response)
        self.SessionStore = SessionStore
        assert SessionStore.__module__ == settings.SESSION_ENGINE
