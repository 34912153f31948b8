"""What is behind a runtime configuration, without a network and without Elyra."""

from __future__ import annotations

from collections.abc import Mapping

from aidevsecops_ext.app.engine_ports import EngineWork
from aidevsecops_ext.app.ports import CancelToken, Progress
from aidevsecops_ext.domain.engine import EngineIssue, Exported, ExportFormat, Submitted
from aidevsecops_ext.domain.errors import AidevsecopsError, ErrorCode, NotFoundError
from aidevsecops_ext.domain.remote_run import EngineRun
from aidevsecops_ext.domain.runtime import RuntimeConfiguration
from aidevsecops_ext.domain.stored_object import StoredObject


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
