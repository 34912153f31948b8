"""Runs of pipelines in memory: folders, files by their digests, steps that are written down."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from fnmatch import fnmatch
from posixpath import basename, dirname, join, normpath

from aidevsecops_ext.app.ports import CancelToken
from aidevsecops_ext.app.run_ports import Gate, RunLog, StepEnd, StepPlace, StepWork
from aidevsecops_ext.app.verification_ports import KernelStart
from aidevsecops_ext.domain.errors import ConflictError, ErrorCode, NotFoundError, RefusedError
from aidevsecops_ext.domain.notebook_run import RunEnd
from aidevsecops_ext.domain.pipeline_run import KeptFile, PipelineRun, RunKind

DONE = StepEnd(RunEnd.DONE, 1.0)


class FakeProjectData:
    """Files by their digests."""

    def __init__(self, digests: Mapping[str, str] | None = None) -> None:
        self.digests = dict(digests or {})
        self.is_large = False

    def match(self, folder: str, patterns: Sequence[str], *, is_deep: bool) -> tuple[str, ...]:
        found = set()
        for pattern in patterns:
            if pattern.startswith("/"):
                raise RefusedError(ErrorCode.NOTEBOOK_OUTSIDE_ROOT, "No.")
            wanted = normpath(join(folder, pattern))
            found |= {
                path
                for path in self.digests
                if fnmatch(path, wanted)
                or path.startswith(f"{wanted}/")
                or (is_deep and fnmatch(basename(path), pattern))
            }
        return tuple(sorted(found))

    def digest(self, path: str) -> str | None:
        return self.digests.get(path)

    def stamps(self, folder: str) -> dict[str, tuple[int, int]] | None:
        inside = f"{folder}/" if folder else ""
        found = {path: text for path, text in self.digests.items() if path.startswith(inside)}
        return None if self.is_large else {path: (hash(text), 0) for path, text in found.items()}


class FakeRunFolder:
    """Remembers every record that was saved."""

    def __init__(self, name: str, data: FakeProjectData) -> None:
        self.id = name
        self.path = f"runs/{self.id}"
        self.saved: list[PipelineRun] = []
        self.on_save: Callable[[PipelineRun], None] = lambda _: None
        self.stoppers: list[Callable[[], None]] = []
        self.taken: list[str] = []
        self.lost_copies: set[str] = set()
        self.large: set[str] = set()
        self._data = data

    def save(self, run: PipelineRun) -> None:
        self.on_save(run)
        self.saved.append(run)

    def on_stop_asked(self, callback: Callable[[], None]) -> Callable[[], None]:
        self.stoppers.append(callback)
        return lambda: self.stoppers.remove(callback)

    def place_of(self, step: str, *, is_notebook: bool) -> StepPlace:
        notebook = f"{self.path}/{step}.ipynb" if is_notebook else ""
        return StepPlace(notebook, f"{self.path}/{step}.log")

    def keep(
        self, step: str, paths: Sequence[str], known: Mapping[str, str]
    ) -> tuple[KeptFile, ...]:
        del known
        return tuple(
            KeptFile(
                path,
                self._data.digests[path],
                1,
                None if path in self.large else f"{self.path}/{step}/{path}",
            )
            for path in paths
        )

    def put_back(self, file: KeptFile) -> bool:
        if file.path in self.lost_copies:
            return False
        self._data.digests[file.path] = file.digest
        return True

    def take_over(self, earlier: StepPlace, place: StepPlace) -> None:
        del place
        self.taken.append(earlier.log)


class FakeRunFolders:
    """Keeps the runs that there were and those that are made, newest first."""

    def __init__(self, data: FakeProjectData | None = None, *runs: PipelineRun) -> None:
        self._data = data or FakeProjectData()
        self.folders: list[FakeRunFolder] = []
        for run in runs:
            self.update(run)
        self.prepare: Callable[[FakeRunFolder], None] = lambda _: None
        self.is_busy = False

    @contextmanager
    def begin(self, pipeline: str, kind: RunKind) -> Iterator[FakeRunFolder]:
        del kind
        if self.is_busy:
            raise ConflictError(ErrorCode.RUN_BUSY, f"Another run of {pipeline} is going on.")
        folder = self._begun(f"20260102-03040{len(self.folders)}-0000")
        self.prepare(folder)
        yield folder

    @property
    def runs(self) -> dict[str, PipelineRun]:
        """What the records say now, by the names of runs."""
        return {folder.id: folder.saved[-1] for folder in self.folders if folder.saved}

    def find_all(self, pipeline: str | None = None) -> tuple[PipelineRun, ...]:
        del pipeline
        return tuple(self.runs.values())

    def find(self, run_id: str, pipeline: str | None = None) -> PipelineRun:
        del pipeline
        for run in self.find_all():
            if run.id == run_id:
                return run
        raise NotFoundError(ErrorCode.RUN_NOT_FOUND, "No.")

    def ask_to_stop(self, run: PipelineRun) -> None:
        for folder in self.folders:
            if folder.id == run.id:
                for stop in folder.stoppers:
                    stop()

    def update(self, run: PipelineRun) -> None:
        known = next((folder for folder in self.folders if folder.id == run.id), None)
        (known or self._begun(run.id)).save(run)

    def _begun(self, name: str) -> FakeRunFolder:
        folder = FakeRunFolder(name, self._data)
        self.folders.insert(0, folder)
        return folder

    def read_log(self, path: str, offset: int) -> RunLog:
        return RunLog((path,), offset + 1, is_last=True)


class FakeStepRuns:
    """Runs steps by what a test says of their files: how they end, and what they leave."""

    def __init__(self, data: FakeProjectData) -> None:
        self._data = data
        self.ends: dict[str, StepEnd | BaseException] = {}
        self.leaves: dict[str, dict[str, str]] = {}
        self.works: list[StepWork] = []
        self.began: list[str] = []
        self.sent_away: list[str] = []
        self.fail_early: dict[str, BaseException] = {}
        self.meanwhile: dict[str, Callable[[CancelToken], None]] = {}

    def start_of(self, kernel_name: str | None) -> KernelStart | None:
        return None if kernel_name == "ir" else KernelStart(f"/{kernel_name}/bin/python")

    def run(
        self, work: StepWork, gate: Gate, on_cell: Callable[[int, int], None], cancel: CancelToken
    ) -> StepEnd | None:
        if work.file in self.fail_early:
            raise self.fail_early.pop(work.file)
        if not gate.wait():
            self.sent_away.append(work.file)
            return None
        cancel.raise_if_cancelled()
        self.works.append(work)
        self.began.append(work.file)
        on_cell(1, 1)
        if work.file in self.meanwhile:
            self.meanwhile[work.file](cancel)
        end = self.ends.get(work.file, DONE)
        if isinstance(end, BaseException):
            raise end
        for name, digest in self.leaves.get(work.file, {}).items():
            self._data.digests[normpath(join(dirname(work.file), name))] = digest
        return end
