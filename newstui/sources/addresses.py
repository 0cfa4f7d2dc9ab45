"""Which addresses may be asked for what somebody else's feed, page or picture names: those of the open internet.

What stands on this machine or in its network trusts whoever can reach it. A link must not borrow that trust.
"""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from socket import inet_aton

Address = IPv4Address | IPv6Address


def is_public(address: Address) -> bool:
    """Whether an address belongs to the open internet."""
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    is_open = address.is_global and not address.is_multicast and not address.is_reserved
    return is_open and not any(address in network for network in _CLOSED)


def literal(host: str) -> Address | None:
    """The address that a host is where it is no name, in every spelling that a resolver takes: ``2130706433`` too."""
    host = host.strip("[]").rstrip(".")
    try:
        return ip_address(host)
    except ValueError:
        pass
    try:
        return IPv4Address(inet_aton(host))
    except (OSError, ValueError):
        return None


def is_private_by_name(host: str) -> bool:
    """Whether a host is private for all to see, before anyone looks it up."""
    address = literal(host)
    return host.rstrip(".").rpartition(".")[2].lower() == "localhost" if address is None else not is_public(address)


# What ``is_global`` lets through: other ways to write an address of version 4 as one of 6, tunnels to one, relays, and
# what is left of protocols (RFC 6890, RFC 3879, RFC 7526, RFC 8215).
_CLOSED = tuple(
    map(
        ip_network,
        (
            "192.0.0.0/24", "192.88.99.0/24",
            "::/96", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2002::/16", "3fff::/20", "5f00::/16",
            "fec0::/10",
        ),
    )
)  # fmt: skip
