"""Tech Against Terrorism's hash list: a record becomes an item with its ideology."""

import pytest

from core.errors import BadInput
from core.exchange.formats.record import Item, Position, Record
from core.exchange.formats.tech_against_terrorism import read


def record(**more: object) -> Item:
    """Read a record with some values of its own."""
    return read(Record({"hash_digest": "AB" * 16, "algorithm": "MD5", "id": 2819, **more}), Position())


@pytest.mark.parametrize(
    ("algorithm", "kind"), [("MD5", "md5"), ("SHA1", "sha1"), ("sha-256", "sha256"), ("PDQ", "pdq")]
)
def test_algorithms_that_are_compared_here_are_taken(algorithm: str, kind: str) -> None:
    """However they are spelled."""
    assert record(algorithm=algorithm).keys == ((kind, "AB" * 16),)


@pytest.mark.parametrize("algorithm", ["SHA512", "PhotoDNA", "", None])
def test_other_algorithms_are_refused(algorithm: object) -> None:
    """With their name, so that whoever reads the report knows what the list holds."""
    with pytest.raises(BadInput, match="is not compared here"):
        record(algorithm=algorithm)


def test_what_the_list_says_is_kept() -> None:
    """Ideology, kind of file and times; a deleted record is taken back."""
    item = record(
        ideology="far-right",
        file_type="pdf",
        deleted=True,
        created_on="2026-01-01T00:00:00.587000",
        updated_on=1767225600.25,
    )

    assert item.fields == {
        "ref": "2819",
        "ideology": "far-right",
        "state": "withdrawn",
        "first_seen": "2026-01-01T00:00:00.587000",
        "last_seen": "2026-01-01T00:00:00.250000+00:00",
        "+file_type": "pdf",
    }


def test_a_hash_that_is_no_text_is_refused() -> None:
    """A list or a number with a point is no hash."""
    with pytest.raises(BadInput, match="hash_digest is missing, or is no text"):
        record(hash_digest=["ab"])
