"""The commands about overlays: parse, call a use case, render."""

from __future__ import annotations

import click

_AS_JSON = click.option("--json", "is_json", is_flag=True, help="Answer in JSON.")
_DRY_RUN = click.option("--dry-run", is_flag=True, help="Show what would change; write nothing.")
_FORCE = click.option("--force", is_flag=True, help="Replace files that say something else.")
_NAMES = click.argument("names", nargs=-1, metavar="[FILE|FOLDER]...", type=click.Path())


@click.group()
def overlay() -> None:
    """Keep the locked environments of notebooks and their steps as folders of a repository.

    An overlay is a folder such as overlays/train with Pipfile, Pipfile.lock, pylock.toml,
    requirements.txt with hashes, and a Containerfile, all of one lock.
    """


@overlay.command()
@click.argument("notebook", type=click.Path(path_type=str))
@click.option("--name", metavar="NAME", help="The overlay's name; else that of the kernel.")
@click.option(
    "--trust-index",
    "trusted",
    multiple=True,
    metavar="URL",
    help="Agree to an index that the lock names; may be given again.",
)
@_FORCE
@_DRY_RUN
@_AS_JSON
def extract(
    notebook: str,
    name: str | None,
    trusted: tuple[str, ...],
    **flags: bool,
) -> None:
    """Write the locked environment of NOTEBOOK as an overlay of its repository.

    .thoth.yaml, made where there is none, names it, and .aicoe-ci.yaml builds it, where there is
    one: all that is there stays as it is written. A name that another notebook claims is refused.
    All files are written, or none.
    """
    from .overlaying import ExtractOptions, run_extract

    run_extract(
        ExtractOptions(
            notebook=notebook,
            name=name,
            trusted=trusted,
            is_forced=flags["force"],
            is_dry_run=flags["dry_run"],
            is_json=flags["is_json"],
        )
    )


@overlay.command("list")
@_NAMES
@_AS_JSON
def list_all(names: tuple[str, ...], is_json: bool) -> None:
    """List overlays with their notebook or step, Python, packages and state.

    fresh: its lock holds; stale: it does not any more; unlocked: it has none; orphan: its notebook
    or step is gone; invalid: a file cannot be read.
    """
    from .overlaying import run_list

    run_list(names, is_json=is_json)


@overlay.command()
@_NAMES
@click.option("--offline", "is_offline", is_flag=True, help="Do not ask the package index.")
@_AS_JSON
def check(names: tuple[str, ...], is_offline: bool, is_json: bool) -> None:
    """Say whether locks of overlays hold, and hold all that their notebooks import.

    Exit status 1 if any does not.
    """
    from .overlaying import run_check_overlays

    run_check_overlays(names, is_offline=is_offline, is_json=is_json)


@overlay.command()
@click.argument("notebook", type=click.Path(path_type=str))
@click.option("--out", metavar="DIR", help="The folder to write into; else the notebook's own.")
@_FORCE
@_DRY_RUN
@_AS_JSON
def seldon(notebook: str, out: str | None, **flags: bool) -> None:
    """Write a model for Seldon out of cells of NOTEBOOK that are tagged Train and Wrapper.

    \b
    train.py                of the Train cells, which have to write a model
    CLASS.py                of the Wrapper cells, named after the class that serves it
    requirements.txt        of the notebook's lock, with hashes
    deploy/environment      MODEL_NAME, API_TYPE, SERVICE_TYPE, PERSISTENCE
    deploy/.s2iignore       what is not built into the image

    Checks deploy/model_deployment.json or .yaml for ${SELDON_IMAGE_REPLACE}, and says what is
    missing: then the exit status is 1. All files are written, or none.
    """
    from .exporting_seldon import SeldonOptions, run_seldon

    run_seldon(
        SeldonOptions(
            notebook=notebook,
            out=out,
            is_forced=flags["force"],
            is_dry_run=flags["dry_run"],
            is_json=flags["is_json"],
        )
    )
