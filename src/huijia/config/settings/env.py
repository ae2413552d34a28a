"""What the environment says, typed; a wrong value stops the start with a hint."""

from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from environs import Env, EnvError

env = Env()

try:
    HUIJIA_HOME: Path = Path(env.str("HUIJIA_HOME", "var")).expanduser().resolve()
    HUIJIA_PRODUCTION: bool = env.bool("HUIJIA_PRODUCTION", False)
    HUIJIA_DEMONSTRATION: bool = env.bool("HUIJIA_DEMONSTRATION", False)
    DEBUG: bool = env.bool("HUIJIA_DEBUG", False)
    HUIJIA_GALLERY: bool = env.bool("HUIJIA_GALLERY", DEBUG or HUIJIA_DEMONSTRATION)
    HUIJIA_SUITE: str = env.str("HUIJIA_SUITE", "aes")
    HUIJIA_KEY_RING: Path = Path(
        env.str("HUIJIA_KEY_RING", str(HUIJIA_HOME / "keys" / "ring.json"))
    ).expanduser()
    # Tells the client how long an answer took: for measuring, not for the public.
    HUIJIA_SERVER_TIMING: bool = env.bool("HUIJIA_SERVER_TIMING", False)
    HUIJIA_METRICS_TOKEN: str = env.str("HUIJIA_METRICS_TOKEN", "")
    SITE = {
        "name": env.str("HUIJIA_SITE_NAME", "会家"),
        "federation": env.str("HUIJIA_FEDERATION", "市总工会"),
        "icp": env.str("HUIJIA_ICP", ""),
        "police_record": env.str("HUIJIA_POLICE_RECORD", ""),
        "privacy_contact": env.str("HUIJIA_PRIVACY_CONTACT", ""),
        "hotline": env.str("HUIJIA_HOTLINE", "12351"),
    }
except EnvError as fault:
    raise ImproperlyConfigured(f"An environment variable has a wrong value: {fault}") from fault

if HUIJIA_SUITE not in {"aes", "sm4"}:
    raise ImproperlyConfigured("HUIJIA_SUITE is `aes` (international) or `sm4` (国密).")
