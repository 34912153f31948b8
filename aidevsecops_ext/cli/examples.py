"""The command that copies the example project."""

from __future__ import annotations

import click


@click.command()
@click.argument("folder", default=".", type=click.Path(file_okay=False))
@click.option("--json", "is_json", is_flag=True, help="Answer in JSON.")
def examples(folder: str, is_json: bool) -> None:
    """Copy the example project into a new folder below FOLDER, as a Git repository of its own.

    The new folder is named aidevsecops-examples; with a number behind it where there is one of that
    name. Nothing is replaced. A FOLDER that is not there is made, with those around it.
    """
    from .copying import run_examples

    run_examples(folder, is_json=is_json)
