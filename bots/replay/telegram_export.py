"""Reads what Telegram Desktop's "Export chat history" and "Export Telegram data" write as JSON.

Ids are those the live adapter would give: chat ids in the form of the Bot API. Keys follow the writer:
tdesktop, Telegram/SourceFiles/export/output/export_output_json.cpp.
"""

import mimetypes
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from bots.raw import clean
from bots.replay.fields import Fields
from bots.replay.files import absent, local
from bots.replay.reading import Reading, Source, opening
from core.identifiers import named
from core.model import (
    Account,
    Attachment,
    Gap,
    Happening,
    Link,
    Mention,
    Message,
    Part,
    Place,
    Text,
    is_forward,
)
from core.text.jsonstream import JsonStream

NAME: Final = "result.json"

_REMEDY: Final = 'Export again with format "Machine-readable JSON"'
_JOINING: Final = frozenset({"join_group_by_link", "join_group_by_request", "joined_telegram"})
_SUPERGROUPS: Final = frozenset(
    {"private_supergroup", "public_supergroup", "private_channel", "public_channel"}
)
_LOSSES: Final = {
    "unavailable": "not included in the export: unavailable when it was made",
    "exceeds maximum size": "not included in the export: over the size chosen there",
    "not included": "not included in the export",
}
"""What Telegram Desktop writes in brackets in place of a path."""


def telegram_export(path: Path, *, name: str, shown: str) -> Source:
    """Return the source of one `result.json`.

    Args:
        path: The file.
        name: What output lines call the source.
        shown: What refusals call the file.
    """
    return Source(name=name, shown=shown, size_bytes=path.stat().st_size, read=lambda: _read(path, shown))


def is_telegram_export(path: Path) -> bool:
    """Tell by its first key whether a file is an export: of one chat, or of all data."""
    return opening(path).startswith(('"name"', '"type"', '"about"', '"id"'))


def _read(path: Path, shown: str) -> Iterator[Reading]:
    with path.open("rb") as file:
        stream = JsonStream(file, name=shown, remedy=_REMEDY + ".")
        if stream.peek() != "{":
            stream.refuse("not a Telegram Desktop export (no JSON object)")
        found = False
        about: dict[str, object] = {}
        for key in stream.members():
            if key == "messages":
                found = True
                yield from _messages(stream, about, path.parent)
            elif key in {"chats", "left_chats"} and stream.peek() == "{":
                found = True
                yield from _chats(stream, path.parent)
            else:
                _remember(stream, about, key)
        if not found:
            stream.refuse('not a Telegram Desktop export (no "messages")', at=0)


def _chats(stream: JsonStream, root: Path) -> Iterator[Reading]:
    for key in stream.members():
        if key != "list" or stream.peek() != "[":
            stream.skip()
            continue
        for _ in stream.elements():
            about: dict[str, object] = {}
            for inner in stream.members():
                if inner == "messages":
                    yield from _messages(stream, about, root)
                else:
                    _remember(stream, about, inner)


def _remember(stream: JsonStream, about: dict[str, object], key: str) -> None:
    if key in {"name", "type", "id"}:
        about[key] = stream.value()
    else:
        stream.skip()


def _messages(stream: JsonStream, about: dict[str, object], root: Path) -> Iterator[Reading]:
    chat = _Chat(Fields(about), root)
    for _ in stream.elements():
        yield chat.reading(Fields(stream.value()), taken_bytes=stream.taken_bytes)


class _Chat:
    """One chat of an export, which turns its messages into readings.

    Args:
        about: The chat's `name`, `type` and `id`; the export writes them before the messages.
        root: The export's folder.
    """

    def __init__(self, about: Fields, root: Path) -> None:
        bare, kind = about.text("id"), about.text("type")
        prefix = "-100" if kind in _SUPERGROUPS else "-" if kind == "private_group" else ""
        self._place = Place(id=f"telegram:{prefix}{bare}", name=about.text("name"))
        self._link = f"https://t.me/c/{bare}/" if kind in _SUPERGROUPS else ""
        self._root = root

    def reading(self, one: Fields, *, taken_bytes: int) -> Reading:
        """Turn one message, service messages included, into a reading."""
        item = one.text("id")
        who = "actor" if one.has("actor_id") or one.text("type") == "service" else "from"
        author = _account(one.text(f"{who}_id"), one.text(who))
        happening = Happening.EDITED if one.has("edited") else Happening.POSTED
        if one.text("action") in _JOINING:
            happening = Happening.JOINED
        parts = tuple(self._parts(one))
        message = Message(
            id=f"{self._place.id}/{item}",
            place=self._place,
            author=author,
            at=one.time("date_unixtime", "date") or datetime.fromtimestamp(0, UTC),
            happening=happening,
            parts=parts,
            forwarded=is_forward(parts),
            url=f"{self._link}{item}" if self._link else "",
        )
        gaps = one.gaps
        if one.text("type") == "unsupported":
            gaps += (Gap(part="message", reason="not included in the export: a kind it does not know"),)
        return Reading(item=item, message=message, gaps=gaps, taken_bytes=taken_bytes)

    def _parts(self, one: Fields) -> Iterator[Part]:
        files = tuple(self._files(one))
        yield from _text(one, "caption" if files else "text")
        yield from _origins(one)
        yield from files
        yield from (Text(text=file.name, path=f"{file.path}.name") for file in files if file.name)
        yield from _containers(one)
        yield from _buttons(one)

    def _files(self, one: Fields) -> Iterator[Attachment]:
        keys = [k for k in ("photo", "file") if one.has(k)]
        for place, key in enumerate(keys):
            size = one.count("photo_file_size" if key == "photo" else "file_size")
            claimed = "image/jpeg" if key == "photo" else one.text("mime_type")
            yield self._file(one, key, f"attachment[{place}]", size=size, claimed=claimed)
        if one.has("thumbnail"):
            yield self._file(one, "thumbnail", "attachment[0].thumbnail", claimed="image/jpeg")
        if one.has("contact_vcard"):
            yield self._file(one, "contact_vcard", "contact.vcard", claimed="text/vcard")

    def _file(
        self, one: Fields, key: str, path: str, *, size: int | None = None, claimed: str = ""
    ) -> Attachment:
        where = one.text(key)
        loss = next((reason for mark, reason in _LOSSES.items() if mark in where), "")
        if loss and where.endswith(")"):
            ref = absent(loss)
        else:
            ref = local(self._root, where)
            claimed = claimed or mimetypes.guess_type(where)[0] or ""
        name = one.text("file_name") if key == "file" else ""
        return Attachment(ref=ref, path=path, size=size, name=name, media_type=claimed)


def _account(peer: str, name: str) -> Account:
    """Return the account of an export's `user51900412`, `channel123` or `chat123`."""
    kind = peer.rstrip("0123456789")
    number = peer[len(kind) :]
    if not number:
        return Account(name=name)
    return Account(id=f"telegram:{'chat' if kind in {'channel', 'chat'} else 'id'}/{number}", name=name)


def _text(one: Fields, path: str) -> Iterator[Part]:
    """The text in one piece, and what its entities hide: the targets of masked links, accounts by id."""
    raw = one.raw("text")
    pieces = raw if isinstance(raw, list) else [raw]
    if any(not isinstance(p, str | dict) for p in pieces) and raw is not None:
        one.note("text", "text or a list of its pieces")
    plain = [p if isinstance(p, str) else p.get("text") for p in pieces if isinstance(p, str | dict)]
    whole = clean("".join(p for p in plain if isinstance(p, str)))
    if whole:
        yield Text(text=whole, path=path)
    entities = list(one.children("text_entities"))
    if not entities:
        entities = [Fields(p) for p in pieces if isinstance(p, dict)]
    for place, entity in enumerate(entities):
        kind, where = entity.text("type"), f"{path}.entity[{place}]"
        if kind == "text_link" and entity.text("href"):
            yield Link(url=entity.text("href"), path=where, hidden=True)
        elif kind == "mention_name" and entity.text("user_id"):
            who = _account(entity.text("user_id"), entity.text("text"))
            yield Mention(account=who, path=where, hidden=True)


def _origins(one: Fields) -> Iterator[Part]:
    if one.has("forwarded_from") or one.has("forwarded_from_id"):
        origin = _account(one.text("forwarded_from_id"), one.text("forwarded_from"))
        yield Mention(account=origin, path="forward.origin")
    if one.has("saved_from") and one.text("saved_from") != one.text("forwarded_from"):
        yield Mention(account=Account(name=one.text("saved_from")), path="forward.saved_from")
    if one.has("reply_to_peer_id"):
        yield Mention(account=_account(one.text("reply_to_peer_id"), ""), path="reply.origin")
    if bot := one.text("via_bot"):
        yield Mention(account=Account(name=bot, handle=named("telegram", bot) or ""), path="via_bot")
    # A service message tells who was invited, made or removed only by name.
    for place, member in enumerate(one.values("members")):
        if isinstance(member, str):
            yield Mention(account=Account(name=clean(member)), path=f"members[{place}]")


_TITLES: Final = (
    *("title", "performer", "new_title", "place_name", "address"),
    *("game_title", "game_description", "author"),
)


def _containers(one: Fields) -> Iterator[Part]:
    """Texts that stand elsewhere than in the message's text: a place to hide a link in."""
    for key in _TITLES:
        if value := one.text(key):
            yield Text(text=value, path=key)
    if link := one.text("game_link"):
        yield Link(url=link, path="game_link")
    if contact := one.child("contact_information"):
        name = f"{contact.text('first_name')} {contact.text('last_name')}".strip()
        yield Text(text=name, path="contact.name")
        if number := contact.text("phone_number"):
            yield Text(text=number, path="contact.phone")
        if user := contact.count("user_id"):
            yield Mention(account=_account(str(user), name), path="contact")
    if poll := one.child("poll"):
        yield Text(text=poll.text("question"), path="poll.question")
        for place, answer in enumerate(poll.children("answers")):
            yield Text(text=answer.text("text"), path=f"poll.option[{place}]")


def _buttons(one: Fields) -> Iterator[Part]:
    place = 0
    for row in one.values("inline_bot_buttons"):
        for value in row if isinstance(row, list) else ():
            button = Fields(value)
            if label := button.text("text"):
                yield Text(text=label, path=f"button[{place}].text")
            if button.text("type") in {"url", "auth", "web_view", "simple_web_view"} and button.text("data"):
                yield Link(url=button.text("data"), path=f"button[{place}].url", hidden=True)
            place += 1
