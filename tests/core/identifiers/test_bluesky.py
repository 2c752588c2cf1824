"""Bluesky: ids that stay, and names that are hosts."""

import pytest

from core.identifiers import canonical, named

ADDRESSES = [
    ("https://bsky.app/profile/Example.bsky.social", "bluesky:user/example.bsky.social"),
    ("https://bsky.app/profile/example.bsky.social/post/3kexample", "bluesky:user/example.bsky.social"),
    ("https://bsky.app/profile/lantern.example.org", "bluesky:user/lantern.example.org"),
    (
        "https://bsky.app/profile/did:plc:abcdefghijklmnopqrstuvwx/post/3kexample",
        "bluesky:id/did:plc:abcdefghijklmnopqrstuvwx",
    ),
    ("https://bsky.app/starter-pack/example.bsky.social/3kexample", "bluesky:user/example.bsky.social"),
    ("https://example.bsky.social", "bluesky:user/example.bsky.social"),
    ("https://fxbsky.app/profile/example.bsky.social/post/3k", "bluesky:user/example.bsky.social"),
    ("at://example.bsky.social/app.bsky.feed.post/3kexample", "bluesky:user/example.bsky.social"),
    ("did:plc:abcdefghijklmnopqrstuvwx", "bluesky:id/did:plc:abcdefghijklmnopqrstuvwx"),
    ("https://go.bsky.app/redirect?u=https%3A%2F%2Ft.me%2Fexample_media", "telegram:user/example_media"),
]

NEAR_MISSES = [
    "https://bsky.app/",
    "https://bsky.app/search?q=lantern",
    "https://bsky.app/profile/nobody",
    "https://bsky.app/profile/did:plc:short",
    "did:key:zexample",
]

NAMES = [
    ("Bluesky", "@Example.bsky.social", "bluesky:user/example.bsky.social"),
    ("bsky", "example", "bluesky:user/example.bsky.social"),
    ("bluesky", "did:plc:abcdefghijklmnopqrstuvwx", "bluesky:id/did:plc:abcdefghijklmnopqrstuvwx"),
]

NO_NAMES = [
    ("bluesky", "two words"),
    ("bluesky", "a_b"),
]


@pytest.mark.parametrize(("url", "identifier"), ADDRESSES)
def test_every_form_gives_the_identifier(url: str, identifier: str) -> None:
    """Profiles, posts, front ends and the protocol's own addresses name the same account."""
    assert canonical(url) == identifier


@pytest.mark.parametrize("url", NEAR_MISSES)
def test_addresses_that_name_nobody_give_nothing(url: str) -> None:
    """Pages of the site and names without a host name nobody."""
    assert canonical(url) is None


@pytest.mark.parametrize(("platform", "handle", "identifier"), NAMES)
def test_names_are_read_as_lists_write_them(platform: str, handle: str, identifier: str) -> None:
    """A name with its platform gives the same identifier as its address."""
    assert named(platform, handle) == identifier


@pytest.mark.parametrize(("platform", "handle"), NO_NAMES)
def test_what_cannot_be_a_name_gives_nothing(platform: str, handle: str) -> None:
    """What no account can be called is not taken for a name."""
    assert named(platform, handle) is None
