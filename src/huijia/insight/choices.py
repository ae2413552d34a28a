"""Which figures are kept: the table to extend when one more is wanted.

A new indicator is a row of `Indicator`, its words in `COLUMNS` and `unit_of`, what an event adds to
it in `rules`, and a column of the recount in `actions/recount.sql`; then `rebuild` fills it.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import npgettext, pgettext_lazy

STOCK = 0
"""The period of a figure that stands now, rather than one that happened in a year."""

JOINS_SINCE = 2017
"""First year whose joins are kept: the real-name register began with 总工办发〔2017〕14号, and
earlier days of joining are remembered rather than recorded. It also bounds the table."""


class Indicator(models.TextChoices):
    """What is counted at every union, for itself and all below it."""

    UNIONS = "unions", _("Primary unions")
    MEMBERS = "members", _("Members")
    WOMEN = "women", _("Women")
    NEW_EMPLOYMENT = "new_employment", _("In new forms of employment")
    JOINS = "joins", _("Joined this year")


COLUMNS = {
    Indicator.UNIONS: pgettext_lazy("column", "Unions"),
    Indicator.MEMBERS: pgettext_lazy("column", "Members"),
    Indicator.WOMEN: pgettext_lazy("column", "Women"),
    Indicator.NEW_EMPLOYMENT: pgettext_lazy("column", "New employment"),
    Indicator.JOINS: pgettext_lazy("column", "Joined"),
}
"""Short words for the heads of a table."""


def unit_of(indicator: Indicator, value: int) -> str:
    """The word that stands after a figure: 33,000 *unions*, 1 *person*."""
    if indicator == Indicator.UNIONS:
        return npgettext("unit", "union", "unions", value)
    return npgettext("unit", "person", "people", value)
