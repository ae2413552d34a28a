"""Only trusted proxies are believed about where a request comes from."""

import pytest
from django.test import RequestFactory, override_settings

from huijia.core.requests.public import client_address, neighbourhood

PROXIES = ["10.0.0.0/8", "unix", "fd00::/8"]


@pytest.mark.parametrize(
    ("speaker", "forwarded", "expected"),
    [
        ("203.0.113.7", None, "203.0.113.7"),
        ("203.0.113.7", "198.51.100.1", "203.0.113.7"),  # not a proxy of ours
        ("10.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("10.0.0.1", "192.0.2.9, 198.51.100.1", "198.51.100.1"),  # the left one is a lie
        ("10.0.0.1", "198.51.100.1, 10.0.0.2", "198.51.100.1"),  # two proxies
        ("10.0.0.1", "10.0.0.3, 10.0.0.2", "10.0.0.3"),  # somebody inside
        ("10.0.0.1", "nonsense", "10.0.0.1"),
        ("10.0.0.1", "", "10.0.0.1"),
        ("", "198.51.100.1", "198.51.100.1"),  # over a socket file
        ("fd00::1", "[2001:db8::5]", "2001:db8::5"),
        ("::ffff:10.0.0.1", "::ffff:198.51.100.1", "198.51.100.1"),
        ("nobody", None, "unknown"),
    ],
)
@override_settings(HUIJIA_TRUSTED_PROXIES=PROXIES)
def test_where_a_request_comes_from(speaker: str, forwarded: str | None, expected: str) -> None:
    headers = {} if forwarded is None else {"X-Forwarded-For": forwarded}

    request = RequestFactory().get("/", REMOTE_ADDR=speaker, headers=headers)

    assert client_address(request) == expected


@override_settings(HUIJIA_TRUSTED_PROXIES=[])
def test_without_proxies_nobody_is_believed() -> None:
    request = RequestFactory().get(
        "/", REMOTE_ADDR="127.0.0.1", headers={"X-Forwarded-For": "198.51.100.1"}
    )

    assert client_address(request) == "127.0.0.1"


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("unknown", "unknown"),
    ],
)
def test_what_is_counted_together(address: str, counted: str) -> None:
    assert neighbourhood(address) == counted
