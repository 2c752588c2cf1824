"""A video by its key frames beside PyAV decoding every frame, which is what denser ways of hashing cost.

The video is made here: 12 seconds of 1280 x 720 in H.264, a key frame every 2.4 seconds, the camera moving
over soft coloured shapes, with the grain of a telephone's camera: 2.6 Mbit/s, what chat apps send.
"""

import importlib.util
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

import numpy as np
from rich.console import Console

from benchmarks.chart import chart
from core.media.pdq import Luma, pdq
from tests.core.media.pictures import photograph

ROUNDS: Final = 5
SECONDS: Final = 12
RATE: Final = 25
KEY_EVERY: Final = 60
WIDTH, HEIGHT = 1280, 720
_MARGIN: Final = 320
_SCENE: Final = 125
_GRAIN: Final = 4
_BITS: Final = 2_600_000


def compared(console: Console, folder: Path) -> None:
    """Make the video, measure and print."""
    if importlib.util.find_spec("av") is None:
        console.print("bench: no video is measured: PyAV is not here (pip install 'nigehban[video]')")
        return
    path = folder / "video.mp4"
    _made(path)
    ways = _ways(path)
    spent: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(ROUNDS):
        for name, way in ways.items():
            started = time.process_time()
            way()
            spent[name].append((time.process_time() - started) * 1000)
    title = f"{SECONDS} s of 720p H.264, CPU time, median of {ROUNDS} interleaved rounds"
    chart(console, "video", title, "ms", spent)


def _ways(path: Path) -> Mapping[str, Callable[[], int]]:
    return {
        "PyAV, every frame decoded": lambda: _every_frame(path, hashed_every=0),
        "PyAV, one frame a second hashed": lambda: _every_frame(path, hashed_every=RATE),
        "nigehban, key frames hashed": lambda: _key_frames(path),
    }


def _made(path: Path) -> None:
    import av  # noqa: PLC0415  # an extra, which need not be there

    wide, high = WIDTH + _MARGIN, HEIGHT + _MARGIN
    with av.open(str(path), "w") as container:
        options = {"preset": "veryfast", "threads": "1"}
        stream = container.add_stream("libx264", RATE, options=options)
        stream.width, stream.height, stream.pix_fmt = WIDTH, HEIGHT, "yuv420p"
        stream.gop_size, stream.bit_rate = KEY_EVERY, _BITS
        chance = np.random.default_rng(1)
        grain = chance.normal(0, _GRAIN, (2 * HEIGHT, 2 * WIDTH, 1)).astype(np.float32)
        scene = np.zeros((high, wide, 3), np.float32)
        for number in range(SECONDS * RATE):
            if number % _SCENE == 0:
                scene = np.asarray(photograph(wide, high, seed=number), np.float32)
            at, down, right = number % _SCENE * 2, *chance.integers(0, (HEIGHT, WIDTH))
            shown = scene[at : at + HEIGHT, at : at + WIDTH]
            shown = shown + grain[down : down + HEIGHT, right : right + WIDTH]
            pixels = np.clip(shown, 0, 255).astype(np.uint8)
            for packet in stream.encode(av.VideoFrame.from_ndarray(pixels, "rgb24")):
                container.mux(packet)
        for packet in stream.encode():
            container.mux(packet)


def _every_frame(path: Path, *, hashed_every: int) -> int:
    """Decode every frame and hash some; 0 for none. Returns how many were decoded."""
    import av  # noqa: PLC0415  # an extra, which need not be there

    count = 0
    with av.open(str(path)) as container:
        container.streams.video[0].codec_context.thread_count = 1
        for count, frame in enumerate(container.decode(video=0), 1):
            if hashed_every and count % hashed_every == 0:
                _hash(np.asarray(frame.to_ndarray(format="gray"), np.uint8))
    return count


def _key_frames(path: Path) -> int:
    """Decode and hash the key frames; returns how many there are."""
    import av  # noqa: PLC0415  # an extra, which need not be there

    count = 0
    with av.open(str(path)) as container:
        context = container.streams.video[0].codec_context
        context.thread_count, context.skip_frame = 1, "NONKEY"
        for count, frame in enumerate(container.decode(video=0), 1):  # noqa: B007  # what is left is the count
            _hash(np.asarray(frame.to_ndarray(format="gray"), np.uint8))
    return count


def _hash(pixels: np.typing.NDArray[np.uint8]) -> None:
    height, width = pixels.shape
    pdq(Luma(pixels=pixels, width=width, height=height))
