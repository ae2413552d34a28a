"""The door to figures."""

from huijia.insight import queries as queries
from huijia.insight.actions import figures as figures
from huijia.insight.actions import recounts as recounts
from huijia.insight.choices import Indicator as Indicator
from huijia.insight.permits import InsightPermit as InsightPermit
from huijia.insight.queries import Figures as Figures

__all__ = ["Figures", "Indicator", "InsightPermit", "figures", "queries", "recounts"]
