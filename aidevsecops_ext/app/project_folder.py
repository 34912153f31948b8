"""The project that a file belongs to; a root, such as the home of a user, may hold several."""

from __future__ import annotations

from pathlib import PurePosixPath
from posixpath import join
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .ports import Files

THOTH_YAML = ".thoth.yaml"
_GIT = ".git"


def find_nearest(name: str, path: str, files: Files) -> str | None:
    """The file of that name in the folder of ``path``, or in the nearest one above it.

    What is outside the Git repository of ``path`` belongs to others.
    """
    candidates = (join(folder, name) for folder in _folders(path, files))
    return next((candidate for candidate in candidates if files.is_file(candidate)), None)


def find_thoth_yaml(path: str, files: Files) -> str | None:
    """The nearest ``.thoth.yaml``, from the folder of ``path`` to the root of its repository."""
    return find_nearest(THOTH_YAML, path, files)


def project_folder(path: str, files: Files) -> str:
    """The folder that a project's own paths are seen from; empty for the root.

    It is that of the nearest ``.thoth.yaml``, else that of the Git repository, else the root.
    """
    *_, outermost = folders = list(_folders(path, files))
    with_settings = (folder for folder in folders if files.is_file(join(folder, THOTH_YAML)))
    return next(with_settings, outermost)


def _folders(path: str, files: Files) -> Iterator[str]:
    """The folder of ``path`` and those above it, up to its repository's, or the root."""
    # The root itself is in no folder, and is its own project.
    for parent in PurePosixPath(path).parents or (PurePosixPath(),):
        folder = "" if str(parent) == "." else str(parent)
        yield folder
        git = join(folder, _GIT)
        # That of a work tree or a submodule is a file.
        if files.is_folder(git) or files.is_file(git):
            return
