"""From a file's bytes to the brightness of its pictures. Runs in the child process only.

Everything here handles what a stranger sent: the format by an allow-list and by content, pixels by a limit
before they are decoded, and any error of the decoder is a refusal with a reason, never a guess.
"""

import contextlib
import warnings
from collections.abc import Generator, Iterator
from functools import cache
from io import BytesIO
from typing import Final

import numpy as np
from PIL import ExifTags, Image, UnidentifiedImageError

from core.media.pdq import TURNS, Bytes, Luma
from core.media.video_forms import AVIF_BRANDS, HEIC_BRANDS

FORMATS: Final = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF", "AVIF")
"""What people's devices and chat apps make. Pillow knows many more, and each is a surface."""

MAX_PIXELS: Final = 40_000_000
"""The most pixels that are decoded; a JPEG is decoded at a reduced size, so its own may be many more."""

_FINE_ENOUGH: Final = 16_000_000
"""A JPEG is decoded to so many pixels at most: a hash needs far fewer, a code in a corner needs them."""

_ANIMATED: Final = frozenset({"GIF", "PNG", "WEBP", "AVIF"})
"""What chat apps play; the further pages of a TIFF or an MPO they do not show."""

_SHORTEST_MS: Final = 10
_USUAL_MS: Final = 100
"""A frame that is to be shown for hardly any time is shown for so long, in every browser."""

_JPEG: Final = frozenset({"JPEG", "MPO"})
_SIXTEEN_BITS: Final = frozenset({"I", "I;16", "I;16B", "I;16L", "I;16N"})


@cache
def heic() -> tuple[str, ...]:
    """Get ready for HEIC, where that can be read: when it is first asked for, as it takes memory."""
    try:
        import pillow_heif  # noqa: PLC0415 - see above
    except ImportError:
        return ()
    # What else such a file holds (thumbnails, depths) nobody sees; more threads would only take memory.
    pillow_heif.register_heif_opener(thumbnails=False, depth_images=False, aux_images=False, decode_threads=1)
    return ("HEIF",)


class Refused(Exception):
    """The file cannot be looked at; the message is for a moderator."""


def luma(content: bytes) -> Luma:
    """Decode a picture's brightness: first frame, transparency over white, at a reduced size if it is huge.

    Raises:
        Refused: Not a picture of the allowed formats, too large, damaged or cut off.
    """
    with contextlib.closing(shown(content)) as pictures:
        return next(pictures)[1]


def shown(content: bytes) -> Generator[tuple[float, Luma], None, None]:
    """Decode what a file shows, picture after picture, each with the second at which it is shown.

    There is one at least: what cannot be looked at is refused.

    Raises:
        Refused: As for `luma`; later on, what was given before counts.
    """
    formats: tuple[str, ...] = tuple(FORMATS)
    if content[4:8] == b"ftyp" and content[8:12] not in AVIF_BRANDS:
        formats = (*FORMATS, *heic())
        if len(formats) == len(FORMATS) and content[8:12] in HEIC_BRANDS:
            raise Refused("picture in HEIC, for which this installation has no reader")
    with _refusing():
        image = Image.open(BytesIO(content), formats=formats)
    with image:
        with _refusing():
            picture = _first(image)
        yield 0.0, picture
        at_ms = 0.0
        while image.format in _ANIMATED:
            with _refusing():
                at_ms += _duration_ms(image)
                try:
                    image.seek(image.tell() + 1)
                except EOFError:
                    return
                picture = _picture(image)
            yield at_ms / 1000, picture


@contextlib.contextmanager
def _refusing() -> Iterator[None]:
    """Turn whatever a decoder stumbles over into a refusal."""
    try:
        with warnings.catch_warnings():
            # Complaints about metadata do not hide a picture; the one about its size counts.
            warnings.simplefilter("ignore")
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            yield
    except (Refused, MemoryError):
        raise
    except UnidentifiedImageError:
        raise Refused("picture in a form that cannot be read") from None
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise Refused("picture with more pixels than are read") from None
    except Exception as exc:
        # Decoders raise whatever they stumble over: SyntaxError, struct.error, IndexError, ….
        how = "cut off" if "truncated" in str(exc).lower() else "damaged"
        raise Refused(f"picture that is {how}") from exc


def _first(image: Image.Image) -> Luma:
    size = image.size
    return _picture(image, stored=size, scale=_reduce(image) if image.format in _JPEG else 1)


def _picture(image: Image.Image, *, stored: tuple[int, int] | None = None, scale: int = 1) -> Luma:
    width, height = stored or image.size
    if image.width * image.height > MAX_PIXELS:
        limit = f"{MAX_PIXELS // 1_000_000} million"
        raise Refused(f"picture of {width} × {height} pixels (over the {limit} that are read)")  # noqa: RUF001 - a times sign
    image.load()
    # A TIFF is turned while it is loaded, and then says so.
    orientation = _orientation(image)
    pixels = _grey(image)
    if scale == 1:
        height, width = pixels.shape
    return Luma(pixels=pixels, width=width, height=height, scale=scale, orientation=orientation)


def _duration_ms(image: Image.Image) -> float:
    said = image.info.get("duration")
    return said if isinstance(said, int | float) and said > _SHORTEST_MS else _USUAL_MS


def _reduce(image: Image.Image) -> int:
    """Have a JPEG decoded to brightness only, as small as is fine enough; returns the scale, 1, 2, 4 or 8."""
    width, height = image.size
    scale = next((s for s in (1, 2, 4) if width * height <= _FINE_ENOUGH * s * s), 8)
    if image.draft("L", (width // scale, height // scale)) is None:
        return 1
    return scale


def _orientation(image: Image.Image) -> int:
    # Broken metadata does not make a picture unreadable; apps show it as it is stored.
    with contextlib.suppress(Exception):
        value = image.getexif().get(ExifTags.Base.Orientation, 1)
        return value if value in TURNS else 1
    return 1


def _grey(image: Image.Image) -> Bytes:
    if image.mode in _SIXTEEN_BITS:
        return np.clip(np.asarray(image, dtype=np.int32) // 256, 0, 255).astype(np.uint8)
    if image.has_transparency_data:
        brightness, alpha = image.convert("RGBA").convert("LA").split()
        return np.asarray(Image.composite(brightness, Image.new("L", image.size, 255), alpha))
    if image.mode not in {"L", "1", "RGB"}:
        image = image.convert("RGB")
    return np.asarray(image.convert("L"))
