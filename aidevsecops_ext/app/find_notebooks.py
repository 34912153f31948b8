"""Find the notebooks that paths, folders and patterns name."""

from __future__ import annotations

from fnmatch import fnmatchcase
from posixpath import join, normpath
from typing import TYPE_CHECKING

from ..domain.errors import ErrorCode, NotFoundError
from ..domain.run_ids import is_run_id

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .ports import Files, FolderEntries

_SUFFIX = ".ipynb"
_WILDCARDS = frozenset("*?[")
# Folders that hold copies or other people's notebooks.
_SKIPPED = frozenset({"node_modules", "venv", "env", "__pycache__", "site-packages"})


def find_notebooks(names: Sequence[str], files: Files) -> tuple[str, ...]:
    """The paths of the notebooks, each once, in the order of the names.

    A name is a file (also one that does not exist: opening it tells), a folder, which stands for
    all notebooks below it, or a pattern (``**`` stands for any folders). Hidden folders,
    environments and ``node_modules`` are skipped unless a name says them.

    Raises:
        NotFoundError: a folder or a pattern has no notebooks.
        RefusedError: a folder is outside the root.
        OutsideFailedError: the operating system refuses.
    """
    found: dict[str, None] = {}
    for name in names:
        path = normpath(name)
        matches: Sequence[str] = (path,)
        if files.is_folder(path):
            matches = tuple(_below(path, files))
        elif not _WILDCARDS.isdisjoint(path) and not files.is_file(path):
            matches = tuple(_matching("", path.split("/"), files))
        if not matches:
            raise NotFoundError(
                ErrorCode.NOTEBOOK_NONE_FOUND,
                f"There is no notebook in {name}.",
                hint="Name a notebook, a folder with notebooks, or a pattern such as '**/*.ipynb'.",
                details={"name": name},
            )
        found.update(dict.fromkeys(matches))
    return tuple(found)


def folders_below(folder: str, files: Files) -> Iterator[tuple[str, FolderEntries]]:
    """The folder and all below it that people keep their own files in, with what is in each.

    Raises:
        RefusedError: the folder is outside the root.
        OutsideFailedError: the operating system refuses.
    """
    entries = files.entries(folder)
    yield folder, entries
    for name in entries.folders:
        if _is_walked(name):
            yield from folders_below(normpath(join(folder, name)), files)


def _below(folder: str, files: Files) -> Iterator[str]:
    for place, entries in folders_below(folder, files):
        for name in entries.files:
            if name.endswith(_SUFFIX) and not name.startswith("."):
                yield normpath(join(place, name))


def _matching(folder: str, steps: Sequence[str], files: Files) -> Iterator[str]:
    step, rest = steps[0], steps[1:]
    if step in ("", "..") or not files.is_folder(folder or "."):
        return
    entries = files.entries(folder or ".")
    if step == "**":
        # Zero folders, then one more with the same pattern.
        yield from _matching(folder, rest or ["*"], files)
        for name in entries.folders:
            if _is_walked(name):
                yield from _matching(join(folder, name), steps, files)
        return
    if rest:
        for name in entries.folders:
            if name == step or (fnmatchcase(name, step) and _is_walked(name)):
                yield from _matching(join(folder, name), rest, files)
        return
    for name in entries.files:
        is_shown = step.startswith(".") or not name.startswith(".")
        if is_shown and name.endswith(_SUFFIX) and fnmatchcase(name, step):
            yield join(folder, name)


def _is_walked(folder: str) -> bool:
    # Those of runs hold executed copies.
    return not folder.startswith(".") and folder not in _SKIPPED and not is_run_id(folder)
