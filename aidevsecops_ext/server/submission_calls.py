"""What the routes of pipelines that run elsewhere do, in a worker thread."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING, cast

from msgspec import Struct
from msgspec.structs import replace

from ..app.export_pipeline import PipelineExportRequest, export_pipeline
from ..app.follow_submission import refresh_submission, retry_submission, stop_submission
from ..app.submission_files import list_stored, read_step_log
from ..app.submit_pipeline import SubmitRequest, submit_pipeline
from ..domain.engine import ExportFormat
from ..domain.errors import AidevsecopsError
from ..domain.json_value import Json
from ..formats.run_answers import run_json
from ..formats.submission_answers import export_json, outputs_json
from ..jobs.engine import JobRequest

if TYPE_CHECKING:
    from ..app.ports import CancelToken, Progress
    from ..domain.jobs import Job
    from ..domain.pipeline_run import PipelineRun
    from ..wiring import Services
    from .backstage import Backstage

SUBMIT_KIND = "submit-pipeline"
EXPORT_KIND = "export-pipeline"

Body = dict[str, Json]


def submit(backstage: Backstage, body: Body) -> Job:
    """The job that hands a pipeline to its engine."""
    path = backstage.paths.check(cast("str", body["path"]))
    asked = SubmitRequest(
        path=path,
        runtime=cast("str", body["runtime"]),
        parameters=cast("dict[str, str]", body.get("parameters", {})),
        secret=cast("str", body.get("secret") or ""),
    )
    title = f"Submit {PurePosixPath(path).name} to {asked.runtime}"
    return backstage.engine.submit(
        _job(SUBMIT_KIND, path, title, body), SubmitWork(backstage.services, asked)
    )


def export(backstage: Backstage, body: Body) -> Job:
    """The job that exports a pipeline; never with keys, as jobs keep their results."""
    path = backstage.paths.check(cast("str", body["path"]))
    file_format, out = cast("str | None", body.get("format")), cast("str | None", body.get("out"))
    asked = PipelineExportRequest(
        path=path,
        runtime=cast("str", body["runtime"]),
        format=ExportFormat(file_format) if file_format else None,
        out=backstage.paths.check(out) if out else None,
        parameters=cast("dict[str, str]", body.get("parameters", {})),
        secret=cast("str", body.get("secret") or ""),
    )
    title = f"Export {PurePosixPath(path).name} for {asked.runtime}"
    return backstage.engine.submit(
        _job(EXPORT_KIND, path, title, body), ExportWork(backstage.services, asked)
    )


def retry(backstage: Backstage, run_id: str, path: str | None, cancel: CancelToken) -> Body:
    """A run that its engine carries on."""
    run = _find(backstage, run_id, path)
    return run_json(retry_submission(run, backstage.services.submit_ports(), cancel))


def list_outputs(backstage: Backstage, run_id: str, path: str | None, cancel: CancelToken) -> Body:
    """What a run has stored."""
    run = _find(backstage, run_id, path)
    return outputs_json(run, list_stored(run, backstage.services.submit_ports(), cancel))


def refreshed(services: Services, run: PipelineRun, cancel: CancelToken) -> PipelineRun:
    """A run elsewhere as it is now; as it was, with a note, where its engine does not tell."""
    try:
        return refresh_submission(run, services.submit_ports(), cancel)
    except AidevsecopsError as error:
        return replace(run, notes=(*run.notes, error.message))


def stopped(services: Services, run: PipelineRun, cancel: CancelToken) -> PipelineRun:
    """A run elsewhere that its engine was asked to stop."""
    return stop_submission(run, services.submit_ports(), cancel)


def log_of(
    services: Services, run: PipelineRun, step: str, offset: int, cancel: CancelToken
) -> Body:
    """The lines that a step has stored of what it printed, from an offset on, which counts them."""
    now = refreshed(services, run, cancel)
    lines = read_step_log(now, step, services.submit_ports(), cancel)
    found = now.step(step)
    return {
        "lines": [*lines[offset:]],
        "next_offset": max(offset, len(lines)),
        "complete": now.state.is_final or bool(found and found.state.is_final and lines),
    }


class SubmitWork(Struct, frozen=True):
    """Hands a pipeline to its engine: the work of a job."""

    services: Services
    asked: SubmitRequest

    def __call__(self, progress: Progress, cancel: CancelToken) -> Body:
        """A PipelineRun."""
        run = submit_pipeline(self.asked, self.services.submit_ports(), progress, cancel)
        progress.report("The pipeline was submitted", 1.0)
        return run_json(run)


class ExportWork(Struct, frozen=True):
    """Exports a pipeline: the work of a job."""

    services: Services
    asked: PipelineExportRequest

    def __call__(self, progress: Progress, cancel: CancelToken) -> Body:
        """A PipelineExport."""
        found = export_pipeline(self.asked, self.services.submit_ports(), progress, cancel)
        progress.report("The pipeline was exported", 1.0)
        return export_json(found.file, found.file.path, found.issues, has_keys=found.has_keys)


def _job(kind: str, path: str, title: str, body: Body) -> JobRequest:
    return JobRequest(
        kind=kind,
        key=path,
        title=title,
        idempotency_key=cast("str | None", body.get("idempotency_key")),
    )


def _find(backstage: Backstage, run_id: str, path: str | None) -> PipelineRun:
    pipeline = None if path is None else backstage.paths.check(path)
    return backstage.services.run_folders.find(run_id, pipeline)
