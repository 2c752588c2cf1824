"""Writing a signed bundle of a bank, for other communities. docs/bundles.md describes the form."""

import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Final

from core.banks.index import IN_EXTRA
from core.banks.upkeep import bank_named, exported
from core.errors import BadInput, StoreError
from core.exchange.bundle import SCHEMA
from core.exchange.signing import SigningKey
from core.keeping import BankStore
from core.model import EntryState, Sharing

_HANDED_ON: Final = frozenset({EntryState.ACTIVE, EntryState.DISPUTED})
_NAMELESS: Final = ("source", "added_by", "added_at", "bank")
"""Who put an entry here and from where is nobody else's business."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A bundle that was written.

    Attributes:
        left_out: Entries that may not be handed on so far, by their own limit.
    """

    version: int
    count: int
    key: str
    sharing: Sharing
    left_out: Mapping[Sharing, int] = field(default_factory=dict)


async def write_bundle(  # noqa: PLR0913 - each is one word where it is called
    bank: str,
    store: BankStore,
    path: Path,
    *,
    key: SigningKey,
    at: datetime,
    expires: datetime,
    sharing: Sharing | None = None,
    next_key: str | None = None,
) -> Written:
    """Write what a bank may hand on as a signed bundle.

    Args:
        bank: The bank's name.
        store: Where banks are kept.
        path: The file; one that is there is replaced when the new one is whole.
        key: Signs it.
        at: The present time; the version is made of it, so that a later bundle has a higher one.
        expires: From then on nobody takes it in any more.
        sharing: How far its readers may hand it on; entries with a stricter limit are left out. None is the
            bank's own limit.
        next_key: The public key that will sign after this one.

    Raises:
        BadInput: There is no such bank, or it may not be handed on at all.
        StoreError: The file cannot be written.
    """
    limit = sharing or (await bank_named(bank, store)).sharing
    if limit is Sharing.SEALED:
        raise BadInput(f"{bank} is sealed, so it is not handed on")
    version = _version(at)
    manifest = {
        "schema": SCHEMA,
        "name": bank,
        "version": version,
        "created": at.isoformat(),
        "expires": expires.isoformat(),
        "sharing": limit,
        **({"next_key": next_key} if next_key else {}),
    }
    body = path.with_name(f"{path.name}.entries")
    try:
        with body.open("wb") as file:
            body.chmod(0o600)
            entries = await _write_entries(bank, store, file, limit)
        _put_together(path, body, manifest | {"count": entries.count, "sha256": entries.sha256}, key)
    except OSError as exc:
        raise StoreError(f"{path}: it cannot be written ({exc.strerror}).") from exc
    finally:
        body.unlink(missing_ok=True)
    return Written(
        version=version, count=entries.count, key=key.public, sharing=limit, left_out=entries.left_out
    )


def _version(at: datetime) -> int:
    """Make a version of a time, that a person can read and that grows wherever the key is used."""
    return int(f"{at:%Y%m%d%H%M%S}")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entries:
    """The entries that were written; `left_out` counts the others by their own limit."""

    count: int
    sha256: str
    left_out: Mapping[Sharing, int]


async def _write_entries(bank: str, store: BankStore, file: BinaryIO, limit: Sharing) -> _Entries:
    """Write a bank's entries, one a line."""
    count, digest = 0, hashlib.sha256()
    left_out: Counter[Sharing] = Counter()
    async for line in exported(bank, store, limit=limit, left_out=left_out):
        if line["state"] in _HANDED_ON:
            row = _row(line)
            digest.update(row)
            file.write(row)
            count += 1
    return _Entries(count=count, sha256=digest.hexdigest(), left_out=left_out)


def _row(line: Mapping[str, object]) -> bytes:
    """Write a line of an export without what is nobody else's business."""
    extra = line["extra"] if isinstance(line["extra"], dict) else {}
    # What a list's columns said besides may be anything; only what an entry is matched by goes along.
    matched_by = {name: extra[name] for name in (IN_EXTRA.get(str(line["kind"])),) if name in extra}
    told = {**line, "extra": matched_by}
    said = {name: value for name, value in told.items() if value and name not in _NAMELESS}
    return (json.dumps(said, ensure_ascii=False) + "\n").encode()


def _put_together(path: Path, body: Path, manifest: Mapping[str, object], key: SigningKey) -> None:
    """Write manifest, signature and entries into one file, which appears when it is whole."""
    signed = json.dumps({**manifest, "key": key.public}, sort_keys=True, ensure_ascii=False).encode()
    whole = path.with_name(f"{path.name}.part")
    try:
        with whole.open("wb") as file, body.open("rb") as entries:
            file.write(signed + b"\n")
            file.write(json.dumps({"signature": key.sign(signed)}).encode() + b"\n")
            while piece := entries.read(1 << 20):
                file.write(piece)
        whole.replace(path)
    finally:
        whole.unlink(missing_ok=True)
