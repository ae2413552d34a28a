"""Statements kept in a file beside the code, by name."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

_NAME: Final = re.compile(r"^-- name: (\w+)\n", re.MULTILINE)
_PLACE: Final = re.compile(r"\{(\w+)\}")


def statements(file: Path) -> Mapping[str, str]:
    """The statements of a file; `{name}` in one stands for another of them."""
    parts = _NAME.split(file.read_text(encoding="utf-8"))[1:]
    named = {name: text.strip() for name, text in zip(parts[::2], parts[1::2], strict=True)}
    return {name: _PLACE.sub(lambda place: named[place[1]], text) for name, text in named.items()}
