"""The fetcher against servers that want to be let in, or to keep us for ever: over sockets, on loopback."""

import asyncio
import gzip
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest

from core.errors import CannotLook, StoreError, TryLater
from core.fetch.fetcher import Fetcher, joined, refuse_downgrade
from core.fetch.guard import Guard
from core.fetch.rate import Rate
from tests.core.fetch.hostile import CHUNK, LOOPBACK, Names, Server, fetcher, page, redirect

INSIDE = "not on the public Internet, or on an unusual port"
UNLISTED = "a server that is not on the list"
TWO_WAYS = "an address that can be read in two ways"


@dataclass(frozen=True, kw_only=True)
class Stage:
    """A server that may be asked, one that must not be, and the names that lead to them."""

    open: Server
    inner: Server
    names: Names
    fetcher: Fetcher


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    """Serve both; whatever a test does, the inner one must hear nothing of it."""
    async with AsyncExitStack() as stack:
        public, inner = [await stack.enter_async_context(Server().served()) for _ in range(2)]
        leads = {"a.example": (LOOPBACK, public.port), "b.example": (LOOPBACK, public.port)}
        inwards = {"inner.example": (LOOPBACK, inner.port), "0x7f000001": (LOOPBACK, inner.port)}
        addresses = (
            "10.0.0.7",
            "169.254.169.254",
            "::1",
            "::ffff:127.0.0.1",
            "64:ff9b::7f00:1",
            "2002:7f00:1::",
        )
        named = {f"n{number}.example": (address, 0) for number, address in enumerate(addresses)}
        names = Names({name: [address] for name, address in {**leads, **inwards, **named}.items()})
        asked = await stack.enter_async_context(fetcher(public, names))
        yield Stage(open=public, inner=inner, names=names, fetcher=asked)

        assert inner.connections == 0


async def test_an_answer_comes_with_its_status_headers_and_body(stage: Stage) -> None:
    """Header names are in lower case; the request carries nothing that tells who asks."""
    stage.open.replies["a.example/x?y=1"] = page(b"hello", "ETag: abc", "X-Twice: 1", "X-Twice: 2")

    answer = await stage.fetcher.get("http://a.example/x?y=1")

    assert (answer.status, answer.body, answer.url) == (200, b"hello", "http://a.example/x?y=1")
    assert (answer.headers["etag"], answer.headers["x-twice"]) == ("abc", "1")
    sent = {line.partition(":")[0].lower() for line in stage.open.heads[0].split("\r\n")[1:] if line}
    assert sent == {"host", "accept", "accept-encoding", "user-agent", "connection"}
    assert "connection: close" in stage.open.heads[0].lower()


async def test_only_the_head_is_taken_of_what_is_peeked_at(stage: Stage) -> None:
    """A redirect is told and not followed, and a body without end is not waited for."""
    stage.open.replies["a.example/x"] = redirect("/y")
    stage.open.replies["a.example/endless"] = lambda writer: stage.open.drip(
        writer, b"HTTP/1.1 200 OK\r\n\r\n", CHUNK
    )

    sent_on = await stage.fetcher.peek("http://a.example/x")
    endless = await stage.fetcher.peek("http://a.example/endless")

    assert (sent_on.status, sent_on.onward) == (302, "http://a.example/y")
    assert (endless.status, endless.onward, endless.body) == (200, None, b"")
    assert stage.open.asked == ["a.example/x", "a.example/endless"]


async def test_redirects_among_the_listed_hosts_are_followed(stage: Stage) -> None:
    """Relative and absolute ones, and what a server sets on the way is not carried along."""
    stage.open.replies["a.example/1"] = redirect("/2", "Set-Cookie: id=1", status="301 Moved")
    stage.open.replies["a.example/2"] = redirect("http://b.example/3", status="307 Temporary")
    stage.open.replies["b.example/3"] = page(b"there")

    answer = await stage.fetcher.get("http://a.example/1")

    assert (answer.url, answer.body) == ("http://b.example/3", b"there")
    assert not any("cookie:" in head.lower() or "referer:" in head.lower() for head in stage.open.heads)


@pytest.mark.parametrize(
    ("location", "reason"),
    [
        ("http://127.0.0.1:{port}/", INSIDE),
        ("http://inner.example/", INSIDE),
        ("http://0x7f000001/", INSIDE),
        ("http://[::1]:{port}/", INSIDE),
        ("http://[::ffff:127.0.0.1]:{port}/", INSIDE),
        *((f"http://n{number}.example/", INSIDE) for number in range(6)),
        ("http://a.example:8443/", INSIDE),
        ("http://a.example:{port}/", INSIDE),
        ("http://c.example/", UNLISTED),
        ("http://10.0.0.7/", UNLISTED),
        ("http://2130706433/", UNLISTED),
        ("http://a.example./", UNLISTED),
        ("//c.example/", UNLISTED),
        ("http://a.example@127.0.0.1:{port}/", TWO_WAYS),
        ("http://user:word@a.example/", TWO_WAYS),
        ("http://127.0.0.1:{port}\\@a.example/", TWO_WAYS),
        ("http://a.example:80:{port}/", TWO_WAYS),
        ("http://[::1%25lo]:{port}/", TWO_WAYS),
        ("ftp://a.example/", TWO_WAYS),
        ("file:///etc/hosts", TWO_WAYS),
        ("gopher://127.0.0.1:{port}/", TWO_WAYS),
        ("data:text/plain,x", TWO_WAYS),
        ("http://a.example/" + "x" * 5000, TWO_WAYS),
    ],
)
async def test_a_redirect_to_where_nobody_may_go_is_refused(stage: Stage, location: str, reason: str) -> None:
    """Each with its reason, and before anything is connected to."""
    stage.open.replies["a.example/x"] = redirect(location.replace("{port}", str(stage.inner.port)))

    with pytest.raises(CannotLook, match=reason):
        await stage.fetcher.get("http://a.example/x")

    assert stage.open.asked == ["a.example/x"]


@pytest.mark.parametrize(
    "url",
    [
        "http://a.example/\r\nX-Injected: 1",
        "http://a.example/x y",
        "http://a.example\t/",
        "http://a.example/\u202e",
        "http://аxample/",
        "a.example/x",
        "",
    ],
)
async def test_an_address_that_is_not_plainly_written_is_not_asked(stage: Stage, url: str) -> None:
    """Line breaks, blanks and letters beyond ASCII are no part of one."""
    with pytest.raises(CannotLook, match=TWO_WAYS):
        await stage.fetcher.peek(url)

    assert stage.open.connections == 0


async def test_a_name_that_leads_inside_the_second_time_is_refused_then(stage: Stage) -> None:
    """What counts is the address that is called, not what the name gave before."""
    stage.names.table["a.example"].append((LOOPBACK, stage.inner.port))
    stage.open.replies["a.example/x"] = redirect("/y")

    with pytest.raises(CannotLook, match=INSIDE):
        await stage.fetcher.get("http://a.example/x")

    assert stage.open.asked == ["a.example/x"]


async def test_line_breaks_in_a_redirect_make_no_header_of_ours(stage: Stage) -> None:
    """Encoded ones stay encoded, and a bare one is no answer that can be read."""
    stage.open.replies["a.example/1"] = redirect("/2%0d%0aX-Injected:%201")
    stage.open.replies["a.example/3"] = redirect("/4\rX-Injected: 1")

    answer = await stage.fetcher.get("http://a.example/1")
    with pytest.raises(CannotLook):
        await stage.fetcher.get("http://a.example/3")

    assert answer.status == 404
    assert len(stage.open.heads) == 3
    assert not any("\r\nx-injected" in head.lower() for head in stage.open.heads)


async def test_a_circle_is_found(stage: Stage) -> None:
    """Of one address, or of several."""
    stage.open.replies["a.example/1"] = redirect("/1")
    stage.open.replies["a.example/2"] = redirect("http://b.example/3")
    stage.open.replies["b.example/3"] = redirect("http://a.example/2#again")

    for start in ("http://a.example/1", "http://a.example/2"):
        with pytest.raises(CannotLook, match="leads back to itself"):
            await stage.fetcher.get(start)

    assert stage.open.asked == ["a.example/1", "a.example/2", "b.example/3"]


async def test_a_chain_ends_after_five_redirects(stage: Stage) -> None:
    """Five are followed, the sixth is not."""
    for number in range(9):
        stage.open.replies[f"a.example/{number}"] = redirect(f"/{number + 1}")
    stage.open.replies["a.example/9"] = page(b"there")

    reached = await stage.fetcher.get("http://a.example/4")
    with pytest.raises(CannotLook, match="more than 5 times"):
        await stage.fetcher.get("http://a.example/3")

    assert reached.body == b"there"
    assert stage.open.asked[6:] == [f"a.example/{number}" for number in range(3, 9)]


async def test_a_body_without_end_is_cut_off(stage: Stage) -> None:
    """Whether or not its length is announced."""
    for path, length in (("1", b""), ("2", b"Content-Length: 999999999999\r\n")):
        head = b"HTTP/1.1 200 OK\r\n" + length + b"\r\n"
        stage.open.replies[f"a.example/{path}"] = lambda writer, head=head: stage.open.drip(  # type: ignore[misc]  # a default binds it
            writer, head, CHUNK
        )

        with pytest.raises(CannotLook, match=r"over 0\.1 MB"):
            await stage.fetcher.get(f"http://a.example/{path}")

    assert stage.open.sent < 50_000_000


async def test_what_unpacks_to_more_than_the_limit_is_cut_off(stage: Stage) -> None:
    """Fifty megabytes in fifty kilobytes are too much; a compressed page within the limit is read."""
    encoding = "Content-Encoding: gzip"
    stage.open.replies["a.example/bomb"] = page(gzip.compress(b"\0" * 50_000_000), encoding)
    stage.open.replies["a.example/page"] = page(gzip.compress(b"hello"), encoding)
    stage.open.replies["a.example/broken"] = page(b"this is not gzip", encoding)

    with pytest.raises(CannotLook, match=r"over 0\.1 MB"):
        await stage.fetcher.get("http://a.example/bomb")
    with pytest.raises(CannotLook, match="cannot be read"):
        await stage.fetcher.get("http://a.example/broken")

    assert (await stage.fetcher.get("http://a.example/page")).body == b"hello"


@pytest.mark.parametrize("piece", [b"X-A: b\r\n", b"x" * 4096])
async def test_headers_without_end_are_cut_off(stage: Stage, piece: bytes) -> None:
    """Many of them, or one that is long."""
    stage.open.replies["a.example/x"] = lambda writer: stage.open.drip(
        writer, b"HTTP/1.1 200 OK\r\nX-B: ", piece
    )

    with pytest.raises(CannotLook, match="cannot be read"):
        await stage.fetcher.get("http://a.example/x")

    assert stage.open.sent < 20_000_000


@pytest.mark.parametrize(
    "head",
    [b"", b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n", b"HTTP/1.1 302 Found\r\nLocation: /"],
)
async def test_an_answer_that_trickles_is_given_up(stage: Stage, head: bytes) -> None:
    """Head or body: all of it together has one deadline."""
    stage.open.replies["a.example/x"] = lambda writer: stage.open.drip(writer, head, b"H", pause_s=0.02)

    async with fetcher(stage.open, stage.names, patience_s=0.3) as hasty:
        with pytest.raises((TryLater, CannotLook)) as refused:
            await hasty.get("http://a.example/x")

    assert head == b"" or str(refused.value) == "no answer within 0.3 s"


async def test_answers_that_only_promise_another_are_given_up(stage: Stage) -> None:
    """`100 Continue` again and again is no answer."""
    stage.open.replies["a.example/x"] = lambda writer: stage.open.drip(
        writer, b"", b"HTTP/1.1 100 Continue\r\n\r\n", pause_s=0.01
    )

    async with fetcher(stage.open, stage.names, patience_s=0.3) as hasty:
        with pytest.raises((TryLater, CannotLook)):
            await hasty.peek("http://a.example/x")


async def test_plain_addresses_are_refused_unless_the_guard_lets_them(stage: Stage) -> None:
    """Encryption is the rule; also a redirect out of it is refused, whatever the guard says."""
    async with Fetcher(hosts={"a.example"}, guard=Guard(), resolver=stage.names) as strict:
        with pytest.raises(CannotLook, match="without encryption"):
            await strict.get("http://a.example/x")
    with pytest.raises(CannotLook, match="without encryption"):
        refuse_downgrade("https://a.example/x", "http://a.example/y")

    refuse_downgrade("https://a.example/x", "https://b.example/y")
    assert stage.open.connections == 0


async def test_a_server_that_speaks_no_tls_or_hangs_up_is_out_of_reach(stage: Stage) -> None:
    """Out of reach is not refused: it may be asked again."""
    stage.open.replies["a.example/x"] = b""

    for url in ("https://a.example/x", "http://a.example/x", "http://c.example/x"):
        stage.names.table["c.example"] = []
        async with fetcher(stage.open, stage.names, patience_s=0.3) as asking:
            with pytest.raises(TryLater) as refused:
                await asking.get(url)
            assert refused.value.after > 0


async def test_a_host_that_is_asked_too_often_is_left_alone(stage: Stage) -> None:
    """Whoever would wait longer than patience allows is told so; other hosts are asked as before."""
    rate = Rate(burst=2, every_s=60.0, patience_s=1.0)
    hosts = frozenset({"a.example", "b.example"})
    guard = Guard(schemes=frozenset({"http"}), besides=frozenset({(LOOPBACK, stage.open.port)}))
    async with Fetcher(hosts=hosts, guard=guard, rate=rate, resolver=stage.names) as asking:
        for _ in range(2):
            await asking.peek("http://a.example/x")
        with pytest.raises(TryLater, match="too often"):
            await asking.peek("http://a.example/x")
        await asking.peek("http://b.example/x")

    assert stage.open.asked == ["a.example/x", "a.example/x", "b.example/x"]


async def test_only_a_few_connections_to_one_host_are_open_at_once(stage: Stage) -> None:
    """The others wait for their turn, within the deadline."""
    gate, full, inside, most = asyncio.Event(), asyncio.Event(), 0, 0

    async def held(writer: asyncio.StreamWriter) -> None:
        nonlocal inside, most
        inside += 1
        most = max(most, inside)
        if inside == 4:
            full.set()
        await gate.wait()
        inside -= 1
        writer.write(page())
        await writer.drain()

    stage.open.replies["a.example/x"] = held
    async with asyncio.TaskGroup() as group:
        for _ in range(9):
            group.create_task(stage.fetcher.get("http://a.example/x"))
        await full.wait()
        for _ in range(500):  # whoever else could come in would be in by now
            await asyncio.sleep(0)
        gate.set()

    assert most == 4
    assert len(stage.open.asked) == 9


async def test_nothing_is_asked_before_it_is_entered() -> None:
    """It is not ready yet, which is no reason to give the link up."""
    with pytest.raises(TryLater):
        await Fetcher(hosts={"a.example"}).peek("https://a.example/x")


@pytest.mark.parametrize(
    ("location", "meant"),
    [
        ("/b", "https://a.example/b"),
        ("b?c=d#e", "https://a.example/x/b?c=d"),
        ("//b.example", "https://b.example"),
        ("https://b.example/%2f?q=a%20b", "https://b.example/%2f?q=a%20b"),
        ("/سبز", "https://a.example/%D8%B3%D8%A8%D8%B2"),
        ("/a b\\c\udcffd", "https://a.example/a%20b%5Cc?d"),
        ("http://[", "http://["),
    ],
)
def test_a_redirect_is_read_from_where_it_stood(location: str, meant: str) -> None:
    """Odd characters are encoded, and the fragment, which no server gets, is dropped."""
    assert joined("https://a.example/x/y", location) == meant


async def test_a_download_goes_to_a_file_and_says_what_it_was_asked_with(
    stage: Stage, tmp_path: Path
) -> None:
    """Decompressed, after redirects; the headers that were given go with every step, and no others do."""
    stage.open.replies["a.example/1"] = redirect("/2")
    stage.open.replies["a.example/2"] = page(
        gzip.compress(b"a list " * 9000), "Content-Encoding: gzip", 'ETag: "v2"'
    )
    into = tmp_path / "list"

    answer = await stage.fetcher.download("http://a.example/1", into, {"If-None-Match": '"v1"'})

    assert (answer.status, answer.headers["etag"], answer.body) == (200, '"v2"', b"")
    assert into.read_bytes() == b"a list " * 9000
    assert all('If-None-Match: "v1"\r\n' in head for head in stage.open.heads)
    assert len(stage.open.heads) == 2


@pytest.mark.parametrize("packed", [True, False])
async def test_a_download_ends_at_its_limit(stage: Stage, tmp_path: Path, *, packed: bool) -> None:
    """What is counted is what comes out: a bomb of a few bytes is as large as what it unpacks to."""
    body = b"x" * 5_000_000
    headers = ("Content-Encoding: gzip",) if packed else ()
    stage.open.replies["a.example/x"] = page(gzip.compress(body) if packed else body, *headers)
    into = tmp_path / "list"

    with pytest.raises(CannotLook, match=r"the server's answer is over 0\.1 MB"):
        await stage.fetcher.download("http://a.example/x", into)

    assert into.stat().st_size <= 100_000


async def test_a_download_that_breaks_off_is_no_answer(stage: Stage, tmp_path: Path) -> None:
    """A server that promised more than it sent did not send a list."""
    stage.open.replies["a.example/x"] = b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\nhalf a li"

    with pytest.raises(CannotLook, match="cannot be read"):
        await stage.fetcher.download("http://a.example/x", tmp_path / "list")


async def test_a_file_that_cannot_be_written_is_not_the_servers_fault(stage: Stage, tmp_path: Path) -> None:
    """Nobody should wait for a server when a folder is missing."""
    stage.open.replies["a.example/x"] = page()

    with pytest.raises(StoreError, match="it cannot be written"):
        await stage.fetcher.download("http://a.example/x", tmp_path / "missing" / "list")


async def test_what_is_posted_arrives_and_is_not_sent_on(stage: Stage) -> None:
    """An answer to it comes back whole; a redirect is only told."""
    stage.open.replies["a.example/x"] = redirect("http://b.example/y")
    stage.open.replies["b.example/y"] = page(b"taken")

    sent_on = await stage.fetcher.post("http://a.example/x", b"{}")
    taken = await stage.fetcher.post("http://b.example/y", b"{}", {"Content-Type": "application/json"})

    assert (sent_on.status, taken.body) == (302, b"taken")
    assert stage.open.heads[1].startswith("POST /y HTTP/1.1")
    assert "Content-Length: 2" in stage.open.heads[1]
    assert len(stage.open.heads) == 2
