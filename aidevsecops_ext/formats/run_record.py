"""The record of a run, ``run.json``; its paths are as seen from the folder of the pipeline.

So a project may be moved, or opened from a folder further up, and its records still hold.
"""

from __future__ import annotations

from posixpath import dirname, join, normpath, relpath
from typing import TYPE_CHECKING

from msgspec import DecodeError
from msgspec.json import decode, encode
from msgspec.json import format as format_json
from msgspec.structs import replace

from ..domain.pipeline_run import PipelineRun
from .prepared import prepared

if TYPE_CHECKING:
    from collections.abc import Callable

_RECORD = prepared(PipelineRun)


def record_text(run: PipelineRun) -> str:
    """The text of a run's record."""
    home = dirname(run.pipeline) or "."
    seen = _moved(run, lambda path: relpath(path, home))
    return format_json(encode(seen), indent=1).decode() + "\n"


def read_record(text: str, folder: str) -> PipelineRun | None:
    """The run that a record tells of, with paths from the root; None where it is no record.

    ``folder`` is that of the pipeline.
    """
    try:
        run = decode(text, type=_RECORD)
    except (DecodeError, RecursionError):
        return None
    return _moved(run, lambda path: normpath(join(folder, path)))


def _moved(run: PipelineRun, place: Callable[[str], str]) -> PipelineRun:
    def optional(path: str | None) -> str | None:
        return None if path is None else place(path)

    steps = (
        replace(
            step,
            file=place(step.file),
            notebook=optional(step.notebook),
            log=optional(step.log),
            outputs=tuple(
                replace(file, path=place(file.path), kept=optional(file.kept))
                for file in step.outputs
            ),
        )
        for step in run.steps
    )
    return replace(run, pipeline=place(run.pipeline), folder=place(run.folder), steps=tuple(steps))
