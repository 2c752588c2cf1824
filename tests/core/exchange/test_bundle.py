"""A signed bundle is taken in whole or not at all, whoever changes a letter of it or repeats an old one."""

import json
import stat
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from core.banks.upkeep import exported
from core.errors import BadInput
from core.exchange.bundle import read_bundle
from core.exchange.bundling import Written, write_bundle
from core.exchange.chain import broken_links
from core.exchange.signing import SigningKey, fingerprint, is_key, is_signed
from core.exchange.sync import Ended
from core.model import Bank, Entry, EntryState, Sharing, Subscription
from tests import make
from tests.core.exchange.served import House
from tests.fake_banks import MemoryBanks

KITES = (make.entry("telegram:user/kites_a", ref="1"), make.entry("telegram:user/kites_b", ref="2"))


class Publisher:
    """Another community: its bank, its key and its clock."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.path = folder / "kites.bundle"
        self.banks = MemoryBanks()
        self.at = make.NOON
        self.key = SigningKey.kept(folder / "keys" / "first.pem")

    async def publish(self, *entries: Entry, sharing: Sharing | None = None, **more: str) -> Written:
        """Write the next version, a day after the last one."""
        self.at += timedelta(days=1)
        if not self.banks.known:
            await self.banks.put_bank(Bank(name="mine", sharing=Sharing.GREEN))
        await self.banks.add("mine", entries)
        expires = self.at + timedelta(days=90)
        return await write_bundle(
            "mine",
            self.banks,
            self.path,
            key=self.key,
            at=self.at,
            expires=expires,
            sharing=sharing,
            next_key=more.get("next_key"),
        )


@pytest.fixture
def publisher(tmp_path: Path) -> Publisher:
    """Give a community that publishes."""
    folder = tmp_path / "publisher"
    folder.mkdir()
    return Publisher(folder)


@pytest.fixture
async def house(tmp_path: Path, publisher: Publisher) -> House:
    """Give a community that subscribed to its first bundle."""
    await publisher.publish(*KITES)
    made = House(tmp_path, now=publisher.at + timedelta(days=2))
    await made.subscribing.add(subscription(publisher), origin="", by="omar")
    return made


def subscription(publisher: Publisher) -> Subscription:
    """Give a subscription to what a community publishes."""
    return Subscription(bank="kites", kind="bundle", location=str(publisher.path))


async def values(house: House) -> list[str]:
    """Give what the bank holds."""
    return [e.value.rpartition("/")[2] async for e in house.banks.entries("kites")]


async def test_a_bundle_goes_from_one_community_to_another(house: House, publisher: Publisher) -> None:
    """Entries as they were, the limit of their publisher, its key pinned and its manifest kept."""
    assert await values(house) == ["kites_a", "kites_b"]
    ((bank, _),) = await house.banks.banks()
    assert bank.sharing is Sharing.AMBER
    kept = await house.the()
    assert kept.keys == (publisher.key.public,)
    (link,) = await house.kept.manifests("kites")
    assert (link.version, link.key) == (20260302120000, publisher.key.public)
    assert list(broken_links(kept, [link])) == []


async def test_the_next_version_takes_the_place_of_the_last(house: House, publisher: Publisher) -> None:
    """The same file again is nothing new; a newer one adds, and takes back what left it."""
    assert (await house.sync.sync(await house.the())).ended is Ended.UNCHANGED
    await publisher.banks.remove("mine", ref="1")
    await publisher.publish(make.entry("telegram:user/kites_c", ref="3"))

    taken = await house.sync.sync(await house.the())

    assert taken.intake is not None
    assert (taken.intake.accepted, taken.intake.withdrawn) == (1, 1)
    chain = await house.kept.manifests("kites")
    assert [link.version for link in chain] == [20260302120000, 20260303120000]
    assert list(broken_links(await house.the(), chain)) == []


Change = Callable[[list[bytes]], list[bytes]]


def manifest(**changed: object) -> Change:
    """Change what a manifest says, without signing it anew."""

    def change(lines: list[bytes]) -> list[bytes]:
        said = json.loads(lines[0]) | changed
        kept = {name: value for name, value in said.items() if value is not None}
        return [json.dumps(kept, sort_keys=True).encode(), *lines[1:]]

    return change


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (
            lambda lines: [*lines[:2], lines[2].replace(b"kites_a", b"kites_x"), *lines[3:]],
            "not those that were signed",
        ),
        (lambda lines: [*lines, lines[-1]], "not those that were signed"),
        (lambda lines: lines[:-1], "not those that were signed"),
        (lambda lines: [*lines[:2], *reversed(lines[2:])], "not those that were signed"),
        (
            lambda lines: [lines[0].replace(b'"green"', b'"clear"'), *lines[1:]],
            "the signature is not of the key",
        ),
        (lambda lines: [lines[0].replace(b", ", b",  ", 1), *lines[1:]], "the signature is not of the key"),
        (
            lambda lines: [lines[0], b'{"signature": "' + b"0" * 128 + b'"}', *lines[2:]],
            "the signature is not of",
        ),
        (lambda lines: [lines[0], b'{"signature": 7}', *lines[2:]], "its second line holds no signature"),
        (lambda lines: [lines[0], *lines[2:]], "its second line holds no signature"),
        (lambda lines: lines[2:], "this is no signed bundle"),
        (lambda lines: [b"[" * 16_000, *lines[1:]], "this is no signed bundle"),
        (lambda lines: [b'{"a": 1, "a": 1}', *lines[1:]], "its first line is no manifest"),
        (manifest(schema="nigehban.bundle/2"), "manifest cannot be used: schema"),
        (manifest(version=0), "manifest cannot be used: version"),
        (manifest(version="7"), "manifest cannot be used: version"),
        (manifest(sha256=None), "manifest cannot be used: sha256"),
        (manifest(key="zz"), "manifest cannot be used: key"),
        (manifest(extra="?"), "manifest cannot be used: extra"),
        (manifest(created="2026-03-01"), "manifest cannot be used: created"),
    ],
)
async def test_a_bundle_that_was_touched_is_refused_whole(
    house: House, publisher: Publisher, change: Change, told: str
) -> None:
    """One line says what is wrong, and nothing of it is taken in."""
    await publisher.publish(make.entry("telegram:user/kites_c", ref="3"))
    lines = publisher.path.read_bytes().splitlines()
    publisher.path.write_bytes(b"\n".join(change(lines)) + b"\n")

    attempt = await house.sync.sync(await house.the())

    assert attempt.ended is Ended.FAILED
    assert told in attempt.reason
    assert "\n" not in attempt.reason
    assert await values(house) == ["kites_a", "kites_b"]
    assert len(await house.kept.manifests("kites")) == 1


async def test_an_older_bundle_is_not_taken_again(house: House, publisher: Publisher) -> None:
    """Whoever puts an old one back would bring back what was withdrawn since."""
    old = publisher.path.read_bytes()
    await publisher.publish(make.entry("telegram:user/kites_c", ref="3"))
    await house.sync.sync(await house.the())
    publisher.path.write_bytes(old)

    attempt = await house.sync.sync(await house.the())

    assert attempt.reason == (
        "the bundle is version 20260302120000, older than 20260303120000, which was taken in"
    )


async def test_the_limit_of_a_bundle_is_that_of_its_bank_where_it_is_stricter(
    house: House, publisher: Publisher
) -> None:
    """Nobody hands on by mistake what was given in confidence; a wider limit changes nothing."""
    for sharing, limit in ((Sharing.RED, Sharing.RED), (Sharing.GREEN, Sharing.RED)):
        await publisher.publish(sharing=sharing)
        assert (await house.sync.sync(await house.the())).ended is Ended.TAKEN
        assert [bank.sharing for bank, _ in await house.banks.banks()] == [limit]


async def test_another_bundle_of_the_same_version_is_refused(house: House, publisher: Publisher) -> None:
    """A version means one bundle."""
    publisher.at -= timedelta(days=1)
    await publisher.publish(make.entry("telegram:user/kites_c", ref="3"))

    attempt = await house.sync.sync(await house.the())

    assert "another one than the version 20260302120000" in attempt.reason


async def test_a_stranger_cannot_sign(house: House, publisher: Publisher) -> None:
    """The line names both keys as people compare them."""
    pinned = fingerprint(publisher.key.public)
    publisher.key = SigningKey.kept(publisher.folder / "keys" / "stranger.pem")
    await publisher.publish(make.entry("telegram:user/kites_c", ref="3"))

    attempt = await house.sync.sync(await house.the())

    assert attempt.reason.startswith(
        f"the bundle is signed by the key {fingerprint(publisher.key.public)}, pinned is {pinned}"
    )


async def test_a_key_hands_over_to_the_next_one(house: House, publisher: Publisher) -> None:
    """Announced by the old key, it may sign; once it did, the old one may not any more."""
    old, new = publisher.key, SigningKey.kept(publisher.folder / "keys" / "second.pem")
    await publisher.publish(next_key=new.public)
    assert (await house.sync.sync(await house.the())).ended is Ended.TAKEN
    assert (await house.the()).keys == (old.public, new.public)

    publisher.key = new
    await publisher.publish(make.entry("telegram:user/kites_c", ref="3"))
    assert (await house.sync.sync(await house.the())).ended is Ended.TAKEN
    assert (await house.the()).keys == (new.public,)
    assert list(broken_links(await house.the(), await house.kept.manifests("kites"))) == []

    publisher.key = old
    await publisher.publish(make.entry("telegram:user/kites_d", ref="4"))
    assert (await house.sync.sync(await house.the())).ended is Ended.FAILED


async def test_an_expired_bundle_is_refused(house: House, publisher: Publisher) -> None:
    """Whoever holds new ones back cannot keep an old one valid for ever; what was taken in stays."""
    await publisher.publish(make.entry("telegram:user/kites_c", ref="3"))
    house.later(days=91)

    attempt = await house.sync.sync(await house.the())

    assert attempt.reason == "the bundle expired on 2026-06-01. Ask its publisher for a newer one"
    assert await values(house) == ["kites_a", "kites_b"]


async def test_the_key_may_be_named_when_subscribing(tmp_path: Path, publisher: Publisher) -> None:
    """As digits or as its fingerprint; another one is refused and nothing is kept."""
    await publisher.publish(*KITES)
    house = House(tmp_path, now=publisher.at)
    add = house.subscribing.add

    with pytest.raises(BadInput, match=r"is signed by the key .*, not by 0000-0000-0000-0000"):
        await add(subscription(publisher), origin="", by="omar", key="0000-0000-0000-0000")
    assert house.kept.kept == {}
    with pytest.raises(BadInput, match="a key belongs to a bundle"):
        await add(replace(subscription(publisher), kind="list"), origin="", by="omar", key="0")

    await add(subscription(publisher), origin="", by="omar", key=fingerprint(publisher.key.public).lower())
    assert await values(house) == ["kites_a", "kites_b"]


async def test_what_is_stricter_is_left_out_and_what_is_sealed_never_goes(publisher: Publisher) -> None:
    """Each entry's own limit or that of its bank, whichever is stricter; all of them are counted."""
    limits = (None, Sharing.CLEAR, Sharing.AMBER, Sharing.RED, Sharing.SEALED)
    entries = [
        replace(make.entry(f"telegram:user/kites_{n}", ref=str(n)), sharing=limit)
        for n, limit in enumerate(limits)
    ]

    written = await publisher.publish(*entries)
    widest = await publisher.publish(sharing=Sharing.RED)

    assert (written.count, dict(written.left_out)) == (
        2,
        {Sharing.AMBER: 1, Sharing.RED: 1, Sharing.SEALED: 1},
    )
    assert (widest.count, dict(widest.left_out)) == (4, {Sharing.SEALED: 1})
    assert b"kites_4" not in publisher.path.read_bytes()
    plain = [line["value"] async for line in exported("mine", publisher.banks)]
    assert plain == [f"telegram:user/kites_{n}" for n in range(4)]


async def test_a_sealed_bank_is_not_handed_on(publisher: Publisher) -> None:
    """Neither as a bundle nor as an export."""
    await publisher.banks.put_bank(Bank(name="mine", sharing=Sharing.SEALED))

    with pytest.raises(BadInput, match="mine is sealed, so it is not handed on"):
        await publisher.publish(*KITES)
    assert [line async for line in exported("mine", publisher.banks)] == []
    assert sorted(p.name for p in publisher.folder.iterdir()) == ["keys"]


async def test_a_bundle_says_nothing_about_who_keeps_it(publisher: Publisher) -> None:
    """Who added an entry, when and from where stays; what was withdrawn or is off here is left out."""
    entry = replace(make.entry(), source="lists.example", added_by="amina", extra=(("remark", "ask amina"),))
    off = [
        replace(make.entry(f"telegram:user/off_{state}"), state=state)
        for state in (EntryState.WITHDRAWN, EntryState.DISABLED)
    ]

    written = await publisher.publish(entry, *off)

    text = publisher.path.read_text()
    assert written.count == 1
    assert not any(word in text for word in ("amina", "lists.example", "remark", "off_"))


def test_an_own_key_is_made_once_and_for_its_owner_only(tmp_path: Path) -> None:
    """The second time it is the same; others cannot read it."""
    path = tmp_path / "keys" / "bundles.pem"

    made, again = SigningKey.kept(path), SigningKey.kept(path)

    assert made.public == again.public
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert is_signed(b"text", again.sign(b"text"), key=made.public)
    assert not is_signed(b"texT", again.sign(b"text"), key=made.public)
    assert not is_signed(b"text", "zz", key=made.public)


@pytest.mark.parametrize(
    "content", [b"", b"no key", b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"]
)
def test_what_is_no_key_is_refused(tmp_path: Path, content: bytes) -> None:
    """One line names the file."""
    path = tmp_path / "key.pem"
    path.write_bytes(content)

    with pytest.raises(BadInput, match=r"cannot use the key .*key\.pem: it is no private key"):
        SigningKey.kept(path)


def test_a_key_is_known_by_how_it_is_said() -> None:
    """Digits, the fingerprint in any writing, and letters that were misheard; no other key."""
    key = "3b6a27bcceb6a42d62a3a8d02a6f0d73653215771de243a63ac048a18b59da29"
    spoken = fingerprint(key)

    assert len(spoken.split("-")) == 4
    assert all(
        is_key(said, key)
        for said in (
            key,
            key.upper(),
            spoken,
            spoken.lower(),
            spoken.replace("-", " "),
            spoken.replace("0", "o"),
        )
    )
    assert not is_key(spoken[:-1], key)
    assert not is_key(fingerprint("00" * 32), key)


def test_a_bundle_that_is_missing_is_one_line(tmp_path: Path) -> None:
    """As everything that cannot be read."""
    with pytest.raises(BadInput, match="cannot read the bundle: no such file"):
        read_bundle(tmp_path / "none")


async def test_a_chain_that_was_changed_is_found(house: House, publisher: Publisher) -> None:
    """Another text, key, version or order: each is told."""
    await publisher.publish(make.entry("telegram:user/kites_c", ref="3"))
    await house.sync.sync(await house.the())
    first, second = await house.kept.manifests("kites")
    kept = await house.the()

    def told(*chain: object) -> str:
        return "; ".join(broken_links(kept, chain))  # type: ignore[arg-type]  # manifests

    assert told(first, second) == ""
    assert "is not signed by" in told(first, replace(second, text=second.text.replace("green", "clear")))
    assert "cannot be read" in told(replace(first, text="?"), second)
    assert "another version or key" in told(first, replace(second, version=20270101000000))
    assert "a key that no earlier one names" in told(first, replace(second, key="0a" * 32))
    assert "not that of the last manifest" in told(first)
    assert "follows on version" in told(second, first)
