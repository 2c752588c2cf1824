"""Codes are read in every style in which people print and photograph them, and within limits."""

import itertools
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest
import zxingcpp
from PIL import Image, ImageDraw, ImageFilter
from zxingcpp import Barcode, BarcodeFormat

from core.media import codes as reading
from core.media.codes import BUDGET_S, codes
from core.media.decode import Refused, luma
from core.media.frames import LONGEST_CODE, MOST_CODES
from core.media.pdq import Bytes
from tests.core.media.barcodes import Ink, drawn, hung, modules
from tests.core.media.pictures import encoded, photograph

TEXT = "https://t.me/example_lantern_media"
QR = modules(TEXT)
WHITE_ON_BLACK = Ink(dark=(255, 255, 255), light=(0, 0, 0))
SCENE = photograph(1000, 750)


def read(image: Image.Image, form: str = "JPEG", quality: int = 80) -> list[str]:
    """Give the texts of a picture's codes, once it has been a file."""
    return of(luma(encoded(image, form, quality=quality)).pixels)


def of(grey: Bytes) -> list[str]:
    """Give the texts of a picture's codes."""
    return list(codes([(0.0, grey)]))


def standing(code: Image.Image, at: tuple[int, int] = (400, 250), scene: Image.Image = SCENE) -> Image.Image:
    """Put a code on a picture."""
    scene = scene.copy()
    scene.paste(code, at)
    return scene


def with_logo() -> Image.Image:
    """Cover the middle of a code that has much to spare."""
    image = drawn(modules(TEXT, spare="H"), 500)
    ImageDraw.Draw(image).ellipse((190, 190, 310, 310), fill=(200, 60, 20), outline="white", width=8)
    return image


def with_round_modules() -> Image.Image:
    """Draw every module but those of the corners as a dot."""
    size = len(QR)
    image = Image.new("RGB", ((size + 8) * 12,) * 2, "white")
    pen = ImageDraw.Draw(image)
    for y, x in np.argwhere(QR == 0).tolist():
        box = ((x + 4) * 12, (y + 4) * 12, (x + 5) * 12 - 1, (y + 5) * 12 - 1)
        corner = (min(y, size - 1 - y) < 7 and x < 7) or (y < 7 and x >= size - 7)
        (pen.rectangle if corner else pen.ellipse)(box, fill=(40, 30, 90))
    return image


def in_shadow(image: Image.Image) -> Image.Image:
    """Let the light fall off to a quarter from right to left."""
    light = np.linspace(0.25, 1, image.width)[np.newaxis, :, np.newaxis]
    return Image.fromarray((np.asarray(image) * light).astype(np.uint8))


def grainy(image: Image.Image, grain: float) -> Image.Image:
    """Add a sensor's grain."""
    noise = np.random.default_rng(1).normal(0, grain, (image.height, image.width, 1))
    return Image.fromarray(np.clip(np.asarray(image) + noise, 0, 255).astype(np.uint8))


IN_A_PHOTOGRAPH = ((300, 200), (520, 240), (500, 460), (310, 420))
FROM_THE_SIDE = ((300, 200), (480, 260), (480, 420), (300, 520))
FAINT = Ink(dark=(120, 120, 120), light=(134, 134, 134))
DARK_POSTER = Image.new("RGB", (600, 600), (20, 20, 40))

STYLES: dict[str, Callable[[], Image.Image]] = {
    "plain": lambda: drawn(QR, 400),
    "one pixel a module": lambda: Image.fromarray(QR),
    "cut out without a margin": lambda: drawn(QR, 300, margin=0),
    "small": lambda: drawn(QR, 90),
    "tiny": lambda: drawn(QR, 50),
    "small on a large page": lambda: standing(drawn(QR, 90), scene=Image.new("RGB", (1280, 960), "white")),
    "upside down": lambda: drawn(QR, 400).rotate(180),
    "turned": lambda: drawn(QR, 400).rotate(33, expand=True, fillcolor="white"),
    "mirrored": lambda: drawn(QR, 400).transpose(Image.Transpose.FLIP_LEFT_RIGHT),
    "inverted": lambda: drawn(QR, 400, ink=WHITE_ON_BLACK),
    "coloured": lambda: drawn(QR, 400, ink=Ink(dark=(150, 20, 60), light=(250, 220, 120))),
    "dark on dark": lambda: drawn(QR, 400, ink=Ink(dark=(20, 30, 60), light=(70, 60, 90))),
    "faint": lambda: drawn(QR, 400, ink=FAINT),
    "with a logo": with_logo,
    "of dots": with_round_modules,
    "in shadow": lambda: in_shadow(drawn(QR, 400)),
    "stretched": lambda: drawn(QR, 400).resize((250, 400)),
    "out of focus": lambda: drawn(QR, 300).filter(ImageFilter.GaussianBlur(2.5)),
    "grainy": lambda: grainy(drawn(QR, 300), 70),
    "on a poster": lambda: standing(drawn(QR, 200), scene=Image.new("RGB", (720, 1000), (190, 120, 40))),
    "in a photograph": lambda: hung(SCENE, drawn(QR, 600), IN_A_PHOTOGRAPH),
    "from the side": lambda: hung(SCENE, drawn(QR, 600), FROM_THE_SIDE),
    "on a dark ground without a margin": lambda: standing(
        drawn(QR, 300, margin=0), at=(150, 150), scene=DARK_POSTER
    ),
    "inverted on a dark ground": lambda: standing(
        drawn(QR, 300, margin=0, ink=Ink(dark=(230, 230, 210), light=(20, 20, 40))),
        at=(150, 150),
        scene=DARK_POSTER,
    ),
}


@pytest.mark.parametrize("style", list(STYLES))
def test_a_code_is_read_in_every_style(style: str) -> None:
    """As printed, shown on a screen and photographed, after it was sent as a JPEG."""
    assert read(STYLES[style]()) == [TEXT]


@pytest.mark.parametrize("quality", [5, 20, 60])
def test_a_code_survives_being_sent_badly(quality: int) -> None:
    """Hard compression leaves the modules."""
    assert read(drawn(QR, 250), quality=quality) == [TEXT]


FORMS = [BarcodeFormat.Aztec, BarcodeFormat.DataMatrix, BarcodeFormat.RMQRCode]


@pytest.mark.parametrize("form", FORMS, ids=str)
def test_other_codes_that_phones_read_are_read(form: BarcodeFormat) -> None:
    """Aztec, Data Matrix and the long QR hold links as well."""
    assert read(drawn(modules(TEXT, form), 400)) == [TEXT]


def test_the_smallest_qr_is_read() -> None:
    """Micro QR has one corner mark and room for a short name."""
    assert read(drawn(modules("t.me/example", BarcodeFormat.MicroQRCode), 300)) == ["t.me/example"]


def test_every_code_of_a_picture_is_read() -> None:
    """A clear one does not hide a small, an inverted or a faint one beside it."""
    texts = [f"{TEXT}_{number}" for number in range(4)]
    page = Image.new("RGB", (1280, 960), (134, 134, 134))
    page.paste(drawn(modules(texts[0]), 400), (40, 40))
    page.paste(drawn(modules(texts[1]), 95), (900, 700))
    page.paste(drawn(modules(texts[2]), 300, ink=WHITE_ON_BLACK), (700, 60))
    page.paste(drawn(modules(texts[3]), 400, ink=FAINT), (40, 500))

    assert sorted(read(page)) == texts


@pytest.mark.parametrize("x", [3, 1180, 2000, 3860])
@pytest.mark.parametrize("y", [3, 800, 1300, 2860])
def test_a_small_code_is_found_anywhere_in_a_large_photograph(x: int, y: int) -> None:
    """12 million pixels are looked at in tiles, and a code on the edge of one is whole in another."""
    grey = np.full((3000, 4000), 200, np.uint8)
    code = np.asarray(drawn(QR, 130).convert("L"))
    grey[y : y + 130, x : x + 130] = code

    assert of(grey) == [TEXT]


@pytest.mark.parametrize("size", [1281, 2240, 2560, 4000])
def test_a_code_on_a_seam_is_whole_in_another_tile(size: int) -> None:
    """Wherever one tile ends, and however many there are; this code is too small for the halved picture."""
    code = np.asarray(drawn(QR, 70).convert("L"))
    for x in range(min(1280 - 35, size - 70), size - 69, 320):
        grey = np.full((300, size), 200, np.uint8)
        grey[10:80, x : x + 70] = code

        assert of(grey) == [TEXT]


def test_a_code_larger_than_a_tile_is_read() -> None:
    """It is whole in the halved picture."""
    assert of(np.asarray(drawn(QR, 2900).convert("L"))) == [TEXT]


def test_a_camera_s_photograph_keeps_its_small_codes() -> None:
    """A JPEG of 12 million pixels is not reduced before codes are looked for."""
    large = SCENE.resize((4000, 3000), Image.Resampling.BICUBIC)

    assert read(standing(drawn(QR, 130), at=(2900, 300), scene=large)) == [TEXT]


CHECKS = (np.add.outer(np.arange(600) // 8, np.arange(600) // 8) % 2 * 255).astype(np.uint8)
CORNER = np.pad(np.pad(np.zeros((3, 3), np.uint8), 1, constant_values=255), 1)
NOTHING = {
    "a photograph": np.asarray(SCENE.convert("L")),
    "a checkerboard": CHECKS,
    "stripes": np.repeat(CHECKS[:1], 600, axis=0),
    "noise": np.random.default_rng(1).integers(0, 256, (600, 600)).astype(np.uint8),
    "one colour": np.full((600, 600), 90, np.uint8),
    "black": np.zeros((600, 600), np.uint8),
    "a goods number": np.asarray(drawn(modules("4006381333931", BarcodeFormat.EAN13), 600).convert("L")),
    "a code's corner": np.kron(np.pad(CORNER, 8, constant_values=255), np.ones((8, 8), np.uint8)),
    "half of a code": np.asarray(drawn(QR, 400).convert("L"))[:200],
    "a pixel": np.zeros((1, 1), np.uint8),
    "a line": np.zeros((1, 100_000), np.uint8),
}


@pytest.mark.parametrize("what", list(NOTHING))
def test_what_is_no_code_gives_nothing(what: str) -> None:
    """Near misses: patterns, broken codes and goods numbers."""
    assert of(NOTHING[what]) == []


def test_what_cannot_be_written_is_space() -> None:
    """Control characters end a link as on a phone; they neither hide it nor reach the parent."""
    (text,) = of(np.asarray(drawn(modules(f"{TEXT}\0\x1b[2J\x85end"), 500).convert("L")))

    assert text == f"{TEXT}  [2J end"


def test_a_code_without_a_text_is_none() -> None:
    """Nothing but space says nothing."""
    assert of(np.asarray(drawn(modules("\0  \0"), 300).convert("L"))) == []


def test_the_longest_code_is_read_whole() -> None:
    """Version 40 holds 4,296 characters; no text is longer."""
    text = "A" * LONGEST_CODE

    assert of(np.asarray(drawn(modules(text, spare="L"), 1200).convert("L"))) == [text]


def sheet(count: int) -> Bytes:
    """Give a sheet of so many codes, eleven in a row."""
    page = np.full((1100, 1270), 255, np.uint8)
    for number in range(count):
        y, x = divmod(number, 11)
        code = np.kron(np.pad(modules(str(number)), 4, constant_values=255), np.ones((3, 3), np.uint8))
        page[y * 115 : y * 115 + len(code), x * 115 : x * 115 + len(code)] = code
    return page


def told(shown: list[tuple[float, Bytes]], spent: Callable[[], float] = lambda: 0.0) -> tuple[int, str]:
    """Give how many texts came before a refusal, and the refusal."""
    count = 0
    with pytest.raises(Refused) as refused:  # noqa: PT012  # what comes before it is the point
        for _ in codes(shown, spent=spent):
            count += 1
    return count, str(refused.value)


def test_a_sheet_of_codes_is_read_up_to_a_limit() -> None:
    """What is over it is not passed over in silence."""
    assert len(of(sheet(MOST_CODES))) == MOST_CODES
    assert told([(0.0, sheet(MOST_CODES + 1))]) == (MOST_CODES, "picture with more than 64 codes")


def test_looking_ends_when_the_time_is_used_up() -> None:
    """What was found before counts; the clock is asked before every look."""
    grey = np.asarray(drawn(QR, 400).convert("L"))
    clock = iter((0.0, 1.0, 2.0, BUDGET_S + 1))

    assert told([(0.0, grey)], lambda: next(clock)) == (
        1,
        "picture in which looking for codes takes too long",
    )


def test_frames_that_are_passed_over_cost_their_time_too() -> None:
    """An animation of countless frames within half a second does not run on for ever."""
    asked = itertools.count()
    frames = [(0.0, np.zeros((1, 1), np.uint8))] * 1000

    _, reason = told(frames, lambda: next(asked) / 10)

    assert reason == "picture in which looking for codes takes too long"
    assert next(asked) < 40


def test_a_frame_in_half_a_second_is_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    """To scan a code takes people longer than that."""
    seen: list[int] = []

    def looks(grey: Bytes) -> Iterator[tuple[Bytes, object]]:
        seen.append(int(grey[0, 0]))
        yield from ()

    monkeypatch.setattr(reading, "_looks", looks)
    frames = [(number / 10, np.full((1, 1), number, np.uint8)) for number in range(20)]

    assert list(codes(frames)) == []
    assert seen == [0, 5, 10, 15]


def test_a_reader_that_stumbles_is_a_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    """One look on which the library fails does not stop the others, and is not passed over."""
    calls = itertools.count()

    def read_barcodes(pixels: Bytes, **options: Any) -> list[Barcode]:  # noqa: ANN401  # passed on as they are
        if next(calls) == 0:
            raise IndexError("vector")
        return real(pixels, **options)

    real = zxingcpp.read_barcodes
    monkeypatch.setattr(zxingcpp, "read_barcodes", read_barcodes)

    assert told([(0.0, np.asarray(drawn(QR, 400).convert("L")))]) == (
        1,
        "picture on which the reader of codes stumbled",
    )


def test_a_code_in_a_file_of_any_form_is_read() -> None:
    """Palette, transparency and black and white are brightness by then."""
    clear = drawn(QR, 300).convert("RGBA")
    clear.putalpha(clear.convert("L").point(lambda v: 255 - v))

    assert read(clear, "PNG") == read(clear, "WEBP", 90) == [TEXT]
    assert read(drawn(QR, 300).quantize(8), "GIF") == read(drawn(QR, 300).convert("1"), "PNG") == [TEXT]
