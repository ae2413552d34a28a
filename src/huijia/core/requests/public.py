"""The door to limits, to forms that act once, and to the address of a client."""

from huijia.core.requests import limits as limits
from huijia.core.requests import once as once
from huijia.core.requests.addresses import client_address as client_address
from huijia.core.requests.addresses import neighbourhood as neighbourhood
from huijia.core.requests.limits import Limit as Limit
from huijia.core.requests.once import act_once as act_once

__all__ = ["Limit", "act_once", "client_address", "limits", "neighbourhood", "once"]
