"""Reads lists of messages and of profiles: one JSON object per line.

A line with a profile's keys and no text is an account that shows itself: its author is the account, its
parts are what the account says of itself. Unknown keys are ignored.
"""

import json
import mimetypes
import os
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from bots.raw import utf16_slice
from bots.replay.fields import Fields
from bots.replay.files import local
from bots.replay.reading import Reading, Source
from core.errors import BadInput
from core.identifiers import named
from core.model import Account, Attachment, Happening, Link, Mention, Message, Part, Place, Text

_NAME: Final = re.compile(r"[\w.-]{2,64}")
_LINE_BYTES: Final = 16 * 1024 * 1024
_PROFILE: Final = ("handle", "display_name", "bio", "avatar", "url")
_REMEDY: Final = 'Write one JSON object per line, with an "id" in each'


def ndjson(path: Path, *, shown: str) -> Source:
    """Return the source of one file.

    Args:
        path: The file.
        shown: What refusals call it.
    """
    return Source(
        name=path.name, shown=shown, size_bytes=path.stat().st_size, read=lambda: _read(path, shown)
    )


def _read(path: Path, shown: str) -> Iterator[Reading]:
    taken = 0
    modified = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    with path.open("rb") as file:
        for number, line in enumerate(iter(lambda: file.readline(_LINE_BYTES), b""), start=1):
            taken += len(line)
            where = f"cannot read {shown}: line {number}"
            if len(line) == _LINE_BYTES:
                raise BadInput(f"{where}: longer than 16 MB. {_REMEDY}.")
            text = line.decode("utf-8-sig" if number == 1 else "utf-8", "replace").strip()
            if not text:
                continue
            one = Fields(_object(text, where))
            item = one.text("id")
            if not item:
                raise BadInput(f'{where}: no "id". {_REMEDY}.')
            message = _message(one, item, path, modified)
            yield Reading(item=item, message=message, gaps=one.gaps, taken_bytes=taken)


def _object(text: str, where: str) -> dict[str, object]:
    try:
        value = json.loads(text, strict=False)
    except RecursionError:
        raise BadInput(f"{where}: nested too deep. {_REMEDY}.") from None
    except json.JSONDecodeError as exc:
        why = f"{exc.msg[:1].lower()}{exc.msg[1:]} at character {exc.pos + 1}"
        raise BadInput(f"{where}: not JSON ({why}). {_REMEDY}.") from None
    except ValueError:
        raise BadInput(f"{where}: not JSON (a number with too many digits). {_REMEDY}.") from None
    if not isinstance(value, dict):
        raise BadInput(f"{where}: not a JSON object. {_REMEDY}.")
    return value


def _message(one: Fields, item: str, path: Path, modified: datetime) -> Message:
    platform = one.text("platform").lower() or "replay"
    profile = not one.has("text") and any(one.has(key) for key in _PROFILE)
    handle = _handle(platform, one.text("handle"))
    return Message(
        id=f"{platform}:{path.name}/{item}",
        place=Place(id=f"{platform}:{path.name}", name=path.name),
        author=Account(name=one.text("display_name"), handle=handle),
        at=one.time("date", "created") or modified,
        happening=Happening.JOINED if profile else Happening.POSTED,
        parts=tuple(_parts(one, path.parent)),
    )


def _handle(platform: str, written: str) -> str:
    """Return the identifier of a public name; one that its platform would not give today is one, too."""
    plain = written.strip().removeprefix("@").lower()
    return named(platform, written) or (f"{platform}:user/{plain}" if _NAME.fullmatch(plain) else "")


def _parts(one: Fields, folder: Path) -> Iterator[Part]:
    if text := one.text("text"):
        yield Text(text=text, path="text")
        yield from _entities(one, text)
    for place, name in enumerate(one.values("attachments")):
        if isinstance(name, str):
            yield _file(folder, name, f"attachment[{place}]")
        else:
            one.note("attachments", "a list of paths")
    if bio := one.text("bio"):
        yield Text(text=bio, path="bio")
    if url := one.text("url"):
        yield Link(url=url, path="url")
    if avatar := one.text("avatar"):
        above = not os.path.exists(folder / avatar) and os.path.exists(folder.parent / avatar)  # noqa: PTH110  # Path.exists raises on a name that is too long
        yield _file(folder.parent if above else folder, avatar, "avatar")


def _file(folder: Path, name: str, path: str) -> Attachment:
    claimed = mimetypes.guess_type(name)[0] or ""
    return Attachment(ref=local(folder, name), path=path, name=Path(name).name, media_type=claimed)


def _entities(one: Fields, text: str) -> Iterator[Part]:
    """What Telegram's entities hide; their offsets count UTF-16 units."""
    for place, entity in enumerate(one.children("entities")):
        path = f"text.entity[{place}]"
        if entity.text("type") == "text_link" and entity.text("url"):
            yield Link(url=entity.text("url"), path=path, hidden=True)
        elif entity.text("type") == "text_mention" and (user := entity.child("user")):
            name = utf16_slice(text, entity.count("offset") or 0, entity.count("length") or 0)
            who = Account(id=f"telegram:id/{user.text('id')}" if user.text("id") else "", name=name)
            yield Mention(account=who, path=path, hidden=True)
