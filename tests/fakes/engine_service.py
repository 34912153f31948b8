"""What is behind a runtime configuration, without a network and without Elyra."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from aidevsecops_ext.app.engine_ports import EngineWork
from aidevsecops_ext.app.ports import CancelToken, Progress
from aidevsecops_ext.app.run_ports import RunFolder, RunLog, StepPlace
from aidevsecops_ext.domain.engine import EngineIssue, Exported, ExportFormat, Submitted
from aidevsecops_ext.domain.errors import (
    AidevsecopsError,
    ErrorCode,
    NotFoundError,
    RefusedError,
)
from aidevsecops_ext.domain.pipeline_run import KeptFile, PipelineRun, RunKind
from aidevsecops_ext.domain.remote_run import EngineRun
from aidevsecops_ext.domain.runtime import RuntimeConfiguration
from aidevsecops_ext.domain.stored_object import StoredObject


class FakeRuntimes:
    """Some configurations."""

    def __init__(self, *known: RuntimeConfiguration) -> None:
        self._known = known

    def find(self, name: str) -> RuntimeConfiguration:
        found = next((one for one in self._known if one.name == name), None)
        if found is None:
            raise NotFoundError(ErrorCode.RUNTIME_NOT_FOUND, f"no {name}")
        return found

    def find_all(self) -> tuple[RuntimeConfiguration, ...]:
        return self._known

    def write(self, configuration: RuntimeConfiguration, *, is_new: bool) -> None:
        raise NotImplementedError


class FakePipelineEngine:
    """Takes every pipeline, or fails with ``error``."""

    def __init__(self) -> None:
        self.asked: list[EngineWork] = []
        self.error: AidevsecopsError | None = None
        self.submitted = Submitted()
        self.exported = Exported("")
        self.issues: tuple[EngineIssue, ...] = ()

    def validate(self, work: EngineWork, cancel: CancelToken) -> tuple[EngineIssue, ...]:
        del cancel
        self.asked.append(work)
        return self.issues

    def export(
        self, work: EngineWork, file_format: ExportFormat, progress: Progress, cancel: CancelToken
    ) -> Exported:
        del file_format, progress, cancel
        self.asked.append(work)
        return self.exported

    def submit(self, work: EngineWork, progress: Progress, cancel: CancelToken) -> Submitted:
        del progress, cancel
        self.asked.append(work)
        if self.error is not None:
            raise self.error
        return self.submitted

    def login(self, runtime: RuntimeConfiguration, cancel: CancelToken) -> str:
        del cancel
        return f"session=of-{runtime.name}"


class FakeEngineService:
    """Tells of ``seen``, one after the other, the last one for ever."""

    def __init__(self, *seen: EngineRun) -> None:
        self.seen = [*seen]
        self.asked: list[str] = []
        self.error: AidevsecopsError | None = None

    def check(self, cancel: CancelToken) -> None:
        del cancel
        if self.error is not None:
            raise self.error

    def read(self, run_id: str, cancel: CancelToken) -> EngineRun:
        del cancel
        self.asked.append(f"read {run_id}")
        return self.seen.pop(0) if len(self.seen) > 1 else self.seen[0]

    def stop(self, run_id: str, cancel: CancelToken) -> None:
        del cancel
        self.asked.append(f"stop {run_id}")

    def retry(self, run_id: str, cancel: CancelToken) -> None:
        del cancel
        if self.error is not None:
            raise self.error
        self.asked.append(f"retry {run_id}")


class FakeObjectStorage:
    """Holds ``objects``, in a bucket that is there or not."""

    def __init__(self, objects: Mapping[str, bytes] | None = None) -> None:
        self.objects = dict(objects or {})
        self.error: AidevsecopsError | None = None

    def check(self, cancel: CancelToken) -> None:
        del cancel
        if self.error is not None:
            raise self.error

    def list(self, prefix: str, cancel: CancelToken) -> tuple[StoredObject, ...]:
        del cancel
        found = sorted(key for key in self.objects if key.startswith(prefix))
        return tuple(StoredObject(key, len(self.objects[key])) for key in found)

    def read(self, key: str, cancel: CancelToken) -> bytes:
        del cancel
        if key not in self.objects:
            raise NotFoundError(ErrorCode.STORAGE_NOT_FOUND, f"no {key}")
        return self.objects[key]


class FakeDagRepository:
    """Is there, or not."""

    def __init__(self) -> None:
        self.error: AidevsecopsError | None = None

    def check(self, cancel: CancelToken) -> None:
        del cancel
        if self.error is not None:
            raise self.error


class FakeRunFolders:
    """Records in memory: those that were saved last, by run."""

    def __init__(self, *runs: PipelineRun) -> None:
        self.runs = {run.id: run for run in runs}

    @contextmanager
    def begin(self, pipeline: str, kind: RunKind) -> Iterator[RunFolder]:
        del pipeline, kind
        yield _Folder(self, f"run-{len(self.runs)}")

    def find_all(self, pipeline: str | None = None) -> tuple[PipelineRun, ...]:
        del pipeline
        return tuple(self.runs.values())

    def find(self, run_id: str, pipeline: str | None = None) -> PipelineRun:
        del pipeline
        return self.runs[run_id]

    def update(self, run: PipelineRun) -> None:
        self.runs[run.id] = run

    def ask_to_stop(self, run: PipelineRun) -> None:
        raise RefusedError(ErrorCode.RUN_NOT_REMOTE, run.id)

    def read_log(self, path: str, offset: int) -> RunLog:
        del path
        return RunLog((), offset, is_last=True)


class _Folder:
    """The folder of one run; those that run elsewhere only keep a record."""

    def __init__(self, folders: FakeRunFolders, name: str) -> None:
        self.id = name
        self.path = f"runs/demo/{name}"
        self._folders = folders

    def save(self, run: PipelineRun) -> None:
        self._folders.update(run)

    def on_stop_asked(self, callback: Callable[[], None]) -> Callable[[], None]:
        raise NotImplementedError

    def place_of(self, step: str, *, is_notebook: bool) -> StepPlace:
        raise NotImplementedError

    def keep(self, step: str, paths: object, known: object) -> tuple[KeptFile, ...]:
        raise NotImplementedError

    def put_back(self, file: KeptFile) -> bool:
        raise NotImplementedError

    def take_over(self, earlier: StepPlace, place: StepPlace) -> None:
        raise NotImplementedError
