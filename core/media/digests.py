"""Three digests of a file, for one reading of it."""

import hashlib
from typing import Final

ALGORITHMS: Final = ("sha256", "sha1", "md5")
"""The digests that exchanges carry, strongest first."""

_CHUNK: Final = 1 << 18


def digests(content: bytes) -> tuple[str, ...]:
    """Give the digests in the order of `ALGORITHMS`, lower-case hex, reading the content once."""
    hashes = [hashlib.new(name, usedforsecurity=False) for name in ALGORITHMS]
    view = memoryview(content)
    for start in range(0, len(view), _CHUNK):
        # A chunk that fits the cache is read from memory once for all three.
        chunk = view[start : start + _CHUNK]
        for one in hashes:
            one.update(chunk)
    return tuple(one.hexdigest() for one in hashes)
