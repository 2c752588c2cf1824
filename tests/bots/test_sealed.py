"""What is sealed is used, and never shown: not on a card, not behind it, not in a scan."""

import io
import json
from dataclasses import replace
from datetime import UTC

import pytest
from rich.console import Console

from bots.card import card_of
from bots.commands.lines import Lines
from bots.commands.tables import Tables
from bots.details import details_of
from bots.sealed import shown
from core.case import Case
from core.model import Bank, Match, Sharing, Verdict
from tests import make

SECRET = "telegram:user/bluelantern"


def sealed(*, by_entry: bool) -> Match:
    """Give a match whose entry, or whole bank, is sealed and whose reason and label quote it."""
    match = make.match(SECRET)
    entry = replace(
        match.entry,
        label=f"channel {SECRET}",
        ref=SECRET,
        name="Blue Lantern",
        sharing=Sharing.SEALED if by_entry else None,
    )
    bank = match.bank if by_entry else Bank(name="kites", sharing=Sharing.SEALED)
    because = f"the same account as {SECRET}, written bluelantern"
    return replace(match, entry=entry, bank=bank, because=because)


def case(match: Match) -> Case:
    """Give a case of a match."""
    return replace(make.case(), verdict=Verdict(policy="default", matches=(match,)))


@pytest.mark.parametrize("by_entry", [True, False])
def test_a_sealed_value_is_shown_nowhere(by_entry: bool) -> None:  # noqa: FBT001 - a column
    """Card, details, the lines for programs and the tables for people say "sealed" instead."""
    match = sealed(by_entry=by_entry)
    lines, tables = io.StringIO(), io.StringIO()
    table = Tables(console=Console(file=tables, width=300))
    verdict = Verdict(policy="default", matches=(match,))
    for printer in (Lines(file=lines), table):
        printer.verdict("chat", "1", make.message(), verdict)
        printer.end()

    told = (
        "\n".join(card_of(case(match), zone=UTC, now=make.NOON).body),
        "\n".join(details_of(case(match), zone=UTC)),
        lines.getvalue(),
        tables.getvalue(),
    )

    for text in told:
        assert "bluelantern" not in text
        assert "Blue Lantern”" not in text
        assert "sealed" in text
    assert json.loads(lines.getvalue())["matches"][0]["value"] == "sealed"


@pytest.mark.parametrize("limit", [limit for limit in Sharing if limit is not Sharing.SEALED])
def test_everything_else_is_shown_as_it_is(limit: Sharing) -> None:
    """A limit for handing on is none for those who moderate here."""
    match = make.match(SECRET)
    match = replace(match, entry=replace(match.entry, sharing=limit))

    assert shown(match) is match
