"""Where the sealed values of a person are bound to: contexts of seals, fields of blind indexes.

One place for the form, the import, search and reveal: a value sealed under one context opens
under no other, and an index made for one field is never equal to one made for another.
"""

from typing import Final

NUMBER: Final = "people.identity.number"
"""Paper numbers, of all kinds of paper: search by number need not know the kind."""
PHONE: Final = "people.identity.phone"
HISTORY: Final = "people.history.values"
