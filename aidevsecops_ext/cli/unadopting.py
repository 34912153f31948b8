"""What ``aidevsecops init --undo`` does."""

from __future__ import annotations

from ..app.undo_adoption import plan_undo, undo_adoption
from ..domain.project_health import counted
from ..formats.project_answers import adoption_undo_json
from . import render
from .release_work import agree
from .screen import echo, echo_styled
from .workspace import Workspace


def run_undo(folder: str, *, is_dry_run: bool, is_agreed: bool, is_json: bool) -> None:
    """Show which files would be deleted, and delete them."""
    ports = Workspace.current().project(folder).adopt_ports()
    plan = plan_undo(ports)
    files = counted(len(plan.removed), "file", "files")
    if not is_json:
        for path in plan.removed:
            echo_styled(f"- {path}", fg="red")
        for path in plan.kept:
            echo(f"= {path} stays: it was changed")
        if not plan.removals:
            echo("There is nothing to take back.")
    if plan.removals and not is_dry_run:
        agree(f"Delete {files}?", is_agreed)
        undo_adoption(plan, ports)
        if not is_json:
            echo(f"Deleted {files}.")
    if is_json:
        render.print_json(adoption_undo_json(folder, plan.removed, plan.kept))
