"""The door to people."""

from huijia.core.people.models import Account as Account
from huijia.core.people.models import Identity as Identity
from huijia.core.people.models import Person as Person
from huijia.core.people.models import PersonHistory as PersonHistory

__all__ = ["Account", "Identity", "Person", "PersonHistory"]
