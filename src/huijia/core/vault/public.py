"""The vault's door: `vault()` of this installation, sealed model values, and what can go wrong."""

from django.conf import settings

from huijia.core.vault.keyring import KeyRing as KeyRing
from huijia.core.vault.keyring import KeyRingError as KeyRingError
from huijia.core.vault.keyring import make as make_key_ring
from huijia.core.vault.keyring import write as write_key_ring
from huijia.core.vault.sealing import Vault as Vault
from huijia.core.vault.sealing import vault_of
from huijia.core.vault.suites import SUITES as SUITES
from huijia.core.vault.suites import CannotOpenError as CannotOpenError

__all__ = [
    "SUITES",
    "CannotOpenError",
    "KeyRing",
    "KeyRingError",
    "Vault",
    "make_key_ring",
    "vault",
    "write_key_ring",
]


def vault() -> Vault:
    """The vault of this installation; raises KeyRingError when its ring cannot be read."""
    return vault_of(str(settings.HUIJIA_KEY_RING))
