"""Limits that all processes count together, in one atomic statement each.

    REVEALS = Limit("registry.reveal", count=20, window=dt.timedelta(minutes=1))
    limits.check(REVEALS, str(by.account_id), at=at)      # raises TooOften: 429 with Retry-After

A counted try is kept even if the request is refused afterwards (4xx), since the request's
transaction is; only a server fault (5xx) takes it back. Tries on one key wait for each other, so
a hundred at the same moment are counted one after another and cannot slip through together.
Whoever counts under several keys in one request does so in one order everywhere (address, then
account), or two requests could wait for each other for ever.
"""

import datetime as dt
import math
from dataclasses import dataclass

from django.db import connection

from huijia.core.kernel.errors import TooOften
from huijia.core.requests.models import ConsumedToken, Counter
from huijia.core.vault.public import vault

TOKENS_KEPT = dt.timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `count` times within any stretch of time as long as `window`.

    Each allowed time is remembered until the window has passed: meant for counts up to a few
    hundred.
    """

    name: str
    count: int
    window: dt.timedelta


# The WHERE sees the row as it is once its lock is held, so the count is exact. No row comes back
# when the limit is reached, and the row stays as it was: being refused does not prolong a lock-out.
COUNT = """
INSERT INTO requests_counter AS counter (key, hits, expires_at)
VALUES (%(key)s, ARRAY[%(at)s]::timestamptz[], %(until)s)
ON CONFLICT (key) DO UPDATE SET
    hits = (SELECT coalesce(array_agg(hit ORDER BY hit), '{}') FROM unnest(counter.hits) AS hit
            WHERE hit > %(since)s) || ARRAY[%(at)s]::timestamptz[],
    expires_at = %(until)s
WHERE (SELECT count(*) FROM unnest(counter.hits) AS hit WHERE hit > %(since)s) < %(count)s
RETURNING cardinality(hits)
"""
GIVE_BACK = """
UPDATE requests_counter SET hits = hits[1 : cardinality(hits) - 1] WHERE key = %s
"""


def check(limit: Limit, key: str, *, at: dt.datetime) -> int:
    """Count one time; the answer is how many there are now within the window.

    Raises TooOften, and counts nothing, when the limit was already reached.
    """
    stored = _stored(limit, key)
    facts: dict[str, str | int | dt.datetime] = {
        "key": stored,
        "at": at,
        "since": at - limit.window,
        "until": at + limit.window,
        "count": limit.count,
    }
    with connection.cursor() as cursor:
        cursor.execute(COUNT, facts)
        row = cursor.fetchone()
    if row is None:
        raise TooOften(_seconds_until_free(limit, stored, at))
    return int(row[0])


def give_back(limit: Limit, key: str) -> None:
    """Take back the last counted time: what was counted beforehand turned out to be none."""
    with connection.cursor() as cursor:
        cursor.execute(GIVE_BACK, [_stored(limit, key)])


def forget(limit: Limit, key: str) -> None:
    """Start again from nothing: failures before a full sign-in no longer count."""
    Counter.objects.filter(pk=_stored(limit, key)).delete()


def purge(*, at: dt.datetime) -> None:
    """Remove counters whose windows have passed and tokens that are a day old; run it hourly."""
    Counter.objects.filter(expires_at__lt=at).delete()
    ConsumedToken.objects.filter(at__lt=at - TOKENS_KEPT).delete()


def _stored(limit: Limit, key: str) -> str:
    return f"{limit.name}:{vault().blind_index(key, field=f'requests.{limit.name}').hex}"


def _seconds_until_free(limit: Limit, stored: str, at: dt.datetime) -> int:
    hits = Counter.objects.values_list("hits", flat=True).get(pk=stored)
    # As many as the limit allows are within the window; once the oldest of them leaves, one fits.
    oldest = hits[-limit.count]
    return max(1, math.ceil((oldest + limit.window - at).total_seconds()))
