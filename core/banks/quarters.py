"""How the bits of a PDQ hash are kept: sorted into four columns.

Sorted by whether their frequencies along both axes are odd or even. Mirroring a picture complements whole
columns, so that the distances of its eight mirrored and inverted forms are sums of the same four counts.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from core.banks.bands import Rows

_BYTES: Final = 32
_BITS: Final = 256

_PLACES: Final = np.arange(_BITS)[::-1]
QUARTERED: Final = np.argsort((_PLACES // 16 % 2) * 2 + _PLACES % 2, kind="stable")
"""For each bit of a column its place among a hash's digits."""


def _parted() -> NDArray[np.uint16]:
    """Give, for each 16 bits, two bytes: every second one of them from the right, and the others."""
    bits = np.unpackbits(np.arange(1 << 16).astype(">u2").view(np.uint8).reshape(-1, 2), axis=-1)
    halves = np.stack([np.packbits(bits[:, first::2], axis=-1)[:, 0] for first in (1, 0)], axis=-1)
    return halves.view(np.uint16)[:, 0]


_PARTED: Final = _parted()


def quartered(raw: NDArray[np.uint8]) -> Rows:
    """Sort the bits of hashes, 32 bytes each, into four columns."""
    parted = _PARTED[raw.reshape(-1).view(">u2")].view(np.uint8)
    # Of each two rows of 16 bits the one comes into the first two columns, the other into the last two.
    columns = np.ascontiguousarray(parted.reshape(-1, 8, 2, 2)[:, :, ::-1].transpose(0, 2, 3, 1))
    return columns.reshape(-1, _BYTES).view(">u8").astype(np.uint64)
