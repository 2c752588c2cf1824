"""Where the process may connect to, decided at the socket, on the address that is really called.

A name is checked too early: `http://127.0.0.1/` is never resolved, and a name that is resolved twice may give
a public address the first time and a private one the second. What reaches the socket is a number, and it is
the number that is called.
"""

import socket
from collections.abc import Iterator
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Final, TypeAlias

Endpoint: TypeAlias = tuple[str, int] | tuple[str, int, int, int]
AddressInfo: TypeAlias = tuple[int, int, int, str, Endpoint]
"""What `socket.getaddrinfo` gives: family, type, protocol, name, and the endpoint to call."""

_CARRIERS: Final = (
    IPv6Network("::/96"),  # compatible, RFC 4291
    IPv6Network("::ffff:0:0/96"),  # mapped, RFC 4291
    IPv6Network("::ffff:0:0:0/96"),  # translated, RFC 2765
    IPv6Network("64:ff9b::/96"),  # NAT64, RFC 6052
)
"""Networks whose addresses end in an IPv4 address, which is the one that is reached."""

_LOCAL: Final = (
    IPv6Network("64:ff9b:1::/48"),  # an operator's own NAT64, RFC 8215
    IPv6Network("fec0::/10"),  # site-local, RFC 3879
)
"""Networks that some versions of Python still take for public."""

_IPV4: Final = 0xFFFF_FFFF


class Forbidden(OSError):
    """A connection that the guard does not allow; an OSError, as whoever connects expects one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Guard:
    """What may be called.

    Attributes:
        schemes: Of addresses.
        ports: On public addresses.
        besides: Single endpoints that may be called though they are not public: (address, port).
    """

    schemes: frozenset[str] = frozenset({"https"})
    ports: frozenset[int] = frozenset({80, 443})
    besides: frozenset[tuple[str, int]] = frozenset()

    def admits(self, address: str, port: int) -> bool:
        """Tell whether an endpoint may be called; the address is a number, as the socket gets it."""
        if (address, port) in self.besides:
            return True
        return port in self.ports and is_public(address)

    def open_socket(self, info: AddressInfo) -> socket.socket:
        """Open the socket that will call an endpoint.

        Raises:
            Forbidden: The endpoint may not be called; nothing was sent.
        """
        family, kind, protocol, _, endpoint = info
        if not self.admits(endpoint[0], endpoint[1]):
            # Without the address: one text for all of a name's addresses, and none of a network's plan in it.
            raise Forbidden("the server is not on the public Internet, or on an unusual port")
        return socket.socket(family, kind, protocol)


def is_public(address: str) -> bool:
    """Tell whether an address is on the public Internet, and so is every address that it carries."""
    try:
        found = ip_address(address)
    except ValueError:
        return False
    return all(_is_public(one) for one in (found, *_carried(found)))


def _is_public(address: IPv4Address | IPv6Address) -> bool:
    if isinstance(address, IPv6Address) and any(address in network for network in _LOCAL):
        return False
    if isinstance(address, IPv6Address) and address in _CARRIERS[1]:
        return True  # says nothing itself: the address it carries is asked
    return address.is_global and not address.is_multicast


def _carried(address: IPv4Address | IPv6Address) -> Iterator[IPv4Address]:
    """Give the IPv4 addresses inside an IPv6 address."""
    if isinstance(address, IPv4Address):
        return
    if any(address in network for network in _CARRIERS):
        yield IPv4Address(int(address) & _IPV4)
    if address.sixtofour is not None:
        yield address.sixtofour
    if address.teredo is not None:
        yield from address.teredo
