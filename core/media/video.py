"""Frames of videos, and what is seen in them. Child process only, and only where PyAV is installed.

An upload is sampled: its key frames, which encoders put where a scene begins and which cost hardly anything
to reach, and where there are too few, about one frame in a second. A bank knows every frame, so it does not
matter which ones of a copy are looked at.

What a file says about itself is not believed. Its packets are counted first, so that neither a length of a
year nor an endless stream decides what is looked at; form and codec stand on a list; sizes and time have
limits, and what was seen before a limit was reached counts.
"""

import contextlib
import math
import time
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Final, NamedTuple

import av
import numpy as np
from av.container import InputContainer
from av.stream import Disposition
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from core.media.clip import told
from core.media.codes import EVERY_S, codes
from core.media.decode import Refused
from core.media.frames import Depth, Seen
from core.media.moving import BUDGET_S, MOST_SAMPLED, clip, shrunk, steady
from core.media.pdq import Bytes
from core.media.video_forms import video_form

CODECS: Final = (
    *("h264", "hevc", "vp8", "vp9", "libdav1d", "av1", "mpeg4", "msmpeg4v2", "msmpeg4v3", "h263", "flv"),
    *("mpeg1video", "mpeg2video", "theora", "mjpeg", "wmv1", "wmv2", "wmv3", "vc1", "vp6f"),
)
"""Decoders for what phones, chat apps and old collections hold. FFmpeg knows many more; each is a surface."""

MAX_PIXELS: Final = 4096 * 2304
MOST_PACKETS: Final = 500_000
"""Four hours at 30 frames a second."""

FEW_KEYS: Final = 5
_FAR_S: Final = 2.5
_SHORT_S: Final = 90.0
"""Key frames further apart than that may miss a short clip; so long may a video be to be looked at again."""

_STEP_S: Final = 1.0
_STEPS: Final = 12
"""A clip of a few seconds is to give so many frames, too."""

_CODES_LOOKED_FOR: Final = 8
_LONGEST_SIDE: Final = 1280
_QUARTER: Final = 90

Spent = Callable[[], float]


class Outline(NamedTuple):
    """What a file holds, as counted.

    Attributes:
        frames, keys: Packets, and those that a decoder can start with.
        length_s: From the first to behind the last one.
        whole: Whether the end was reached.
    """

    frames: int
    keys: int
    length_s: float
    whole: bool


def watched(content: bytes, depth: Depth, *, spent: Spent = time.process_time) -> Seen:
    """Give what is seen in a video: its clip, and the codes in some of its frames.

    Raises:
        Refused: Nothing can be seen in it; sound alone is no video, and gives nothing.
    """
    end_s = spent() + BUDGET_S[depth]
    with _refusing():
        outline = _counted(content)
    if outline is None:
        return Seen()
    reel = _Reel(outline, lambda: spent() > end_s)
    for _ in reel.sampled(content):
        pass
    if not reel.smalls:
        raise Refused(reel.ended or "video in which no frame can be read")
    around = steady([grey for _, grey in reel.smalls])
    frames = reel.every(content) if depth is Depth.EVERY_FRAME else reel.smalls
    found, missing = clip(frames, around, outline.length_s)
    texts, unread = _texts(reel.large)
    return Seen(codes=texts, unread=unread, clip=found, unwatched=reel.ended or missing)


def _texts(large: list[tuple[float, Bytes]]) -> tuple[tuple[str, ...], str]:
    texts: list[str] = []
    try:
        texts.extend(codes(large))
    except Refused as exc:
        return tuple(texts), str(exc).replace("picture", "video", 1)
    return tuple(texts), ""


class _Reel:
    """One file's frames.

    Attributes:
        smalls: Sampled frames, small, each with its second.
        large: A few of them, large enough to read codes in.
        ended: Why not all could be looked at, or "".
    """

    def __init__(self, outline: Outline, late: Callable[[], bool]) -> None:
        self._outline = outline
        self._late = late
        self.smalls: list[tuple[float, Bytes]] = []
        self.large: list[tuple[float, Bytes]] = []
        self.ended = "" if outline.whole else "video that is damaged or cut off"

    def sampled(self, content: bytes) -> Iterator[None]:
        """Take key frames, or about one in a second."""
        keys, frames, length_s = self._outline.keys, self._outline.frames, self._outline.length_s
        far = length_s / max(keys, 1) > _FAR_S and length_s <= _SHORT_S
        if keys >= FEW_KEYS and not far:
            options, step_s, each = {"skip_frame": "nokey"}, 0.0, math.ceil(keys / MOST_SAMPLED)
        else:
            # A length that is not true must not decide how many frames are passed over: a second is the most.
            options = {"skip_frame": "noref", "skip_loop_filter": "all"}
            step_s, each = min(_STEP_S, length_s / _STEPS), math.ceil(frames / MOST_SAMPLED / 30)
        next_s, codes_s = 0.0, 0.0
        for place, (at_s, frame) in enumerate(self._decoded(content, options)):
            if place % each or at_s + 1e-3 < next_s:
                continue
            if len(self.smalls) >= MOST_SAMPLED:
                self.ended = _only(at_s)
                return
            next_s = at_s + step_s
            grey = _grey(frame)
            self.smalls.append((at_s, shrunk(grey)))
            if at_s >= codes_s and len(self.large) < _CODES_LOOKED_FOR:
                codes_s = at_s + max(EVERY_S, length_s / _CODES_LOOKED_FOR)
                self.large.append((at_s, grey))
            yield

    def every(self, content: bytes) -> Iterator[tuple[float, Bytes]]:
        """Give every frame, small."""
        for at_s, frame in self._decoded(content, {}):
            yield at_s, shrunk(_grey(frame))

    def _decoded(self, content: bytes, options: dict[str, str]) -> Iterator[tuple[float, VideoFrame]]:
        """Decode frames; an end before the end is noted."""
        at_s, first_s = 0.0, None
        try:
            with _refusing(), _opened(content) as container:
                stream = _video(container)
                if stream is None:
                    return
                _prepare(stream, options)
                for frame in container.decode(stream):
                    if self._late():
                        self.ended = _only(at_s)
                        return
                    _refuse_larger(frame.width, frame.height)
                    if frame.time is not None:
                        first_s = frame.time if first_s is None else first_s
                        at_s = max(frame.time - first_s, at_s)
                    yield at_s, frame
        except (Refused, MemoryError) as exc:
            self.ended = str(exc) if isinstance(exc, Refused) else "video that needs too much memory to read"


def _only(at_s: float) -> str:
    return f"video of which only the first {told(at_s)} was looked at"


def _opened(content: bytes) -> InputContainer:
    # With the form given, nothing is probed, so no playlist can lead elsewhere.
    return av.open(
        BytesIO(content),
        mode="r",
        format=video_form(content),
        options={"codec_whitelist": ",".join(CODECS)},
        metadata_errors="ignore",
    )


def _video(container: InputContainer) -> VideoStream | None:
    """Give the stream that is shown; the cover of a piece of music is none."""
    for stream in container.streams.video:
        if not stream.disposition & Disposition.attached_pic:
            return stream
    return None


def _prepare(stream: VideoStream, options: dict[str, str]) -> None:
    context = stream.codec_context
    # Where FFmpeg has no decoder, there is no context, whatever its types say.
    if getattr(context, "name", "") not in CODECS:
        raise Refused("video in a form that is not read")
    _refuse_larger(context.width, context.height)
    context.thread_count = 1
    context.options = {"max_pixels": str(MAX_PIXELS), **options}


def _refuse_larger(width: int, height: int) -> None:
    if width * height > MAX_PIXELS:
        raise Refused(f"video of {width} × {height} pixels (over the 4096 × 2304 that are read)")  # noqa: RUF001 - times signs


def _counted(content: bytes) -> Outline | None:
    """Count a file's packets; None where there is no video in it."""
    frames = keys = 0
    first = last = None
    whole = True
    with _opened(content) as container:
        stream = _video(container)
        if stream is None:
            return None
        _prepare(stream, {})
        unit_s = float(stream.time_base or 0)
        with contextlib.suppress(av.error.FFmpegError):
            whole = False
            for packet in container.demux(stream):
                if packet.pts is None:
                    continue
                frames, keys = frames + 1, keys + packet.is_keyframe
                first = packet.pts if first is None else min(first, packet.pts)
                last = packet.pts if last is None else max(last, packet.pts)
                if frames >= MOST_PACKETS:
                    break
            else:
                whole = True
    length_s = ((last or 0) - (first or 0)) * unit_s
    return Outline(frames, keys, length_s * frames / max(frames - 1, 1), whole)


def _grey(frame: VideoFrame) -> Bytes:
    """Give a frame's brightness as displayed, large enough for codes."""
    shrink = min(_LONGEST_SIDE / max(frame.width, frame.height), 1)
    width, height = (max(round(side * shrink), 1) for side in (frame.width, frame.height))
    grey = frame.reformat(width=width, height=height, format="gray", interpolation="AREA").to_ndarray()
    turned: Bytes = np.ascontiguousarray(np.rot90(grey, round(frame.rotation / _QUARTER)))
    return turned


@contextlib.contextmanager
def _refusing() -> Iterator[None]:
    """Turn whatever the decoders stumble over into a refusal."""
    try:
        yield
    except (Refused, MemoryError):
        raise
    except Exception as exc:
        raise Refused("video that is damaged or cut off") from exc
