"""What the columns of lists are called, and what stands in a column that nobody named."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from core.banks.values import is_identifier, is_platform, looks_like_address

FIELDS: Final[Mapping[str, tuple[str, ...]]] = {
    "ref": ("ref", "id", "source_id", "no"),
    "label": ("label",),
    "reason": ("reason",),
    "source": ("source",),
    "entity": ("entity", "group"),
    "name": ("display_name", "name"),
    "avatar": ("avatar",),
    "md5": ("md5", "video_md5"),
    "sha1": ("sha1", "sha_1"),
    "sha256": ("sha256", "sha_256"),
    "pdq": ("pdq",),
    "pdq_quality": ("pdq_quality",),
    "canonical": ("canonical",),
    "url": ("url", "link"),
    "handle": ("handle", "username", "user_name"),
    "platform": ("platform",),
    "text": ("text",),
    "phrase": ("phrase",),
    "expression": ("expression",),
    "file": ("file",),
    "kind": ("kind",),
    "value": ("value",),
    "state": ("state",),
    "ideology": ("ideology",),
    "first_seen": ("first_seen",),
    "last_seen": ("last_seen",),
    "expires_at": ("expires_at", "expires"),
    "sharing": ("sharing", "tlp"),
}
"""What each field may be called, the clearest name first; whatever is called otherwise is kept as it is."""

_FIELD_OF: Final = {name: field for field, names in FIELDS.items() for name in names}
_HALF: Final = 0.5

HASHES: Final = {
    "md5": re.compile(r"[0-9a-fA-F]{32}"),
    "sha1": re.compile(r"[0-9a-fA-F]{40}"),
    "hash64": re.compile(r"[0-9a-fA-F]{64}"),
}
"""Hashes that nobody named; 64 digits may be two kinds, and only whoever keeps the list knows which."""


def fields_of(names: Sequence[str]) -> list[str]:
    """Return the field that each column holds; for a column that is not known, its own name after a `+`.

    Of two columns that would hold the same field, the one with the clearer name does.
    """
    found = [_field(name) for name in names]
    best: dict[str, int] = {}
    for i, (field, clarity) in enumerate(found):
        if field and (field not in best or clarity < found[best[field]][1]):
            best[field] = i
    return [
        field if field and best[field] == i else f"+{names[i].strip() or f'column {i + 1}'}"
        for i, (field, _) in enumerate(found)
    ]


def known(cells: Sequence[str]) -> int:
    """Count the columns that these cells name; 0 where one is an address, so that they are no header."""
    if any(looks_like_address(c) or is_identifier(c) for c in cells):
        return 0
    return sum(bool(_field(c)[0]) for c in cells)


def guessed(rows: Sequence[Sequence[str]]) -> list[str]:
    """Return the field that each column of a table without a header holds, judged by some of its rows."""
    width = max((len(row) for row in rows), default=0)
    kinds = [_kind([row[i] for row in rows if i < len(row) and row[i].strip()]) for i in range(width)]
    taken: set[str] = set()
    fields = []
    for i, kind in enumerate(kinds):
        field = kind if kind and kind not in taken else f"+column {i + 1}"
        if kind == "words":
            field = "name" if "name" not in taken else f"+column {i + 1}"
        taken.add(field)
        fields.append(field)
    return fields


def _field(name: str) -> tuple[str, int]:
    """Return the field of a column by its name, or "", and how far down its names this one is.

    "Link / ID" is called by its first word that is known.
    """
    for alternative in re.split(r"[/|,]", name):
        plain = "_".join(re.findall(r"[a-z0-9]+", alternative.casefold()))
        if plain in _FIELD_OF:
            field = _FIELD_OF[plain]
            return field, FIELDS[field].index(plain)
    return "", 0


def _kind(cells: Sequence[str]) -> str:
    """Say what most cells of a column are, or "" where it is nothing that is known."""
    tests: Iterable[tuple[str, Sequence[bool]]] = (
        ("canonical", [is_identifier(c) for c in cells]),
        *((field, [bool(form.fullmatch(c)) for c in cells]) for field, form in HASHES.items()),
        ("url", [looks_like_address(c) for c in cells]),
        ("platform", [is_platform(c) for c in cells]),
        ("ref", [c.isdigit() for c in cells]),
        ("words", [any(x.isalpha() for x in c) for c in cells]),
    )
    return next((kind for kind, hits in tests if cells and sum(hits) / len(cells) > _HALF), "")
