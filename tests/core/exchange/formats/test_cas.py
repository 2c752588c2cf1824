"""Combot Anti-Spam's list is nothing but numbers: it is known by its name, or not at all."""

import pytest

from core.exchange.formats import cas
from core.exchange.lines import Line

IDS = ["5692472147", "1144868092", "", "5698202678"]


@pytest.mark.parametrize(
    ("sample", "name", "known"),
    [
        (IDS, "cas_export.csv", True),
        (IDS, "CAS.txt", True),
        (IDS, "list-cas-2026.csv", True),
        (["# CAS export of 3 May", *IDS], "export.csv", True),
        (IDS, "export.csv", False),
        (IDS, "cases.csv", False),
        (IDS, "forecast.csv", False),
        (["12", "13", "14"], "cas_numbers.csv", False),
        (["t.me/kites", *IDS], "cas.csv", False),
        ([], "cas.csv", False),
    ],
)
def test_a_list_of_numbers_is_telegrams_only_where_it_says_so(
    sample: list[str], name: str, *, known: bool
) -> None:
    """Numbers in a file of another name are nobody's accounts, nor are numbers of other sizes."""
    assert cas.is_export(sample, name) is known


def test_every_line_is_an_account_or_told() -> None:
    """Comments and a header are none; what is no user id is told, chats among them."""
    lines = ["user_id", "# two", "5692472147", "", " 1144868092 ", "-1001234567890", "12a", "9" * 40]

    rows = list(cas.rows(Line(i, line) for i, line in enumerate(lines, start=1)))

    assert [(r.line, r.wrong or r.fields["canonical"]) for r in rows] == [
        (3, "telegram:id/5692472147"),
        (5, "telegram:id/1144868092"),
        (6, "not a Telegram user id"),
        (7, "not a Telegram user id"),
        (8, "not a Telegram user id"),
    ]
