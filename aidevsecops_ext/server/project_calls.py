"""What the routes of a project do, in a worker thread: from a request's JSON to an answer's."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from ..app.adopt_project import AdoptRequest, adopt_project, plan_adoption
from ..app.check_advisories import check_advisories
from ..app.describe_project import describe_project
from ..app.undo_adoption import plan_undo, undo_adoption
from ..domain.errors import ErrorCode, RefusedError
from ..domain.json_value import Json
from ..formats.project_answers import adoption_json, adoption_undo_json, health_json
from ..formats.release_answers import check_json
from ..jobs.engine import JobRequest
from .repository_calls import Repository, find_repository, named_folder

if TYPE_CHECKING:
    from ..app.adopt_project import AdoptionPlan, AdoptPorts
    from ..app.ports import CancelToken, Progress
    from ..domain.jobs import Job
    from .backstage import Backstage

Body = dict[str, Json]

AUDIT_KIND = "audit-project"


def show(backstage: Backstage, body: Body, cancel: CancelToken) -> Body:
    """How the project is."""
    project = _find(backstage, body, cancel)
    memory = backstage.memory_of(backstage.paths.root.resolve() / project.path)
    ports = project.services.project_ports(memory)
    return health_json(describe_project(ports, cancel), project.path)


def preview_adoption(backstage: Backstage, body: Body, cancel: CancelToken) -> Body:
    """What adopting the project would write."""
    project = _find(backstage, body, cancel)
    plan, _ = _plan(project, backstage, body, cancel)
    return {**_answer(plan, project), "digest": plan.digest}


def adopt(backstage: Backstage, body: Body, cancel: CancelToken) -> Body:
    """What adopting the project wrote.

    Raises:
        ConflictError: something else would be written by now.
    """
    project = _find(backstage, body, cancel)
    plan, ports = _plan(project, backstage, body, cancel)
    plan.require(cast("str", body["digest"]))
    written = adopt_project(plan, ports, cancel, frozenset(cast("list[str]", body["paths"])))
    return {"path": project.path, "written": [*written]}


def take_back_adoption(backstage: Backstage, body: Body, cancel: CancelToken) -> Body:
    """What was deleted of what adopting the project wrote, and what stays.

    Raises:
        ConflictError: a file was changed in this very moment.
    """
    project = find_repository(backstage, body, cancel)
    ports = project.services.adopt_ports()
    plan = plan_undo(ports)
    undo_adoption(plan, ports)
    return adoption_undo_json(project.path, plan.removed, plan.kept)


def submit_audit(backstage: Backstage, body: Body, cancel: CancelToken) -> Job:
    """The job that looks up what is known against all that the project locks."""
    project = find_repository(backstage, body, cancel)
    ports = project.services.content_ports()

    def work(progress: Progress, cancel: CancelToken) -> Body:
        check = check_advisories(ports, progress, cancel)
        progress.report(check.message, 1.0)
        return {"path": project.path, "check": check_json(check)}

    request = JobRequest(
        kind=AUDIT_KIND, key=project.path, title=f"Audit the locks of {project.name}"
    )
    return backstage.engine.submit(request, work)


def _find(backstage: Backstage, body: Body, cancel: CancelToken) -> Repository:
    """The repository of the folder or the file that the request names, else that folder itself."""
    try:
        return find_repository(backstage, body, cancel)
    except RefusedError as error:
        if error.code is not ErrorCode.RELEASE_NO_REPOSITORY:
            raise
        inside = named_folder(backstage, body)
        root = backstage.paths.root.resolve() / inside
        if not root.is_dir() or any((above / ".git").exists() for above in (root, *root.parents)):
            raise
        return Repository(inside, root.name, backstage.build(root, backstage.settings))


def _plan(
    project: Repository, backstage: Backstage, body: Body, cancel: CancelToken
) -> tuple[AdoptionPlan, AdoptPorts]:
    ports = project.services.adopt_ports()
    request = AdoptRequest(
        project.services.default_python,
        backstage.settings.thoth_host,
        tuple(cast("list[str]", body.get("approvers", []))),
    )
    return plan_adoption(request, ports, cancel), ports


def _answer(plan: AdoptionPlan, project: Repository) -> Body:
    is_repository = plan.is_repository
    return adoption_json(project.path, plan.files, plan.kept, is_repository=is_repository)
