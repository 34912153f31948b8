"""What the commands about configuration files do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ..app.check_configurations import check_configurations
from ..domain.configuration import ConfigurationKind, ProblemLevel
from ..formats.configuration_answers import report_json
from . import render
from .exit_codes import DONE, FINDINGS
from .screen import echo, styled
from .workspace import Workspace

if TYPE_CHECKING:
    from ..domain.configuration import ConfigurationReport

_COLOURS = {ProblemLevel.ERROR: "red", ProblemLevel.NOTE: "yellow"}


def run_check_configuration(paths: tuple[str, ...], *, is_json: bool) -> None:
    """Answer what is off in the files; exit with 1 where anything is wrong."""
    workspace = Workspace.current()
    found: dict[str, ConfigurationReport] = {}
    for path in paths:
        place = workspace.place_of(path)
        services = place.services
        reports = check_configurations(place.path, services.as_written, services.schema_of)
        found |= {place.shown(report.path): report for report in reports}
    if is_json:
        render.print_json(
            {"files": [report_json(report, shown) for shown, report in found.items()]}
        )
    else:
        for shown, report in found.items():
            _print(shown, report)
    is_valid = all(report.is_valid for report in found.values())
    click.get_current_context().exit(DONE if is_valid else FINDINGS)


def run_schema(kind: str, *, is_path: bool) -> None:
    """Print a schema, or where it is."""
    services = Workspace.current().here()
    wanted = ConfigurationKind(kind)
    if is_path:
        echo(str(services.schema_path(wanted)))
    else:
        render.print_json({**services.schema_of(wanted)})


def _print(shown: str, report: ConfigurationReport) -> None:
    for problem in report.problems:
        level = styled(problem.level.value, fg=_COLOURS[problem.level])
        where = f" ({problem.place})" if problem.place else ""
        # As compilers have it, so that editors find the place.
        echo(f"{shown}:{problem.line}: {level}: {problem.message}{where}")
    if not report.problems:
        echo(f"{shown}: {styled('ok', fg='green')}")
