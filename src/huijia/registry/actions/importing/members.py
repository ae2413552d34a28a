"""One chunk of members: staged, matched, written, all in the caller's transaction."""

import datetime as dt
import json
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, Final

from django.db import connection

from huijia.core.kernel import events
from huijia.core.kernel.actor import Actor
from huijia.core.people.public import PersonHistory, sealing
from huijia.registry.actions.importing.blocks import JudgedBlock, Problem
from huijia.registry.actions.importing.lines import COLUMNS
from huijia.registry.actions.importing.statements import statements
from huijia.registry.choices import RowVerdict
from huijia.registry.events import MembershipsChanged, MembershipTally
from huijia.registry.rules.reasons import DUPLICATES, read_reason

SQL: Final = statements(Path(__file__).with_suffix(".sql"))
HISTORY_AT_ONCE: Final = 2_000


class MeanwhileError(Exception):
    """Something that the chunk rests on changed while it was judged: it is to be done again."""


@dataclass(slots=True)
class Chunk:
    """What became of some rows: one letter each, and whatever needs a look."""

    first: int
    verdicts: str
    problems: list[Problem] = field(default_factory=list)

    def count(self, verdict: RowVerdict) -> int:
        """How many rows ended so."""
        return self.verdicts.count(verdict)

    @property
    def duplicates(self) -> int:
        """How many rows were refused since an earlier row has their number."""
        return sum(read_reason(problem[4][0]).code in DUPLICATES for problem in self.problems)


class MemberChunks:
    """Takes judged blocks of members into the register, or only says what would become of them."""

    def __init__(
        self,
        *,
        batch: int,
        fields: Collection[str],
        is_dry_run: bool,
        by: Actor,
        at: dt.datetime,
    ) -> None:
        self._batch = batch
        self._fields = fields
        self._values: dict[str, int | bool | str | dt.datetime | None] = {
            "batch": batch,
            "is_dry_run": is_dry_run,
            "at": at,
            "account": by.account_id,
            "actor": by.name,
        }
        self._by = by
        self._at = at
        self._trusted: int | None = None

    def prepare(self) -> None:
        """Make the session's tables; they go with `finish`, or with the session."""
        self._do("unstage")
        self._do("stage")

    def finish(self) -> None:
        """Remove the session's tables."""
        self._do("unstage")

    def judge(self, block: JudgedBlock) -> tuple[Chunk, Callable[[], None]]:
        """Judge a block against the register; what comes back writes it.

        Until then nothing but session tables is written. What was found out beforehand is trusted
        the first time; a block that comes again met somebody meanwhile.
        """
        self._stage(block)
        is_fresh = block.is_fresh and self._trusted != block.first
        self._trusted = block.first
        if not is_fresh and (self._do("match") or block.has_twins):
            self._do("judge")
            letters, has_known = self._rows("verdicts")[0]
        else:
            self._do("judge_strangers")
            letters, has_known = RowVerdict.NEW.value * block.rows_standing, False
        chunk = self._chunk(block, letters or "")
        return chunk, partial(self._write, chunk.verdicts, has_known=has_known)

    def _stage(self, block: JudgedBlock) -> None:
        statement = f"COPY incoming ({COLUMNS}) FROM STDIN"
        with connection.cursor() as cursor, cursor.copy(statement) as copy:
            copy.write(block.lines)

    def _chunk(self, block: JudgedBlock, letters: str) -> Chunk:
        refused = {problem[0] for problem in block.refused}
        following = iter(letters)
        verdicts = (
            "".join(
                RowVerdict.REFUSED if position in refused else next(following)
                for position in range(block.first, block.first + block.rows)
            )
            if refused
            else letters
        )
        problems = [*block.refused, *self._problems(), *self._notes(block)]
        return Chunk(block.first, verdicts, problems)

    def _problems(self) -> Iterator[Problem]:
        for position, row, verdict, name, reason, fact in self._rows("problems"):
            yield position, row, verdict, name, [f"{reason}:{fact}" if fact else reason]

    def _notes(self, block: JudgedBlock) -> Iterator[Problem]:
        if not block.notes and "employer_code" not in self._fields:
            return
        rows = self._rows("notes", noted=list(block.notes))
        for position, row, verdict, name, note in rows:
            reasons = [*block.notes.get(position, ()), *([note] if note else ())]
            yield position, row, verdict, name, reasons

    def _write(self, verdicts: str, *, has_known: bool) -> None:
        """Write the block judged last, and tell the figures."""
        has_new = RowVerdict.NEW in verdicts
        has_updated = RowVerdict.UPDATED in verdicts
        if not has_new and not has_updated:
            return
        if has_known:
            self._take_in()
        if "group" in self._fields:
            self._do("groups")
        moved = self._edit() if has_updated or has_known else []
        begun = self._enter() if has_new else []
        self._publish([*moved, *begun])

    def _edit(self) -> list[tuple[Any, ...]]:
        """Change who is known already, history first; how that shifts the figures."""
        if not self._rows("lock_changed")[0][0]:
            raise MeanwhileError
        self._tell_history()
        shifted = self._rows("shifted")
        for name in ("edit_persons", "edit_phones", "edit_memberships"):
            self._do(name)
        return shifted

    def _enter(self) -> list[tuple[Any, ...]]:
        """Enter who is new, and the memberships that begin; how many of which kind."""
        for name in ("persons", "identities", "memberships"):
            self._do(name)
        return self._rows("begun")

    def _take_in(self) -> None:
        self._do("take_in")
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM judged WHERE verdict = 'N' AND person_id IS NULL")
            if cursor.fetchone():
                raise MeanwhileError
        self._do("compare_taken_in")

    def _tell_history(self) -> None:
        """Before and after of every changed person, sealed; written before the change itself."""
        rows = [
            PersonHistory(
                person_id=person_id,
                at=self._at,
                account_id=self._by.account_id,
                actor=self._by.name,
                verb="import",
                fields=fields,
                values_sealed=sealing.seal_changes(_changes(fields, json.loads(pairs), old, new)),
                batch_id=self._batch,
            )
            for person_id, fields, old, new, pairs in self._rows("before_and_after")
        ]
        PersonHistory.objects.bulk_create(rows, batch_size=HISTORY_AT_ONCE)

    def _publish(self, tallies: Sequence[Sequence[Any]]) -> None:
        if tallies:
            told = tuple(map(_tally, tallies))
            events.publish(MembershipsChanged(tallies=told, at=self._at))

    def _do(self, name: str) -> int:
        """Run a statement; how many rows it was about."""
        with connection.cursor() as cursor:
            cursor.execute(SQL[name], self._values if "%(" in SQL[name] else None)
            return int(cursor.rowcount)

    def _rows(self, name: str, **values: Any) -> list[tuple[Any, ...]]:
        with connection.cursor() as cursor:
            cursor.execute(SQL[name], values or None)
            return list(cursor.fetchall())


def _tally(row: Sequence[Any]) -> MembershipTally:
    """The tally of one union: its levels, counts, and years that came and went, one a member."""
    joins = Counter(row[8])
    joins.subtract(row[9])
    known = [(year, change) for year, change in joins.items() if year is not None]
    return MembershipTally((row[0], row[1], row[2], row[3], row[4]), row[5], row[6], row[7], known)


def _changes(
    fields: Sequence[str], pairs: dict[str, list[str | None]], old: Any, new: Any
) -> dict[str, sealing.Change]:
    """The values of the changed fields as text."""
    changes = {
        name: (pairs[name][0] or "", pairs[name][1] or "") for name in fields if name in pairs
    }
    if "phone" in fields:
        changes["phone"] = (sealing.open_phone(old) if old else "", sealing.open_phone(new))
    return changes
