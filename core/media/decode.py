"""From a file's bytes to the brightness of its first picture. Runs in the child process only.

Everything here handles what a stranger sent: the format by an allow-list and by content, pixels by a limit
before they are decoded, and any error of the decoder is a refusal with a reason, never a guess.
"""

import contextlib
import warnings
from io import BytesIO
from typing import Final

import numpy as np
from PIL import ExifTags, Image, UnidentifiedImageError

from core.media.pdq import TURNS, Bytes, Luma

FORMATS: Final = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF", "AVIF")
"""What people's devices and chat apps make. Pillow knows many more, and each is a surface."""

MAX_PIXELS: Final = 40_000_000
"""The most pixels that are decoded; a JPEG is decoded at a reduced size, so its own may be many more."""

_FINE_ENOUGH: Final = 480
"""The shorter side that a reduced JPEG keeps: with it, hashes differ from the reference by 4 bits at most."""

_JPEG: Final = frozenset({"JPEG", "MPO"})
_SIXTEEN_BITS: Final = frozenset({"I", "I;16", "I;16B", "I;16L", "I;16N"})


class Refused(Exception):
    """The file cannot be looked at; the message is for a moderator."""


def luma(content: bytes) -> Luma:
    """Decode a picture's brightness: first frame, transparency over white, at a reduced size if that does.

    Raises:
        Refused: Not a picture of the allowed formats, too large, damaged or cut off.
    """
    try:
        with warnings.catch_warnings():
            # Complaints about metadata do not hide a picture; the one about its size counts.
            warnings.simplefilter("ignore")
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return _luma(content)
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


def _luma(content: bytes) -> Luma:
    with Image.open(BytesIO(content), formats=FORMATS) as image:
        width, height = image.size
        scale = _reduce(image) if image.format in _JPEG else 1
        decoded = image.width * image.height
        if decoded > MAX_PIXELS:
            limit = f"{MAX_PIXELS // 1_000_000} million"
            raise Refused(f"picture of {width} × {height} pixels (over the {limit} that are read)")  # noqa: RUF001 - a times sign
        image.load()
        # A TIFF is turned while it is loaded, and then says so.
        orientation = _orientation(image)
        pixels = _grey(image)
        if scale == 1:
            height, width = pixels.shape
        return Luma(pixels=pixels, width=width, height=height, scale=scale, orientation=orientation)


def _reduce(image: Image.Image) -> int:
    """Have a JPEG decoded to brightness only, as small as is fine enough; returns the scale, 1, 2, 4 or 8."""
    width, height = image.size
    scale = next((s for s in (8, 4, 2) if min(width, height) // s >= _FINE_ENOUGH), 1)
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
