"""A pipeline as its engine reads it: a workflow of Kubeflow Pipelines, or a DAG of Airflow."""

from __future__ import annotations

from posixpath import normpath, splitext
from typing import TYPE_CHECKING

from msgspec import Struct

from ..domain.engine import ExportFormat
from ..domain.errors import ErrorCode, RefusedError, UserError
from ..domain.runtime import EngineKind
from .open_pipeline import open_pipeline
from .preview_files import preview_file
from .submit_pipeline import SubmitRequest, work_of

if TYPE_CHECKING:
    from ..domain.engine import EngineIssue
    from ..domain.file_preview import FilePreview
    from ..domain.runtime import RuntimeConfiguration
    from .ports import CancelToken, Progress
    from .submit_pipeline import SubmitPorts


class PipelineExportRequest(Struct, frozen=True):
    """What to export for which runtime configuration.

    Without ``format`` and ``out`` it is a workflow or a DAG beside the pipeline. Without
    ``secret``, keys of object storage are written to read only with ``has_credentials``.
    """

    path: str
    runtime: str
    format: ExportFormat | None = None
    out: str | None = None
    parameters: dict[str, str] = {}
    secret: str = ""
    has_credentials: bool = False


class PipelineExport(Struct, frozen=True):
    """The file as it would be; nothing has been written. ``has_keys``: it holds keys to read."""

    file: FilePreview
    has_keys: bool
    issues: tuple[EngineIssue, ...] = ()


def export_pipeline(
    request: PipelineExportRequest, ports: SubmitPorts, progress: Progress, cancel: CancelToken
) -> PipelineExport:
    """The pipeline as the engine of a runtime configuration reads it.

    Raises:
        AidevsecopsError: as ``submit_pipeline``.
    """
    opened = open_pipeline(request.path, ports.files)
    runtime = ports.runtimes.find(request.runtime)
    file_format = _format(request, runtime)
    if runtime.puts_keys_in_clear and not (request.secret or request.has_credentials):
        raise _with_keys(request, runtime)
    out = normpath(request.out or f"{splitext(request.path)[0]}.{file_format.value}")
    asked = SubmitRequest(request.path, request.runtime, request.parameters, request.secret)
    work = work_of(opened, runtime, asked)
    progress.report("Exporting with Elyra")
    exported = ports.engine.export(work, file_format, progress, cancel)
    has_keys = any(secret in exported.text for secret in runtime.secrets)
    if has_keys and not request.has_credentials:
        raise _with_keys(request, runtime)
    return PipelineExport(preview_file(out, exported.text, ports.files), has_keys, exported.issues)


def _format(request: PipelineExportRequest, runtime: RuntimeConfiguration) -> ExportFormat:
    if runtime.kind is EngineKind.KUBEFLOW:
        return request.format or ExportFormat.YAML
    if request.format is ExportFormat.YAML:
        raise UserError(
            ErrorCode.REQUEST_INVALID,
            "A DAG of Airflow is a Python file, not YAML.",
            hint="Choose the format py.",
        )
    return ExportFormat.PYTHON


def _with_keys(request: PipelineExportRequest, runtime: RuntimeConfiguration) -> RefusedError:
    return RefusedError(
        ErrorCode.PIPELINE_HOLDS_KEYS,
        f"The export of {request.path} would hold the keys of object storage of "
        f"'{runtime.name}', for everybody to read.",
        hint="Let steps take them from a secret of Kubernetes (--secret NAME), or write them "
        "(--with-credentials) to a file that you share with nobody.",
        details={"runtime": runtime.name},
    )
