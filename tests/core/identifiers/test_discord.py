"""Discord: codes are case-sensitive, servers and accounts go by their number."""

import pytest

from core.identifiers import canonical, named

ADDRESSES = [
    ("https://discord.gg/EXmpl9Q2", "discord:invite/EXmpl9Q2"),
    ("discord.gg/EXmpl9Q2", "discord:invite/EXmpl9Q2"),
    ("http://www.discord.gg/EXmpl9Q2?event=1150000000000000001", "discord:invite/EXmpl9Q2"),
    ("https://discord.com/invite/EXmpl9Q2/", "discord:invite/EXmpl9Q2"),
    ("https://discordapp.com/invite/EXmpl9Q2", "discord:invite/EXmpl9Q2"),
    ("https://ptb.discord.com/invite/EXmpl9Q2", "discord:invite/EXmpl9Q2"),
    ("https://canary.discordapp.com/invite/EXmpl9Q2", "discord:invite/EXmpl9Q2"),
    ("discord://-/invite/EXmpl9Q2", "discord:invite/EXmpl9Q2"),
    ("https://discord.gg/invite/EXmpl9Q2", "discord:invite/EXmpl9Q2"),
    ("https://discord.gg/exMPL9q2", "discord:invite/exMPL9q2"),
    (
        "https://discord.com/channels/1150000000000000001/1150000000000000002",
        "discord:guild/1150000000000000001",
    ),
    ("https://discord.com/events/1150000000000000001/1", "discord:guild/1150000000000000001"),
    ("discord://-/channels/1150000000000000001/2", "discord:guild/1150000000000000001"),
    ("https://discord.com/users/1150000000000000003", "discord:user/1150000000000000003"),
]

NEAR_MISSES = [
    "https://discord.gg/",
    "https://discord.com/channels/@me/1150000000000000002",
    "https://discord.com/invite",
    "https://discord.com/download",
    "https://discord.com/users/1",
    "discord://-/settings",
]

NAMES = [
    ("discord", "1150000000000000003", "discord:user/1150000000000000003"),
    ("Discord", "<@!1150000000000000003>", "discord:user/1150000000000000003"),
    ("discord", "discord.gg/EXmpl9Q2", "discord:invite/EXmpl9Q2"),
]

NO_NAMES = [
    ("discord", "example_member"),
    ("discord", "example#1234"),
]


@pytest.mark.parametrize(("url", "identifier"), ADDRESSES)
def test_every_plain_form_gives_the_identifier(url: str, identifier: str) -> None:
    """All hosts, builds and the app lead to the same invitation, server or account."""
    assert canonical(url) == identifier


@pytest.mark.parametrize("url", NEAR_MISSES)
def test_addresses_that_name_nobody_give_nothing(url: str) -> None:
    """Pages of the site and conversations between two people are no invitation."""
    assert canonical(url) is None


@pytest.mark.parametrize(("platform", "handle", "identifier"), NAMES)
def test_names_are_read_as_lists_write_them(platform: str, handle: str, identifier: str) -> None:
    """A name with its platform gives the same identifier as its address."""
    assert named(platform, handle) == identifier


@pytest.mark.parametrize(("platform", "handle"), NO_NAMES)
def test_what_cannot_be_a_name_gives_nothing(platform: str, handle: str) -> None:
    """A remark or a word that no account can have is not taken for a name."""
    assert named(platform, handle) is None
