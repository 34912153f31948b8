"""The pictures of the notebooks and of the model's report."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import numpy.typing as npt
from matplotlib.figure import Figure

SIDE = 8


def show_samples(rows: npt.NDArray[np.float64], titles: Sequence[str], columns: int = 8) -> Figure:
    """A grid of digits, each with its title above it."""
    lines = -(-len(rows) // columns)
    figure, axes = plt.subplots(lines, columns, figsize=(columns * 1.1, lines * 1.4), squeeze=False)
    for axis in axes.flat:
        axis.set_axis_off()
    for axis, row, title in zip(axes.flat, rows, titles, strict=False):
        axis.imshow(row.reshape(SIDE, SIDE), cmap="gray_r")
        axis.set_title(title, fontsize=9)
    figure.tight_layout()
    return figure


def show_confusion(counts: npt.NDArray[Any], labels: Sequence[int]) -> Figure:
    """The confusion matrix, with a number in every cell that is not zero."""
    figure, axis = plt.subplots(figsize=(5.5, 5))
    axis.imshow(counts, cmap="Blues")
    for (row, column), count in np.ndenumerate(counts):
        if count:
            colour = "white" if count > counts.max() / 2 else "black"
            axis.text(column, row, str(count), ha="center", va="center", color=colour)
    axis.set_xticks(range(len(labels)), [str(label) for label in labels])
    axis.set_yticks(range(len(labels)), [str(label) for label in labels])
    axis.set_xlabel("predicted")
    axis.set_ylabel("written")
    figure.tight_layout()
    return figure
