"""A signed bundle: one file with a manifest, its signature, and the entries. docs/bundles.md describes it.

One file, because three would not always be of the same version, and no archive, because a line of text needs
no limits against nested and lying sizes. What is signed are the bytes of the first line, as they stand: no
second way to write the same manifest can make a signature fit something else. The manifest names the digest
of everything after the second line.

Everything is checked before anything of it is used.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from core.errors import BadInput
from core.exchange.entries import Look
from core.exchange.file import FileExchange
from core.exchange.lines import Line
from core.exchange.signing import fingerprint, is_signed
from core.model import Sharing

SCHEMA: Final = "nigehban.bundle/1"

_HEAD_BYTES: Final = 16_384
_PIECE: Final = 1 << 20
_HEAD_LINES: Final = 2
_NEWEST: Final = (1 << 63) - 1

_Hex64 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class Contents(BaseModel):
    """What a manifest says.

    Attributes:
        name: What its publisher calls the list.
        version: Grows with every bundle of the list.
        expires: From then on it is not taken in any more.
        sharing: How far its entries may be handed on.
        count: Its entries.
        sha256: Of everything after the second line.
        key: The public key that signs it.
        next_key: The key that will sign after this one, where it is about to change.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    schema_: Literal["nigehban.bundle/1"] = Field(alias="schema")
    name: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    version: Annotated[int, Field(strict=True, ge=1, le=_NEWEST)]
    created: AwareDatetime
    expires: AwareDatetime | None = None
    sharing: Sharing
    count: Annotated[int, Field(strict=True, ge=0)]
    sha256: _Hex64
    key: _Hex64
    next_key: _Hex64 | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """A bundle whose signature and digest hold.

    Attributes:
        text: The manifest as it was signed.
        signature: 128 hex digits.
    """

    path: Path
    contents: Contents
    text: str
    signature: str

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys that may sign the next one: its own, and the one that it announces."""
        following = self.contents.next_key
        return (self.contents.key, following) if following else (self.contents.key,)


def read_bundle(path: Path) -> Bundle:
    """Read a bundle and check that it is whole and signed by the key that it names.

    Raises:
        BadInput: It is not; the message says what is wrong, and nothing of it may be used.
    """
    try:
        with path.open("rb") as file:
            text, said = file.readline(_HEAD_BYTES), file.readline(_HEAD_BYTES)
            digest, lines, last = hashlib.sha256(), 0, b"\n"
            while piece := file.read(_PIECE):
                digest.update(piece)
                lines += piece.count(b"\n")
                last = piece[-1:]
    except OSError as exc:
        raise BadInput(f"cannot read the bundle: {(exc.strerror or str(exc)).lower()}.") from exc
    manifest, signature = text.rstrip(b"\n"), _signature(said)
    contents = _contents(manifest)
    if not is_signed(manifest, signature, key=contents.key):
        raise BadInput(f"the signature is not of the key {fingerprint(contents.key)} that the bundle names")
    if digest.hexdigest() != contents.sha256:
        raise BadInput("the entries are not those that were signed: the bundle is cut off or was changed")
    if lines + (last != b"\n") != contents.count:
        raise BadInput(f"the manifest says {contents.count:,} entries, there are {lines:,}")
    return Bundle(path=path, contents=contents, text=manifest.decode(), signature=signature)


def admit(bundle: Bundle, *, keys: tuple[str, ...], after: int, now: datetime) -> None:
    """Refuse a bundle that may not follow on what was taken in.

    Args:
        bundle: The bundle.
        keys: Those that may sign it; none where nobody is pinned yet.
        after: The version that was taken in last; 0 where there was none.
        now: The present time.

    Raises:
        BadInput: It is signed by somebody else, is older, or is expired.
    """
    contents = bundle.contents
    if keys and contents.key not in keys:
        pinned = " or ".join(fingerprint(key) for key in keys)
        raise BadInput(
            f"the bundle is signed by the key {fingerprint(contents.key)}, pinned is {pinned}. "
            "Ask its publisher; if they say so, remove the subscription and add it with the new key"
        )
    if contents.version < after:
        raise BadInput(f"the bundle is version {contents.version}, older than {after}, which was taken in")
    if contents.expires is not None and contents.expires <= now:
        raise BadInput(
            f"the bundle expired on {contents.expires:%Y-%m-%d}. Ask its publisher for a newer one"
        )


class BundleExchange(FileExchange):
    """The port `Exchange` over a bundle that was checked; its checkpoints are line numbers."""

    def __init__(self, bundle: Bundle, *, name: str, look: Look) -> None:
        super().__init__(bundle.path, look=look, folders=(), name=name)

    def lines(self, given: Iterable[Line]) -> Iterable[Line]:
        """Leave out the manifest and its signature."""
        return islice(given, _HEAD_LINES, None)


def _signature(line: bytes) -> str:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        found = None
    signature = found.get("signature") if isinstance(found, dict) else None
    if not isinstance(signature, str):
        raise BadInput("this is no signed bundle: its second line holds no signature")
    return signature


def _contents(manifest: bytes) -> Contents:
    try:
        return Contents.model_validate(json.loads(manifest, object_pairs_hook=_once))
    except ValidationError as exc:
        first = exc.errors(include_input=False, include_url=False)[0]
        where = ".".join(map(str, first["loc"]))
        raise BadInput(f"the bundle's manifest cannot be used: {where}: {first['msg'].lower()}") from exc
    except (ValueError, RecursionError) as exc:
        raise BadInput("this is no signed bundle: its first line is no manifest") from exc


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """Refuse an object that says something twice: two readers would read two things."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("said twice")
    return found
