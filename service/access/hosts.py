"""Which hosts are this machine, and under which names a service answers."""

from __future__ import annotations

from collections.abc import Sequence
from ipaddress import ip_address


def is_loopback(host: str) -> bool:
    """Whether an address is reached from this machine only."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def served_hosts(host: str, given: Sequence[str]) -> frozenset[str]:
    """The names that are served: those that are given, else this machine's own."""
    return frozenset(given) if given else frozenset({"localhost", "127.0.0.1", "::1", host})
