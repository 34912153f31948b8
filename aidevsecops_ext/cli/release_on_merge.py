"""What the commands do by which a forge tags what was merged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..app.no_cancel import NoCancel
from ..app.tag_merged import tag_merged
from ..app.write_release_workflow import (
    is_tagged_on_merge,
    plan_release_workflow,
    write_release_workflow,
)
from ..domain.forge import ForgeKind
from ..formats.release_answers import workflow_json
from . import render
from .release_work import agree, working
from .screen import echo, echo_exactly, echo_styled
from .workspace import Workspace

if TYPE_CHECKING:
    from ..app.tag_merged import TaggedRelease
    from ..app.write_release_workflow import WorkflowPlan
    from ..domain.json_value import Json
    from ..domain.release_record import ReleaseRecord


def run_tag_merged(*, is_dry_run: bool, is_json: bool) -> None:
    """Tag what was merged, and answer what was done."""
    with working(is_quiet=is_json) as work:
        ports = work.services.cut_ports()
        found = tag_merged(ports, work.progress, work.cancel, is_dry_run=is_dry_run)
    if is_json:
        render.print_json(None if found is None else _tagged_json(found))
        return
    if found is None:
        echo("No release was merged that has no tag.")
        return
    for sentence in found.done or (f"{found.tag} was tagged already.",):
        echo(sentence)
    for sentence in found.left:
        echo_styled(f"note: {sentence}", fg="yellow")


def run_workflow(forge: str | None, *, is_dry_run: bool, is_agreed: bool, is_json: bool) -> None:
    """Show the workflow, and write it."""
    kind = None if forge is None else ForgeKind(forge)
    with working(is_quiet=True) as work:
        ports = work.services.cut_ports()
        plan = plan_release_workflow(kind, ports, work.cancel)
    if not is_json:
        _print_workflow(plan)
    if plan.changes and not is_dry_run:
        agree(f"Write {' and '.join(file.path for file in plan.changes)}?", is_agreed)
        write_release_workflow(plan, ports)
    if is_json:
        render.print_json(workflow_json(plan.kind, plan.changes, plan.notes))


def offer_workflow(record: ReleaseRecord) -> None:
    """Say that nothing tags what is merged, where that is so."""
    if record.proposal is None:
        return
    ports = Workspace.current().here().cut_ports()
    if not is_tagged_on_merge(ports, NoCancel()):
        echo(
            "Nothing tags it when it is merged: 'aidevsecops release workflow' shows a workflow "
            "that does."
        )


def _print_workflow(plan: WorkflowPlan) -> None:
    for file in plan.files:
        echo_exactly(file.diff() if file.old != file.text else f"{file.path} is there.")
        echo()
    for note in plan.notes:
        echo(note)


def _tagged_json(found: TaggedRelease) -> dict[str, Json]:
    return {
        "version": found.version,
        "tag": found.tag,
        "commit": found.commit,
        "url": found.url,
        "done": [*found.done],
        "left": [*found.left],
    }
