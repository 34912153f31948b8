"""What the commands about a project as a whole do."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING, cast

import click
from msgspec import Struct

from ..app.adopt_project import AdoptRequest, adopt_project, plan_adoption
from ..app.describe_project import describe_project
from ..domain.project_health import LinkState
from ..formats.project_answers import adoption_json, health_json
from ..jobs.cancel import CancelSource
from . import render
from .batch import cancelled_by_signals
from .exit_codes import FINDINGS
from .release_work import agree
from .render_projects import print_adoption, print_health
from .screen import echo
from .workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Mapping

_PYTHON = re.compile(r"3\.\d+")


class InitOptions(Struct, frozen=True):
    """The options of ``init``."""

    python_version: str
    approvers: tuple[str, ...] = ()
    is_dry_run: bool = False
    is_agreed: bool = False
    is_json: bool = False

    @classmethod
    def of(cls, options: Mapping[str, object], *, is_agreed: bool, is_json: bool) -> InitOptions:
        """The options as click has them."""
        python = cast("str | None", options["python_version"])
        if python is not None and _PYTHON.fullmatch(python) is None:
            raise click.BadParameter(f"'{python}' is not a version such as 3.12.")
        return cls(
            python or f"{sys.version_info.major}.{sys.version_info.minor}",
            cast("tuple[str, ...]", options["approvers"]),
            is_dry_run=options["is_dry_run"] is True,
            is_agreed=is_agreed,
            is_json=is_json,
        )


def run_status(folder: str, *, is_json: bool) -> None:
    """Answer how the project is."""
    services, shown, cancel = Workspace.current().project(folder), folder, CancelSource()
    with cancelled_by_signals(cancel):
        health = describe_project(services.project_ports(), cancel)
    if is_json:
        render.print_json(health_json(health, shown))
    else:
        print_health(health, shown)
    if any(link.state is LinkState.PROBLEM for link in health.links):
        click.get_current_context().exit(FINDINGS)


def run_init(folder: str, options: InitOptions) -> None:
    """Show what of the template is missing, and write it."""
    services, cancel = Workspace.current().project(folder), CancelSource()
    request = AdoptRequest(options.python_version, services.settings.thoth_host, options.approvers)
    with cancelled_by_signals(cancel):
        ports = services.adopt_ports()
        plan = plan_adoption(request, ports, cancel)
        if not options.is_json:
            print_adoption(plan, is_long=options.is_dry_run)
        is_due = bool(plan.files) or not plan.is_repository
        if is_due and not options.is_dry_run:
            count = len(plan.files)
            agree(f"Write {count} file{'' if count == 1 else 's'}?", options.is_agreed)
            written = adopt_project(plan, ports, cancel)
            if not options.is_json:
                echo(f"Wrote {len(written)} file{'' if len(written) == 1 else 's'}.")
    if options.is_json:
        render.print_json(
            adoption_json(folder, plan.files, plan.kept, is_repository=plan.is_repository)
        )
