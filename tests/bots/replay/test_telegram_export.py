"""Telegram Desktop's exports: every place a message says something in becomes a part."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bots.replay.files import absent, local
from bots.replay.reading import Reading
from bots.replay.telegram_export import telegram_export
from core.errors import BadInput
from core.model import Account, Attachment, Gap, Happening, Link, Mention, Part, Place, Text


def read(folder: Path, content: object) -> list[Reading]:
    """Write an export and read it."""
    path = folder / "result.json"
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return list(telegram_export(path, name="chat", shown="chat/result.json"))


def chat(*messages: Mapping[str, object], kind: str = "private_supergroup") -> dict[str, object]:
    """An export of one chat."""
    return {"name": "Kite Flyers", "type": kind, "id": 1700000001, "messages": list(messages)}


def parts(folder: Path, **fields: object) -> tuple[Part, ...]:
    """The parts of one message with these fields."""
    (one,) = read(folder, chat({"id": 1, "type": "message", "date_unixtime": "1767416400", **fields}))
    assert one.gaps == ()
    assert one.message.forwarded is bool({"forwarded_from", "saved_from"} & set(fields))
    return one.message.parts


def test_a_message_has_the_ids_that_the_live_bot_would_see(tmp_path: Path) -> None:
    """Chat ids in the Bot API's form, stable account ids, a link that opens the message."""
    (one,) = read(
        tmp_path,
        chat(
            {
                "id": 231,
                "type": "message",
                "date_unixtime": "1767416400",
                "from": "Amina R.",
                "from_id": "user51900412",
                "text": "hi",
            }
        ),
    )

    assert one.item == "231"
    assert one.message.id == "telegram:-1001700000001/231"
    assert one.message.place == Place(id="telegram:-1001700000001", name="Kite Flyers")
    assert one.message.author == Account(id="telegram:id/51900412", name="Amina R.")
    assert one.message.at == datetime(2026, 1, 3, 5, 0, tzinfo=UTC)
    assert one.message.url == "https://t.me/c/1700000001/231"
    assert one.message.happening is Happening.POSTED


@pytest.mark.parametrize(
    ("kind", "place"),
    [
        ("public_channel", "telegram:-1001700000001"),
        ("private_group", "telegram:-1700000001"),
        ("personal_chat", "telegram:1700000001"),
    ],
)
def test_each_kind_of_chat_has_its_form_of_id(tmp_path: Path, kind: str, place: str) -> None:
    """Supergroups and channels -100…, basic groups -…, people plain."""
    (one,) = read(tmp_path, chat({"id": 1, "text": "x"}, kind=kind))

    assert one.message.place.id == place


def test_text_in_pieces_is_one_text_and_hidden_targets_are_links(tmp_path: Path) -> None:
    """What the eye reads stands together; where a masked link leads is a hidden part of its own."""
    pieces: list[object] = [
        "news ",
        {"type": "text_link", "text": "here", "href": "https://t.me/+AbCd"},
        " now",
    ]
    entities = [{"type": "plain", "text": "news "}, pieces[1], {"type": "plain", "text": " now"}]

    assert parts(tmp_path, text=pieces, text_entities=entities) == (
        Text(text="news here now", path="text"),
        Link(url="https://t.me/+AbCd", path="text.entity[1]", hidden=True),
    )


def test_old_exports_without_entities_hide_nothing(tmp_path: Path) -> None:
    """Before `text_entities` came, the pieces were all there was."""
    pieces = ["see ", {"type": "text_link", "text": "x", "href": "https://t.me/+AbCd"}]

    assert Link(url="https://t.me/+AbCd", path="text.entity[0]", hidden=True) in parts(tmp_path, text=pieces)


def test_a_mention_by_name_carries_the_id(tmp_path: Path) -> None:
    """The name is whatever was typed; the id is who is meant."""
    entities = [{"type": "mention_name", "text": "my friend", "user_id": 77}]

    assert parts(tmp_path, text="my friend", text_entities=entities)[1] == Mention(
        account=Account(id="telegram:id/77", name="my friend"), path="text.entity[0]", hidden=True
    )


@pytest.mark.parametrize(
    ("fields", "part"),
    [
        (
            {"forwarded_from": "Lantern News", "forwarded_from_id": "channel123"},
            Mention(account=Account(id="telegram:chat/123", name="Lantern News"), path="forward.origin"),
        ),
        ({"forwarded_from": "Somebody"}, Mention(account=Account(name="Somebody"), path="forward.origin")),
        ({"saved_from": "Archive"}, Mention(account=Account(name="Archive"), path="forward.saved_from")),
        (
            {"reply_to_peer_id": "channel9"},
            Mention(account=Account(id="telegram:chat/9"), path="reply.origin"),
        ),
        (
            {"via_bot": "@GifBot"},
            Mention(account=Account(name="@GifBot", handle="telegram:user/gifbot"), path="via_bot"),
        ),
        ({"members": ["Zoya"]}, Mention(account=Account(name="Zoya"), path="members[0]")),
        ({"game_link": "https://t.me/x?game=y"}, Link(url="https://t.me/x?game=y", path="game_link")),
        ({"place_name": "Old Quay"}, Text(text="Old Quay", path="place_name")),
        ({"performer": "@lantern"}, Text(text="@lantern", path="performer")),
        (
            {"file": "files/a.pdf", "file_name": "join @lantern.pdf"},
            Text(text="join @lantern.pdf", path="attachment[0].name"),
        ),
        (
            {
                "contact_information": {
                    "first_name": "Desk",
                    "last_name": "@lantern",
                    "phone_number": "+1 202 555 0100",
                }
            },
            Text(text="Desk @lantern", path="contact.name"),
        ),
        (
            {"contact_information": {"first_name": "Desk", "phone_number": "+1 202 555 0100"}},
            Text(text="+1 202 555 0100", path="contact.phone"),
        ),
        (
            {"poll": {"question": "Join?", "answers": [{"text": "No"}, {"text": "t.me/x"}]}},
            Text(text="t.me/x", path="poll.option[1]"),
        ),
        (
            {
                "inline_bot_buttons": [
                    [{"type": "callback", "text": "a", "data": "z"}],
                    [{"type": "url", "text": "b", "data": "https://t.me/x"}],
                ]
            },
            Link(url="https://t.me/x", path="button[1].url", hidden=True),
        ),
    ],
)
def test_every_container_is_a_part(tmp_path: Path, fields: Mapping[str, object], part: Part) -> None:
    """A link or an account can stand in any of them."""
    assert part in parts(tmp_path, **fields)


def test_photos_files_and_thumbnails_are_attachments(tmp_path: Path) -> None:
    """Found below the export's folder; the text beside them is a caption."""
    assert parts(tmp_path, photo="photos/a.jpg", photo_file_size=9, text="look") == (
        Text(text="look", path="caption"),
        Attachment(
            ref=local(tmp_path, "photos/a.jpg"), path="attachment[0]", size=9, media_type="image/jpeg"
        ),
    )
    assert parts(
        tmp_path, file="stickers/s.webp", thumbnail="stickers/s_thumb.jpg", media_type="sticker"
    ) == (
        Attachment(ref=local(tmp_path, "stickers/s.webp"), path="attachment[0]", media_type="image/webp"),
        Attachment(
            ref=local(tmp_path, "stickers/s_thumb.jpg"),
            path="attachment[0].thumbnail",
            media_type="image/jpeg",
        ),
    )


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("(File not included. Change data exporting settings to download.)", "not included in the export"),
        (
            "(File exceeds maximum size. Change data exporting settings to download.)",
            "not included in the export: over the size chosen there",
        ),
        (
            "(File unavailable, please try again later)",
            "not included in the export: unavailable when it was made",
        ),
    ],
)
def test_a_file_that_was_left_out_stays_an_attachment(tmp_path: Path, written: str, reason: str) -> None:
    """It cannot be looked at, and that must show."""
    part, *_ = parts(tmp_path, file=written, file_name="clip.mp4", file_size=50, mime_type="video/mp4")

    assert part == Attachment(
        ref=absent(reason), path="attachment[0]", size=50, name="clip.mp4", media_type="video/mp4"
    )


def test_service_messages_have_their_actor_and_joins_are_joins(tmp_path: Path) -> None:
    """Names of those who join are where adverts hide."""
    joined, pinned = read(
        tmp_path,
        chat(
            {
                "id": 1,
                "type": "service",
                "actor": "Sana",
                "actor_id": "user5",
                "action": "join_group_by_link",
                "text": "",
            },
            {
                "id": 2,
                "type": "service",
                "actor": "Omar",
                "actor_id": "user6",
                "action": "edit_group_title",
                "title": "t.me/x",
                "text": "",
            },
        ),
    )

    assert joined.message.happening is Happening.JOINED
    assert joined.message.author == Account(id="telegram:id/5", name="Sana")
    assert pinned.message.parts == (Text(text="t.me/x", path="title"),)


def test_a_whole_account_is_read_chat_by_chat(tmp_path: Path) -> None:
    """`chats` and `left_chats`; what else is in the file is passed over."""
    content = {
        "about": "Here is the data you requested.",
        "personal_information": {"user_id": 1},
        "chats": {
            "about": "…",
            "list": [chat({"id": 1, "text": "a"}), chat({"id": 2, "text": "b"}, kind="private_group")],
        },
        "left_chats": {"about": "…", "list": [chat({"id": 3, "text": "c"})]},
        "other_data": {"deep": [[{}]]},
    }

    assert [(r.item, r.message.place.id) for r in read(tmp_path, content)] == [
        ("1", "telegram:-1001700000001"),
        ("2", "telegram:-1700000001"),
        ("3", "telegram:-1001700000001"),
    ]


def test_what_the_export_could_not_write_is_a_gap(tmp_path: Path) -> None:
    """`unsupported` is all Telegram Desktop says of a kind it does not know."""
    (one,) = read(tmp_path, chat({"id": 1, "type": "unsupported"}))

    assert one.gaps == (Gap(part="message", reason="not included in the export: a kind it does not know"),)


@pytest.mark.parametrize("odd", [{"text": 7.5}, {"text": [3]}, {"poll": "x"}, {"from_id": []}, {"photo": {}}])
def test_an_odd_message_is_a_gap_and_the_rest_is_read(tmp_path: Path, odd: Mapping[str, object]) -> None:
    """One message of an unknown form does not stop the export."""
    first, second = read(tmp_path, chat({"id": 1, **odd}, {"id": 2, "text": "fine"}))

    assert len(first.gaps) == 1
    assert second.message.parts == (Text(text="fine", path="text"),)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("<html>", "line 1: not a Telegram Desktop export (no JSON object)"),
        ("", "line 1: not a Telegram Desktop export (no JSON object)"),
        ('{\n"name": "x"\n}', 'line 1: not a Telegram Desktop export (no "messages")'),
        ('{"messages": [\n{"id": 1},\n{"id": 2, "te', "line 3: the file ends in the middle"),
        ('{"messages": 7}', 'line 1: not JSON ("[" expected)'),
    ],
)
def test_what_is_no_export_is_refused(tmp_path: Path, content: str, message: str) -> None:
    """Where, what, and how to export again."""
    with pytest.raises(BadInput) as refused:
        read(tmp_path, content)

    remedy = 'Export again with format "Machine-readable JSON".'
    assert str(refused.value) == f"cannot read chat/result.json: {message}. {remedy}"
