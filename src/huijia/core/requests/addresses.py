"""From where a request really comes."""

import ipaddress
from collections.abc import Sequence

from django.conf import settings
from django.http import HttpRequest

UNKNOWN = "unknown"
IPv4 = ipaddress.IPv4Address
IPv6 = ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network
NEIGHBOURHOOD = 64
"""Bits: whoever has one IPv6 address has all of its /64."""


def client_address(request: HttpRequest) -> str:
    """The address of the client, told by trusted proxies only (`HUIJIA_TRUSTED_PROXIES`).

    `X-Forwarded-For` is read from the right as long as the speaker is trusted: what stands further
    left was written by whoever likes to. `unix` among the trusted believes what arrives over a
    socket file.
    """
    trusted = [each for each in settings.HUIJIA_TRUSTED_PROXIES if each]
    address = request.META.get("REMOTE_ADDR", "")
    told = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
    while told and _is_trusted(address, trusted):
        nearer = told.pop()
        if _parsed(nearer) is None:
            break
        address = nearer
    parsed = _parsed(address)
    return UNKNOWN if parsed is None else str(parsed)


def neighbourhood(address: str) -> str:
    """What is counted together: an IPv4 address, or the /64 of an IPv6 address."""
    parsed = _parsed(address)
    if isinstance(parsed, IPv6):
        return str(ipaddress.ip_network((parsed, NEIGHBOURHOOD), strict=False))
    return address


def _is_trusted(address: str, trusted: Sequence[str]) -> bool:
    parsed = _parsed(address)
    if parsed is None:
        return not address and "unix" in trusted
    networks = (_network(each) for each in trusted)
    return any(parsed in network for network in networks if network is not None)


def _network(text: str) -> Network | None:
    try:
        return ipaddress.ip_network(text, strict=False)
    except ValueError:
        return None


def _parsed(text: str) -> IPv4 | IPv6 | None:
    try:
        address = ipaddress.ip_address(text.strip("[]"))
    except ValueError:
        return None
    # An IPv4 address in IPv6 clothes is the same address.
    return getattr(address, "ipv4_mapped", None) or address
