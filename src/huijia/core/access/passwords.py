"""How passwords are hashed."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2Minimum(Argon2PasswordHasher):
    """Argon2id at OWASP's minimum (19 MiB, 2 passes, 1 lane): about 20 ms of a core.

    Django's default takes 234 ms, so that eight sign-ins a second would fill two cores.
    """

    memory_cost = 19 * 1024
    time_cost = 2
    parallelism = 1
