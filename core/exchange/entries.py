"""A row of a list becomes entries: the ways in which its item is recognised, in the one form signals have."""

import hashlib
import json
import re
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from core.banks.index import FEATURES, IN_EXTRA, VIDEO
from core.banks.parts import kept
from core.banks.phrases import expression, phrase
from core.banks.sketch import statement
from core.banks.upkeep import ENTRY_SCHEMA
from core.banks.values import DIGESTS, address, addresses, digest, identifier
from core.errors import BadInput
from core.exchange.row import Row
from core.model import Entry, EntryState, Gap, Sharing, Signal
from core.view import MIN_QUALITY

_WORDS: Final[Mapping[str, Callable[[str], str]]] = {
    "text": statement,
    "phrase": phrase,
    "expression": expression,
}
"""Fields that hold words, and how a bank keeps them."""

Look = Callable[[Path], Awaitable[tuple[Sequence[Signal], Sequence[Gap]]]]
"""Takes the signals of a media file, as the live bot does."""

_NO_COUNTRY: Final = re.compile(r"0[1-9](?:[ ().-]?[0-9]){5,13}")
NOTHING: Final = "no usable identifier"

_KEPT: Final = ("platform", "handle")
"""Fields that say more than their entry does. A path is none: it says where somebody keeps their files."""

_NOT_BY_VALUE: Final = frozenset({"link", "account", VIDEO})
"""Signals that are found in a file (a QR code) and would not find the file again, or not by their value."""


async def entries_of(row: Row, *, folders: Sequence[Path], look: Look) -> tuple[Entry, ...]:
    """Return what a row's item is recognised by; at least one entry.

    Args:
        row: The row.
        folders: Where paths of media files may start.
        look: Fingerprints a file; asked only where the row has no hash.

    Raises:
        BadInput: The row cannot be used; the message is the reason.
    """
    if row.wrong:
        raise BadInput(row.wrong)
    if "\ufffd" in row.text:
        raise BadInput("bytes that are no text in this file's encoding")
    fields, extra = _parted(row.fields)
    keys = list(dict.fromkeys((*_digests(fields), *_named(fields), *map(_key, row.keys))))
    media = [key for key in keys if key[0] in DIGESTS]
    heavy: tuple[tuple[str, str], ...] = ()
    keys += [(kind, word(fields[kind])) for kind, word in _WORDS.items() if fields.get(kind)]
    if fields.get("file") and not media:
        try:
            found, heavy, unseen = await _fingerprinted(fields["file"], folders, look)
        except BadInput as error:
            if not keys:
                raise
            found, unseen = [], [str(error)]
        keys += found
        extra += tuple(("not looked at", reason) for reason in unseen)
    if not keys:
        raise BadInput(_nothing(fields))
    avatar, unseen = await _avatar(fields.get("avatar", ""), folders, look)
    extra += tuple(("not looked at", reason) for reason in unseen)
    entries = tuple(_entry(kind, value, fields, extra, avatar=avatar) for kind, value in keys)
    return (*entries, *(_of_extra(kind, held, fields, extra) for kind, held in heavy))


def _of_extra(kind: str, held: str, fields: dict[str, str], extra: tuple[tuple[str, str], ...]) -> Entry:
    """Give an entry that is recognised by what its `extra` holds; its value is the digest of that."""
    value = hashlib.sha256(held.encode()).hexdigest()
    return _entry(kind, value, fields, (*extra, (IN_EXTRA[kind], held)))


def _digests(fields: dict[str, str]) -> Iterator[tuple[str, str]]:
    for kind in DIGESTS:
        if value := fields.get(kind, ""):
            found = digest(kind, value)
            # A hash that says too little is never matched, so it is not listed either.
            if kind != "pdq" or _quality(fields.get("pdq_quality", "")) >= MIN_QUALITY:
                yield kind, found


def _nothing(fields: dict[str, str]) -> str:
    """Say why a row without any way to recognise its item has none."""
    if "hash64" in fields:
        return 'a hash of 64 digits is sha256 or pdq: name the column, or write "sha256 …" or "pdq …"'
    if fields.get("pdq"):
        return f"pdq_quality is below {MIN_QUALITY}: such a picture cannot be told from others"
    if not fields.get("platform") and (fields.get("handle") or fields.get("url", "").startswith("@")):
        return "a name without its platform: write an address, or telegram:user/name"
    if any(_NO_COUNTRY.fullmatch(fields.get(name, "")) for name in ("url", "canonical", "handle")):
        return "a telephone number without its country: write it with +"
    if any(fields.get(name, "").isdigit() for name in ("url", "canonical", "value")):
        return 'a number alone names nobody: write "telegram:id/123", or name a list of Telegram ids "cas…"'
    return NOTHING


def _quality(value: str) -> int:
    if not value:
        return MIN_QUALITY
    if not value.isascii() or not value.isdigit():
        raise BadInput(f"pdq_quality must be a number from 0 to 100, not {value[:20]}")
    return int(value)


def _named(fields: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Give the identifiers of accounts and invitations; the clearest way in which they are written counts."""
    if value := fields.get("value", ""):
        yield _valued(fields.get("kind", "").lower(), value)
        return
    platform = fields.get("platform", "")
    written = identifier(fields.get("canonical", ""))
    found: tuple[str, ...] = (written,) if written else ()
    for name in ("url", "canonical", "handle"):
        value = fields.get(name, "")
        if not found and value:
            # A line by itself may be a sentence; a cell of a table says what it holds.
            found = addresses(value, platform) if len(fields) > 1 else _one(value)
    yield from (("link", one) for one in found)


def _one(value: str) -> tuple[str, ...]:
    found = address(value)
    return (found,) if found else ()


def _key(key: tuple[str, str]) -> tuple[str, str]:
    """Read a field that recognises an item, and its value."""
    field, value = key
    if field in DIGESTS:
        return field, digest(field, value)
    if field in _WORDS:
        return field, _WORDS[field](value)
    found = address(value)
    if found is None:
        raise BadInput(NOTHING)
    return "link", found


def _valued(kind: str, value: str) -> tuple[str, str]:
    """Read a pair of kind and value, as this project exports its entries."""
    if kind in DIGESTS:
        return kind, digest(kind, value)
    if kind in _WORDS:
        return kind, _WORDS[kind](value)
    if kind in IN_EXTRA and DIGESTS["sha256"].fullmatch(value):
        return kind, value
    found = address(value) if kind in {"", "link", "url"} else None
    if found is None:
        raise BadInput(NOTHING)
    return "link", found


async def _avatar(written: str, folders: Sequence[Path], look: Look) -> tuple[str, list[str]]:
    """Return the hash of an account's picture, or "" and why there is none; the account counts without."""
    if not written or DIGESTS["pdq"].fullmatch(written):
        return written.lower(), []
    try:
        keys, _, unseen = await _fingerprinted(written, folders, look)
    except BadInput as error:
        return "", [str(error)]
    hashes = [value for kind, value in keys if kind == "pdq"]
    if not hashes and not unseen:
        unseen = [f"the file {written} is no picture that can be told from others"]
    return (hashes[0] if hashes else ""), unseen


async def _fingerprinted(
    name: str, folders: Sequence[Path], look: Look
) -> tuple[list[tuple[str, str]], tuple[tuple[str, str], ...], list[str]]:
    """Return what a file is recognised by, in keys and in what `extra` is to hold, and what was not seen."""
    path = next((f / name for f in folders if _is_file(f / name)), None)
    if path is None:
        raise BadInput(f"the file {name} is neither beside the list nor in the folder above")
    signals, gaps = await look(path)
    keys = [
        (s.kind, s.value)
        for s in signals
        if s.kind not in _NOT_BY_VALUE and (s.quality is None or s.quality >= MIN_QUALITY)
    ]
    if not keys:
        raise BadInput(
            f"the file {name} cannot be fingerprinted: {gaps[0].reason if gaps else 'it is empty'}"
        )
    heavy = (
        (FEATURES, next((part for s in signals if (part := kept(s.features))), "")),
        (VIDEO, next((s.clip for s in signals if s.clip), "")),
    )
    return keys, tuple(one for one in heavy if one[1]), [gap.reason for gap in gaps]


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # a name that no file can have, such as one that is too long
        return False


def _parted(row: Mapping[str, str]) -> tuple[dict[str, str], tuple[tuple[str, str], ...]]:
    """Return a row's fields, and what is kept beside them by its own name: what no field takes, and more."""
    fields: dict[str, str] = {}
    own: dict[str, str] = {}
    for name, value in row.items():
        if name.startswith("+"):
            own[name[1:]] = value
        else:
            fields[name] = value
    if own.get("schema") == ENTRY_SCHEMA:
        # Our own export: who added it and when is said anew.
        own = _unpacked(own.get("extra", ""))
    kept = {name: fields[name] for name in _KEPT if name in fields}
    return fields, tuple((kept | own).items())


def _unpacked(extra: str) -> dict[str, str]:
    try:
        found = json.loads(extra)
    except ValueError:
        return {}
    return {k: str(v) for k, v in found.items()} if isinstance(found, dict) else {}


def _entry(
    kind: str,
    value: str,
    fields: dict[str, str],
    extra: tuple[tuple[str, str], ...],
    *,
    avatar: str = "",
) -> Entry:
    return Entry(
        kind=kind,
        value=value,
        ref=fields.get("ref", ""),
        label=fields.get("label", ""),
        entity=fields.get("entity", ""),
        name=fields.get("name", ""),
        avatar=avatar if kind == "link" else "",
        reason=fields.get("reason", ""),
        source=fields.get("source", ""),
        state=_state(fields.get("state", "")),
        ideology=fields.get("ideology", ""),
        first_seen=_moment("first_seen", fields),
        last_seen=_moment("last_seen", fields),
        expires_at=_moment("expires_at", fields),
        sharing=_sharing(fields.get("sharing", "")),
        extra=extra,
    )


def _state(value: str) -> EntryState:
    try:
        return EntryState(value.lower()) if value else EntryState.ACTIVE
    except ValueError:
        raise BadInput(f"state must be active, disabled, disputed or withdrawn, not {value[:20]}") from None


def _moment(name: str, fields: Mapping[str, str]) -> datetime | None:
    value = fields.get(name, "")
    if not value:
        return None
    try:
        found = datetime.fromisoformat(value)
    except ValueError:
        raise BadInput(f"{name} must be a time such as 2027-01-31, not {value[:20]}") from None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _sharing(value: str) -> Sharing | None:
    """Read a sharing limit with or without `TLP:`; white is the old name of clear."""
    plain = value.lower().removeprefix("tlp:").strip()
    if not plain:
        return None
    try:
        return Sharing("clear" if plain == "white" else plain)
    except ValueError:
        raise BadInput(f"sharing must be one of {', '.join(Sharing)}, not {value[:20]}") from None
