"""The door to the simulation, for the command line, the demonstration and the bench."""

import datetime as dt
import os
from pathlib import Path

import django

from huijia.config.installation import SETTINGS

# To write sheets needs the rules' modules, hence settings, but no database.
os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
django.setup()

from huijia.config.simulation import sheets  # noqa: E402 - models need the set-up
from huijia.config.simulation.cities import City as City  # noqa: E402
from huijia.config.simulation.cities import draw_up as draw_up  # noqa: E402
from huijia.config.simulation.loading import Loaded as Loaded  # noqa: E402
from huijia.config.simulation.loading import load_directly as load_directly  # noqa: E402
from huijia.config.simulation.members import Population as Population  # noqa: E402
from huijia.config.simulation.papers import CityTooLargeError as CityTooLargeError  # noqa: E402

SIMULATED_DAY = dt.date(2026, 6, 30)
"""The day on which a simulated city stands still, so that a seed makes the same sheets for ever."""

__all__ = [
    "SIMULATED_DAY",
    "City",
    "CityTooLargeError",
    "Loaded",
    "Population",
    "draw_up",
    "load_directly",
    "simulate",
]


def simulate(
    city: str,
    unions: int,
    members: int,
    seed: int,
    out: Path,
    *,
    on: dt.date = SIMULATED_DAY,
    form: str = "",
) -> tuple[Path, Path]:
    """Write the sheets of unions and of members into a folder; the same seed, the same bytes.

    `form` is `csv` or `xlsx`; a workbook is the default up to `sheets.LARGEST_WORKBOOK` members.
    """
    written = sheets.simulate(
        city=city, unions=unions, members=members, seed=seed, out=out, on=on, form=form
    )
    return written.unions, written.members
