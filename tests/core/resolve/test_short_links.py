"""Where short links lead, asked of servers on loopback; what is behind them is never asked."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass

import pytest

from core.errors import CannotLook, TryLater
from core.resolve.lookup import HOSTS
from core.resolve.short_links import ShortLinks
from tests.core.fetch.hostile import CHUNK, LOOPBACK, Names, Reply, Server, fetcher, page, redirect


@dataclass(frozen=True, kw_only=True)
class Stage:
    """All shorteners in one server, one more server that nobody may ask, and who asks."""

    shorteners: Server
    target: Server
    names: Names
    links: ShortLinks


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    """Serve both; the target must hear nothing, whatever a test does."""
    async with AsyncExitStack() as stack:
        shorteners, target = [await stack.enter_async_context(Server().served()) for _ in range(2)]
        names = Names({host: [(LOOPBACK, shorteners.port)] for host in HOSTS})
        names.table["target.example"] = [(LOOPBACK, target.port)]
        asking = await stack.enter_async_context(fetcher(shorteners, names))
        yield Stage(
            shorteners=shorteners, target=target, names=names, links=ShortLinks(asking, scheme="http")
        )

        assert target.connections == 0


@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "303 See", "307 Temporary", "308 Permanent"])
async def test_a_redirect_says_where_it_leads(stage: Stage, status: str) -> None:
    """The target comes as a canonical identifier, and one request was made."""
    stage.shorteners.replies["t.co/exAmpl3"] = redirect("https://t.me/BlueLantern/12?x=y", status=status)

    assert await stage.links.resolve("web:t.co/exAmpl3") == ("telegram:user/bluelantern",)
    assert stage.shorteners.asked == ["t.co/exAmpl3"]


@pytest.mark.parametrize(
    ("location", "found"),
    [
        ("https://discord.gg/ExampleKites", ("discord:invite/ExampleKites",)),
        ("tg://resolve?domain=bluelantern", ("telegram:user/bluelantern",)),
        ("https://target.example/a/../b?q=1#f", ("web:target.example/b",)),
        ("http://target.example/کائٹ", ("web:target.example/%DA%A9%D8%A7%D8%A6%D9%B9",)),
        (f"http://{LOOPBACK}:{{port}}/admin", ("web:127.0.0.1/admin",)),
        ("http://0x7f000001:{port}/admin", ("web:127.0.0.1/admin",)),
        ("http://t.co@target.example/", ("web:target.example/",)),
        ("https:/\\target.example/x", ("web:target.example/x",)),
        ("https://www.google.com/url?q=https://t.me/bluelantern", ("telegram:user/bluelantern",)),
        ("/", ("web:t.co/",)),
    ],
)
async def test_the_target_is_named_and_never_asked(
    stage: Stage, location: str, found: tuple[str, ...]
) -> None:
    """Wherever it leads, inwards too: it is read as a browser would read it, and that is all."""
    said = location.replace("{port}", str(stage.target.port)).encode().decode("latin-1")
    stage.shorteners.replies["t.co/x"] = redirect(said)

    assert await stage.links.resolve("web:t.co/x") == found
    assert stage.shorteners.asked == ["t.co/x"]


@pytest.mark.parametrize(
    "location",
    [
        "http://[::1]:{port}/",
        "http://localhost:{port}/",
        "https://www.facebook.com/login/?next=x",
        "https://x.com/home",
        "mailto:amina@example.org",
        "javascript:alert(1)",
        "intent://x#Intent;end",
        "http://[",
    ],
)
async def test_a_page_that_names_nobody_is_told_in_words(stage: Stage, location: str) -> None:
    """Some send whoever is not logged in to their own front door: what is behind was not seen."""
    stage.shorteners.replies["t.co/x"] = redirect(location.replace("{port}", str(stage.target.port)))

    with pytest.raises(CannotLook, match="names nobody"):
        await stage.links.resolve("web:t.co/x")


async def test_a_short_link_to_a_short_link_is_followed(stage: Stage) -> None:
    """From shortener to shortener, relative steps and `www.` included, with our own scheme each time."""
    stage.shorteners.replies |= {
        "t.co/1": redirect("https://bit.ly/2"),
        "bit.ly/2": redirect("/3"),
        "bit.ly/3": redirect("https://facebook.com/share/g/4"),
        "facebook.com/share/g/4": redirect("https://www.facebook.com/share/g/4/?mibextid=x"),
        "www.facebook.com/share/g/4/?mibextid=x": redirect("https://www.facebook.com/groups/ExampleKites/"),
    }

    assert await stage.links.resolve("web:t.co/1") == ("facebook:group/examplekites",)
    assert len(stage.shorteners.asked) == 5


async def test_circles_and_long_chains_are_refused(stage: Stage) -> None:
    """Two shorteners may point at each other, or on and on."""
    stage.shorteners.replies |= {"t.co/a": redirect("https://bit.ly/b"), "bit.ly/b": redirect("//t.co/a")}
    stage.shorteners.replies |= {f"is.gd/{n}": redirect(f"https://is.gd/{n + 1}") for n in range(99)}

    with pytest.raises(CannotLook, match="leads back to itself"):
        await stage.links.resolve("web:t.co/a")
    with pytest.raises(CannotLook, match="more than 5 times"):
        await stage.links.resolve("web:is.gd/0")

    assert len(stage.shorteners.asked) == 2 + 6


@pytest.mark.parametrize(
    ("location", "reason"),
    [
        ("https://bit.ly:{port}/x", "not on the public Internet"),
        ("https://bit.ly:8443/x", "not on the public Internet"),
        ("https://user@bit.ly/x", "read in two ways"),
        ("https://bit.ly\\@target.example/x", "read in two ways"),
        ("https://bit.ly./x", "not on the list"),
    ],
)
async def test_a_next_short_link_passes_the_same_rules(stage: Stage, location: str, reason: str) -> None:
    """It is written by whoever made the first one."""
    stage.shorteners.replies["t.co/x"] = redirect(location.replace("{port}", str(stage.target.port)))

    with pytest.raises(CannotLook, match=reason):
        await stage.links.resolve("web:t.co/x")

    assert stage.shorteners.asked == ["t.co/x"]


async def test_a_shortener_whose_name_leads_inside_is_not_asked(stage: Stage) -> None:
    """On the list or not: the address that is called decides, also when it changes on the way."""
    stage.names.table["bit.ly"] = [(LOOPBACK, stage.shorteners.port), (LOOPBACK, stage.target.port)]
    stage.shorteners.replies["bit.ly/1"] = redirect("/2")

    with pytest.raises(CannotLook, match="not on the public Internet"):
        await stage.links.resolve("web:bit.ly/1")

    assert stage.shorteners.asked == ["bit.ly/1"]


@pytest.mark.parametrize(
    ("reply", "error", "reason"),
    [
        (page(b"<meta http-equiv=refresh>"), CannotLook, "shows a page"),
        (page(b"", status="204 No Content"), CannotLook, "shows a page"),
        (page(b"", status="302 Found"), CannotLook, r"does not say where it leads \(302\)"),
        (redirect("", status="301 Moved"), CannotLook, r"does not say where it leads \(301\)"),
        (page(b"", status="404 Not Found"), CannotLook, "leads nowhere"),
        (page(b"", status="410 Gone"), CannotLook, "leads nowhere"),
        (page(b"", status="403 Forbidden"), CannotLook, r"does not say where it leads \(403\)"),
        (page(b"", status="429 Slow"), TryLater, r"busy \(429\)"),
        (page(b"", status="503 Down"), TryLater, r"busy \(503\)"),
        (b"", TryLater, "out of reach"),
        (b"nonsense\r\n\r\n", CannotLook, "cannot be read"),
    ],
)
async def test_a_server_that_does_not_say_is_refused_with_the_reason(
    stage: Stage, reply: Reply, error: type[Exception], reason: str
) -> None:
    """A page of its own, nothing known, nothing told, busy: each is another sentence."""
    stage.shorteners.replies["t.co/x"] = reply

    with pytest.raises(error, match=reason):
        await stage.links.resolve("web:t.co/x")


@pytest.mark.parametrize(
    ("said", "after"), [("120", 120.0), ("999999", 3600.0), ("soon", 60.0), ("-5", 60.0), ("", 60.0)]
)
async def test_a_busy_server_says_when_to_come_back_within_an_hour(
    stage: Stage, said: str, after: float
) -> None:
    """Whatever it says, it does not silence us for longer."""
    stage.shorteners.replies["t.co/x"] = page(b"", f"Retry-After: {said}", status="429 Slow")

    with pytest.raises(TryLater) as refused:
        await stage.links.resolve("web:t.co/x")

    assert refused.value.after == after


async def test_a_page_without_end_is_not_read(stage: Stage) -> None:
    """Only the head counts."""
    stage.shorteners.replies["t.co/x"] = lambda writer: stage.shorteners.drip(
        writer, b"HTTP/1.1 301 Moved\r\nLocation: https://t.me/bluelantern\r\n\r\n", CHUNK
    )

    assert await stage.links.resolve("web:t.co/x") == ("telegram:user/bluelantern",)
