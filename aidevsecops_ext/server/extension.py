"""The server extension: settings in, routes out, and a tidy stop."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from jupyter_server.extension.application import ExtensionApp
from tornado.ioloop import IOLoop
from traitlets import Float, Int, List, TraitType, Unicode

from ..config import HELP, Settings
from ..jobs.event_schema import SCHEMA_ID, SCHEMA_PATH
from .backstage import Backstage
from .base import NAMESPACE, UnknownRouteHandler
from .lasting_objects import set_lasting_objects_apart
from .paths import PathRules
from .routes_audits import NotebookAuditsRouteHandler
from .routes_configurations import (
    ConfigurationPreviewsRouteHandler,
    ConfigurationRouteHandler,
)
from .routes_diagnoses import DiagnosesRouteHandler
from .routes_examples import ExamplesRouteHandler
from .routes_exchange import (
    NotebookConversionsRouteHandler,
    NotebookExportsRouteHandler,
    NotebookImportsRouteHandler,
)
from .routes_jobs import JobLogRouteHandler, JobRouteHandler, JobsRouteHandler
from .routes_kernels import (
    KernelRouteHandler,
    KernelsRouteHandler,
    NotebookKernelsRouteHandler,
)
from .routes_notebooks import (
    NotebookDependenciesRouteHandler,
    NotebookLocksRouteHandler,
    NotebookRequirementsRouteHandler,
    NotebookTargetsRouteHandler,
)
from .routes_overlays import OverlayChecksRouteHandler, OverlaysRouteHandler
from .routes_packages import PackageRouteHandler, PackagesRouteHandler
from .routes_pipeline_list import PipelinesRouteHandler
from .routes_pipelines import (
    PipelineDraftsRouteHandler,
    PipelineImportsRouteHandler,
    PipelineValidationsRouteHandler,
)
from .routes_project import (
    ProjectAdoptionPreviewsRouteHandler,
    ProjectAdoptionsRouteHandler,
    ProjectAdoptionUndosRouteHandler,
    ProjectAuditsRouteHandler,
    ProjectRouteHandler,
)
from .routes_releases import (
    ReleaseBuildsRouteHandler,
    ReleaseNotesRouteHandler,
    ReleasePreviewsRouteHandler,
    ReleaseResumptionsRouteHandler,
    ReleasesRouteHandler,
    ReleaseTokensRouteHandler,
    ReleaseUndosRouteHandler,
)
from .routes_requests import RequestRouteHandler, RequestsRouteHandler
from .routes_runs import (
    RunComparisonRouteHandler,
    RunRouteHandler,
    RunsRouteHandler,
    StepLogRouteHandler,
)
from .routes_runtimes import (
    RuntimeImagesRouteHandler,
    RuntimesRouteHandler,
    RuntimeTestsRouteHandler,
)
from .routes_splits import (
    SplitPreviewsRouteHandler,
    SplitsRouteHandler,
    SplitVerificationRouteHandler,
    SplitVerificationsRouteHandler,
)
from .routes_status import HealthRouteHandler
from .routes_submissions import (
    PipelineExportsRouteHandler,
    RunOutputsRouteHandler,
    RunRetriesRouteHandler,
    SubmissionsRouteHandler,
)
from .routes_trees import NotebookTreesRouteHandler
from .routes_workflows import ReleaseWorkflowsRouteHandler

ROUTES: dict[str, type] = {
    "/health": HealthRouteHandler,
    "/configuration": ConfigurationRouteHandler,
    "/configuration/previews": ConfigurationPreviewsRouteHandler,
    "/diagnoses": DiagnosesRouteHandler,
    "/examples": ExamplesRouteHandler,
    "/notebooks/dependencies": NotebookDependenciesRouteHandler,
    "/notebooks/requirements": NotebookRequirementsRouteHandler,
    "/notebooks/locks": NotebookLocksRouteHandler,
    "/notebooks/audits": NotebookAuditsRouteHandler,
    "/notebooks/trees": NotebookTreesRouteHandler,
    "/notebooks/targets": NotebookTargetsRouteHandler,
    "/notebooks/exports": NotebookExportsRouteHandler,
    "/notebooks/imports": NotebookImportsRouteHandler,
    "/notebooks/conversions": NotebookConversionsRouteHandler,
    "/notebooks/kernels": NotebookKernelsRouteHandler,
    "/kernels": KernelsRouteHandler,
    "/kernels/{name}": KernelRouteHandler,
    "/packages": PackagesRouteHandler,
    "/packages/{name}": PackageRouteHandler,
    "/splits": SplitsRouteHandler,
    "/splits/previews": SplitPreviewsRouteHandler,
    "/splits/verifications": SplitVerificationsRouteHandler,
    "/splits/verifications/{report}": SplitVerificationRouteHandler,
    "/overlays": OverlaysRouteHandler,
    "/overlays/checks": OverlayChecksRouteHandler,
    "/pipelines": PipelinesRouteHandler,
    "/pipelines/drafts": PipelineDraftsRouteHandler,
    "/pipelines/imports": PipelineImportsRouteHandler,
    "/pipelines/validations": PipelineValidationsRouteHandler,
    "/pipelines/runs": RunsRouteHandler,
    "/pipelines/runs/{run}": RunRouteHandler,
    "/pipelines/submissions": SubmissionsRouteHandler,
    "/pipelines/exports": PipelineExportsRouteHandler,
    "/pipelines/runs/{run}/retries": RunRetriesRouteHandler,
    "/pipelines/runs/{run}/outputs": RunOutputsRouteHandler,
    "/pipelines/runs/{run}/comparison": RunComparisonRouteHandler,
    "/pipelines/runs/{run}/steps/{step}/log": StepLogRouteHandler,
    "/project": ProjectRouteHandler,
    "/project/audits": ProjectAuditsRouteHandler,
    "/project/adoptions": ProjectAdoptionsRouteHandler,
    "/project/adoptions/previews": ProjectAdoptionPreviewsRouteHandler,
    "/project/adoptions/undos": ProjectAdoptionUndosRouteHandler,
    "/runtime-images": RuntimeImagesRouteHandler,
    "/runtimes": RuntimesRouteHandler,
    "/runtimes/tests": RuntimeTestsRouteHandler,
    "/releases": ReleasesRouteHandler,
    "/releases/builds": ReleaseBuildsRouteHandler,
    "/releases/notes": ReleaseNotesRouteHandler,
    "/releases/previews": ReleasePreviewsRouteHandler,
    "/releases/requests": RequestsRouteHandler,
    "/releases/requests/{number}": RequestRouteHandler,
    "/releases/resumptions": ReleaseResumptionsRouteHandler,
    "/releases/tokens": ReleaseTokensRouteHandler,
    "/releases/undos": ReleaseUndosRouteHandler,
    "/releases/workflows": ReleaseWorkflowsRouteHandler,
    "/jobs": JobsRouteHandler,
    "/jobs/{job_id}": JobRouteHandler,
    "/jobs/{job_id}/log": JobLogRouteHandler,
}
"""The handler of each path of ``openapi.yaml``."""

SIGN_OF_LIFE_SECONDS = 30.0
"""How often listeners to events are asked for one, and how long they may take."""

_DEFAULTS = Settings.defaults()


def _setting(kind: type[TraitType[Any, Any]], name: str, **options: Any) -> TraitType[Any, Any]:
    """A trait with the default and the help of the setting of that name."""
    value = _DEFAULTS[name]
    default = list(value) if isinstance(value, tuple) else value
    return kind(default_value=default, help=HELP[name], **options).tag(config=True)


def _close_silent_listeners(settings: dict[str, Any]) -> None:
    """Have the server let go of listeners to events that do not read.

    What is sent to them would wait in its memory as long as they are there. Where nobody said
    otherwise, Jupyter asks them for no sign of life; browsers give it by themselves.
    """
    if not settings.get("websocket_ping_interval"):
        settings["websocket_ping_interval"] = SIGN_OF_LIFE_SECONDS
        settings["websocket_ping_timeout"] = SIGN_OF_LIFE_SECONDS


class AidevsecopsExtension(ExtensionApp):
    """AIDevSecOps for JupyterLab."""

    name = "aidevsecops_ext"
    load_other_extensions = True

    default_engine = _setting(Unicode, "default_engine")
    thoth_host = _setting(Unicode, "thoth_host")
    fallback = _setting(Unicode, "fallback")
    lock_timeout = _setting(Float, "lock_timeout", min=1)
    index_timeout = _setting(Float, "index_timeout", min=1)
    package_list_hours = _setting(Float, "package_list_hours", min=0)
    kernel_timeout = _setting(Float, "kernel_timeout", min=1)
    advisory_service = _setting(Unicode, "advisory_service")
    audit_timeout = _setting(Float, "audit_timeout", min=1)
    stable_days = _setting(Int, "stable_days", min=1)
    verify_cell_timeout = _setting(Float, "verify_cell_timeout", min=0)
    verify_copy_bytes = _setting(Int, "verify_copy_bytes", min=1)
    verify_parallel = _setting(Int, "verify_parallel", min=1)
    run_parallel = _setting(Int, "run_parallel", min=1)
    step_timeout = _setting(Float, "step_timeout", min=0)
    kept_runs = _setting(Int, "kept_runs", min=1)
    run_keep_bytes = _setting(Int, "run_keep_bytes", min=0)
    elyra_python = _setting(Unicode, "elyra_python")
    elyra_timeout = _setting(Float, "elyra_timeout", min=1)
    service_timeout = _setting(Float, "service_timeout", min=1)
    trusted_indexes = _setting(List, "trusted_indexes", trait=Unicode())
    forges = _setting(List, "forges", trait=Unicode())
    forge_timeout = _setting(Float, "forge_timeout", min=1)
    max_notebook_bytes = _setting(Int, "max_notebook_bytes", min=1)
    heavy_jobs = _setting(Int, "heavy_jobs", min=1)
    kept_jobs = _setting(Int, "kept_jobs", min=1)
    kept_hours = _setting(Float, "kept_hours", min=0)
    kept_log_lines = _setting(Int, "kept_log_lines", min=1)

    def read_settings(self) -> Settings:
        """The settings as configured."""
        values = {name: getattr(self, name) for name in _DEFAULTS}
        for name in ("trusted_indexes", "forges"):
            values[name] = tuple(values[name])
        return Settings(**values)

    def initialize_handlers(self) -> None:
        """Register the routes."""
        serverapp: Any = self.serverapp
        # Now, and not when the first job runs: a browser that has subscribed hears of those
        # schemas only that were known when it did.
        serverapp.event_logger.register_event_schema(SCHEMA_PATH)
        _close_silent_listeners(serverapp.web_app.settings)
        # When the loop begins, all extensions are there.
        IOLoop.current().add_callback(set_lasting_objects_apart)
        contents = serverapp.contents_manager
        rules = PathRules(
            # A contents manager that keeps notebooks elsewhere has no folder of its own.
            root=Path(getattr(contents, "root_dir", None) or serverapp.root_dir),
            allow_hidden=contents.allow_hidden,
        )

        def emit(event: dict[str, Any]) -> None:
            serverapp.event_logger.emit(schema_id=SCHEMA_ID, data=event)

        self.backstage = Backstage(rules, self.read_settings(), emit, self.log)
        shared = {"backstage": self.backstage}
        for path, handler in ROUTES.items():
            pattern = re.sub(r"\{\w+\}", "([^/]+)", path)
            self.handlers.append((f"/{NAMESPACE}{pattern}", handler, shared))
        self.handlers.append((f"/{NAMESPACE}(?:/.*)?", UnknownRouteHandler, shared))

    async def stop_extension(self) -> None:
        """Stop the jobs before the server ends."""
        await self.backstage.close()
