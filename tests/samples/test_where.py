"""The drawing in the README is the drawing of today."""

from pathlib import Path

from samples.where import drawing, picture

DRAWN = Path(__file__).parents[2] / "docs" / "where.svg"


def test_the_picture_is_what_the_script_draws() -> None:
    """Whoever changes the drawing makes it anew with `python -m samples.where`."""
    assert DRAWN.read_text(encoding="utf-8") == picture()


def test_the_picture_asks_nobody_for_anything() -> None:
    """No font, image or script comes from a server: only the SVG namespace has an address."""
    addresses = [word for word in picture().split('"') if "://" in word]

    assert addresses == ["http://www.w3.org/2000/svg"]


def test_what_it_shows_is_told_in_words() -> None:
    """The listed picture lies on its side, mirrored."""
    assert "its top on the left, mirrored" in drawing().caption
