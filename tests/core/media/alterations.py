"""What people do to a picture before they post it again, and where in the result it then lies."""

from collections.abc import Callable
from typing import Final, NamedTuple

from PIL import Image, ImageDraw, ImageFilter, ImageOps

Box = tuple[float, float, float, float]


class Altered(NamedTuple):
    """A picture with another one in it, and where: left, top, right, bottom as shares of its sides."""

    picture: Image.Image
    box: Box


def placed(ground: Image.Image, picture: Image.Image, left: int, top: int) -> Altered:
    """Lay a picture on a ground."""
    made = ground.copy()
    made.paste(picture, (left, top))
    width, height = ground.size
    right, bottom = left + picture.width, top + picture.height
    return Altered(made, (left / width, top / height, right / width, bottom / height))


def letterboxed(picture: Image.Image) -> Altered:
    """Black bars above and below."""
    bar = picture.height // 7
    return placed(Image.new("RGB", (picture.width, picture.height + 2 * bar), "black"), picture, 0, bar)


def pillarboxed(picture: Image.Image) -> Altered:
    """White bars on both sides."""
    bar = picture.width // 6
    return placed(Image.new("RGB", (picture.width + 2 * bar, picture.height), "white"), picture, bar, 0)


def captioned(picture: Image.Image) -> Altered:
    """A white bar above, with words on it."""
    bar = picture.height // 6
    ground = Image.new("RGB", (picture.width, picture.height + bar), "white")
    for line in range(2):
        words = "Forward this to every kite flyer you know"
        ImageDraw.Draw(ground).text((20, 4 + line * bar // 2), words, fill="black", font_size=bar // 3)
    return placed(ground, picture, 0, bar)


def shown_in_chat(picture: Image.Image) -> Altered:
    """A phone's screen: bars, a bubble with words, the picture in a bubble."""
    small = ImageOps.contain(picture, (420, 420))
    ground = Image.new("RGB", (480, 960), (214, 226, 208))
    pen = ImageDraw.Draw(ground)
    pen.rectangle((0, 0, 480, 28), fill="black")
    pen.rectangle((0, 28, 480, 88), fill=(82, 136, 193))
    pen.text((68, 42), "Kite Flyers", fill="white", font_size=20)
    pen.rounded_rectangle((16, 104, 250, 140), 10, fill="white")
    pen.text((28, 112), "have you seen this?", fill="black", font_size=17)
    pen.rounded_rectangle((16, 150, 40 + small.width, 190 + small.height), 12, fill="white")
    pen.rectangle((0, 904, 480, 960), fill="white")
    return placed(ground, small, 28, 162)


def storied(picture: Image.Image) -> Altered:
    """A tall picture whose ground is the picture itself, blurred and darkened."""
    ground = ImageOps.fit(picture, (360, 640)).filter(ImageFilter.GaussianBlur(14)).point(lambda v: v * 0.6)
    small = ImageOps.contain(picture, (360, 400))
    return placed(ground, small, 0, (640 - small.height) // 2)


ALTERATIONS: Final[dict[str, Callable[[Image.Image], Altered]]] = {
    "letterbox": letterboxed,
    "pillarbox": pillarboxed,
    "caption": captioned,
    "chat": shown_in_chat,
    "story": storied,
}


def collage(picture: Image.Image, others: list[Image.Image]) -> Altered:
    """One of four, the third, cut to squares with white between them."""
    ground = Image.new("RGB", (604, 604), "white")
    for place, one in enumerate([*others[:2], picture, *others[2:]]):
        ground.paste(ImageOps.fit(one, (300, 300)), (place % 2 * 304, place // 2 * 304))
    return Altered(ground, (0, 304 / 604, 300 / 604, 1))
