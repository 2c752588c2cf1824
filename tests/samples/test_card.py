"""The picture of a card in the README is the card of today."""

from pathlib import Path

from samples.card import picture

CARD = Path(__file__).parents[2] / "docs" / "card.svg"


def test_the_picture_is_what_the_script_draws() -> None:
    """Whoever changes the card draws it anew with `python -m samples.card`."""
    assert CARD.read_text(encoding="utf-8") == picture()


def test_the_picture_asks_nobody_for_anything() -> None:
    """No font, image or script comes from a server: only the SVG namespace has an address."""
    addresses = [word for word in picture().split('"') if "://" in word]

    assert addresses == ["http://www.w3.org/2000/svg"]


def test_letters_are_not_spread() -> None:
    """Only the rules have a length of their own; Arabic letters that are spread do not join."""
    lines = [line for line in picture().splitlines() if "textLength" in line]

    assert len(lines) == 2
    assert all("─" in line for line in lines)
