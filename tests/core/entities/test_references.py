"""References of the UN's list, as other lists cite them."""

import pytest

from core.entities.references import un_reference


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("QDe.004", "QDe.004"),
        ("qde.004", "QDe.004"),
        ("UN Ref. TAe.012 (2012)", "TAe.012"),
        ("KPe. 001", "KPe.001"),
        ("QDe.004, QDe.005", "QDe.004"),
        ("QDi.004", ""),  # a person
        ("the 004", ""),
        ("XQDe.004", ""),
        ("QDe.0045x", "QDe.0045"),
        ("QDe.00456", ""),
        ("", ""),
    ],
)
def test_the_reference_of_an_organisation_is_found(text: str, expected: str) -> None:
    """Two letters, e, a point, a number; an individual's is none."""
    assert un_reference(text) == expected
