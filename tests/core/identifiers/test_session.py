"""Session: communities by their key, wherever their server is; accounts by their id."""

import pytest

from core.identifiers import canonical, named

ADDRESSES = [
    (
        "https://open.example.org/lantern?public_key=0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
        "session:community/0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef/lantern",
    ),
    (
        "http://192.0.2.7:8080/r/Lantern?public_key=0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF",
        "session:community/0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef/lantern",
    ),
    (
        "http://other.example/r/lantern?public_key=0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
        "session:community/0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef/lantern",
    ),
]

NEAR_MISSES = [
    (
        "https://open.example.org/?public_key=0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
        "web:open.example.org/",
    ),
    ("https://open.example.org/lantern?public_key=0123", "web:open.example.org/lantern"),
    (
        "https://open.example.org/lantern?key=0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
        "web:open.example.org/lantern",
    ),
]

NAMES = [
    (
        "Session",
        "050123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
        "session:user/050123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
    ),
    (
        "session",
        "050123456789ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF",
        "session:user/050123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
    ),
    (
        "session",
        "150123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
        "session:user/150123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
    ),
]

NO_NAMES = [
    ("session", "050123456789abcdef0123456789abcdef0123456789abcdef0123456789abcde"),
    ("session", "040123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"),
    ("session", "Example"),
]


@pytest.mark.parametrize(("url", "identifier"), ADDRESSES)
def test_every_form_gives_the_identifier(url: str, identifier: str) -> None:
    """The key and the room count, the host does not."""
    assert canonical(url) == identifier


@pytest.mark.parametrize(("url", "identifier"), NEAR_MISSES)
def test_what_only_looks_like_a_form_is_something_else(url: str, identifier: str | None) -> None:
    """Without its whole key, or without a room, it is an address like others."""
    assert canonical(url) == identifier


@pytest.mark.parametrize(("platform", "handle", "identifier"), NAMES)
def test_names_are_read_as_lists_write_them(platform: str, handle: str, identifier: str) -> None:
    """A name with its platform gives the same identifier as its address."""
    assert named(platform, handle) == identifier


@pytest.mark.parametrize(("platform", "handle"), NO_NAMES)
def test_what_cannot_be_a_name_gives_nothing(platform: str, handle: str) -> None:
    """What no account can be called is not taken for a name."""
    assert named(platform, handle) is None
