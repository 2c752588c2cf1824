"""PDQ computed the long way, pass by pass over the whole picture, to compare the short way with.

Source: facebook/ThreatExchange, pdq/cpp (jaroszFilterFloat, decimateFloat, pdqBuffer16x16FromBits).
"""

import numpy as np
from numpy.typing import NDArray

Plane = NDArray[np.float64]


def box(plane: Plane, window: int) -> Plane:
    """Average each value with its neighbours along the last axis; the window is cut off at the edges."""
    half = (window + 2) // 2
    size = plane.shape[-1]
    sums = np.concatenate([np.zeros((*plane.shape[:-1], 1)), plane.cumsum(axis=-1)], axis=-1)
    low = np.maximum(np.arange(size) - (window - half), 0)
    high = np.minimum(np.arange(size) + half, size)
    averaged: Plane = (sums[..., high] - sums[..., low]) / (high - low)
    return averaged


def points(plane: Plane) -> Plane:
    """Blur twice along both axes and read 64 x 64 points."""
    height, width = plane.shape
    for _ in range(2):
        plane = box(plane, (width + 127) // 128)
        plane = box(plane.T, (height + 127) // 128).T
    rows = [int((i + 0.5) * height / 64) for i in range(64)]
    columns = [int((i + 0.5) * width / 64) for i in range(64)]
    return plane[np.ix_(rows, columns)]


def quality(read: Plane) -> int:
    """Sum the steps between neighbouring points."""
    total = 0
    for axis in (0, 1):
        for step in np.diff(read, axis=axis).ravel():
            total += abs(int(step * 100 / 255))
    return min(total // 90, 100)


def pdq(brightness: NDArray[np.uint8]) -> tuple[str, int]:
    """Give hash and quality of rows of brightness."""
    read = points(brightness.astype(np.float64))
    cosines = np.array(
        [[np.sqrt(2 / 64) * np.cos(np.pi / 128 * i * (2 * j + 1)) for j in range(64)] for i in range(1, 17)]
    )
    coefficients = (cosines @ read @ cosines.T).ravel()
    median = sorted(coefficients)[127]
    number = sum(1 << k for k, value in enumerate(coefficients) if value > median)
    return f"{number:064x}", quality(read)
