"""A card as it is drawn in a terminal: a coloured rule on the left, no border on the right.

Names may run from right to left; terminals differ in how they order such a line, and a border at its end
would end up anywhere. What members wrote comes isolated from `bots.card`.
"""

from collections.abc import Sequence
from typing import Final

from rich.box import Box
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.text import Text

from bots.card import Card, Press

KEYS: Final = {
    Press.DELETE: "c",
    Press.BAN: "b",
    Press.DISMISS: "d",
    Press.UNDO: "u",
    Press.DETAILS: "?",
}
"""Which key presses which button."""

_LEFT_ONLY: Final = Box("╭─  \n│   \n│   \n│   \n│   \n│   \n│   \n╰─  \n")
_COLOURS: Final = {"🔴": "red", "🟡": "yellow", "🔵": "blue", "⚪": "white"}
_STYLES: Final = (("✔", "green"), ("↺", "cyan"), ("✘", "red"), ("Not looked at", "yellow"), ("  ", "dim"))
"""How lines are drawn by how they begin; what they say does not depend on it."""


def sheet(card: Card) -> RenderableType:
    """Draw a card; the words that open the message are a link where the terminal knows links."""
    colour = _COLOURS.get(card.title[:1], "white")
    where = Text(card.where)
    if card.url:
        where.stylize(f"underline link {card.url}", max(0, len(card.where) - len("message ↗")))
    head = (Text(card.title, f"bold {colour}"), Text(card.who, "bold"), where)
    return _ruled((*head, *map(_line, card.body)), colour)


def detailed(lines: Sequence[str]) -> RenderableType:
    """Draw everything that is known of a case."""
    return _ruled([_line(line) for line in lines], "white")


def buttons(card: Card) -> Text:
    """Draw a card's buttons, each with its key."""
    bar = Text()
    for button in card.buttons:
        bar.append(f" {KEYS[button.press]} ", "reverse")
        bar.append(f" {button.label}   ")
    return bar


def _ruled(lines: Sequence[RenderableType], colour: str) -> RenderableType:
    return Panel(Group(*lines), box=_LEFT_ONLY, border_style=colour, padding=(0, 1))


def _line(line: str) -> RenderableType:
    """Draw a line; one that is set in stays set in where it is broken."""
    style = next((style for start, style in _STYLES if line.startswith(start)), "")
    text = line.lstrip(" ")
    return Padding(Text(text, style), (0, 0, 0, len(line) - len(text)))
