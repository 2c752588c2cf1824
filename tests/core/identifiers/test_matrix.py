"""Matrix: rooms and accounts by their full names."""

import pytest

from core.identifiers import canonical, named

ADDRESSES = [
    ("https://matrix.to/#/#example-lantern:example.org", "matrix:room/#example-lantern:example.org"),
    (
        "https://matrix.to/#/%23example-lantern%3AExample.org?via=example.org",
        "matrix:room/#example-lantern:example.org",
    ),
    ("matrix:r/example-lantern:example.org?action=join", "matrix:room/#example-lantern:example.org"),
    (
        "https://app.element.io/#/room/#example-lantern:example.org",
        "matrix:room/#example-lantern:example.org",
    ),
    ("https://matrix.to/#/@example:example.org", "matrix:user/@example:example.org"),
    ("matrix:u/example:example.org", "matrix:user/@example:example.org"),
    ("https://matrix.to/#/!exampleRoom:example.org", "matrix:room/!exampleRoom:example.org"),
    ("matrix:roomid/exampleRoom12", "matrix:room/!exampleRoom12"),
    (
        "https://matrix.to/#/!exampleRoom:example.org/$event?via=example.org",
        "matrix:room/!exampleRoom:example.org",
    ),
    ("https://matrix.to/#/%21exampleRoom12", "matrix:room/!exampleRoom12"),
    (
        "https://mobile.element.io/#/room/%23example-lantern:example.org",
        "matrix:room/#example-lantern:example.org",
    ),
    (
        "https://chat.lantern.example/#/room/#example-lantern:example.org",
        "matrix:room/#example-lantern:example.org",
    ),
    ("https://chat.lantern.example/app/#/user/@example:example.org", "matrix:user/@example:example.org"),
    ("https://riot.im/app/#/room/#example-lantern:example.org", "matrix:room/#example-lantern:example.org"),
    ("matrix:room/example-lantern:example.org", "matrix:room/#example-lantern:example.org"),
    ("matrix://r/example-lantern:Example.org", "matrix:room/#example-lantern:example.org"),
    ("matrix:roomid/exampleRoom:example.org/e/event", "matrix:room/!exampleRoom:example.org"),
    (
        "element://vector/webapp/#/room/#example-lantern:example.org",
        "matrix:room/#example-lantern:example.org",
    ),
    ("https://view.matrix.org/room/!exampleRoom:example.org/", "matrix:room/!exampleRoom:example.org"),
    ("https://archive.matrix.org/r/example-lantern:example.org", "matrix:room/#example-lantern:example.org"),
    ("https://matrix.to/#/#exampleRoom:Example.org:8448", "matrix:room/#exampleRoom:example.org:8448"),
    ("https://chat.lantern.example/#/room/lobby", "web:chat.lantern.example/"),
    ("https://matrix.to.example/#/#example-lantern:example.org", "web:matrix.to.example/"),
]

NEAR_MISSES = [
    "https://matrix.to/",
    "https://matrix.to/#/example",
    "https://matrix.to/#/@example",
    "matrix:e/example",
    "https://app.element.io/#/home",
]

NAMES = [
    ("matrix", "#example-lantern:example.org", "matrix:room/#example-lantern:example.org"),
    ("Element", "@example:example.org", "matrix:user/@example:example.org"),
]

NO_NAMES = [
    ("matrix", "example"),
]


@pytest.mark.parametrize(("url", "identifier"), ADDRESSES)
def test_every_plain_form_gives_the_identifier(url: str, identifier: str) -> None:
    """Links of matrix.to, Element and the scheme of its own give the same room."""
    assert canonical(url) == identifier


@pytest.mark.parametrize("url", NEAR_MISSES)
def test_addresses_that_name_nobody_give_nothing(url: str) -> None:
    """What lacks its server or its sigil names nobody."""
    assert canonical(url) is None


@pytest.mark.parametrize(("platform", "handle", "identifier"), NAMES)
def test_names_are_read_as_lists_write_them(platform: str, handle: str, identifier: str) -> None:
    """A name with its platform gives the same identifier as its address."""
    assert named(platform, handle) == identifier


@pytest.mark.parametrize(("platform", "handle"), NO_NAMES)
def test_what_cannot_be_a_name_gives_nothing(platform: str, handle: str) -> None:
    """A remark or a word that no account can have is not taken for a name."""
    assert named(platform, handle) is None
