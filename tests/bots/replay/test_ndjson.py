"""Lists of messages and profiles, one JSON object per line."""

import json
from pathlib import Path

import pytest

from bots.replay.files import local
from bots.replay.ndjson import ndjson
from bots.replay.reading import Reading
from core.errors import BadInput
from core.model import Account, Attachment, Gap, Happening, Link, Mention, Text


def read(path: Path, *lines: object) -> list[Reading]:
    """Write a list and read it."""
    written = [line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines]
    path.write_text("\n".join(written), encoding="utf-8")
    return list(ndjson(path, shown="list.ndjson"))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the list will be: in a folder of a folder of data."""
    (tmp_path / "accounts" / "avatars").mkdir(parents=True)
    return tmp_path / "accounts" / "list.ndjson"


def test_offsets_of_entities_count_utf16_units(path: Path) -> None:
    """An emoji before the entity takes two of them."""
    entities = [
        {"type": "text_mention", "offset": 5, "length": 4, "user": {"id": 77}},
        {"type": "text_link", "offset": 0, "length": 2, "url": "https://t.me/+AbCd"},
        {"type": "bold", "offset": 0, "length": 2},
    ]
    (one,) = read(path, {"id": "m1", "platform": "telegram", "text": "😀 hi Omar", "entities": entities})

    assert one.message.place.platform == "telegram"
    assert one.message.parts == (
        Text(text="😀 hi Omar", path="text"),
        Mention(
            account=Account(id="telegram:id/77", name=" Oma"),
            path="text.entity[0]",
            hidden=True,
        ),
        Link(url="https://t.me/+AbCd", path="text.entity[1]", hidden=True),
    )


def test_a_profile_is_an_account_that_shows_itself(path: Path) -> None:
    """The author is the account; bio, address and avatar are what it says."""
    (path.parent / "avatars" / "a.jpg").touch()
    (one,) = read(
        path,
        {
            "id": "p1",
            "platform": "x",
            "handle": "@Lantern_TV",
            "display_name": "Lantern TV",
            "bio": "new one",
            "url": "https://x.com/Lantern_TV",
            "avatar": "avatars/a.jpg",
            "followers": 3,
            "text": None,
        },
    )

    assert one.message.happening is Happening.JOINED
    assert one.message.author == Account(name="Lantern TV", handle="x:user/lantern_tv")
    assert one.message.parts == (
        Text(text="new one", path="bio"),
        Link(url="https://x.com/Lantern_TV", path="url"),
        Attachment(
            ref=local(path.parent, "avatars/a.jpg"), path="avatar", name="a.jpg", media_type="image/jpeg"
        ),
    )


def test_an_avatar_may_be_named_from_the_folder_above(path: Path) -> None:
    """Paths in such lists are often relative to the data's own folder."""
    (path.parent / "avatars" / "a.jpg").touch()
    (one,) = read(path, {"id": "p1", "handle": "x", "avatar": "accounts/avatars/a.jpg"})

    (part,) = one.message.parts
    assert isinstance(part, Attachment)
    assert part.ref == local(path.parent.parent, "accounts/avatars/a.jpg")


@pytest.mark.parametrize("avatar", ["gone.jpg", "x" * 5000, "a\0b"])
def test_an_avatar_that_is_nowhere_stays_below_the_list(path: Path, avatar: str) -> None:
    """Fetching it gives the gap."""
    (one,) = read(path, {"id": "p1", "avatar": avatar})

    (part,) = one.message.parts
    assert isinstance(part, Attachment)
    assert part.ref == local(path.parent, avatar)


def test_attachments_are_paths_and_anything_else_is_a_gap(path: Path) -> None:
    """Relative to the file."""
    (one,) = read(path, {"id": 5, "text": "", "attachments": ["a.png", {"x": 1}]})

    assert one.item == "5"
    assert one.message.happening is Happening.POSTED
    assert one.message.parts == (
        Attachment(
            ref=local(path.parent, "a.png"), path="attachment[0]", name="a.png", media_type="image/png"
        ),
    )
    assert one.gaps == (
        Gap(part="attachments", reason="not readable: a list of paths expected, a list found"),
    )


def test_empty_lines_and_a_byte_order_mark_mean_nothing(path: Path) -> None:
    """As editors leave them."""
    assert [r.item for r in read(path, '\ufeff{"id": "a"}', "", '{"id": "b"}', "")] == ["a", "b"]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{'id': 1}", "not JSON (expecting property name enclosed in double quotes at character 2)"),
        ('{"id": "x"', "not JSON (expecting ',' delimiter at character 11)"),
        ("[1]", "not a JSON object"),
        ('{"text": "x"}', 'no "id"'),
        ("[" * 100_000, "nested too deep"),
        ("9" * 5000, "not JSON (a number with too many digits)"),
    ],
)
def test_a_broken_line_is_refused_after_what_came_before(path: Path, line: str, message: str) -> None:
    """The line's number, what is wrong, the remedy."""
    path.write_text('{"id": "first"}\n' + line, encoding="utf-8")
    readings = iter(ndjson(path, shown="list.ndjson"))

    assert next(readings).item == "first"
    with pytest.raises(BadInput) as refused:
        next(readings)
    remedy = 'Write one JSON object per line, with an "id" in each.'
    assert str(refused.value) == f"cannot read list.ndjson: line 2: {message}. {remedy}"
