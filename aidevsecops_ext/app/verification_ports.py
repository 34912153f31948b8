"""What verifying a split needs of the outside, as protocols."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from contextlib import AbstractContextManager

    from ..domain.json_value import Json
    from ..domain.notebook_run import NotebookRun
    from ..domain.verification import OutputDiff
    from .kernel_ports import KernelPorts
    from .ports import CancelToken, Clock


class KernelStart(Struct, frozen=True):
    """How a kernel is started: its Python, and what its kernelspec adds to the environment."""

    python: str
    environment: Mapping[str, str] = {}


class CopyRequest(Struct, frozen=True):
    """What to copy to work in: the project around ``notebook`` and ``others``, below the root.

    ``left_out`` are folders (as seen from the root) that are not copied; ``texts`` are files that
    the copy has beside, or in place of, those of the project.
    """

    notebook: str
    others: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    texts: Mapping[str, str] = {}


class ProjectCopy(Protocol):
    """A copy of the project to run notebooks in; each run has the same address for it."""

    @property
    def notes(self) -> tuple[str, ...]:
        """What was not copied and why, in sentences."""
        ...

    def folder(self, path: str) -> str:
        """Where a folder (as seen from the root) is in the copy."""
        ...

    def reset(self, cancel: CancelToken) -> None:
        """Begin again with a fresh copy.

        Raises:
            RefusedError: the project is larger than the limit.
            OutsideFailedError: the operating system refuses.
            CancelledError: cancelled.
        """
        ...

    def changed_files(self) -> Mapping[str, str | None]:
        """The SHA-256 of each file that was written since the copy, None for one deleted.

        Paths are as seen from the root.
        """
        ...


class RunRequest(Struct, frozen=True):
    """A notebook to run: ``path`` (below the root) is where its working folder is.

    ``names`` are those whose values are wanted when all has run. Classes and functions of
    ``modules`` count as if the notebook had defined them: some steps have theirs in a module.
    """

    path: str
    text: str
    kernel: KernelStart
    copy: ProjectCopy
    names: tuple[str, ...] = ()
    modules: tuple[str, ...] = ()


class NotebookRuns(Protocol):
    """Runs notebooks in real kernels, in a copy of their project."""

    def kernel_of(self, kernel_name: str | None) -> KernelStart:
        """How the kernel of that name is started; None stands for Jupyter's own.

        Raises:
            NotFoundError: there is no such kernel on this machine.
        """
        ...

    def copy_of(
        self, request: CopyRequest, cancel: CancelToken
    ) -> AbstractContextManager[ProjectCopy]:
        """A copy to run in, which is gone afterwards.

        Raises:
            RefusedError: the project is larger than the limit.
            OutsideFailedError: the operating system refuses.
            CancelledError: cancelled.
        """
        ...

    def run(
        self, request: RunRequest, on_cell: Callable[[int, int], None], cancel: CancelToken
    ) -> NotebookRun:
        """The run of a notebook, from its first cell to its last or to the one that fails.

        Raises:
            OutsideFailedError: no kernel could be started.
            ToolMissingError: what runs notebooks is not installed.
            CancelledError: cancelled; nothing is left running.
        """
        ...


class OutputDiffs(Protocol):
    """Finds what differs between the outputs of two cells, for a report."""

    def compare(self, before: tuple[Json, ...], after: tuple[Json, ...]) -> tuple[OutputDiff, ...]:
        """The outputs side by side, in their order.

        Raises:
            ToolMissingError: what compares notebooks is not installed.
        """
        ...


class VerificationPorts(Struct, frozen=True):
    """What the use case is given, and the settings that it follows."""

    runs: NotebookRuns
    kernels: KernelPorts
    clock: Clock
    parallel: int = 1
