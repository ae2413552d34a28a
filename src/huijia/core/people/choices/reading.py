"""Look-ups from what sheets say to the code we keep: one dictionary a list, built once."""

from collections.abc import Mapping
from typing import Generic, TypeVar

from huijia.core.kernel.text import upper_token

Code = TypeVar("Code", bound=str)


class Reader(Generic[Code]):
    """Finds the code for the words of a cell: the code itself, its label or a usual synonym.

    Built from the synonyms of each code, parted by blanks. Two dictionary look-ups at most:
    a cell that is written cleanly needs one, any other is cleaned first.
    """

    def __init__(self, synonyms: Mapping[Code, str]) -> None:
        self._codes: dict[str, Code] = {}
        for code, words in synonyms.items():
            for word in (str(code), str(code).lstrip("0"), *words.split()):
                if word and self._codes.setdefault(upper_token(word), code) != code:
                    raise ValueError(f"{word} stands for both {self._codes[word]} and {code}")

    def __call__(self, text: str) -> Code | None:
        """The code, or None where the words are not known (an empty cell included)."""
        found = self._codes.get(text)
        return self._codes.get(upper_token(text)) if found is None else found
