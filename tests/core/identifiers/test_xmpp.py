"""XMPP: rooms and accounts by their full name."""

import pytest

from core.identifiers import canonical, named

ADDRESSES = [
    ("xmpp:Lantern@conference.example.org?join", "xmpp:jid/lantern@conference.example.org"),
    ("xmpp:example@example.org", "xmpp:jid/example@example.org"),
    ("xmpp:lantern@conference.example.org/nick?join;password=x", "xmpp:jid/lantern@conference.example.org"),
    ("https://xmpp.link/#lantern@conference.example.org?join", "xmpp:jid/lantern@conference.example.org"),
    (
        "https://join.jabber.network/#lantern@conference.example.org?join",
        "xmpp:jid/lantern@conference.example.org",
    ),
    ("https://conversations.im/j/lantern@conference.example.org", "xmpp:jid/lantern@conference.example.org"),
    ("https://conversations.im/i/example@example.org", "xmpp:jid/example@example.org"),
]

NEAR_MISSES = [
    "xmpp:nobody",
    "xmpp:@example.org",
    "https://xmpp.link/",
    "https://conversations.im/",
    "https://join.jabber.network/#lantern",
]

NAMES = [
    ("XMPP", "Example@example.org", "xmpp:jid/example@example.org"),
    ("Jabber", "example@example.org", "xmpp:jid/example@example.org"),
]

NO_NAMES = [
    ("xmpp", "example"),
    ("jabber", "two words@example.org"),
]


@pytest.mark.parametrize(("url", "identifier"), ADDRESSES)
def test_every_form_gives_the_identifier(url: str, identifier: str) -> None:
    """The scheme and the pages that stand for it lead to the same room or account."""
    assert canonical(url) == identifier


@pytest.mark.parametrize("url", NEAR_MISSES)
def test_addresses_that_name_nobody_give_nothing(url: str) -> None:
    """A name needs its host."""
    assert canonical(url) is None


@pytest.mark.parametrize(("platform", "handle", "identifier"), NAMES)
def test_names_are_read_as_lists_write_them(platform: str, handle: str, identifier: str) -> None:
    """A name with its platform gives the same identifier as its address."""
    assert named(platform, handle) == identifier


@pytest.mark.parametrize(("platform", "handle"), NO_NAMES)
def test_what_cannot_be_a_name_gives_nothing(platform: str, handle: str) -> None:
    """What no account can be called is not taken for a name."""
    assert named(platform, handle) is None
