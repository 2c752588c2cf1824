"""The guard admits public addresses on the web's ports, and nothing that hides a private one."""

import socket

import pytest

from core.fetch.guard import Forbidden, Guard, is_public

PUBLIC = ("8.8.8.8", "203.1.2.3", "2a00::1", "::ffff:8.8.8.8")
"""Addresses of nobody's network but the Internet's."""

PRIVATE = (
    "127.0.0.1",
    "127.255.255.254",
    "0.0.0.0",  # noqa: S104 - an address to refuse, not one to listen on
    "10.0.0.7",
    "172.16.0.1",
    "192.168.1.1",
    "100.64.0.1",
    "169.254.169.254",
    "198.18.0.1",
    "192.0.2.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "fe80::1",
    "fe80::1%1",
    "fc00::1",
    "fd12:3456::1",
    "fec0::1",
    "ff02::1",
    "2001:db8::1",
)
CARRYING = (
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.7",
    "::ffff:0:127.0.0.1",
    "::127.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b::a00:7",
    "64:ff9b:1::808:808",
    "2002:7f00:1::",
    "2002:a9fe:a9fe::1",
    "2001:0:7f00:1::1",
)
"""IPv6 addresses with a private IPv4 address inside: mapped, translated, compatible, NAT64, 6to4, Teredo."""

NO_ADDRESS = ("", "localhost", "0x7f000001", "127.1", "2130706433", "8.8.8.8.", "[::1]")


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_address_may_be_called(address: str) -> None:
    """On the web's ports, and on no other."""
    guard = Guard()

    assert guard.admits(address, 443)
    assert guard.admits(address, 80)
    assert not guard.admits(address, 22)
    assert not guard.admits(address, 8443)


@pytest.mark.parametrize("address", PRIVATE + CARRYING + NO_ADDRESS)
def test_no_other_address_may_be_called(address: str) -> None:
    """Whatever is private, special, carries such an address inside, or is no address."""
    assert not is_public(address)
    assert not Guard().admits(address, 443)


def test_one_endpoint_may_be_called_besides() -> None:
    """The address with that port, and neither another port nor another address."""
    guard = Guard(besides=frozenset({("127.0.0.1", 4711)}))

    assert guard.admits("127.0.0.1", 4711)
    assert not guard.admits("127.0.0.1", 4712)
    assert not guard.admits("127.0.0.2", 4711)
    assert not guard.admits("::ffff:127.0.0.1", 4711)


def test_no_socket_is_opened_for_what_is_forbidden() -> None:
    """The refusal is an OSError, as whoever connects expects one, and names no address."""
    with pytest.raises(Forbidden) as refused:
        Guard().open_socket((socket.AF_INET, socket.SOCK_STREAM, 0, "", ("10.0.0.7", 443)))

    assert "10.0.0.7" not in str(refused.value)


@pytest.mark.parametrize(("family", "address"), [(socket.AF_INET, "8.8.8.8"), (socket.AF_INET6, "2a00::1")])
def test_a_socket_is_opened_for_the_rest(family: int, address: str) -> None:
    """Of the family that was asked for; it is not connected yet."""
    endpoint = (address, 443) if family == socket.AF_INET else (address, 443, 0, 0)

    try:
        opened = Guard().open_socket((family, socket.SOCK_STREAM, 0, "", endpoint))
    except OSError as exc:
        assert not isinstance(exc, Forbidden)  # noqa: PT017 - a machine without IPv6 refuses by itself
        return

    with opened:
        assert opened.family == family
