"""What the overlays of a notebook's steps are called: like the steps, unless that is taken."""

from __future__ import annotations

from itertools import count
from pathlib import PurePosixPath
from posixpath import join, normpath
from typing import TYPE_CHECKING

from ..domain.kernels import kernel_name_of
from ..domain.split import SplitCode, SplitWarning
from .overlay_claims import owner_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .ports import Files


def name_overlays(
    notebook: str, folder: str, steps: Iterable[str], files: Files
) -> tuple[dict[str, str], tuple[SplitWarning, ...]]:
    """The folder of each step's overlay, and warnings about those that had to be called else.

    Where ``overlays/train`` is of another notebook, the step ``train`` of ``churn.ipynb`` gets
    ``overlays/churn-train``, or ``overlays/churn-train-2`` where that is taken as well.

    Raises:
        AidevsecopsError: a file cannot be read.
    """
    folders: dict[str, str] = {}
    warnings = []
    stem = kernel_name_of(PurePosixPath(notebook).stem.replace("_", "-"))
    for step in steps:
        wanted = path = join(folder, step)
        owner = owner_of(path, files)
        more = _others(join(folder, f"{stem}-{step}"))
        other = owner
        while other not in (None, normpath(notebook)):
            path = next(more)
            other = owner_of(path, files)
        if path != wanted:
            message = f"The overlay of the step {step} is {path}, because {wanted} is of {owner}."
            warnings.append(SplitWarning(SplitCode.NAME_CHANGED, message))
        folders[step] = path
    return folders, tuple(warnings)


def _others(path: str) -> Iterator[str]:
    yield path
    yield from (f"{path}-{number}" for number in count(2))
