"""Tells what a path holds, and makes its sources: an export, a list, a file, or a folder of them.

A folder is read whole and in the order of names; where a folder in it holds an export, that export stands
for the folder. Only a list (`*.ndjson`) that was named itself is read as one: in a folder it is a file.
"""

import mimetypes
import os
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from bots.raw import clean
from bots.replay.discord_export import discord_export, is_discord_export
from bots.replay.files import local
from bots.replay.ndjson import ndjson
from bots.replay.reading import Reading, Source
from bots.replay.telegram_export import NAME, is_telegram_export, telegram_export
from core.errors import BadInput
from core.model import Account, Attachment, Message, Place

_LISTS: Final = frozenset({".ndjson", ".jsonl"})


def sources(paths: Sequence[Path]) -> tuple[Source, ...]:
    """Return the sources of all paths, in order.

    Raises:
        BadInput: A path is missing, unreadable, or an export that is not one.
    """
    return tuple(source for path in paths for source in _sources(path))


def _sources(path: Path) -> Iterator[Source]:
    shown = str(path)
    try:
        # The name of "." is empty: people know the folder by its own.
        path = path.resolve(strict=True)
        if path.is_dir():
            yield from _folder(path, path, shown)
        elif path.is_file():
            yield from _file(path, shown)
        else:
            raise BadInput(
                f"cannot read {shown}: neither a file nor a folder. Name files, folders or exports."
            )
    except FileNotFoundError:
        raise BadInput(f"cannot read {shown}: no such file or folder. Check the path.") from None
    except OSError as exc:
        why = (exc.strerror or "unreadable").lower()
        raise BadInput(f"cannot read {exc.filename or shown}: {why}. Check its permissions.") from None


def _file(path: Path, shown: str) -> Iterator[Source]:
    if path.name == NAME:
        yield telegram_export(path, name=path.parent.name, shown=shown)
    elif path.suffix.lower() == ".json" and is_discord_export(path):
        yield discord_export(path, name=path.name, shown=shown)
    elif path.suffix.lower() == ".json" and is_telegram_export(path):
        yield telegram_export(path, name=path.name, shown=shown)
    elif path.suffix.lower() in _LISTS:
        yield ndjson(path, shown=shown)
    else:
        yield _plain(path.parent, (path,), shown)


def _folder(top: Path, folder: Path, shown: str) -> Iterator[Source]:
    """Yield a folder's sources; plain files that stand together make one."""
    name = clean(f"{top.name}/{folder.relative_to(top).as_posix()}" if folder != top else top.name)
    result = folder / NAME
    if result.is_file() and (folder == top or is_telegram_export(result)):
        yield telegram_export(result, name=name, shown=f"{shown}/{NAME}")
        return
    inside = sorted(os.scandir(folder), key=lambda one: one.name)
    # A link to a folder counts as a file that cannot be read: it may lead out, or round in a circle.
    files = [Path(one.path) for one in inside if not one.is_dir(follow_symlinks=False)]
    channels = [path for path in files if path.suffix.lower() == ".json" and is_discord_export(path)]
    for path in channels:
        yield discord_export(path, name=clean(f"{name}/{path.name}"), shown=f"{shown}/{path.name}")
    if channels:
        return
    if files:
        yield _plain(top, files, shown)
    for one in inside:
        if one.is_dir(follow_symlinks=False):
            yield from _folder(top, Path(one.path), f"{shown}/{one.name}")


def _plain(top: Path, files: Sequence[Path], shown: str) -> Source:
    size = sum(path.lstat().st_size for path in files)
    return Source(name=clean(top.name), shown=shown, size_bytes=size, read=lambda: _files(top, files))


def _files(top: Path, files: Sequence[Path]) -> Iterator[Reading]:
    taken = 0
    for path in files:
        about = path.lstat()
        taken += about.st_size
        relative = path.relative_to(top).as_posix()
        # A name that is not UTF-8 finds the file, but cannot be printed.
        item = clean(relative)
        attachment = Attachment(
            ref=local(top, relative),
            path="attachment[0]",
            size=about.st_size,
            name=clean(path.name),
            media_type=mimetypes.guess_type(path.name)[0] or "",
        )
        message = Message(
            id=f"replay:{item}",
            place=Place(id="replay:files", name=clean(top.name)),
            author=Account(),
            at=datetime.fromtimestamp(about.st_mtime, UTC),
            parts=(attachment,),
        )
        yield Reading(item=item, message=message, taken_bytes=taken)
