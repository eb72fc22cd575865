"""Which network addresses a call may go to: public ones, and those of networks that the operator has named."""

import ipaddress
import os
from typing import Final

ALLOWED: Final = "GUERDON_OUTWARD_NETWORKS"  # from the environment: networks with commas between them

IP = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

# Of what IANA keeps for special purposes, and what clouds answer at, why nothing of it is called. `is_global` of the
# standard library alone says yes to several of them.
_FOUR: Final = tuple(
    (ipaddress.IPv4Network(network), why)
    for network, why in {
        "0.0.0.0/8": "unspecified", "10.0.0.0/8": "private", "100.64.0.0/10": "shared", "127.0.0.0/8": "loopback",
        "169.254.0.0/16": "link_local", "172.16.0.0/12": "private", "192.0.0.0/24": "special",
        "192.0.2.0/24": "documentation", "192.31.196.0/24": "special", "192.52.193.0/24": "special",
        "192.88.99.0/24": "tunnel", "192.168.0.0/16": "private", "192.175.48.0/24": "special",
        "198.18.0.0/15": "special", "198.51.100.0/24": "documentation", "203.0.113.0/24": "documentation",
        "224.0.0.0/4": "multicast", "240.0.0.0/4": "special", "168.63.129.16/32": "metadata",
    }.items()
)  # fmt: skip
_SIX: Final = tuple(
    (ipaddress.IPv6Network(network), why)
    for network, why in {
        "::/128": "unspecified", "::1/128": "loopback", "::ffff:0:0/96": "mapped", "::ffff:0:0:0/96": "mapped",
        "::/96": "mapped", "64:ff9b::/96": "translated", "64:ff9b:1::/48": "translated", "fc00::/7": "private",
        "fe80::/10": "link_local", "fec0::/10": "private", "ff00::/8": "multicast", "2001::/32": "tunnel",
        "2001::/23": "special", "2001:db8::/32": "documentation", "2002::/16": "tunnel",
        "2620:4f:8000::/48": "special", "3fff::/20": "documentation",
    }.items()
)  # fmt: skip
_GLOBAL: Final = ipaddress.IPv6Network("2000::/3")
_ISATAP: Final = (0x00005EFE, 0x02005EFE)  # the middle of an address that carries an IPv4 address behind it


def why_barred(address: IP) -> str | None:
    """Why an address is not public, in a word; None where it is."""
    if isinstance(address, ipaddress.IPv4Address):
        return next((why for network, why in _FOUR if address in network), None)
    found = next((why for network, why in _SIX if address in network), None)
    if found is None and address not in _GLOBAL:
        return "special"
    if found is None and (int(address) >> 32) & 0xFFFFFFFF in _ISATAP:
        return "tunnel"
    return found


def allowed() -> list[Network]:
    """The networks that the operator has named. Raises ValueError for what is none."""
    told = os.environ.get(ALLOWED, "")
    return [ipaddress.ip_network(one.strip()) for one in told.split(",") if one.strip()]


def is_own(address: IP) -> bool:
    """Whether the operator has named a network of this address."""
    return any(address in network for network in allowed())
