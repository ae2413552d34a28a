"""Entering the divisions of a city."""

import datetime as dt
from typing import Final, NamedTuple

from huijia.core.audit import public as audit
from huijia.core.kernel.actor import Actor
from huijia.core.orgs import gazetteer
from huijia.core.orgs.models import Division


class Past(NamedTuple):
    """A division that is no more, and the one that it went into."""

    code: str
    name: str
    until: dt.date
    successor: str


PAST: Final = (
    # State Council, Guo Han (2016) 158, of 14 September 2016
    Past("330204", "江东区", dt.date(2016, 9, 14), "330212"),
    Past("330283", "奉化市", dt.date(2016, 9, 14), "330213"),
)
"""Codes that still stand in identity numbers, credit codes and old sheets."""
NEW_THAT_DAY: Final = {"330213": dt.date(2016, 9, 14)}


def load(*, city: str, by: Actor, at: dt.datetime) -> int:
    """Enter a city's divisions from the list of set-up; those already there stay as they are.

    Returns how many the city has. Raises `gazetteer.UnknownCityError` for a code of no city.
    """
    code = gazetteer.city_code(city)
    rows = [
        Division(
            code=each,
            name=name,
            parent_id=gazetteer.parent_code(each),
            valid_from=NEW_THAT_DAY.get(each),
            predecessors=[past.code for past in PAST if past.successor == each],
        )
        for each, name in gazetteer.divisions_of_city(code).items()
    ]
    rows += [
        Division(
            code=past.code,
            name=past.name,
            parent_id=gazetteer.parent_code(past.code),
            valid_to=past.until,
        )
        for past in PAST
        if past.code.startswith(code)
    ]
    Division.objects.bulk_create(rows, ignore_conflicts=True)
    audit.record(
        verb="orgs.divisions.load",
        subject=("division", code),
        by=by,
        at=at,
        changes={"count": len(rows)},
    )
    return len(rows)
