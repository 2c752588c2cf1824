"""What the sandbox and its child say to each other: frames of a length and that many bytes.

A question is a letter that says what is asked, and a file's whole content. The answer to a `Depth` is one
JSON object: what was seen in the file, or the reason why nothing was. The answer to `UNFOLD` is any number of
`core.media.pieces`, and an empty frame. The child speaks first, with an empty frame, once it is ready. Both
ends are always of one version, so the form may change with the code.
"""

import json
import re
import struct
from dataclasses import dataclass
from enum import Enum
from typing import BinaryIO, Final

from core.errors import CannotLook
from core.view import How, View

HEADER: Final = struct.Struct(">I")
UNFOLD: Final = b"U"

_HASH: Final = re.compile(r"[0-9a-f]{64}")
_COEFFICIENTS: Final = re.compile(r"[0-9a-f]{512}")
_FEATURES: Final = re.compile(r"[A-Za-z0-9+/]{0,20000}={0,2}")
_CLIP: Final = re.compile(r"[A-Za-z0-9+/]{0,100000}={0,2}")
_MOST_VIEWS: Final = 32
_THOUSAND: Final = 1000
_PER_CENT: Final = range(101)
_LONGEST_REASON: Final = 200

PATIENT: Final = 12
"""How many times as long a file may take of which every frame is looked at."""

LONGEST_CODE: Final = 4296
"""Characters in one code: version 40 of QR, letters of one case only, is the fullest."""

MOST_CODES: Final = 64
"""Codes of one file that are told; a picture for people has one, a sheet of stickers some dozens."""

UNWRITTEN: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
"""What no text holds; where a code does, the child gives spaces."""


class Depth(Enum):
    """How much of a moving picture is looked at; the value is the question's first byte."""

    GLANCE = b"g"
    """Some frames: enough to recognise what a bank knows every frame of."""

    INSIDE = b"i"
    """The same in less time, for what lies in an archive or a document with other files."""

    EVERY_FRAME = b"e"
    """All of them, for the bank, in `PATIENT` times the time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fingerprint:
    """One comparable value of a file's content.

    Attributes:
        kind: The kind of signal, `pdq`.
        value: 64 lower-case hex digits.
        quality: 0-100.
        views: How else the picture may be recognised.
        features: By which a part of it may be recognised (`core.media.features`), as base64.
    """

    kind: str
    value: str
    quality: int
    views: tuple[View, ...] = ()
    features: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What one look at a file gave.

    Attributes:
        codes: The texts of the codes in it (QR and its like), untrusted.
        unread: Why there may be more codes than these, in a moderator's words, or "".
        clip: What a moving picture shows (`core.media.clip`), or "".
        unwatched: Why the clip may not be all of it, or "".
    """

    fingerprints: tuple[Fingerprint, ...] = ()
    codes: tuple[str, ...] = ()
    unread: str = ""
    clip: str = ""
    unwatched: str = ""


def read(stream: BinaryIO) -> bytes | None:
    """Read a frame; None where the other side has gone."""
    header = stream.read(HEADER.size)
    if len(header) < HEADER.size:
        return None
    (size,) = HEADER.unpack(header)
    body = stream.read(size)
    return body if len(body) == size else None


def question(ask: bytes, content: bytes) -> bytes:
    """Put what is asked and the length before a file."""
    return ask + frame(content)


def asked(stream: BinaryIO) -> tuple[bytes, bytes] | None:
    """Read a question; None where the other side has gone."""
    ask, content = stream.read(1), read(stream)
    return None if content is None else (ask, content)


def frame(body: bytes) -> bytes:
    """Put the length before a body."""
    return HEADER.pack(len(body)) + body


def answer(seen: Seen) -> bytes:
    """Write down what was seen."""
    said = {
        "fingerprints": [_said(f) for f in seen.fingerprints],
        "codes": seen.codes,
        "unread": seen.unread,
        "clip": seen.clip,
        "unwatched": seen.unwatched,
    }
    return json.dumps(said, ensure_ascii=False).encode()


def _said(found: Fingerprint) -> list[object]:
    views = [[view.how, view.box, view.coefficients] for view in found.views]
    return [found.kind, found.value, found.quality, views, found.features]


def refusal(reason: str) -> bytes:
    """Write down why nothing was found."""
    return json.dumps({"refused": reason}).encode()


def answered(body: bytes) -> Seen:
    """Read an answer. The child may have been taken over by what it read: only the known form is accepted.

    Raises:
        CannotLook: The child refused the file; the reason is for a moderator.
        ValueError: This is no answer.
    """
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        raise ValueError("not an answer of the media child") from None
    match said:
        case {"refused": str(reason)}:
            raise CannotLook(harmless(reason))
        case {
            "fingerprints": list(found),
            "codes": list(codes),
            "unread": str(unread),
            "clip": str(clip),
            "unwatched": str(unwatched),
            **rest,
        }:
            if not rest and len(codes) <= MOST_CODES and _CLIP.fullmatch(clip):
                return Seen(
                    fingerprints=tuple(_fingerprint(one) for one in found),
                    codes=tuple(_code(one) for one in codes),
                    unread=harmless(unread),
                    clip=clip,
                    unwatched=harmless(unwatched),
                )
    raise ValueError("not an answer of the media child")


def _fingerprint(said: object) -> Fingerprint:
    match said:
        case ["pdq", str(value), int(quality), list(views), str(features)] if (
            _HASH.fullmatch(value)
            and quality in _PER_CENT
            and len(views) <= _MOST_VIEWS
            and _FEATURES.fullmatch(features)
        ):
            seen = tuple(_view(one) for one in views)
            return Fingerprint(kind="pdq", value=value, quality=int(quality), views=seen, features=features)
    raise ValueError("not a fingerprint")


def _code(said: object) -> str:
    if isinstance(said, str) and 0 < len(said) <= LONGEST_CODE and not UNWRITTEN.search(said):
        return said
    raise ValueError("not a code's text")


def _view(said: object) -> View:
    match said:
        case [str(how), [int(left), int(top), int(right), int(bottom)], str(coefficients)] if (
            how in set(How)
            and 0 <= left < right <= _THOUSAND
            and 0 <= top < bottom <= _THOUSAND
            and _COEFFICIENTS.fullmatch(coefficients)
        ):
            box = (int(left), int(top), int(right), int(bottom))
            return View(how=How(how), box=box, coefficients=coefficients)
    raise ValueError("not a view")


def harmless(reason: str) -> str:
    """Keep a reason to one short line: it is shown to moderators."""
    return "".join(c for c in reason if c.isprintable())[:_LONGEST_REASON]
