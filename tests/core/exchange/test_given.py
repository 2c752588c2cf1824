"""What a person names one by one: files, addresses, identifiers, hashes."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from core.exchange.given import Given
from core.model import Entry
from core.ports import Accepted, Rejected, Update
from tests.core.exchange.looks import PDQ, SHA256, look


async def updates(*items: str, noted: Mapping[str, str] | None = None) -> list[Update]:
    """Return what becomes of the items."""
    return [update async for update in Given(items, look=look, noted=noted or {}).fetch(None)]


async def entries(*items: str, noted: Mapping[str, str] | None = None) -> list[Entry]:
    """Return the entries that the items become, all of which can be used."""
    found = await updates(*items, noted=noted)
    assert all(isinstance(update, Accepted) for update in found), found
    return [entry for update in found if isinstance(update, Accepted) for entry in update.entries]


@pytest.mark.parametrize(
    ("item", "kind", "value"),
    [
        ("https://t.me/Kites_TV", "link", "telegram:user/kites_tv"),
        ("telegram:user/kites_tv", "link", "telegram:user/kites_tv"),
        ("web:kites.example/board", "link", "web:kites.example/board"),
        ("kites.example/board", "link", "web:kites.example/board"),
        ("AB" * 16, "md5", "ab" * 16),
        (f"pdq {PDQ}", "pdq", PDQ),
        (f"sha256 {SHA256}", "sha256", SHA256),
    ],
)
async def test_an_item_is_taken_for_what_it_is(item: str, kind: str, value: str) -> None:
    """Addresses, identifiers and hashes need no word about what they are, save where two kinds look alike."""
    (entry,) = await entries(item)

    assert (entry.kind, entry.value) == (kind, value)


async def test_a_file_is_fingerprinted_under_its_name(tmp_path: Path) -> None:
    """Its entries share a reference, so that they are one item; a reference that is told goes first."""
    path = tmp_path / "poster.jpg"
    path.touch()

    assert [(e.kind, e.value, e.ref) for e in await entries(str(path))] == [
        ("sha256", SHA256, "poster.jpg"),
        ("pdq", PDQ, "poster.jpg"),
    ]
    assert {e.ref for e in await entries(str(path), noted={"ref": "d041", "label": ""})} == {"d041"}


async def test_what_is_noted_is_on_every_entry(tmp_path: Path) -> None:
    """Reference, label and reason are the same for all that is named."""
    noted = {"ref": "r9", "label": "banned", "reason": "shared in May"}

    found = await entries("https://t.me/kites_a", "AB" * 16, noted=noted)

    assert [(e.ref, e.label, e.reason) for e in found] == [("r9", "banned", "shared in May")] * 2


@pytest.mark.parametrize(
    ("item", "reason"),
    [
        ("poster.jpg", "there is no file of this name, and it is no address"),
        ("@kites_tv", "a name without its platform: write an address, or telegram:user/name"),
        ("ask the office", "no usable identifier"),
        ("", "no usable identifier"),
        (PDQ, 'a hash of 64 digits is sha256 or pdq: name the column, or write "sha256 …" or "pdq …"'),
    ],
)
async def test_an_item_that_cannot_be_used_is_told_why(item: str, reason: str) -> None:
    """The others are taken; this one is named with its place and its reason."""
    first, second = await updates("https://t.me/kites_a", item)

    assert isinstance(first, Accepted)
    assert second == Rejected(line=2, text=item, reason=reason, checkpoint="2")
