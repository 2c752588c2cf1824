"""DiscordChatExporter's files: content, forwards, embeds, stickers, buttons and saved media become parts."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bots.replay.discord_export import discord_export
from bots.replay.files import absent, local
from bots.replay.reading import Reading
from core.errors import BadInput
from core.model import Account, Attachment, Gap, Happening, Link, Mention, Part, Place, Text

ZOYA = {"id": "300", "name": "Zoya_K", "discriminator": "0000", "nickname": "Zoya", "isBot": False}


def read(folder: Path, content: object) -> list[Reading]:
    """Write an export and read it."""
    path = folder / "general.json"
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return list(discord_export(path, name="general.json", shown="general.json"))


def channel(*messages: Mapping[str, object], guild: str = "100") -> dict[str, object]:
    """An export of one channel."""
    return {
        "guild": {"id": guild, "name": "Lantern Harbour"},
        "channel": {"id": "200", "type": "GuildTextChat", "name": "quay"},
        "messages": list(messages),
        "messageCount": len(messages),
    }


def parts(folder: Path, **fields: object) -> tuple[Part, ...]:
    """The parts of one message with these fields."""
    (one,) = read(folder, channel({"id": "1", "type": "Default", "content": "", **fields}))
    assert one.gaps == ()
    assert one.message.forwarded is ("forwardedMessage" in fields)
    return one.message.parts


def test_a_message_has_the_ids_that_the_live_bot_would_see(tmp_path: Path) -> None:
    """The server is the place, the account's number its identity, and the link opens the message."""
    (one,) = read(
        tmp_path,
        channel({"id": "400", "timestamp": "2026-01-03T10:42:03.870+00:00", "content": "hi", "author": ZOYA}),
    )

    assert one.item == "400"
    assert one.message.id == "discord:200/400"
    assert one.message.place == Place(id="discord:100", name="Lantern Harbour #quay")
    assert one.message.author == Account(id="discord:user/300", name="Zoya", handle="discord:user/zoya_k")
    assert one.message.at == datetime(2026, 1, 3, 10, 42, 3, 870000, tzinfo=UTC)
    assert one.message.url == "https://discord.com/channels/100/200/400"
    assert one.message.happening is Happening.POSTED


@pytest.mark.parametrize(
    ("fields", "happening"),
    [
        ({"type": "GuildMemberJoin"}, Happening.JOINED),
        ({"timestampEdited": "2026-01-03T10:42:03.870+00:00"}, Happening.EDITED),
        ({"timestampEdited": None}, Happening.POSTED),
    ],
)
def test_joins_and_edits_are_told_apart(
    tmp_path: Path, fields: Mapping[str, object], happening: Happening
) -> None:
    """An edit is what the message says now."""
    (one,) = read(tmp_path, channel({"id": "1", **fields}))

    assert one.message.happening is happening


def test_direct_messages_open_under_at_me(tmp_path: Path) -> None:
    """The exporter writes guild 0 for them."""
    (one,) = read(tmp_path, channel({"id": "1"}, guild="0"))

    assert one.message.url == "https://discord.com/channels/@me/200/1"


@pytest.mark.parametrize(
    ("url", "ref"),
    [
        ("quay.json_Files/a.png", "quay.json_Files/a.png"),
        ("quay.json_Files\\a.png", "quay.json_Files/a.png"),
        ("../a.png", "../a.png"),
    ],
)
def test_saved_media_is_found_beside_the_export(tmp_path: Path, url: str, ref: str) -> None:
    """Paths are relative to the file, also as Windows spells them; fetching refuses to leave the folder."""
    found = parts(tmp_path, attachments=[{"id": "7", "url": url, "fileName": "a.png", "fileSizeBytes": 3}])

    assert found == (
        Attachment(
            ref=local(tmp_path, ref), path="attachment[0]", size=3, name="a.png", media_type="image/png"
        ),
    )


def test_media_that_was_not_saved_is_an_attachment_that_cannot_be_had(tmp_path: Path) -> None:
    """Nothing is fetched from the network; the gap says why."""
    found = parts(tmp_path, stickers=[{"name": "", "sourceUrl": "https://cdn.example/s.png?size=160"}])

    assert found == (
        Attachment(ref=absent("not saved with the export"), path="sticker[0]", media_type="image/png"),
    )


@pytest.mark.parametrize(
    ("embed", "part"),
    [
        ({"title": "t"}, Text(text="t", path="embed[0].title")),
        ({"description": "d"}, Text(text="d", path="embed[0].description")),
        ({"url": "https://a.example"}, Link(url="https://a.example", path="embed[0].url")),
        ({"author": {"name": "n"}}, Text(text="n", path="embed[0].author")),
        (
            {"author": {"url": "https://a.example"}},
            Link(url="https://a.example", path="embed[0].author.url", hidden=True),
        ),
        ({"footer": {"text": "f"}}, Text(text="f", path="embed[0].footer")),
        ({"fields": [{"name": "n", "value": "v"}]}, Text(text="n\nv", path="embed[0].field[0]")),
        (
            {"images": [{"url": "https://cdn.example/a.jpg"}]},
            Attachment(
                ref=absent("not saved with the export"), path="embed[0].images[0]", media_type="image/jpeg"
            ),
        ),
    ],
)
def test_every_field_of_an_embed_is_a_part(tmp_path: Path, embed: Mapping[str, object], part: Part) -> None:
    """Bots and previews put text and addresses into all of them."""
    assert parts(tmp_path, embeds=[embed]) == (part,)


def test_a_forward_is_read_with_where_it_came_from(tmp_path: Path) -> None:
    """The snapshot has no author; the reference names the other server."""
    found = parts(
        tmp_path,
        reference={"type": "Forward", "messageId": "5", "channelId": "98", "guildId": "99"},
        forwardedMessage={"content": "come", "attachments": [{"url": "f/a.png", "fileName": "a.png"}]},
    )

    assert found == (
        Link(url="https://discord.com/channels/99/98/5", path="forward.origin", hidden=True),
        Text(text="come", path="forward.text"),
        Attachment(
            ref=local(tmp_path, "f/a.png"),
            path="forward.attachment[0]",
            name="a.png",
            media_type="image/png",
        ),
    )


def test_mentions_and_buttons_are_parts_also_nested_ones(tmp_path: Path) -> None:
    """Buttons stand in rows, rows in containers."""
    row = {"type": "ActionRow", "components": [{"type": "Button", "label": "go", "url": "https://a.example"}]}

    assert parts(tmp_path, content="x", mentions=[ZOYA], components=[row]) == (
        Text(text="x", path="text"),
        Mention(
            account=Account(id="discord:user/300", name="Zoya", handle="discord:user/zoya_k"),
            path="mention[0]",
        ),
        Text(text="go", path="button[0].button[0].text"),
        Link(url="https://a.example", path="button[0].button[0].url", hidden=True),
    )


def test_an_odd_message_is_a_gap_and_the_rest_is_read(tmp_path: Path) -> None:
    """One message of an unknown form does not stop the export."""
    first, second = read(tmp_path, channel({"id": "1", "embeds": "x"}, {"id": "2", "content": "fine"}))

    assert first.gaps == (Gap(part="embeds", reason="not readable: a list expected, text found"),)
    assert second.message.parts == (Text(text="fine", path="text"),)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("[]", "line 1: not a DiscordChatExporter file (no JSON object)"),
        ('{"guild": {}}', 'line 1: not a DiscordChatExporter file (no "messages")'),
        ('{"guild": {},\n"messages": [{"id"', "line 2: the file ends in the middle"),
    ],
)
def test_what_is_no_export_is_refused(tmp_path: Path, content: str, message: str) -> None:
    """Where, what, and how to export again."""
    with pytest.raises(BadInput) as refused:
        read(tmp_path, content)

    remedy = 'Export again with DiscordChatExporter, format "JSON".'
    assert str(refused.value) == f"cannot read general.json: {message}. {remedy}"
