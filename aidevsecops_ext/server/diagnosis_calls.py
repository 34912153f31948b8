"""What the route of diagnoses does, in a worker thread."""

from __future__ import annotations

from posixpath import dirname
from typing import TYPE_CHECKING, cast

from ..app.examine_setup import ExamineRequest, examine_setup
from ..domain.errors import RefusedError, ToolMissingError
from ..formats.diagnosis_answers import diagnosis_json
from ..jobs.engine import JobRequest

if TYPE_CHECKING:
    from ..app.ports import CancelToken, Progress
    from ..domain.jobs import Job
    from .backstage import Backstage
    from .repository_calls import Body

DIAGNOSIS_KIND = "diagnosis"


def submit_diagnosis(backstage: Backstage, body: Body, cancel: CancelToken) -> Job:
    """The job that examines this machine, with the project of a folder or a file."""
    folder = _project_of(backstage, body, cancel)
    services = backstage.build(backstage.paths.root.resolve() / folder, backstage.settings)
    asked = ExamineRequest(is_offline=bool(body.get("offline", False)))

    def work(progress: Progress, cancel: CancelToken) -> Body:
        # Kernels are the user's: their notebooks may be anywhere below the root.
        ports = services.setup_ports(backstage.services.kernel_ports())
        found = examine_setup(asked, ports, progress, cancel)
        return {"folder": folder, **diagnosis_json(found)}

    request = JobRequest(
        kind=DIAGNOSIS_KIND,
        key=f"diagnosis of {folder}",
        title="Look for what is in the way",
        is_preview=True,
    )
    return backstage.engine.submit(request, work)


def _project_of(backstage: Backstage, body: Body, cancel: CancelToken) -> str:
    """The repository of the folder or the file, else the folder, below the server's root."""
    folder, path = cast("str | None", body.get("folder")), cast("str | None", body.get("path"))
    inside = backstage.paths.check(folder) if folder else "."
    if folder is None and path is not None:
        inside = dirname(backstage.paths.check(path)) or "."
    try:
        return backstage.services.repositories.find(inside, cancel)
    except (RefusedError, ToolMissingError):
        return inside
