"""A small city, accounts with roles, and sessions, for the tests of this and higher floors."""

import time
from collections.abc import Collection

from django.test import Client

from huijia.core.access.actions import second_factors
from huijia.core.access.models import Grant, Role
from huijia.core.access.permits import AccessPermit
from huijia.core.access.second_factor import code_at, new_secret
from huijia.core.kernel import clock
from huijia.core.kernel.actor import system
from huijia.core.orgs.choices import UnionKind
from huijia.core.orgs.models import Union
from huijia.core.people.models import Account

PASSWORD = "correct horse battery staple"
KINDS = (UnionKind.CITY, UnionKind.COUNTY, UnionKind.TOWN, UnionKind.AREA, UnionKind.SINGLE)


def make_union(name: str = "某工会", parent: Union | None = None, **facts: object) -> Union:
    """A union below its parent; the city without one."""
    depth = parent.depth + 1 if parent else 1
    union = Union(
        parent=parent,
        depth=depth,
        path="0",
        name=name,
        code=f"T{time.monotonic_ns()}",
        **{"kind": KINDS[depth - 1], **facts},
    )
    union.save()
    union.path = f"{parent.path}.{union.pk}" if parent else str(union.pk)
    for level in range(1, depth):
        setattr(union, f"level_{level}", getattr(parent, f"level_{level}"))
    setattr(union, f"level_{depth}", union.pk)
    union.save()
    return union


def make_role(code: str, permits: Collection[str] = ()) -> Role:
    """A role with just these permits."""
    return Role.objects.update_or_create(
        code=code, defaults={"permits": sorted(map(str, permits))}
    )[0]


def make_account(
    username: str = "officer", *, role: str = "", union: Union | None = None, **facts: object
) -> Account:
    """An account that signs in with `PASSWORD`, with a role on a union if both are given."""
    account = Account(username=username, **{"display_name": username.title(), **facts})
    account.set_password(PASSWORD)
    account.save()
    if role and union:
        give(account, role, union)
    return account


def give(account: Account, role: str, union: Union, **facts: object) -> Grant:
    """A grant, without asking whether it may be given."""
    return Grant.objects.create(
        account=account, role_id=role, union=union, **{"starts_on": clock.today(), **facts}
    )


def set_up_second_factor(account: Account) -> str:
    """Give an account an authenticator app; the answer is its secret."""
    secret = new_secret()
    by = system("test", AccessPermit.SECOND_FACTOR_RESET)
    second_factors.set_up(account=account, secret=secret, by=by, at=clock.now())
    return secret


def enter(client: Client, account: Account, *, second_factor: bool = True) -> Client:
    """Put the client into a session of the account, past password and code."""
    client.force_login(account)
    if second_factor:
        session = client.session
        session["account_authentication_methods"] = [{"method": "mfa", "at": time.time()}]
        session["account_authentication_methods_user"] = str(account.pk)
        session.save()
    return client


def type_password(client: Client, username: str, password: str = PASSWORD, **more: object):
    """Send the first step of the sign-in."""
    return client.post("/sign-in/", {"login": username, "password": password}, **more)


def type_code(client: Client, code: str, **more: object):
    """Send the second step of the sign-in."""
    return client.post("/sign-in/code/", {"code": code}, **more)


def sign_in(client: Client, account: Account, secret: str):
    """Sign in as people do, by password and code."""
    type_password(client, account.username)
    return type_code(client, code_at(secret, clock.now()))
