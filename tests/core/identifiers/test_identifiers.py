"""Reading any text as an address or a name: never raises, ends, and agrees with the labelled lists."""

import csv
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.identifiers import SERVICES, canonical, named
from core.identifiers.candidates import candidates
from tests.shared import dev

PIECES = (
    *(
        "https://",
        "tg:",
        "matrix:",
        "//",
        "\\",
        "/",
        "@",
        "#",
        "?",
        "&",
        "=",
        "%",
        "%2",
        "%2e",
        ".",
        ":",
        "+",
    ),
    *(
        "t.me",
        "discord.gg",
        "x.com",
        "google.com",
        "url",
        "?url=",
        "resolve",
        "?domain=",
        "name",
        "xn--",
        "1",
    ),
    *("é", "\u200b", "\ud800", " ", "[", "]", "{"),
)
ADDRESS = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)
"""Texts made of what addresses are made of, in any order."""


@given(st.one_of(st.text(), ADDRESS))
def test_any_text_has_one_identifier_or_none(text: str) -> None:
    """Whatever is written, reading it does not raise, and what comes out has no space or control in it."""
    found = canonical(text)

    assert found is None or (":" in found and not any(c.isspace() for c in found))


@given(
    st.sampled_from(["telegram", "whatsapp", "fb", "x", "matrix", "discord", ""]),
    st.one_of(st.text(), ADDRESS),
)
def test_any_handle_has_one_identifier_or_none(platform: str, handle: str) -> None:
    """A list's cell may hold anything; it is a name, or it is not."""
    found = named(platform, handle)

    assert found is None or ":" in found


@given(ADDRESS)
def test_an_identifier_grows_with_its_address_only(text: str) -> None:
    """Percent-encoding may triple an address; nothing makes it grow faster."""
    assert len(canonical(text) or "") <= 3 * len(text.encode("utf-8", "replace")) + 64


def wrapped(target: str, times: int) -> str:
    """Put a redirector around an address, again and again."""
    for _ in range(times):
        target = "https://www.google.com/url?q=" + quote(target, safe="")
    return target


def test_redirectors_are_unwrapped_five_deep_and_no_deeper() -> None:
    """Unwrapping is bounded, so that nobody can make it go on for ever."""
    assert canonical(wrapped("t.me/example_media", 5)) == "telegram:user/example_media"
    assert canonical(wrapped("t.me/example_media", 6)) is None


def test_no_host_or_name_belongs_to_two_services() -> None:
    """The tables of the services do not overlap, so their order cannot matter."""
    hosts = [host for service in SERVICES for host in service.hosts]
    names = [name for service in SERVICES for name in service.names]

    assert len(hosts) == len(set(hosts))
    assert len(names) == len(set(names))


def test_a_clean_list_of_481_accounts_is_read_whole() -> None:
    """Every address of the labelled list gives its canonical identifier, and so does every plain handle."""
    with dev("accounts/banned.csv").open(encoding="utf-8", newline="") as file:
        listed = list(csv.DictReader(file))

    assert len(listed) == 481
    assert [canonical(row["url"]) for row in listed] == [row["canonical"] for row in listed]
    for row in listed:
        if row["canonical"].partition("/")[0] in {
            "x:user",
            "facebook:page",
            "instagram:user",
            "telegram:user",
        }:
            assert named(row["platform"], row["handle"]) == row["canonical"]


@pytest.mark.parametrize("platform", ["", "website", "pigeon post"])
def test_an_address_needs_no_platform(platform: str) -> None:
    """Where the column is empty or unknown, an address still says what it is; a bare name does not."""
    assert named(platform, "https://justpaste.it/example") == "web:justpaste.it/example"
    assert named(platform, "@example") is None


@pytest.mark.parametrize(
    ("written", "identifier"),
    [
        ("tg:openmessage?user_id=51900412", "telegram:id/51900412"),
        ("xmpp:lantern@conference.example.org?join", "xmpp:jid/lantern@conference.example.org"),
        ("did:plc:abcdefghijklmnopqrstuvwx", "bluesky:id/did:plc:abcdefghijklmnopqrstuvwx"),
        ("simplex:/a#AAAAexampleAAAAexampleAAAAexampleAAAAexamp0", None),
        ("threema://add?id=ABCDEFGH", "threema:user/ABCDEFGH"),
        ("example.bsky.social", "bluesky:user/example.bsky.social"),
        ("viber://chat?number=12025550143", "viber:number/12025550143"),
    ],
)
def test_what_a_service_says_of_its_addresses_finds_them_in_a_text(
    written: str, identifier: str | None
) -> None:
    """Schemes, openings and parents of a new service are all that it takes to find its addresses."""
    (found,) = candidates(f"new one: {written}, join")

    assert found.text == written
    assert canonical(found.text) == (identifier or f"simplex:address/{written.partition('#')[2]}")
