"""Chance that is the same everywhere: tables drawn from by a few bits, scrambled counters."""

from collections.abc import Mapping
from math import gcd
from typing import Final, TypeVar

BITS: Final = 9
SIZE: Final = 1 << BITS
"""How many entries a table has: a draw takes nine bits."""

Value = TypeVar("Value")


def table(weights: Mapping[Value, float]) -> tuple[Value, ...]:
    """A table of SIZE entries that holds each value as often as its weight says."""
    total, passed = sum(weights.values()), 0.0
    entries: list[Value] = []
    for value, weight in weights.items():
        passed += weight
        entries += [value] * (round(SIZE * passed / total) - len(entries))
    return tuple(entries)


class Scramble:
    """A one-to-one map of `0 … size - 1` onto itself that looks like chance (affine)."""

    def __init__(self, size: int, salt: int) -> None:
        # Near the golden section consecutive counters land far apart.
        step = int(size * 0.6180339887) + salt % max(size // 7, 1)
        while gcd(step, size) != 1:
            step += 1
        self.size, self.step, self.offset = size, step, salt * 7919 % size

    def __call__(self, counter: int) -> int:
        """Where a counter lands."""
        return (self.step * counter + self.offset) % self.size
