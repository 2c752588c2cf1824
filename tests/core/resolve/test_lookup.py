"""Which identifiers are opaque: from addresses as people write them, with their near misses."""

import pytest

from core.identifiers import canonical
from core.resolve.lookup import HOSTS, SHORTENERS, Lookup, bare, lookup_of

SHORT = (
    "https://t.co/exAmpl3",
    "http://www.bit.ly/3exAmpl?utm_source=x",
    "BIT.LY/3exAmpl",
    "https://tinyurl.com/kite-lantern",
    "goo.gl/maps/exAmple",
    "https://is.gd/aB",
    "https://cutt.ly/aB",
    "https://rb.gy/aB",
    "https://ow.ly/aB",
    "https://buff.ly/aB",
    "https://www.shorturl.at/aB",
    "https://t.ly/aB",
    "https://vm.tiktok.com/ZMexample/",
    "https://vt.tiktok.com/ZSexample/",
    "https://www.tiktok.com/t/ZTexample/",
    "https://fb.watch/exAmple1/",
    "https://www.facebook.com/share/g/exAmple1/?mibextid=x",
    "https://m.facebook.com/share/exAmple1",
    "https://dsc.gg/example-lantern",
    "https://discord.me/example-lantern",
    "https://jpst.it/aBcD",
    "https://vk.cc/aBcD",
    "https://lnkd.in/aBcD",
    "https://bit%2Ely/aB",
)
CLEAR = (
    "https://bit.ly/",
    "https://t.co",
    "https://notbit.ly/aB",
    "https://bit.ly.example/aB",
    "https://sub.bit.ly/aB",
    "https://example.org/bit.ly/aB",
    "https://www.tiktok.com/@example/video/1",
    "https://www.tiktok.com/tag/kites",
    "https://www.facebook.com/sharer/sharer.php?u=https://example.org",
    "https://www.facebook.com/groups/examplekites",
    "https://t.me/c/1234567890/5",
    "https://t.me/+AAAAAEexample01xyZ",
    "https://discord.com/channels/110000000000000001",
    "https://linktr.ee/example",
    "https://wa.me/15550100",
)


@pytest.mark.parametrize("address", SHORT)
def test_a_short_link_says_nothing_by_itself(address: str) -> None:
    """Shorteners, gateways and share links, in any spelling of the host."""
    identifier = canonical(address)

    assert identifier is not None
    assert lookup_of(identifier) is Lookup.SHORT_LINKS


@pytest.mark.parametrize("address", CLEAR)
def test_what_says_where_it_leads_is_not_looked_up(address: str) -> None:
    """Near misses of hosts and paths, and identifiers that stay."""
    identifier = canonical(address)

    assert identifier is None or lookup_of(identifier) is None


@pytest.mark.parametrize(
    ("address", "lookup", "text"),
    [
        ("discord.gg/ExampleKites", Lookup.DISCORD_INVITES, "ExampleKites"),
        ("t.me/s/BlueLantern/12", Lookup.TELEGRAM_NAMES, "bluelantern"),
        ("https://t.co/exAmpl3", Lookup.SHORT_LINKS, "t.co/exAmpl3"),
    ],
)
def test_a_code_and_a_name_can_be_looked_up_too(address: str, lookup: Lookup, text: str) -> None:
    """Each at its own platform, or nowhere; a person calls it by what is left of it."""
    identifier = canonical(address) or ""

    assert lookup_of(identifier) is lookup
    assert bare(identifier) == text


def test_only_short_links_need_others_to_be_asked() -> None:
    """The other two are asked of the platform that the bot serves, and were compared as they stand."""
    assert [lookup for lookup in Lookup if lookup.is_needed] == [Lookup.SHORT_LINKS]
    assert [lookup.platform for lookup in Lookup] == ["", "discord", "telegram"]
    assert all(lookup.kept_s >= 600 for lookup in Lookup)


def test_every_shortener_can_be_asked_with_and_without_www() -> None:
    """The hosts are written as the fetcher compares them: lower case, no dot at the end."""
    assert {f"www.{host}" for host in SHORTENERS} < HOSTS
    assert all(host == host.lower().strip(".") for host in HOSTS)
    assert all(path.startswith("/") and path.endswith("/") for path in SHORTENERS.values())
