"""When an office is open, as a value."""

from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import pairwise
from typing import Any, Self
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class OfficeHours:
    """The sessions of a working day, in order and apart, in the zone of the office."""

    sessions: tuple[tuple[time, time], ...]
    zone: ZoneInfo

    def __post_init__(self) -> None:
        moments = [moment for session in self.sessions for moment in session]
        if not moments or any(earlier >= later for earlier, later in pairwise(moments)):
            raise ValueError("Office hours need at least one session, in order and apart.")

    @classmethod
    def from_policy(cls, value: Any) -> Self:
        """Office hours from `{"zone": …, "sessions": [["09:00", "12:00"], …]}`."""
        sessions = tuple(
            (time.fromisoformat(opens), time.fromisoformat(closes))
            for opens, closes in value["sessions"]
        )
        return cls(sessions, ZoneInfo(value["zone"]))

    def day_of(self, at: datetime) -> date:
        """The day at the office at a moment."""
        return at.astimezone(self.zone).date()

    def sessions_on(self, day: date) -> list[tuple[datetime, datetime]]:
        """The sessions of a day as moments."""
        return [
            (datetime.combine(day, opens, self.zone), datetime.combine(day, closes, self.zone))
            for opens, closes in self.sessions
        ]

    def close_of(self, day: date) -> datetime:
        """The moment at which the office closes for the day."""
        return datetime.combine(day, self.sessions[-1][1], self.zone)

    def end_of(self, day: date) -> datetime:
        """The last moment of a day, 24 o'clock, written so that it still bears its date."""
        return datetime.combine(day, time.max, self.zone)
