"""What a row's item is recognised by, and the exact reason where there is nothing."""

import base64
import hashlib
import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from core.banks.parts import kept
from core.banks.sketch import statement
from core.errors import BadInput
from core.exchange.entries import entries_of
from core.exchange.row import Row
from core.media.features import ITEM, SIZE
from core.model import Entry, EntryState, Gap, Sharing, Signal
from tests.core.exchange.looks import PDQ, SHA256, look, never

WORDS = "Every kite that we lose over the harbour comes back with a song."
PHRASES = [("phrase", "blue lanterns"), ("expression", r"lamp\d+")]


def row(**fields: str) -> Row:
    """Give a row; a field whose name ends in `_` is a column of that name which is not known."""
    named = {f"+{name[:-1]}" if name.endswith("_") else name: value for name, value in fields.items()}
    return Row(line=1, text="as it stands", fields=named)


async def keys(given: Row, *folders: Path) -> list[tuple[str, str]]:
    """Return what a row is recognised by."""
    return [
        (e.kind, e.value) for e in await entries_of(given, folders=folders, look=look if folders else never)
    ]


async def reason(given: Row, *folders: Path) -> str:
    """Return why a row cannot be used."""
    with pytest.raises(BadInput) as refused:
        await entries_of(given, folders=folders, look=look)
    return str(refused.value)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (row(canonical="telegram:user/Kites"), [("link", "telegram:user/kites")]),
        (
            row(canonical="x:user/kites", url="https://t.me/other", handle="third", platform="x"),
            [("link", "x:user/kites")],
        ),
        (
            row(url="https://t.me/+AAAAAEexample", canonical="not one"),
            [("link", "telegram:invite/AAAAAEexample")],
        ),
        (row(canonical="https://t.me/kites_tv"), [("link", "telegram:user/kites_tv")]),
        (row(url="@Kites_TV", platform="Telegram channel"), [("link", "telegram:user/kites_tv")]),
        (row(handle="Kites_TV", platform="X (Twitter)"), [("link", "x:user/kites_tv")]),
        (row(url="https://", handle="@kites_tv", platform="TG"), [("link", "telegram:user/kites_tv")]),
        (row(kind="link", value="https://t.me/kites_tv"), [("link", "telegram:user/kites_tv")]),
        (
            row(url="t.me/kites_tv\nt.me/hill_tv", platform="Telegram"),
            [("link", "telegram:user/kites_tv"), ("link", "telegram:user/hill_tv")],
        ),
        (row(kind="SHA1", value="AB" * 20), [("sha1", "ab" * 20)]),
        (row(kind="text", value=WORDS), [("text", statement(WORDS))]),
        (row(kind="text", value=statement(WORDS)), [("text", statement(WORDS))]),
        (row(kind="Phrase", value="blue  lanterns"), [("phrase", "blue lanterns")]),
        (row(phrase="blue lanterns", expression=r"lamp\d+"), PHRASES),
        (row(kind="photo", md5="ab" * 16), [("md5", "ab" * 16)]),
        (
            row(md5="AB" * 16, sha1="cd" * 20, sha256=SHA256, pdq=PDQ, pdq_quality="50"),
            [("sha256", SHA256), ("sha1", "cd" * 20), ("md5", "ab" * 16), ("pdq", PDQ)],
        ),
        (row(sha256=SHA256, pdq=PDQ, pdq_quality="49"), [("sha256", SHA256)]),
        (row(pdq=PDQ), [("pdq", PDQ)]),
        (
            row(text=WORDS, url="t.me/kites_tv"),
            [("link", "telegram:user/kites_tv"), ("text", statement(WORDS))],
        ),
    ],
)
async def test_a_row_is_recognised_by_all_it_says(given: Row, expected: list[tuple[str, str]]) -> None:
    """An account is one entry however often it is written; each hash is one."""
    assert await keys(given) == expected


@pytest.mark.parametrize(
    ("given", "avatar", "unseen"),
    [
        (row(url="t.me/kites_tv", avatar=PDQ.upper()), PDQ, ""),
        (row(url="t.me/kites_tv", avatar="kites.jpg"), PDQ, ""),
        (row(url="t.me/kites_tv"), "", ""),
        (
            row(url="t.me/kites_tv", avatar="none.jpg"),
            "",
            "the file none.jpg is neither beside the list nor in the folder above",
        ),
        (
            row(url="t.me/kites_tv", avatar="plain.jpg"),
            "",
            "the file plain.jpg is no picture that can be told from others",
        ),
        (
            row(url="t.me/kites_tv", avatar="empty.jpg"),
            "",
            "the file empty.jpg cannot be fingerprinted: picture without content",
        ),
        (row(url="t.me/kites_tv", avatar="broken.jpg"), "", "picture that cannot be read"),
    ],
)
async def test_an_account_is_listed_with_its_picture_or_says_why_not(
    given: Row, avatar: str, unseen: str, tmp_path: Path
) -> None:
    """A picture that is missing, plain or broken keeps no account off the list."""
    for name in ("kites.jpg", "plain.jpg", "empty.jpg", "broken.jpg"):
        (tmp_path / name).touch()

    (entry,) = await entries_of(given, folders=(tmp_path,), look=look)

    assert (entry.value, entry.avatar) == ("telegram:user/kites_tv", avatar)
    assert dict(entry.extra).get("not looked at", "") == unseen


async def test_only_an_account_has_a_picture_of_its_own() -> None:
    """A hash in the same row is another way to know the item, and wears none."""
    entries = await entries_of(row(url="t.me/kites_tv", sha256=SHA256, avatar=PDQ), folders=(), look=never)

    assert [(e.kind, e.avatar) for e in entries] == [("sha256", ""), ("link", PDQ)]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (row(ref="7", name="Kites"), "no usable identifier"),
        (row(url="ask the office", platform="Telegram"), "no usable identifier"),
        (row(url="https://"), "no usable identifier"),
        (row(kind="ip-dst", value="192.0.2.1"), "no usable identifier"),
        (row(kind="link", value="ask the office"), "no usable identifier"),
        (row(url="@kites_tv"), "a name without its platform: write an address, or telegram:user/name"),
        (row(handle="kites_tv"), "a name without its platform: write an address, or telegram:user/name"),
        (row(md5="ab"), "md5 must be 32 hex digits"),
        (row(sha1="not one", md5="ab" * 16), "sha1 must be 40 hex digits"),
        (row(sha256=SHA256, pdq="x"), "pdq must be 64 hex digits"),
        (row(kind="sha256", value="x"), "sha256 must be 64 hex digits"),
        (
            row(pdq=PDQ, pdq_quality="12"),
            "pdq_quality is below 50: such a picture cannot be told from others",
        ),
        (row(text="come tonight"), "a statement has 20 letters at least; shorter words are a phrase"),
        (row(phrase="!"), "a phrase has two letters or digits at least"),
        (row(expression="("), "no expression that RE2 knows: missing ): ("),
        (row(pdq=PDQ, pdq_quality="good"), "pdq_quality must be a number from 0 to 100, not good"),
        (
            row(hash64=PDQ),
            'a hash of 64 digits is sha256 or pdq: name the column, or write "sha256 …" or "pdq …"',
        ),
        (
            row(url="t.me/kites_tv", sharing="TLP:PINK"),
            "sharing must be one of clear, green, amber, amber+strict, red, sealed, not TLP:PINK",
        ),
        (
            row(url="t.me/kites_tv", state="gone"),
            "state must be active, disabled, disputed or withdrawn, not gone",
        ),
        (
            row(url="t.me/kites_tv", expires_at="soon"),
            "expires_at must be a time such as 2027-01-31, not soon",
        ),
        (row(file="none.jpg"), "the file none.jpg is neither beside the list nor in the folder above"),
        (row(file="a" * 5000), f"the file {'a' * 5000} is neither beside the list nor in the folder above"),
        (row(file="empty.jpg"), "the file empty.jpg cannot be fingerprinted: picture without content"),
        (Row(line=1, text="x", wrong="longer than 128 kB"), "longer than 128 kB"),
        (
            Row(line=1, text="t.me/\ufffd", fields={"url": "t.me/x"}),
            "bytes that are no text in this file's encoding",
        ),
    ],
)
async def test_a_row_that_cannot_be_used_is_told_why(given: Row, expected: str, tmp_path: Path) -> None:
    """Each reason, word for word."""
    (tmp_path / "empty.jpg").touch()

    assert await reason(given, tmp_path) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("poster.jpg", [("sha256", SHA256), ("pdq", PDQ)]),
        ("plain.jpg", [("sha256", SHA256)]),
        ("film.mp4", [("sha256", SHA256)]),
        ("media/poster.jpg", [("sha256", SHA256), ("pdq", PDQ)]),
    ],
)
async def test_a_file_without_hashes_is_fingerprinted(
    name: str, expected: list[tuple[str, str]], tmp_path: Path
) -> None:
    """Its bytes and its picture are listed; links seen in it, and hashes that say too little, are not."""
    (tmp_path / "media").mkdir()
    (tmp_path / name).touch()

    assert await keys(row(file=name), tmp_path) == expected
    assert await keys(row(file=name), tmp_path / "media", tmp_path) == expected
    assert await keys(row(file=str(tmp_path / name)), tmp_path / "media") == expected


async def test_a_file_with_a_hash_is_not_opened(tmp_path: Path) -> None:
    """A list that has hashes needs no media beside it."""
    assert await keys(row(file="none.jpg", md5="ab" * 16)) == [("md5", "ab" * 16)]


async def test_where_a_file_was_kept_is_forgotten(tmp_path: Path) -> None:
    """Entries are exported and shared; a path of somebody's machine is not."""
    (tmp_path / "poster.jpg").touch()

    found = await entries_of(row(file=str(tmp_path / "poster.jpg")), folders=[tmp_path], look=look)

    assert [entry.extra for entry in found] == [(), ()]


async def test_what_could_not_be_looked_at_is_noted(tmp_path: Path) -> None:
    """A broken picture is listed by its bytes, and its entry says what is missing; so is a missing file."""
    (tmp_path / "broken.jpg").touch()

    (broken,) = await entries_of(row(file="broken.jpg"), folders=[tmp_path], look=look)
    (missing,) = await entries_of(row(file="no.jpg", url="t.me/kites_tv"), folders=[tmp_path], look=look)

    assert broken.kind == "sha256"
    assert ("not looked at", "picture that cannot be read") in broken.extra
    unseen = "the file no.jpg is neither beside the list nor in the folder above"
    assert ("not looked at", unseen) in missing.extra


async def test_everything_a_row_says_is_kept() -> None:
    """Known columns fill the entry; the others stay under their own names."""
    given = row(
        ref="7",
        label="banned",
        reason="shared in May",
        entity="Group Amber",
        name="Kites TV",
        url="t.me/kites_tv",
        platform="Telegram",
        state="disputed",
        expires_at="2027-01-31",
        ideology="far-right",
        first_seen="2026-01-02",
        last_seen="2026-01-03T04:05:06Z",
        sharing="TLP:AMBER+STRICT",
        listed_on_="2026-02-01",
        avatar_="b001.jpg",
    )

    assert await entries_of(given, folders=(), look=never) == (
        Entry(
            kind="link",
            value="telegram:user/kites_tv",
            ref="7",
            label="banned",
            reason="shared in May",
            entity="Group Amber",
            name="Kites TV",
            state=EntryState.DISPUTED,
            expires_at=datetime(2027, 1, 31, tzinfo=UTC),
            ideology="far-right",
            first_seen=datetime(2026, 1, 2, tzinfo=UTC),
            last_seen=datetime(2026, 1, 3, 4, 5, 6, tzinfo=UTC),
            sharing=Sharing.AMBER_STRICT,
            extra=(("platform", "Telegram"), ("listed_on", "2026-02-01"), ("avatar", "b001.jpg")),
        ),
    )


@pytest.mark.parametrize("extra", ["none", "[]", "{}", ""])
async def test_an_export_with_odd_extra_fields_is_read(extra: str) -> None:
    """What is no map of extra fields is left out, and the entry is taken."""
    given = row(schema_="nigehban.entry/1", bank_="a", kind="link", value="x:user/kites_tv", extra_=extra)

    (entry,) = await entries_of(given, folders=(), look=never)

    assert (entry.value, entry.extra) == ("x:user/kites_tv", ())


FEATURES = base64.b64encode(SIZE.pack(2560, 1920) + bytes(200 * ITEM.itemsize)).decode()


async def look_closely(path: Path) -> tuple[Sequence[Signal], Sequence[Gap]]:
    """Take a hash with features, more of them than a bank keeps."""
    found, gaps = await look(path)
    return [replace(s, features=FEATURES) if s.kind == "pdq" else s for s in found], gaps


async def test_a_picture_that_is_given_is_known_by_its_parts(tmp_path: Path) -> None:
    """One entry more, under the same reference, whose features stand beside it."""
    (tmp_path / "poster.jpg").touch()

    found = await entries_of(row(ref="7", file="poster.jpg"), folders=[tmp_path], look=look_closely)

    assert [entry.kind for entry in found] == ["sha256", "pdq", "features"]
    assert {entry.ref for entry in found} == {"7"}
    assert dict(found[2].extra)["features"] == kept(FEATURES)
    assert found[2].value == hashlib.sha256(kept(FEATURES).encode()).hexdigest()


async def test_features_come_back_from_an_export() -> None:
    """With what they are matched by."""
    given = row(
        schema_="nigehban.entry/1",
        kind="features",
        value="ab" * 32,
        extra_=json.dumps({"features": kept(FEATURES)}),
    )

    (entry,) = await entries_of(given, folders=(), look=never)

    assert (entry.kind, entry.value, entry.extra) == ("features", "ab" * 32, (("features", kept(FEATURES)),))


CLIP = base64.b64encode(bytes([208, 7, 0, 0]) + bytes([15]) * 32 + bytes(4)).decode()


async def look_at_video(path: Path) -> tuple[Sequence[Signal], Sequence[Gap]]:
    """Take a digest and a clip of which the end was not looked at."""
    found, _ = await look(path)
    gap = Gap(part="attachment[0]", reason="video of which only the first 1:40 was looked at")
    return (*found, Signal(kind="video", value="ab" * 32, part="attachment[0]", clip=CLIP)), (gap,)


async def test_a_video_that_is_given_is_known_by_its_frames(tmp_path: Path) -> None:
    """Its frames stand in the entry, under the file's reference; what was not looked at is noted."""
    (tmp_path / "clip.mp4").touch()

    digest, clip = await entries_of(row(ref="7", file="clip.mp4"), folders=[tmp_path], look=look_at_video)

    assert (digest.kind, clip.kind, clip.ref) == ("sha256", "video", "7")
    assert clip.value == hashlib.sha256(CLIP.encode()).hexdigest()
    assert dict(clip.extra) == {
        "clip": CLIP,
        "not looked at": "video of which only the first 1:40 was looked at",
    }


async def test_clips_come_back_from_an_export() -> None:
    """With what they are matched by."""
    given = row(schema_="nigehban.entry/1", kind="video", value="ab" * 32, extra_=json.dumps({"clip": CLIP}))

    (entry,) = await entries_of(given, folders=(), look=never)

    assert (entry.kind, entry.value, entry.extra) == ("video", "ab" * 32, (("clip", CLIP),))


async def test_a_line_of_prose_lists_nobody() -> None:
    """An address in a sentence that stands by itself may be the writer's own."""
    assert await reason(row(url="our own channel is t.me/kites_tv, write there")) == "no usable identifier"


@pytest.mark.parametrize("number", ["0300-1234567", "0300 1234567", "03001234567"])
async def test_a_telephone_number_says_its_country(number: str) -> None:
    """Without it, the number could never meet the one in a link."""
    given = row(handle=number, platform="WhatsApp")

    assert await reason(given) == "a telephone number without its country: write it with +"
