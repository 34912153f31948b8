"""Rules that a scanned digit must meet before we learn from it."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

DARKEST = 16.0

Pixels = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]


def ink(images: Pixels) -> Pixels:
    """How much of each image is covered, between 0 (blank) and 1 (all dark)."""
    share: Pixels = images.reshape(len(images), -1).mean(axis=1) / DARKEST
    return share


def usable(images: Pixels, tolerance: float = 3.5) -> Mask:
    """Which images to keep: in range, seen once, and not unusually faint or smudged."""
    flat = images.reshape(len(images), -1)
    in_range = ((flat >= 0) & (flat <= DARKEST)).all(axis=1)
    _, first_seen = np.unique(flat, axis=0, return_index=True)
    seen_once = np.zeros(len(flat), dtype=bool)
    seen_once[first_seen] = True
    coverage = ink(images)
    distance = np.abs(coverage - coverage.mean()) / coverage.std()
    keep: Mask = in_range & seen_once & (distance <= tolerance)
    return keep


def scaled(images: Pixels) -> Pixels:
    """One row of 64 numbers between 0 and 1 for each image."""
    return images.reshape(len(images), -1) / DARKEST
