"""The commands about configuration files: parse, call a use case, render."""

from __future__ import annotations

import click

_AS_JSON = click.option("--json", "is_json", is_flag=True, help="Answer in JSON.")


@click.group()
def config() -> None:
    """Check .thoth.yaml and .aicoe-ci.yaml, line by line."""


@config.command()
@click.argument("paths", metavar="[FILE|FOLDER]...", nargs=-1, type=click.Path(path_type=str))
@_AS_JSON
def check(paths: tuple[str, ...], is_json: bool) -> None:
    """Say what is off in these files, and in which line; exit status 1 if anything is wrong.

    For a folder (this one if none is named) these are the files in it.
    """
    from .configuring import run_check_configuration

    run_check_configuration(paths or (".",), is_json=is_json)


@config.command()
@click.argument("kind", type=click.Choice(["thoth", "aicoe-ci"]))
@click.option("--path", "is_path", is_flag=True, help="Say where the schema is instead.")
def schema(kind: str, is_path: bool) -> None:
    """Print the JSON schema of .thoth.yaml or .aicoe-ci.yaml, for editors that check."""
    from .configuring import run_schema

    run_schema(kind, is_path=is_path)
