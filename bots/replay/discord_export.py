"""Reads what DiscordChatExporter writes with `--format Json`, with media beside it where it was asked for.

Keys follow the writer: Tyrrrz/DiscordChatExporter, DiscordChatExporter.Core/Exporting/JsonMessageWriter.cs.
Reactions and role colours are left out: nobody says anything with them that a list could know.
"""

import mimetypes
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from bots.replay.fields import Fields
from bots.replay.files import absent, local
from bots.replay.reading import Reading, Source, opening
from core.model import Account, Attachment, Happening, Link, Mention, Message, Part, Place, Text, is_forward
from core.text.jsonstream import JsonStream

_REMEDY: Final = 'Export again with DiscordChatExporter, format "JSON"'
_WEB: Final = ("http://", "https://")
_NOT_SAVED: Final = "not saved with the export"


def discord_export(path: Path, *, name: str, shown: str) -> Source:
    """Return the source of one export file.

    Args:
        path: The file.
        name: What output lines call the source.
        shown: What refusals call the file.
    """
    return Source(name=name, shown=shown, size_bytes=path.stat().st_size, read=lambda: _read(path, shown))


def is_discord_export(path: Path) -> bool:
    """Tell by its first key whether a JSON file is an export: it begins with the guild."""
    return opening(path).startswith('"guild"')


def _read(path: Path, shown: str) -> Iterator[Reading]:
    with path.open("rb") as file:
        stream = JsonStream(file, name=shown, remedy=_REMEDY + ".")
        if stream.peek() != "{":
            stream.refuse("not a DiscordChatExporter file (no JSON object)")
        about: dict[str, object] = {}
        found = False
        for key in stream.members():
            if key == "messages":
                found = True
                channel = _Channel(Fields(about), path.parent)
                for _ in stream.elements():
                    yield channel.reading(Fields(stream.value()), taken_bytes=stream.taken_bytes)
            elif key in {"guild", "channel"}:
                about[key] = stream.value()
            else:
                stream.skip()
        if not found:
            stream.refuse('not a DiscordChatExporter file (no "messages")', at=0)


class _Channel:
    """One channel's export, which turns its messages into readings.

    Args:
        about: The `guild` and the `channel`; the export writes them before the messages.
        root: The folder of the file.
    """

    def __init__(self, about: Fields, root: Path) -> None:
        guild, channel = about.child("guild"), about.child("channel")
        self._guild = guild.text("id") if guild else ""
        self._id = channel.text("id") if channel else ""
        server = guild.text("name") if guild else ""
        room = channel.text("name") if channel else ""
        self._place = Place(id=f"discord:{self._guild}", name=f"{server} #{room}")
        self._root = root

    def reading(self, one: Fields, *, taken_bytes: int) -> Reading:
        """Turn one message, system messages included, into a reading."""
        item = one.text("id")
        author = one.child("author")
        happening = Happening.EDITED if one.has("timestampEdited") else Happening.POSTED
        if one.text("type") == "GuildMemberJoin":
            happening = Happening.JOINED
        # Direct messages are exported with guild 0; Discord's own links say @me there.
        server = self._guild if self._guild.strip("0") else "@me"
        parts = tuple(self._parts(one))
        message = Message(
            id=f"discord:{self._id}/{item}",
            place=self._place,
            author=_account(author) if author else Account(),
            at=one.time("timestamp") or datetime.fromtimestamp(0, UTC),
            happening=happening,
            parts=parts,
            forwarded=is_forward(parts),
            url=f"https://discord.com/channels/{server}/{self._id}/{item}",
        )
        return Reading(item=item, message=message, gaps=one.gaps, taken_bytes=taken_bytes)

    def _parts(self, one: Fields) -> Iterator[Part]:
        yield from self._content(one, "")
        for place, who in enumerate(one.children("mentions")):
            yield Mention(account=_account(who), path=f"mention[{place}]")
        if forwarded := one.child("forwardedMessage"):
            reference = one.child("reference")
            if reference and reference.text("guildId"):
                where = f"{reference.text('guildId')}/{reference.text('channelId')}"
                yield Link(
                    url=f"https://discord.com/channels/{where}/{reference.text('messageId')}",
                    path="forward.origin",
                    hidden=True,
                )
            yield from self._content(forwarded, "forward.")
        if interaction := one.child("interaction"):
            user = interaction.child("user")
            if user:
                yield Mention(account=_account(user), path="interaction.user")
        yield from _components(one, "")

    def _content(self, one: Fields, at: str) -> Iterator[Part]:
        """What a message and a forwarded one have in common; `at` goes before every path."""
        if text := one.text("content"):
            yield Text(text=text, path=f"{at}text")
        for place, attachment in enumerate(one.children("attachments")):
            yield self._file(
                attachment.text("url"),
                f"{at}attachment[{place}]",
                size=attachment.count("fileSizeBytes"),
                name=attachment.text("fileName"),
            )
        for place, sticker in enumerate(one.children("stickers")):
            if name := sticker.text("name"):
                yield Text(text=name, path=f"{at}sticker[{place}].name")
            yield self._file(sticker.text("sourceUrl"), f"{at}sticker[{place}]")
        for place, embed in enumerate(one.children("embeds")):
            yield from self._embed(embed, f"{at}embed[{place}]")

    def _embed(self, embed: Fields, at: str) -> Iterator[Part]:
        for key in ("title", "description"):
            if text := embed.text(key):
                yield Text(text=text, path=f"{at}.{key}")
        if url := embed.text("url"):
            yield Link(url=url, path=f"{at}.url")
        for key, name in (("author", "name"), ("footer", "text")):
            if (line := embed.child(key)) and line.text(name):
                yield Text(text=line.text(name), path=f"{at}.{key}")
            if line and line.text("url"):
                yield Link(url=line.text("url"), path=f"{at}.{key}.url", hidden=True)
        for place, field in enumerate(embed.children("fields")):
            yield Text(text=f"{field.text('name')}\n{field.text('value')}", path=f"{at}.field[{place}]")
        media = [(key, embed.child(key)) for key in ("thumbnail", "image", "video")]
        media += [(f"images[{place}]", one) for place, one in enumerate(embed.children("images"))]
        for key, one in media:
            if one and one.text("url"):
                yield self._file(one.text("url"), f"{at}.{key}")

    def _file(self, where: str, path: str, *, size: int | None = None, name: str = "") -> Attachment:
        """A saved file by its path, which Windows spells with backslashes; a web address was not saved."""
        if where.lower().startswith(_WEB) or not where:
            ref = absent(_NOT_SAVED)
        else:
            ref = local(self._root, where.replace("\\", "/"))
        claimed = mimetypes.guess_type(name or where.partition("?")[0])[0] or ""
        return Attachment(ref=ref, path=path, size=size, name=name, media_type=claimed)


def _account(user: Fields) -> Account:
    """Return the account of an export's user, with the identifiers that the live adapter gives."""
    number, name = user.text("id"), user.text("name")
    return Account(
        id=f"discord:user/{number}" if number else "",
        name=user.text("nickname") or name,
        handle=f"discord:user/{name.lower()}" if name else "",
    )


def _components(one: Fields, at: str) -> Iterator[Part]:
    """Buttons, however deep they are nested."""
    for place, component in enumerate(one.children("components")):
        path = f"{at}button[{place}]"
        if label := component.text("label"):
            yield Text(text=label, path=f"{path}.text")
        if url := component.text("url"):
            yield Link(url=url, path=f"{path}.url", hidden=True)
        yield from _components(component, f"{path}.")
