"""What a measurement yields, and how many are read at once."""

import statistics
from collections.abc import Sequence
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Result:
    """A figure beside the yardstick of the same run; `ratio` is value over yardstick."""

    name: str
    value: float
    unit: str
    yardstick: str
    yardstick_value: float

    @property
    def ratio(self) -> float:
        """Value over yardstick."""
        return self.value / self.yardstick_value if self.yardstick_value else 0.0

    def row(self) -> dict[str, object]:
        """As it stands in var/bench.json."""
        return {
            **{key: _rounded(value) for key, value in asdict(self).items()},
            "ratio": round(self.ratio, 3),
        }


def _rounded(value: object) -> object:
    return round(value, 3) if isinstance(value, float) else value


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which a share of the values lies (nearest rank)."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def median(values: Sequence[float]) -> float:
    """The middle value."""
    return statistics.median(values)
