"""What the tests of the sign-in share."""

import datetime as dt
from collections.abc import Callable

import pytest

from huijia.core.kernel import clock


@pytest.fixture
def pass_time(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Move the clock of the application on, and let it stand there."""
    start = clock.now()
    passed = dt.timedelta()

    def on(**by: float) -> None:
        nonlocal passed
        passed += dt.timedelta(**by)
        monkeypatch.setattr(clock, "now", lambda: start + passed)

    on()
    return on
