"""Cards in Telegram's HTML, and what a button carries.

Every line comes harmless from `bots.card` and is escaped here; the only link is the one to the message.
A button carries the press and the case's id, far below its 64 bytes. It carries no secret and needs none:
whoever taps is checked against their rights in the case's own group.
"""

from collections.abc import Sequence
from html import escape
from typing import Final

from bots.card import Button, Card, Press

TEXT_LIMIT: Final = 3500
"""Characters of one message of details; Telegram takes 4096 after markup."""

_PAIR: Final = 2


def html_of(card: Card) -> str:
    """Write a card as Telegram's HTML."""
    before, dot, words = card.where.rpartition(" · ")
    where = escape(card.where)
    if card.url:
        where = f'{escape(before + dot)}<a href="{escape(card.url)}">{escape(words)}</a>'
    title = f"<b>{escape(card.title)}</b>"
    return "\n".join((title, escape(card.who), where, *(escape(line) for line in card.body)))


def rows_of(case_id: str, buttons: Sequence[Button]) -> tuple[tuple[tuple[str, str], ...], ...]:
    """Lay a card's buttons out, two in a row."""
    flat = [(button.label, f"{button.press}.{case_id}") for button in buttons]
    return tuple(tuple(flat[start : start + _PAIR]) for start in range(0, len(flat), _PAIR))


def pressed(button_data: str) -> tuple[Press, str] | None:
    """Read what a button carries; None if it is none of ours."""
    press, dot, case_id = button_data.partition(".")
    if not dot or press not in set(Press):
        return None
    return Press(press), case_id


def pages_of(lines: Sequence[str]) -> tuple[str, ...]:
    """Write lines as HTML, in as many messages as they need."""
    pages = [""]
    for line in lines:
        written = escape(line[:TEXT_LIMIT])
        if pages[-1] and len(pages[-1]) + len(written) >= TEXT_LIMIT:
            pages.append("")
        pages[-1] = f"{pages[-1]}\n{written}" if pages[-1] else written
    return tuple(pages)
