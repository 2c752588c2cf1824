"""A card as one Discord embed with buttons, and what a button's id means.

The ids are fixed (`case:<case>:<press>`) and carry everything, so that a card works after a restart, by
whichever process hears of the tap. Nothing in a card pings anybody.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from bots.card import Button, Card, Press
from bots.discord.raw import Raw, records
from bots.drawing import NAME

NOBODY: Final[Mapping[str, object]] = {"parse": []}
"""Allowed mentions: none."""

EPHEMERAL: Final = 64
"""The flag of an answer that one person sees."""

LONGEST: Final = 4096
"""Characters of an embed's text."""

_ACTION_ROW, _BUTTON = 1, 2
_GREY, _GREEN, _RED = 2, 3, 4
_STYLES: Final[Mapping[Press, int]] = {Press.DELETE: _RED, Press.BAN: _RED, Press.DISMISS: _GREEN}
_COLOURS: Final[Mapping[str, int]] = {"🔴": 0xC0392B, "🟡": 0xD4AC0D, "🔵": 0x2E86C1}
_COLOURLESS: Final = 0x95A5A6
_MARKUP: Final = re.compile(r"([\\*_~`|<>\[\]])")
_ID: Final = re.compile(r"case:([^:]{1,40}):([a-z]+)")


def message_of(card: Card, case_id: str) -> Raw:
    """Return the message that shows a case's card."""
    where = _escaped(card.where)
    if card.url:
        # The line ends with the words that the address is put behind.
        words = card.where.rpartition(" · ")[2]
        where = f"{_escaped(card.where.removesuffix(words))}[{_escaped(words)}]({card.url})"
    lines = (_escaped(card.who), where, *(_escaped(line) for line in card.body))
    return {
        "embeds": [
            {
                "title": _escaped(card.title),
                "description": _cut("\n".join(lines)),
                "color": _COLOURS.get(card.title[:1], _COLOURLESS),
            }
        ],
        "components": [{"type": _ACTION_ROW, "components": [_button(case_id, one) for one in card.buttons]}],
        "allowed_mentions": NOBODY,
    }


def answer_of(lines: Sequence[str]) -> Raw:
    """Return an answer to one person."""
    text = _cut("\n".join(_escaped(line) for line in lines))
    return {"embeds": [{"description": text, "color": _COLOURLESS}], "allowed_mentions": NOBODY}


def drawn(answer: Raw, caption: str) -> Raw:
    """Return an answer that shows a drawing sent with it; the caption is for who cannot see it."""
    (embed,) = records(answer.get("embeds"))
    return {
        **answer,
        "embeds": [{**embed, "image": {"url": f"attachment://{NAME}"}}],
        "attachments": [{"id": 0, "filename": NAME, "description": caption}],
    }


def _escaped(line: str) -> str:
    """Write a line so that Discord's markup shows it as it is."""
    return _MARKUP.sub(r"\\\1", line)


def once_only(what: str) -> Raw:
    """Return what makes Discord show a message once however often it is sent within a few minutes."""
    return {"nonce": what[:25], "enforce_nonce": True}


def _cut(text: str) -> str:
    """Shorten a text to what an embed holds."""
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def pressed(custom_id: str) -> tuple[str, Press] | None:
    """Return the case and the press of a button's id, None if it is no button of a card."""
    found = _ID.fullmatch(custom_id)
    if not found or found[2] not in set(Press):
        return None
    return found[1], Press(found[2])


def _button(case_id: str, button: Button) -> Raw:
    return {
        "type": _BUTTON,
        "style": _STYLES.get(button.press, _GREY),
        "label": button.label,
        "custom_id": f"case:{case_id}:{button.press}",
    }
