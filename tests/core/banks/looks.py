"""Signals of pictures, as the live bot takes them, without a child process."""

from PIL import Image

from core.media.decode import luma
from core.media.views import fingerprint
from core.model import Signal
from tests.core.media.pictures import encoded


def seen(image: Image.Image, form: str = "JPEG", **options: object) -> Signal:
    """Give the signal of a picture that was stored as a file."""
    return seen_file(encoded(image, form, **options))


def seen_file(content: bytes) -> Signal:
    """Give the signal of a file."""
    found = fingerprint(luma(content))
    return Signal(
        kind="pdq",
        value=found.value,
        part="attachment[0]",
        quality=found.quality,
        views=found.views,
        features=found.features,
    )
