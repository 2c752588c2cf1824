"""SoundCloud: the account counts, for its recordings too."""

import pytest

from core.identifiers import canonical, named

ADDRESSES = [
    ("https://soundcloud.com/Example-Lantern", "soundcloud:user/example-lantern"),
    ("https://m.soundcloud.com/example-lantern/kites?si=x", "soundcloud:user/example-lantern"),
    (
        "https://w.soundcloud.com/player/?url=https%3A%2F%2Fsoundcloud.com%2Fexample-lantern%2Fkites",
        "soundcloud:user/example-lantern",
    ),
    ("https://exit.sc/?url=https%3A%2F%2Ft.me%2Fexample_media", "telegram:user/example_media"),
    ("https://on.soundcloud.com/exAmpl", "web:on.soundcloud.com/exAmpl"),
]

NEAR_MISSES = [
    "https://soundcloud.com/",
    "https://soundcloud.com/discover",
    "https://soundcloud.com/search?q=kites",
    "https://soundcloud.com/a b",
    "https://w.soundcloud.com/player/",
    "https://gate.sc/",
]

NAMES = [
    ("SoundCloud", "@Example-Lantern", "soundcloud:user/example-lantern"),
]

NO_NAMES = [
    ("soundcloud", "two words"),
    ("soundcloud", "discover"),
]


@pytest.mark.parametrize(("url", "identifier"), ADDRESSES)
def test_every_form_gives_the_identifier(url: str, identifier: str) -> None:
    """Recordings, the player and the mobile host name the account; what leads away stands for its target."""
    assert canonical(url) == identifier


@pytest.mark.parametrize("url", NEAR_MISSES)
def test_addresses_that_name_nobody_give_nothing(url: str) -> None:
    """Pages of the site name nobody."""
    assert canonical(url) is None


@pytest.mark.parametrize(("platform", "handle", "identifier"), NAMES)
def test_names_are_read_as_lists_write_them(platform: str, handle: str, identifier: str) -> None:
    """A name with its platform gives the same identifier as its address."""
    assert named(platform, handle) == identifier


@pytest.mark.parametrize(("platform", "handle"), NO_NAMES)
def test_what_cannot_be_a_name_gives_nothing(platform: str, handle: str) -> None:
    """What no account can be called is not taken for a name."""
    assert named(platform, handle) is None
