"""What may be seen of the figures."""

from enum import StrEnum


class InsightPermit(StrEnum):
    """Permits of the figures."""

    FIGURES_VIEW = "insight:figures:view"
