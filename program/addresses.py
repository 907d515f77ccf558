"""By which network address tries and visits are counted."""

from __future__ import annotations

import ipaddress

HOME = 64  # bits: one household or office holds all IPv6 addresses that begin alike so far


def counted_as(host: str) -> str:
    """IPv4 as it is; of IPv6 the part that one subscriber has for all machines; what is no address, unchanged.

    Otherwise whoever has IPv6 at home has as many tries as there are addresses in it.
    """
    try:
        found = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return host
    if isinstance(found, ipaddress.IPv4Address):
        return str(found)
    if found.ipv4_mapped is not None:
        return str(found.ipv4_mapped)
    return str(ipaddress.ip_network((found, HOME), strict=False).network_address)
