"""What the route of audits does, in a worker thread."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING, cast

from msgspec import Struct

from ..app.audit_notebook import AuditPorts, audit_notebook
from ..formats.audit_answers import audit_details_json
from ..formats.notebook_json import parse_json
from ..jobs.engine import JobRequest

if TYPE_CHECKING:
    from ..app.ports import CancelToken, Progress
    from ..domain.jobs import Job
    from ..domain.notebook import Notebook
    from .backstage import Backstage
    from .notebook_calls import Body

AUDIT_KIND = "audit"


def submit_audit(backstage: Backstage, body: Body) -> Job:
    """The job that audits a notebook as the request holds it."""
    path = backstage.paths.check(cast("str", body["path"]))
    notebook = parse_json(cast("Body", body["notebook"]), path)
    notebook.require_python()
    services = backstage.services
    ports = services.audit_ports()
    request = JobRequest(
        kind=AUDIT_KIND,
        key=path,
        title=f"Audit {PurePosixPath(path).name}",
        idempotency_key=cast("str | None", body.get("idempotency_key")),
    )
    return backstage.engine.submit(request, AuditWork(path, notebook, ports))


class AuditWork(Struct, frozen=True):
    """Audits: the work of a job."""

    path: str
    notebook: Notebook
    ports: AuditPorts

    def __call__(self, progress: Progress, cancel: CancelToken) -> Body:
        """An AuditResult."""
        audit = audit_notebook(self.path, self.notebook, self.ports, progress, cancel)
        return audit_details_json(self.path, audit)
