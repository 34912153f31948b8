"""What ``aidevsecops search`` does: names on the indexes, and versions of one package."""

from __future__ import annotations

import click
from msgspec import Struct
from msgspec.structs import replace

from ..app.choose_target import choose_target
from ..app.describe_package import DescribePorts, describe_package
from ..app.search_packages import SearchPorts, search_packages
from ..domain.packages import ListState, PackageDetails, PackageSearch, PackageVersion
from ..domain.requirements import RequirementSet
from ..domain.target import TargetChoice
from ..formats.package_answers import package_json, search_json
from ..jobs.cancel import CancelSource
from . import render
from .batch import cancelled_by_signals
from .exit_codes import DONE, FINDINGS
from .progress import progress_board
from .screen import echo, echo_styled
from .workspace import Workspace


class SearchOptions(Struct, frozen=True):
    """What the user asked to find."""

    name: str
    limit: int = 20
    python_version: str | None = None
    platform: str | None = None
    is_json: bool = False


def run_search(options: SearchOptions) -> None:
    """Answer the names that hold a part; exit with 1 when there is none."""
    services = Workspace.current().here()
    cancel = CancelSource()
    with progress_board(is_quiet=options.is_json, is_verbose=False) as board:
        progress = board.of(options.name)
        with cancelled_by_signals(cancel):
            services.catalogue.load(progress, cancel)
            ports = SearchPorts(services.catalogue, services.index)
            found = search_packages(options.name, options.limit, ports, cancel)
    if options.is_json:
        render.print_json(search_json(found))
    else:
        _print_names(found)
    click.get_current_context().exit(DONE if found.packages else FINDINGS)


def run_versions(options: SearchOptions) -> None:
    """Answer the versions of the package of that name."""
    services = Workspace.current().here()
    chosen = TargetChoice(python_version=options.python_version, platform=options.platform)
    python = services.default_python
    target = choose_target(chosen, "", RequirementSet(), services.files, python)
    ports = DescribePorts(services.catalogue, services.platform_tags)
    cancel = CancelSource()
    with cancelled_by_signals(cancel):
        found = describe_package(
            options.name, replace(target, here=services.platform), ports, cancel
        )
    if options.is_json:
        render.print_json(package_json(found))
    else:
        _print_versions(found, options.limit)


def _print_names(found: PackageSearch) -> None:
    for package in found.packages:
        echo(package.name)
    if not found.packages:
        echo(f"No package has '{found.query}' in its name.", is_error=True)
    for entry in found.indexes:
        if entry.state is not ListState.LISTED:
            echo(f"{entry.url}: only the exact name was looked for. {entry.reason}", is_error=True)
        elif entry.reason:
            echo(f"{entry.url}: this is an older list. {entry.reason}", is_error=True)


def _print_versions(found: PackageDetails, limit: int) -> None:
    echo_styled(f"{found.name} on {found.index}", is_bold=True)
    if found.summary:
        echo(f"  {found.summary}")
    latest = found.latest
    echo(f"  latest for {found.target.describe()}: {latest.version if latest else 'none'}")
    for version in found.versions[:limit]:
        echo(f"  {version.version.ljust(16)}  {_remarks(version)}".rstrip())
    left = len(found.versions) - limit
    if left > 0:
        echo(f"  and {left} older ones (--limit shows more, --json all)")


def _remarks(version: PackageVersion) -> str:
    said = [(version.uploaded_at or "")[:10]]
    if version.yanked is not None:
        said.append("yanked" + (f": {version.yanked}" if version.yanked else ""))
    if version.is_prerelease:
        said.append("pre-release")
    if not version.fits_python:
        said.append(f"needs Python {version.requires_python}")
    elif not version.has_wheel:
        said.append("to be built" if version.has_sdist else "no file fits")
    return ", ".join(filter(None, said))
