"""What the routes of workflows that tag what was merged do, in a worker thread."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from ..app.write_release_workflow import (
    WorkflowPlan,
    plan_release_workflow,
    write_release_workflow,
)
from ..domain.errors import ConflictError, ErrorCode
from ..domain.forge import ForgeKind
from ..formats.release_answers import workflow_json
from .repository_calls import Body, Repository, find_repository, invalid

if TYPE_CHECKING:
    from ..app.ports import CancelToken
    from .backstage import Backstage


def show_workflow(backstage: Backstage, body: Body, cancel: CancelToken) -> Body:
    """The files of the workflow as they would be written."""
    repository = find_repository(backstage, body, cancel)
    return _answer(repository, _plan(repository, body, cancel))


def write_workflow(backstage: Backstage, body: Body, cancel: CancelToken) -> Body:
    """The files as they were written.

    Raises:
        ConflictError: they are others than those that somebody agreed to.
    """
    repository = find_repository(backstage, body, cancel)
    plan = _plan(repository, body, cancel)
    if plan.digest != body["digest"]:
        raise ConflictError(
            ErrorCode.RELEASE_PLAN_OUTDATED,
            "The files changed meanwhile, so that another workflow would be written.",
            hint="Look at it again.",
        )
    write_release_workflow(plan, repository.services.cut_ports())
    return _answer(repository, plan)


def _plan(repository: Repository, body: Body, cancel: CancelToken) -> WorkflowPlan:
    forge = cast("str | None", body.get("forge"))
    kind = next((kind for kind in ForgeKind if kind.value == forge), None)
    if kind is None and forge is not None:
        raise invalid("forge", "is none of github, gitlab and gitea")
    return plan_release_workflow(kind, repository.services.cut_ports(), cancel)


def _answer(repository: Repository, plan: WorkflowPlan) -> Body:
    return {
        "repository": repository.path,
        **workflow_json(plan.kind, plan.changes, plan.notes),
        "digest": plan.digest,
    }
