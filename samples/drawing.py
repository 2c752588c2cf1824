"""Invented landscapes, drawn with whole numbers only, so that every machine draws the same pixels."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PIL import Image, ImageDraw

Colour = tuple[int, int, int]

SIZE: Final = (640, 448)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What to draw.

    Attributes:
        seed: Of everything that looks accidental: ridges, clouds, trees.
        sky: The colours at the top and at the horizon.
        sun: Its centre and radius.
        ridges: The colours of the hills, the farthest first.
        lanterns: Centre and height of each lantern.
        kites: Centre and size of each kite.
    """

    seed: int
    sky: tuple[Colour, Colour]
    sun: tuple[int, int, int]
    ridges: Sequence[Colour]
    lanterns: Sequence[tuple[int, int, int]] = ()
    kites: Sequence[tuple[int, int, int]] = ()


def drawn(scene: Scene) -> Image.Image:
    """Draw a scene."""
    chance = random.Random(scene.seed)  # noqa: S311  # the same picture every time is the point
    picture = Image.new("RGB", SIZE)
    pen = ImageDraw.Draw(picture)
    for y in range(SIZE[1]):
        pen.line([(0, y), (SIZE[0], y)], fill=_between(*scene.sky, y, SIZE[1]))
    x, y, radius = scene.sun
    pen.ellipse([x - radius, y - radius, x + radius, y + radius], fill=(255, 236, 170))
    _clouds(pen, chance)
    for place, colour in enumerate(scene.ridges):
        height = SIZE[1] * (place + 2) // (len(scene.ridges) + 2)
        _ridge(pen, chance, height, colour)
    for kite in scene.kites:
        _kite(pen, *kite)
    for lantern in scene.lanterns:
        _lantern(pen, *lantern)
    return picture


def _between(first: Colour, last: Colour, at: int, of: int) -> Colour:
    red, green, blue = (a + (b - a) * at // of for a, b in zip(first, last, strict=True))
    return red, green, blue


def _clouds(pen: ImageDraw.ImageDraw, chance: random.Random) -> None:
    for _ in range(7):
        x, y = chance.randrange(SIZE[0]), chance.randrange(SIZE[1] // 3)
        for _ in range(5):
            dx, dy, width = chance.randrange(-40, 40), chance.randrange(-8, 8), chance.randrange(24, 60)
            pen.ellipse([x + dx, y + dy, x + dx + width, y + dy + width // 2], fill=(238, 240, 246))


def _ridge(pen: ImageDraw.ImageDraw, chance: random.Random, height: int, colour: Colour) -> None:
    """A chain of hills by halving: every middle lies off the line by chance, ever less."""
    heights = [height + chance.randrange(-60, 60) for _ in range(5)]
    spread = 44
    while len(heights) < SIZE[0] // 8:
        middles = [(a + b) // 2 + chance.randrange(-spread, spread + 1) for a, b in zip(heights, heights[1:])]  # noqa: B905, RUF007  # neighbours, on purpose of unequal length
        heights = [one for pair in zip(heights, middles) for one in pair] + heights[-1:]  # noqa: B905  # the last has no middle
        spread = spread // 2 + 1
    step = SIZE[0] // (len(heights) - 1) + 1
    line = [(place * step, y) for place, y in enumerate(heights)]
    pen.polygon([(0, SIZE[1]), *line, (SIZE[0], SIZE[1])], fill=colour)
    dark = _between(colour, (0, 0, 0), 1, 3)
    for x, y in line[:: chance.randrange(3, 6)]:
        tall = chance.randrange(10, 30)
        pen.polygon([(x, y - tall), (x - tall // 3, y + 6), (x + tall // 3, y + 6)], fill=dark)


def _lantern(pen: ImageDraw.ImageDraw, x: int, y: int, height: int) -> None:
    wide = height // 3
    pen.line([(x, 0), (x, y - height // 2)], fill=(40, 40, 60), width=3)
    pen.polygon(
        [(x - wide, y), (x - wide // 2, y - height // 2), (x + wide // 2, y - height // 2), (x + wide, y),
         (x + wide // 2, y + height // 2), (x - wide // 2, y + height // 2)],
        fill=(36, 84, 190), outline=(14, 24, 70),
    )  # fmt: skip
    pen.ellipse([x - wide // 3, y - height // 4, x + wide // 3, y + height // 4], fill=(250, 226, 120))
    for side in (-1, 1):
        pen.line([(x, y - height // 2), (x + side * wide, y)], fill=(14, 24, 70), width=2)
        pen.line([(x, y + height // 2), (x + side * wide, y)], fill=(14, 24, 70), width=2)


def _kite(pen: ImageDraw.ImageDraw, x: int, y: int, size: int) -> None:
    corners = [(x, y - size), (x + size * 2 // 3, y), (x, y + size), (x - size * 2 // 3, y)]
    pen.polygon(corners, fill=(200, 60, 50), outline=(90, 20, 20))
    pen.line([(x, y - size), (x, y + size)], fill=(90, 20, 20), width=2)
    pen.line([(x - size * 2 // 3, y), (x + size * 2 // 3, y)], fill=(90, 20, 20), width=2)
    for place in range(6):
        left = x + (6 if place % 2 else -6)
        pen.line([(x, y + size + place * 14), (left, y + size + place * 14 + 14)], fill=(60, 60, 60), width=2)
