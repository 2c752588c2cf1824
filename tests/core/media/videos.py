"""Videos made for tests: a camera moves over invented pictures; files of any form, rate and key frames."""

from collections.abc import Sequence
from fractions import Fraction
from io import BytesIO

import numpy as np
import pytest
from PIL import Image, ImageEnhance

from tests.core.media.pictures import photograph

av = pytest.importorskip(
    "av", reason="PyAV (the extra `video`) is not installed: nothing about videos is tested"
)

RATE = 15


def scene(seed: int, seconds: float = 2.0) -> list[Image.Image]:
    """Give the frames of a camera that moves over one picture and comes nearer."""
    picture = ImageEnhance.Contrast(photograph(640, 480, seed=seed).convert("L")).enhance(2.5)
    count = round(seconds * RATE)
    frames = []
    for number in range(count):
        part = number / RATE / 2
        width, left, top = 420 - 90 * part, 20 + 170 * part, 15 + 90 * part
        box = (left, top, left + width, top + width * 3 / 4)
        frames.append(picture.resize((160, 120), Image.Resampling.BICUBIC, box=box))
    return frames


def film(*seeds: int, seconds: float = 2.0) -> list[Image.Image]:
    """Give scenes one after the other."""
    return [frame for seed in seeds for frame in scene(seed, seconds)]


def video(  # noqa: PLR0913 - a builder: every argument has a default
    frames: Sequence[Image.Image],
    *,
    form: str = "mp4",
    codec: str = "libx264",
    every: int = 30,
    rate: int = RATE,
    crf: int = 20,
    size: tuple[int, int] | None = None,
    step: int = 1,
) -> bytes:
    """Give frames as a file.

    Args:
        frames: The pictures.
        form: The container, by FFmpeg's name.
        codec: The encoder.
        every: Frames from one key frame to the next; scenes begin with one as well.
        rate: Frames in a second.
        crf: How coarse.
        size: Scaled to this.
        step: What a file claims of its times: each frame lasts so many times as long.
    """
    file = BytesIO()
    with av.open(file, "w", format=form) as container:
        stream = container.add_stream(codec, rate=rate)
        stream.width, stream.height = size or frames[0].size
        stream.pix_fmt = "yuvj420p" if codec == "mjpeg" else "yuv420p"
        stream.gop_size = every
        if codec == "libx264":
            stream.options = {"crf": str(crf), "preset": "veryfast"}
        for number, picture in enumerate(frames):
            shown = picture.resize((stream.width, stream.height), Image.Resampling.BICUBIC).convert("RGB")
            frame = av.VideoFrame.from_ndarray(np.asarray(shown), format="rgb24")
            frame.pts, frame.time_base = number * step, Fraction(1, rate)
            container.mux(stream.encode(frame))
        container.mux(stream.encode())
    return file.getvalue()


def letterboxed(frames: Sequence[Image.Image]) -> list[Image.Image]:
    """Give frames with black bars above and below."""
    boxed = []
    for frame in frames:
        canvas = Image.new(frame.mode, (frame.width, frame.height * 16 // 9))
        canvas.paste(frame, (0, (canvas.height - frame.height) // 2))
        boxed.append(canvas)
    return boxed


def sound() -> bytes:
    """Give a second of silence as an MPEG-4 file."""
    file = BytesIO()
    with av.open(file, "w", format="mp4") as container:
        stream = container.add_stream("aac", rate=8000)
        frame = av.AudioFrame.from_ndarray(np.zeros((1, 8000), np.float32), format="fltp", layout="mono")
        frame.rate = 8000
        container.mux(stream.encode(frame))
        container.mux(stream.encode())
    return file.getvalue()
