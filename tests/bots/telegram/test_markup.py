"""Cards in Telegram's HTML, and what the buttons carry."""

import pytest

from bots.card import Button, Card, Press
from bots.telegram.markup import TEXT_LIMIT, html_of, pages_of, pressed, rows_of
from tests.standins.telegram.markup import parse_html, utf16

CARD = Card(
    title="🔴 Known <picture>",
    who="“A & B”",
    where="in Kites <3 · 12:00 UTC · message ↗",
    url="https://t.me/c/5/7?a=1&b=2",
    body=("line <more>",),
    buttons=(),
)


def test_every_line_is_escaped_and_only_the_last_words_lead_to_the_message() -> None:
    """What members wrote cannot become markup."""
    text, entities = parse_html(html_of(CARD))

    assert text == "\n".join(CARD.lines)
    assert [e["type"] for e in entities] == ["bold", "text_link"]
    assert (entities[1]["url"], entities[1]["length"]) == (CARD.url, utf16("message ↗"))


def test_a_message_without_an_address_gets_no_link() -> None:
    """In a basic group there is nothing to lead to."""
    card = Card(title="t", who="w", where="in Small · 12:00 · message", url="", body=(), buttons=())

    assert html_of(card) == "<b>t</b>\nw\nin Small · 12:00 · message"


def test_buttons_come_in_pairs_and_carry_press_and_case() -> None:
    """What is sent with a tap reads back as what it was."""
    buttons = [Button(label=press.value.title(), press=press) for press in Press]

    rows = rows_of("7K3", buttons)

    assert [len(row) for row in rows] == [2, 2, 1]
    assert [pressed(data) for row in rows for _, data in row] == [(press, "7K3") for press in Press]
    assert max(len(data.encode()) for row in rows for _, data in row) <= 64


@pytest.mark.parametrize("data", ["", "delete", "explode.7K3", ".7K3"])
def test_what_is_none_of_our_buttons_reads_as_nothing(data: str) -> None:
    """A forged or foreign button decides nothing."""
    assert pressed(data) is None


def test_long_details_are_told_in_several_messages() -> None:
    """Nothing is left out, and each message is one that Telegram takes."""
    lines = [f"line {number}: {'<x>' * 30}" for number in range(100)]

    pages = pages_of(lines)

    texts = [parse_html(page)[0] for page in pages]
    assert "\n".join(texts).split("\n") == lines
    assert len(pages) > 1
    assert max(len(page) for page in pages) < TEXT_LIMIT + 1
