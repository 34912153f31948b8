"""The commands about kernels: parse, call a use case, render."""

from __future__ import annotations

import click

_AS_JSON = click.option("--json", "is_json", is_flag=True, help="Answer in JSON.")
_DRY_RUN = click.option("--dry-run", is_flag=True, help="Show what would change; write nothing.")
_VERBOSE = click.option("-v", "--verbose", is_flag=True, help="Show what uv says.")
_TRUST = click.option(
    "--trust-index",
    "trusted",
    multiple=True,
    metavar="URL",
    help="Agree to an index that the lock names; may be given again.",
)


@click.group()
def kernel() -> None:
    """Make kernels from the locks of notebooks, list, check and delete them.

    A kernel runs in an environment of its own, which holds exactly what is locked, by its hashes,
    and ipykernel. Notebooks with the same lock share one environment.
    """


@kernel.command()
@click.argument("notebook", type=click.Path(path_type=str))
@click.option("--name", metavar="NAME", help="The kernel's name; else that of the notebook.")
@click.option("--display-name", metavar="TEXT", help="What users see of it; else made of the name.")
@click.option("--force", is_flag=True, help="Build anew; replace another notebook's kernel.")
@_TRUST
@_DRY_RUN
@_VERBOSE
@_AS_JSON
def install(notebook: str, **options: object) -> None:
    """Make a kernel from the lock of NOTEBOOK and switch the notebook to it."""
    from .installing import KernelOptions, run_install

    run_install(KernelOptions.of(notebook, options))


@kernel.command("list")
@_AS_JSON
def list_all(is_json: bool) -> None:
    """List the kernels that were made from locks: state, size, age.

    ok: the notebook's lock is installed; stale: the notebook has another lock now; broken: the
    environment or its Python is gone.
    """
    from .installing import run_list

    run_list(is_json=is_json)


@kernel.command()
@click.argument("what", metavar="NOTEBOOK|NAME", type=click.Path(path_type=str))
@_AS_JSON
def check(what: str, is_json: bool) -> None:
    """Say which packages differ between a kernel and a lock; exit status 1 if any does.

    For a notebook this is the kernel that it names, whoever made it. No kernel is started.
    """
    from .installing import run_check_kernel

    run_check_kernel(what, is_json=is_json)


@kernel.command()
@click.argument("name")
@_DRY_RUN
@_AS_JSON
def delete(name: str, is_json: bool, dry_run: bool) -> None:
    """Delete the kernel NAME, and the environments that no kernel uses then."""
    from .installing import KernelOptions, run_delete

    run_delete(KernelOptions(name, is_dry_run=dry_run, is_json=is_json))


@kernel.command()
@click.argument("name")
@_TRUST
@_DRY_RUN
@_VERBOSE
@_AS_JSON
def refresh(name: str, **options: object) -> None:
    """Make the kernel NAME anew from the lock that its notebook has now."""
    from .installing import KernelOptions, run_refresh

    run_refresh(KernelOptions.of(name, options))
