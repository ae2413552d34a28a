"""The door to access: areas of the site, the actor of an account, the reach of a transaction.

For installers: `roles.install`, `grants.give`, `second_factors.set_up`; for the worker:
`set_reach` first thing in a task's transaction.
"""

from huijia.core.access.actions import grants as grants
from huijia.core.access.actions import roles as roles
from huijia.core.access.actions import second_factors as second_factors
from huijia.core.access.actions import sessions as sessions
from huijia.core.access.areas import desk_page as desk_page
from huijia.core.access.choices import RoleCode as RoleCode
from huijia.core.access.middleware import set_reach as set_reach
from huijia.core.access.permits import AccessPermit as AccessPermit
from huijia.core.access.queries import GrantLine as GrantLine
from huijia.core.access.queries import actor_of as actor_of
from huijia.core.access.queries import grants_of as grants_of
from huijia.core.access.queries import role_label as role_label
from huijia.core.access.second_factor import code_at as code_at
from huijia.core.access.second_factor import new_secret as new_secret

__all__ = [
    "AccessPermit",
    "GrantLine",
    "RoleCode",
    "actor_of",
    "code_at",
    "desk_page",
    "grants",
    "grants_of",
    "new_secret",
    "role_label",
    "roles",
    "second_factors",
    "sessions",
    "set_reach",
]
