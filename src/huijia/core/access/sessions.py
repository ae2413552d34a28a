"""Sessions in the database, sealed; idle and absolute time-out; ended by deleting the row."""

import datetime as dt
import json
from typing import Any

from django.conf import settings
from django.contrib.sessions.backends.base import CreateError, SessionBase, UpdateError
from django.contrib.sessions.middleware import SessionMiddleware as DjangoSessionMiddleware
from django.db import IntegrityError, transaction

from huijia.core.access.models import Session
from huijia.core.kernel import clock
from huijia.core.vault.public import CannotOpenError, vault

CONTEXT = "access.session"
IDLE = dt.timedelta(minutes=30)
ABSOLUTE = dt.timedelta(hours=12)
# Writing "seen" at every request would make each page a write.
SEEN_EVERY = dt.timedelta(minutes=1)
ACCOUNT_KEY = "_auth_user_id"


class SessionStore(SessionBase):
    """A session row whose content is sealed under the key ring."""

    started_at: dt.datetime | None = None

    def load(self) -> dict[str, Any]:
        """The content of a live session, or a new empty one."""
        row = Session.objects.filter(pk=self.session_key).first() if self.session_key else None
        now = clock.now()
        if row is None or not is_alive(row, at=now):
            self._session_key = None
            return {}
        if now - row.seen_at > SEEN_EVERY:
            Session.objects.filter(pk=row.pk).update(seen_at=now)
        self.started_at = row.started_at
        return self._opened(row)

    def _opened(self, row: Session) -> dict[str, Any]:
        try:
            content: dict[str, Any] = json.loads(
                vault().open(row.content_sealed, context=f"{CONTEXT}.{row.session_key}")
            )
        except (CannotOpenError, ValueError):
            self._session_key = None
            return {}
        return content

    def exists(self, session_key: str) -> bool:
        """Whether a row has this key."""
        return Session.objects.filter(pk=session_key).exists()

    def create(self) -> None:
        """Start a new session under a key of its own."""
        while True:
            self._session_key = self._get_new_session_key()
            try:
                self.save(must_create=True)
            except CreateError:
                continue
            self.modified = True
            return

    def save(self, must_create: bool = False) -> None:
        """Write the sealed content; raises CreateError or UpdateError when the row is not as due."""
        if self.session_key is None:
            self.create()
            return
        now = clock.now()
        content = self._get_session(no_load=must_create)
        facts: dict[str, Any] = {
            "content_sealed": vault().seal(
                json.dumps(content).encode(), context=f"{CONTEXT}.{self.session_key}"
            ),
            "account_id": content.get(ACCOUNT_KEY),
            "seen_at": now,
        }
        if must_create:
            self._insert(facts, now)
        elif not Session.objects.filter(pk=self.session_key).update(**facts):
            raise UpdateError

    def _insert(self, facts: dict[str, Any], now: dt.datetime) -> None:
        self.started_at = now
        try:
            with transaction.atomic():
                Session.objects.create(
                    session_key=self.session_key,
                    started_at=now,
                    expires_at=now + ABSOLUTE,
                    **facts,
                )
        except IntegrityError as fault:
            raise CreateError from fault

    def delete(self, session_key: str | None = None) -> None:
        """End a session."""
        Session.objects.filter(pk=session_key or self.session_key).delete()

    @classmethod
    def clear_expired(cls) -> None:
        """Remove rows that have timed out."""
        Session.objects.filter(expires_at__lt=clock.now()).delete()


def is_alive(session: Session, *, at: dt.datetime) -> bool:
    """Whether neither the idle nor the absolute time-out has passed."""
    return at < session.expires_at and at - session.seen_at < IDLE


class SessionMiddleware(DjangoSessionMiddleware):
    """Django's own, over the sealed store."""

    def __init__(self, get_response: Any) -> None:
        super().__init__(get_response)
        self.SessionStore = SessionStore
        assert SessionStore.__module__ == settings.SESSION_ENGINE
