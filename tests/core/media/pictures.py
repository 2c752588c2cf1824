"""Pictures made for tests: soft coloured shapes that behave like photographs, and their files."""

from io import BytesIO

import numpy as np
from PIL import Image

Pixels = np.typing.NDArray[np.uint8]


def photograph(width: int = 640, height: int = 480, *, seed: int = 1) -> Image.Image:
    """Give a picture with structure at several sizes and a little grain, the same for the same seed."""
    random = np.random.default_rng(seed)
    total = np.zeros((height, width, 3))
    for cells, weight in ((3, 60), (9, 30), (27, 12), (81, 5)):
        coarse = random.uniform(-1, 1, (cells, cells, 3))
        layers = [Image.fromarray(coarse[..., c].astype(np.float32)) for c in range(3)]
        smooth = [np.asarray(layer.resize((width, height), Image.Resampling.BICUBIC)) for layer in layers]
        total += weight * np.stack(smooth, axis=-1)
    total += random.normal(0, 2, total.shape)
    return Image.fromarray(np.clip(total + 128, 0, 255).astype(np.uint8))


def encoded(image: Image.Image, form: str = "PNG", **options: object) -> bytes:
    """Give a picture as a file."""
    file = BytesIO()
    image.save(file, form, **options)
    return file.getvalue()


def bits_apart(a: str, b: str) -> int:
    """Count the bits in which two hashes differ."""
    return (int(a, 16) ^ int(b, 16)).bit_count()
