"""List the pipelines of a project."""

from __future__ import annotations

from posixpath import join, normpath
from typing import TYPE_CHECKING

from msgspec import Struct

from ..domain.errors import AidevsecopsError
from .find_notebooks import folders_below
from .open_pipeline import open_pipeline

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..domain.pipeline import Pipeline
    from .ports import Files

_SUFFIX = ".pipeline"


class FoundPipeline(Struct, frozen=True):
    """A document by its path; ``pipeline`` is None where it cannot be read, ``error`` says why."""

    path: str
    pipeline: Pipeline | None = None
    error: AidevsecopsError | None = None


def list_pipelines(files: Files) -> tuple[FoundPipeline, ...]:
    """The pipelines below the root, by their paths; those in hidden folders are left out.

    Raises:
        OutsideFailedError: the operating system refuses to list a folder.
    """
    return tuple(_look_at(path, files) for path in sorted(_paths(files)))


def _look_at(path: str, files: Files) -> FoundPipeline:
    """The pipeline in that file, or why it cannot be read."""
    try:
        return FoundPipeline(path, open_pipeline(path, files).pipeline)
    except AidevsecopsError as error:
        return FoundPipeline(path, error=error)


def _paths(files: Files) -> Iterator[str]:
    for folder, entries in folders_below(".", files):
        for name in entries.files:
            if name.endswith(_SUFFIX) and not name.startswith("."):
                yield normpath(join(folder, name))
