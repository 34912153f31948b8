"""Copy the example project into a new folder, to try everything on; nothing is ever replaced."""

from __future__ import annotations

import posixpath
from itertools import count
from typing import TYPE_CHECKING, Protocol

from msgspec import Struct

from ..domain.errors import AidevsecopsError, CancelledError
from .exchange_ports import FileChange

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .exchange_ports import FileChanges
    from .ports import CancelToken, Files

FOLDER = "aidevsecops-examples"
NOTEBOOK = "digits-pipeline.ipynb"


class ExampleFiles(Protocol):
    """The files of the example project."""

    def texts(self) -> Mapping[str, str]:
        """The text of each by its path in the project.

        Raises:
            OutsideFailedError: they are not where this package was installed.
        """
        ...


class Repositories(Protocol):
    """Git repositories that begin."""

    def begin(self, folder: str, cancel: CancelToken) -> None:
        """Make a folder one, with all its files in a first commit.

        Raises:
            AidevsecopsError: git is missing, fails or does not end.
            CancelledError: cancelled.
        """
        ...


class ExamplePorts(Struct, frozen=True):
    """What copying the examples needs of the outside."""

    files: Files
    changes: FileChanges
    examples: ExampleFiles
    repositories: Repositories


class CopiedExamples(Struct, frozen=True):
    """Where the examples are, the notebook to begin with, and why they are no repository, if so."""

    folder: str
    notebook: str
    problem: str = ""


def copy_examples(parent: str, ports: ExamplePorts, cancel: CancelToken) -> CopiedExamples:
    """The examples in a new folder below ``parent``, which is a Git repository if git can be had.

    A ``parent`` that is not there is made.

    Raises:
        ConflictError: somebody else made the new folder meanwhile.
        OutsideFailedError: the operating system refuses.
        CancelledError: cancelled.
    """
    folder = posixpath.normpath(posixpath.join(parent, _free_name(parent, ports.files)))
    notebook = posixpath.join(folder, NOTEBOOK)
    texts = ports.examples.texts()
    cancel.raise_if_cancelled()
    ports.changes.write(
        tuple(FileChange(posixpath.join(folder, path), text) for path, text in texts.items())
    )
    try:
        ports.repositories.begin(folder, cancel)
    except CancelledError:
        raise
    except AidevsecopsError as error:
        # They can be worked with all the same; only releases need a repository.
        return CopiedExamples(folder, notebook, error.message)
    return CopiedExamples(folder, notebook)


def _free_name(parent: str, files: Files) -> str:
    if not files.is_folder(parent):
        return FOLDER
    entries = files.entries(parent)
    taken = {*entries.files, *entries.folders}
    names = (FOLDER if number == 1 else f"{FOLDER}-{number}" for number in count(1))
    return next(name for name in names if name not in taken)
