"""A copy of a list from its server or from a file: only what changed is fetched, and only a list is taken.

A server that is broken answers with a page to log in, with nothing, or with half a list. None of these is a
list, and none may take back what the last good copy said.
"""

import asyncio
import gzip
import re
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Final

from core.errors import BadInput, CannotLook
from core.exchange.asking import UNCHANGED, Asking
from core.exchange.staging import Staged
from core.fetch.fetcher import Answer
from core.fetch.files import writing
from core.model import Subscription

MOST_BYTES: Final = 512_000_000
"""The largest copy that is taken, unpacked: four million hashes with their labels."""

_HEAD: Final = 4_096
_PIECE: Final = 1 << 20
_GZIP: Final = b"\x1f\x8b"
_PAGE: Final = re.compile(rb"<(!doctype\s+html|html|head|body|script)\b", re.IGNORECASE)
_SENT_BACK: Final = re.compile(r"[!-~ ]{1,200}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """A copy that is new.

    Attributes:
        path: Where it lies.
        subscription: With what its server said of it, for the next time.
    """

    path: Path
    subscription: Subscription


async def fetched(
    subscription: Subscription, asking: Asking | None, into: Path, headers: Mapping[str, str]
) -> Copy | None:
    """Fetch what a subscription names, unless it is what it was.

    Args:
        subscription: Where from, and what was said of the last copy.
        asking: Asks its server; None where it is a file.
        into: Where to write it.
        headers: To say besides.

    Returns:
        The new copy; None where nothing changed.

    Raises:
        BadInput, CannotLook: There is none, or it is no list.
        TryLater: The server is busy or out of reach.
        StoreError: It cannot be written.
    """
    if asking is None:
        return await asyncio.to_thread(_copied, subscription, into)
    known = {"If-None-Match": subscription.etag, "If-Modified-Since": subscription.modified}
    conditions = {name: value for name, value in known.items() if value}
    answer = await asking.download(subscription.location, into, {**headers, **conditions})
    if answer.status == UNCHANGED:
        return None
    await asyncio.to_thread(_unpacked, into)
    _refuse_what_is_no_list(into)
    etag, modified = (_said(answer, name) for name in ("etag", "last-modified"))
    return Copy(path=into, subscription=replace(subscription, etag=etag, modified=modified))


def _said(answer: Answer, name: str) -> str:
    """Return a header that will be sent back one day, or "" for one that could not be."""
    value = answer.headers.get(name, "")
    return value if _SENT_BACK.fullmatch(value) else ""


def _copied(subscription: Subscription, into: Path) -> Copy | None:
    """Copy a file; its digest stands for what a server would say of it."""
    source, digest, read = Path(subscription.location), sha256(), 0
    try:
        with source.open("rb") as file, writing(into) as write:
            while piece := file.read(_PIECE):
                read += len(piece)
                if read > MOST_BYTES:
                    raise BadInput(f"the list is over {MOST_BYTES // 1_000_000} MB")
                digest.update(piece)
                write(piece)
    except OSError as exc:
        raise BadInput(f"cannot read {source}: {(exc.strerror or str(exc)).lower()}.") from exc
    if digest.hexdigest() == subscription.etag:
        return None
    _unpacked(into)
    _refuse_what_is_no_list(into)
    return Copy(path=into, subscription=replace(subscription, etag=digest.hexdigest()))


def _unpacked(path: Path) -> None:
    """Unpack a copy that is packed, in its place, within the limit."""
    with path.open("rb") as file:
        if file.read(len(_GZIP)) != _GZIP:
            return
    packed = path.rename(path.with_suffix(".gz"))
    try:
        with gzip.open(packed) as file, writing(path) as write:
            _within_limit(file, write)
    except (OSError, EOFError, zlib.error) as exc:
        raise CannotLook("the list is packed, and cannot be unpacked: it is cut off or damaged") from exc
    finally:
        packed.unlink()


def _within_limit(file: gzip.GzipFile, write: Callable[[bytes], object]) -> None:
    read = 0
    while piece := file.read(_PIECE):
        read += len(piece)
        if read > MOST_BYTES:
            raise CannotLook(f"the list is over {MOST_BYTES // 1_000_000} MB when it is unpacked")
        write(piece)


def _refuse_what_is_no_list(path: Path) -> None:
    """Raise CannotLook for a copy that is empty, or that is a page for people."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if not head.strip(b"\xef\xbb\xbf \t\r\n"):
        raise CannotLook("the list is empty. The last good copy stays")
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") and _PAGE.search(head):
        raise CannotLook("there is a web page instead of a list: is a login needed? The last good copy stays")


def refuse_what_was_cut(staged: Staged, path: Path) -> None:
    """Raise CannotLook for a copy of which nothing can be used, or that ends inside a row."""
    if not staged.accepted and not staged.named:
        reason = f": {staged.first_rejected[0].reason}" if staged.first_rejected else ""
        raise CannotLook(f"none of the list's {staged.rejected:,} rows can be used{reason}")
    with path.open("rb") as file:
        file.seek(-1, 2)
        ended = file.read(1) in {b"\n", b"\r", b"\0"}
    if not staged.ends_well and not ended:
        raise CannotLook("the list ends in the middle of a row. The last good copy stays")
