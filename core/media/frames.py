"""What the sandbox and its child say to each other: frames of a length and that many bytes.

A question is a file's whole content. An answer is one JSON object: the fingerprints of the file, or the
reason why there are none. The child speaks first, with an empty frame, once it is ready. Both ends are always
of one version, so the form may change with the code.
"""

import json
import re
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from typing import BinaryIO, Final

from core.errors import CannotLook
from core.view import How, View

HEADER: Final = struct.Struct(">I")

_HASH: Final = re.compile(r"[0-9a-f]{64}")
_COEFFICIENTS: Final = re.compile(r"[0-9a-f]{512}")
_FEATURES: Final = re.compile(r"[A-Za-z0-9+/]{0,20000}={0,2}")
_MOST_VIEWS: Final = 32
_THOUSAND: Final = 1000
_PER_CENT: Final = range(101)
_LONGEST_REASON: Final = 200


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


def read(stream: BinaryIO) -> bytes | None:
    """Read a frame; None where the other side has gone."""
    header = stream.read(HEADER.size)
    if len(header) < HEADER.size:
        return None
    (size,) = HEADER.unpack(header)
    body = stream.read(size)
    return body if len(body) == size else None


def frame(body: bytes) -> bytes:
    """Put the length before a body."""
    return HEADER.pack(len(body)) + body


def answer(fingerprints: Sequence[Fingerprint]) -> bytes:
    """Write down what was found."""
    found = [[f.kind, f.value, f.quality, [_said(v) for v in f.views], f.features] for f in fingerprints]
    return json.dumps({"fingerprints": found}).encode()


def _said(view: View) -> list[object]:
    return [view.how, view.box, view.coefficients]


def refusal(reason: str) -> bytes:
    """Write down why nothing was found."""
    return json.dumps({"refused": reason}).encode()


def answered(body: bytes) -> tuple[Fingerprint, ...]:
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
            raise CannotLook(_harmless(reason))
        case {"fingerprints": list(found)}:
            return tuple(_fingerprint(one) for one in found)
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


def _harmless(reason: str) -> str:
    """Keep a reason to one short line: it is shown to moderators."""
    return "".join(c for c in reason if c.isprintable())[:_LONGEST_REASON]
