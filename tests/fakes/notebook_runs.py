"""Runs of notebooks that a test writes down beforehand."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from aidevsecops_ext.app.ports import CancelToken
from aidevsecops_ext.app.verification_ports import CopyRequest, KernelStart, ProjectCopy, RunRequest
from aidevsecops_ext.domain.notebook_run import NotebookRun


class FakeProjectCopy:
    """Says which files changed, run after run."""

    notes = ("data was not copied: too far away.",)

    def __init__(self, changes: list[Mapping[str, str | None]]) -> None:
        self._changes = changes
        self.reset_count = 0

    def folder(self, path: str) -> str:
        return f"/copy/{path}"

    def reset(self, cancel: CancelToken) -> None:
        cancel.raise_if_cancelled()
        self.reset_count += 1

    def changed_files(self) -> Mapping[str, str | None]:
        return self._changes.pop(0) if self._changes else {}


class FakeNotebookRuns:
    """Answers the runs of each notebook (by its path) in their order, the last one again."""

    def __init__(
        self,
        runs: Mapping[str, list[NotebookRun]],
        changes: tuple[Mapping[str, str | None], ...] = (),
    ) -> None:
        self._runs = {path: [*some] for path, some in runs.items()}
        self.copy = FakeProjectCopy([*changes])
        self.copied: list[CopyRequest] = []
        self.requests: list[RunRequest] = []
        self.asked_kernels: list[str | None] = []

    def kernel_of(self, kernel_name: str | None) -> KernelStart:
        self.asked_kernels.append(kernel_name)
        return KernelStart("/here/bin/python")

    @contextmanager
    def copy_of(self, request: CopyRequest, cancel: CancelToken) -> Iterator[ProjectCopy]:
        cancel.raise_if_cancelled()
        self.copied.append(request)
        yield self.copy

    def run(
        self, request: RunRequest, on_cell: Callable[[int, int], None], cancel: CancelToken
    ) -> NotebookRun:
        cancel.raise_if_cancelled()
        self.requests.append(request)
        on_cell(1, 1)
        some = self._runs[request.path]
        return some.pop(0) if len(some) > 1 else some[0]
