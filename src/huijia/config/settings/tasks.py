"""Background work: when it counts as broken off."""

from huijia.config.settings.env import env

# Work that has not moved for so many seconds is taken up again; its process is thought dead.
HUIJIA_STALE_AFTER: int = env.int("HUIJIA_STALE_AFTER", 120)
