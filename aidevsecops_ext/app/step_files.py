"""The files of a split beside those that are there: what is new, has changed, or was edited."""

from __future__ import annotations

import hashlib
from posixpath import basename, join
from typing import TYPE_CHECKING

from msgspec import Struct

from ..domain.errors import AidevsecopsError
from ..domain.late_patterns import late_pattern
from ..domain.split_preview import StepFile
from ..domain.step_record import StepState
from ..formats.step_notebook import seen_from
from ..formats.step_text import compare_step, read_step_notebook

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..domain.step_record import StepRecord
    from .ports import Files, FileText

_SEAL = late_pattern(
    r"# Made by AIDevSecOps for (?P<notebook>.+), sha256:(?P<digest>[0-9a-f]{64})\n?\Z"
)


def preview_step(step: str, text: str, path: str, files: Files) -> StepFile:
    """The notebook of a step with that text, beside what is at its path.

    Raises:
        ValueError: the text is not the notebook of a step.
        AidevsecopsError: what is there cannot be read.
    """
    old = _old(path, files)
    new = read_step_notebook(text)
    if new is None:
        raise ValueError("not the notebook of a step")
    state = compare_step(None if old is None else old.text, new).state
    found = None if old is None else read_step_notebook(old.text)
    if old is None or found is None:
        return StepFile(path, text, state, new.digest, step, None if old is None else old.revision)
    if (found.notebook, found.step) != (new.notebook, new.step):
        state = StepState.FOREIGN
    is_same = state is StepState.UNCHANGED
    return StepFile(
        path,
        text,
        state,
        new.digest,
        step,
        old.revision,
        "" if is_same or state is StepState.FOREIGN else _diff(path, _shown(found), _shown(new)),
        found.verified if is_same else None,
    )


def preview_module(text: str, path: str, notebook: str, files: Files) -> StepFile:
    """The module beside the notebook of that name, sealed, so that edits by hand are noticed.

    Raises:
        AidevsecopsError: what is there cannot be read.
    """
    digest = _hash(text)
    sealed = f"{text}\n# Made by AIDevSecOps for {notebook}, sha256:{digest}\n"
    old = _old(path, files)
    if old is None:
        return StepFile(path, sealed, StepState.NEW, digest)
    if old.text == sealed:
        return StepFile(path, sealed, StepState.UNCHANGED, digest, revision=old.revision)
    seal = _SEAL.search(old.text)
    if seal is None or seal["notebook"] != notebook:
        return StepFile(path, sealed, StepState.FOREIGN, digest, revision=old.revision)
    # The line break before the seal is ours.
    is_kept = _hash(old.text[: seal.start() - 1]) == seal["digest"]
    state = StepState.CHANGED if is_kept else StepState.EDITED
    diff = _diff(path, old.text, sealed)
    return StepFile(path, sealed, state, digest, revision=old.revision, diff=diff)


class MadeStep(Struct, frozen=True):
    """A step notebook that is there."""

    path: str
    file: FileText
    record: StepRecord


def find_steps_of(notebook: str, folder: str, files: Files) -> list[MadeStep]:
    """The step notebooks in a folder that were made of this notebook.

    Raises:
        AidevsecopsError: the folder cannot be read.
    """
    if not files.is_folder(folder or "."):
        return []
    name = basename(notebook)
    start = f"{name.removesuffix('.ipynb')}-"
    candidates = [
        join(folder, entry)
        for entry in files.entries(folder or ".").files
        if entry.startswith(start) and entry.endswith(".ipynb")
    ]
    known_as = seen_from(folder, notebook)
    return [made for path in candidates for made in _made_of(known_as, path, files)]


def _made_of(notebook: str, path: str, files: Files) -> Iterator[MadeStep]:
    """The step notebook at a path, if it is one of this notebook."""
    try:
        file = files.read(path)
    except AidevsecopsError:
        return
    record = read_step_notebook(file.text)
    if record is not None and record.notebook == notebook:
        yield MadeStep(path, file, record)


def _old(path: str, files: Files) -> FileText | None:
    return files.read(path) if files.is_file(path) else None


def _shown(record: StepRecord) -> str:
    """A step notebook as people read it, a cell after the other."""
    return "".join(_cells(record))


def _cells(record: StepRecord) -> Iterator[str]:
    for cell in record.cells:
        origin = "" if cell.cell is None else f" cell {cell.cell + 1}"
        yield f"# %% [{cell.role.value}]{origin}\n{cell.source}\n"


def _diff(path: str, old: str, new: str) -> str:
    # Not needed by most previews, which should start quickly.
    import difflib

    lines = difflib.unified_diff(
        old.splitlines(keepends=True), new.splitlines(keepends=True), path, path
    )
    return "".join(line if line.endswith("\n") else f"{line}\n" for line in lines)


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()
