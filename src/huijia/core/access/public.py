"""The door to access: areas of the site, the actor of an account, the reach of a transaction."""

from huijia.core.access.areas import desk_page as desk_page
from huijia.core.access.middleware import set_reach as set_reach
from huijia.core.access.permits import AccessPermit as AccessPermit
from huijia.core.access.queries import actor_of as actor_of

__all__ = ["AccessPermit", "actor_of", "desk_page", "set_reach"]
