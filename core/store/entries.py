"""Banks, entries and overrides as rows, and back."""

import json
from dataclasses import fields
from typing import Final

from sqlalchemy import Row

from core.model import ActionKind, Bank, Entry, EntryState, Ladder, Override, Sharing, Standing, Trust

_OTHERWISE: Final = frozenset({"kind", "value", "state", "sharing", "extra"})

PLAIN: Final = tuple(f.name for f in fields(Entry) if f.name not in _OTHERWISE)
"""Fields of an entry that a row keeps as they are."""

AnyRow = Row[*tuple[object, ...]]


def bank_columns(bank: Bank) -> dict[str, object]:
    """Write a bank as the columns of its row."""
    return {
        "name": bank.name,
        "trust": bank.trust.value,
        "origin": bank.origin,
        "added_by": bank.added_by,
        "added_at": bank.added_at,
        "most": bank.most.value if bank.most else None,
        "same": bank.ladder.same,
        "strong": bank.ladder.strong,
        "sharing": bank.sharing.value,
        "expires_at": bank.expires_at,
    }


def bank_of(columns: dict[str, object]) -> Bank:
    """Read a bank from the columns of its row."""
    most = columns["most"]
    return Bank(
        name=str(columns["name"]),
        trust=Trust(str(columns["trust"])),
        origin=str(columns["origin"]),
        added_by=str(columns["added_by"]),
        added_at=columns["added_at"],  # type: ignore[arg-type]  # its column has its field's type
        most=ActionKind(str(most)) if most else None,
        ladder=Ladder(same=int(str(columns["same"])), strong=int(str(columns["strong"]))),
        sharing=Sharing(str(columns["sharing"])),
        expires_at=columns["expires_at"],  # type: ignore[arg-type]  # the same
    )


def entry_columns(entry: Entry) -> dict[str, object]:
    """Write an entry as the columns of its row."""
    plain: dict[str, object] = {name: getattr(entry, name) for name in PLAIN}
    return {
        "kind": entry.kind,
        "value": entry.value,
        "state": entry.state.value,
        "sharing": entry.sharing.value if entry.sharing else None,
        "extra": json.dumps(entry.extra, ensure_ascii=False) if entry.extra else "[]",
        **plain,
    }


def entry_of(columns: dict[str, object]) -> Entry:
    """Read an entry from the columns of its row."""
    extra = tuple((name, value) for name, value in json.loads(str(columns["extra"])))
    sharing = columns["sharing"]
    return Entry(
        kind=str(columns["kind"]),
        value=str(columns["value"]),
        state=EntryState(str(columns["state"])),
        sharing=Sharing(str(sharing)) if sharing else None,
        extra=extra,
        **{name: columns[name] for name in PLAIN},  # type: ignore[arg-type]  # each column has its field's type
    )


def override_of(columns: dict[str, object]) -> Override:
    """Read an override from the columns of its row."""
    return Override(
        kind=str(columns["kind"]),
        value=str(columns["value"]),
        standing=Standing(str(columns["standing"])),
        reason=str(columns["reason"]),
        by=str(columns["by"]),
        at=columns["at"],  # type: ignore[arg-type]  # its column has its field's type
    )


def columns_of(row: AnyRow, *, prefix: str = "") -> dict[str, object]:
    """Return the columns of a row; of those whose names begin with a prefix, without it."""
    named = dict(row._mapping)  # noqa: SLF001 - SQLAlchemy's public name for a row's columns
    return {str(n).removeprefix(prefix): value for n, value in named.items() if str(n).startswith(prefix)}
