"""Mastodon: accounts are a name and a host, wherever they are seen."""

import pytest

from core.identifiers import canonical, named

ADDRESSES = [
    ("https://mastodon.social/@Example", "mastodon:user/example@mastodon.social"),
    ("https://mastodon.social/@example/110000000000000001", "mastodon:user/example@mastodon.social"),
    (
        "https://mastodon.social/users/example/statuses/110000000000000001",
        "mastodon:user/example@mastodon.social",
    ),
    ("https://mastodon.social/web/@example", "mastodon:user/example@mastodon.social"),
    ("https://mastodon.social/@Example@Lantern.example", "mastodon:user/example@lantern.example"),
    ("https://lantern.example/@example/110000000000000001", "mastodon:user/example@lantern.example"),
    ("https://other.example/@example@lantern.example", "mastodon:user/example@lantern.example"),
    ("https://mastodon.lantern.example/@example", "mastodon:user/example@mastodon.lantern.example"),
]

NEAR_MISSES = [
    ("https://lantern.example/@example", "web:lantern.example/@example"),
    ("https://medium.com/@example/kites-0123abcd", "web:medium.com/@example/kites-0123abcd"),
    ("https://lantern.example/@example/12", "web:lantern.example/@example/12"),
    ("https://mastodon.social/about", "web:mastodon.social/about"),
    ("https://mastodon.social/", "web:mastodon.social/"),
    ("https://notmastodon.example/@example", "web:notmastodon.example/@example"),
    ("https://www.youtube.com/@example", "youtube:user/example"),
]

NAMES = [
    ("Mastodon", "@Example@lantern.example", "mastodon:user/example@lantern.example"),
    ("fediverse", "example@lantern.example", "mastodon:user/example@lantern.example"),
]

NO_NAMES = [
    ("mastodon", "@example"),
    ("mastodon", "two words"),
]


@pytest.mark.parametrize(("url", "identifier"), ADDRESSES)
def test_every_form_gives_the_identifier(url: str, identifier: str) -> None:
    """Posts, other servers' views and both kinds of address name the same account."""
    assert canonical(url) == identifier


@pytest.mark.parametrize(("url", "identifier"), NEAR_MISSES)
def test_what_only_looks_like_a_form_is_something_else(url: str, identifier: str | None) -> None:
    """A name behind @ alone is written by many sites; it stays a web address."""
    assert canonical(url) == identifier


@pytest.mark.parametrize(("platform", "handle", "identifier"), NAMES)
def test_names_are_read_as_lists_write_them(platform: str, handle: str, identifier: str) -> None:
    """A name with its platform gives the same identifier as its address."""
    assert named(platform, handle) == identifier


@pytest.mark.parametrize(("platform", "handle"), NO_NAMES)
def test_what_cannot_be_a_name_gives_nothing(platform: str, handle: str) -> None:
    """What no account can be called is not taken for a name."""
    assert named(platform, handle) is None
