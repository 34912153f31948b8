"""The commands that work on notebooks: parse, call a use case for each notebook, render."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import click

Command = TypeVar("Command", bound=Callable[..., object])

_PATHS = click.Path(path_type=str)


def _notebooks(command: Command) -> Command:
    command = click.argument("notebooks", nargs=-1, required=True, type=_PATHS)(command)
    return _as_json(command)


def _excluding(command: Command) -> Command:
    return click.option(
        "--exclude",
        "excluded",
        multiple=True,
        metavar="PATTERN",
        help="Leave out paths and folders that match, such as archive; may be given again.",
    )(command)


def _as_json(command: Command) -> Command:
    return click.option("--json", "is_json", is_flag=True, help="Answer in JSON.")(command)


@click.command()
@_notebooks
@click.option("--offline", is_flag=True, help="Do not ask the package index for unknown names.")
def discover(notebooks: tuple[str, ...], is_json: bool, offline: bool) -> None:
    """Say what NOTEBOOKS need and how each thing was found.

    Prints each requirement with the cells it comes from, and what could not be resolved.
    """
    from .reading import ReadOptions, run_discover

    run_discover(ReadOptions(notebooks, is_json=is_json, is_offline=offline))


@click.command()
@_notebooks
@_excluding
@click.option("--offline", is_flag=True, help="Do not ask the package index for unknown names.")
def check(
    notebooks: tuple[str, ...], is_json: bool, offline: bool, excluded: tuple[str, ...]
) -> None:
    """Say whether the locks of NOTEBOOKS still hold; exit status 1 if any does not.

    fresh: the lock fits; stale: the requirements changed; drifted: something imported is not
    locked; unlocked: there is no lock; unsupported: the notebook is not Python.
    """
    from .reading import ReadOptions, run_check

    run_check(ReadOptions(notebooks, excluded, is_json=is_json, is_offline=offline))


@click.command()
@_notebooks
@click.option("--offline", is_flag=True, help="Do not ask the package index for unknown names.")
@click.option("--tree", is_flag=True, help="Show who asks for each locked package instead.")
@click.option("--why", metavar="PACKAGE", help="Show why this package is locked instead.")
@click.option(
    "--trust-index",
    "trusted",
    multiple=True,
    metavar="URL",
    help="Agree to an index that a notebook names, for --tree and --why; may be given again.",
)
def show(
    notebooks: tuple[str, ...],
    is_json: bool,
    offline: bool,
    trusted: tuple[str, ...],
    **tree: object,
) -> None:
    """Show what NOTEBOOKS declare and need, what is locked, and their status."""
    why = tree["why"]
    if tree["tree"] is True or isinstance(why, str):
        from .trees import TreeOptions, run_tree

        package = why if isinstance(why, str) else None
        run_tree(TreeOptions(notebooks, package=package, trusted=trusted, is_json=is_json))
        return
    from .reading import ReadOptions, run_show

    run_show(ReadOptions(notebooks, is_json=is_json, is_offline=offline))


@click.command()
@click.argument("notebook", type=_PATHS)
@click.option(
    "-a",
    "--add",
    multiple=True,
    metavar="SPEC",
    help="Add or replace a requirement: 'pandas>=2', 'requests[socks]; python_version<\"3.12\"'.",
)
@click.option("-r", "--remove", multiple=True, metavar="NAME", help="Remove a requirement.")
@click.option(
    "-i",
    "--index",
    "--index-url",
    metavar="URL",
    help="The index that added requirements come from: an address, or a name in the notebook.",
)
@click.option("--dev", is_flag=True, help="Add to the development requirements.")
@click.option("--dry-run", is_flag=True, help="Show what would change; write nothing.")
@_as_json
def requirements(
    notebook: str, is_json: bool, dev: bool, dry_run: bool, **change: str | tuple[str, ...] | None
) -> None:
    """Show or change the requirements that NOTEBOOK declares.

    The lock is not made anew: run 'aidevsecops lock' afterwards.
    """
    from .editing import EditOptions, run_requirements

    add, remove, index = change["add"], change["remove"], change["index"]
    run_requirements(
        EditOptions(
            notebook=notebook,
            add=add if isinstance(add, tuple) else (),
            remove=remove if isinstance(remove, tuple) else (),
            index=index if isinstance(index, str) else None,
            is_dev=dev,
            is_dry_run=dry_run,
            is_json=is_json,
        )
    )


@click.command()
@_notebooks
@click.option(
    "--engine",
    metavar="NAME",
    help="Who chooses the versions: uv, or a Thoth service (thoth); uv unless set otherwise.",
)
@click.option(
    "--fallback",
    type=click.Choice(["uv", "none"]),
    help="thoth: the engine for when the service cannot be reached; none unless set otherwise.",
)
@click.option(
    "-l",
    "--label",
    "labels",
    multiple=True,
    metavar="KEY=VALUE",
    help="thoth: label the request; several with commas, or given again.",
)
@click.option(
    "--timeout",
    type=click.FloatRange(min=1),
    metavar="SECONDS",
    help="thoth: when to give up; the setting lock_timeout when left out.",
)
@click.option("--force", is_flag=True, help="thoth: a new analysis, also where there is one.")
@click.option(
    "--dev/--no-dev",
    default=None,
    help="thoth: with development requirements or without; with, when left out.",
)
@click.option("--python-version", metavar="X.Y", help="The Python version to lock for.")
@click.option("--python-platform", metavar="NAME", help="The platform, such as linux or windows.")
@click.option("--universal", is_flag=True, help="Lock for every platform.")
@click.option(
    "--runtime-environment", metavar="NAME", help="Lock for this environment of .thoth.yaml."
)
@click.option(
    "--recommendation-type",
    type=click.Choice(["latest", "stable", "performance", "security", "testing"]),
    help="Which versions to choose; that of the runtime environment when left out, else latest.",
)
@click.option("--upgrade", is_flag=True, help="Take the newest versions; keep none that fit.")
@click.option(
    "--upgrade-package",
    "upgrade_packages",
    multiple=True,
    metavar="NAME[>=VERSION]",
    help="Take newer versions of this package only; may be given again.",
)
@click.option(
    "--advisories", is_flag=True, help="Also say which advisories the lock gains and loses."
)
@click.option(
    "--trust-index",
    "trusted",
    multiple=True,
    metavar="URL",
    help="Agree to an index that a notebook names; may be given again.",
)
@_excluding
@click.option("--jobs", type=click.IntRange(min=1), help="How many to resolve at the same time.")
@click.option("--dry-run", is_flag=True, help="Show what would change; write nothing.")
@click.option("--fail-on-change", is_flag=True, help="Exit status 1 when a lock changed, or would.")
@click.option("-v", "--verbose", is_flag=True, help="Show what the engine says.")
def lock(notebooks: tuple[str, ...], is_json: bool, **options: object) -> None:
    """Resolve what NOTEBOOKS need and record exact versions with hashes in them.

    What a notebook declares wins over what is discovered in it. A lock that changes nothing leaves
    the file untouched. A folder stands for the overlays of .thoth.yaml, too; those that ask for
    the same are resolved once.
    """
    from .lock_options import LockOptions
    from .locking import run_lock

    run_lock(LockOptions.of(notebooks, is_json=is_json, options=options))


@click.command()
@_notebooks
@click.option(
    "--format",
    "style",
    type=click.Choice(["table", "json", "sarif"]),
    default="table",
    help="How to answer; --json is the same as --format json.",
)
@click.option(
    "--service-url",
    metavar="URL",
    help="An OSV service, or a folder of OSV records; the setting advisory_service when left out.",
)
@_excluding
@click.option(
    "--allow-unchecked", is_flag=True, help="Packages that could not be checked do not count."
)
def audit(
    notebooks: tuple[str, ...],
    is_json: bool,
    style: str,
    service_url: str | None,
    allow_unchecked: bool,
    **options: tuple[str, ...],
) -> None:
    """Say which advisories are known against the packages that NOTEBOOKS lock.

    Exit status 1 if there is one; 4 if there is none, but packages could not be checked. Ignored
    advisories are kept in .aidevsecops.toml, each with a reason and a day of expiry.
    """
    from .auditing import AuditOptions, run_audit

    run_audit(
        AuditOptions(
            notebooks,
            options["excluded"],
            style="json" if is_json else style,
            service=service_url,
            is_unchecked_allowed=allow_unchecked,
        )
    )
