"""Every expression of a file is tried, wherever it stands, and told at its place."""

from core.policy.document import document
from core.policy.trial import failing

BAD = "'message.happening == \"profile\" && found + 9223372036854775806 > 0'"


def test_each_that_cannot_be_worked_out_is_told_at_its_place() -> None:
    """In lists and under other conditions; what can be worked out is not told."""
    text = (
        "rules:\n"
        f"  - when: {{cel: {BAD}}}\n"
        "  - when: {cel: found > 1}\n"
        f"  - when: {{all: [match: {{}}, any: [cel: author.days < 3, cel: {BAD}]]}}\n"
    )

    faults = list(failing(document(text)))

    assert [(fault.spot.line, fault.spot.column) for fault in faults] == [(1, 16), (3, 61)]
    assert {fault.what for fault in faults} == {
        "its expression cannot be worked out: OUT_OF_RANGE: integer overflow (where the message was profile)"
    }


def test_a_file_without_expressions_has_none_to_try() -> None:
    """Nor has an empty one."""
    assert list(failing(document("rules: [{when: {match: {}}}]"))) == []
    assert list(failing(document(""))) == []
