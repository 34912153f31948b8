"""The command that examines this machine: parse, call the use case, render."""

from __future__ import annotations

import click


@click.command()
@click.option("--offline", is_flag=True, help="Contact no host.")
@click.option("--json", "is_json", is_flag=True, help="Answer in JSON.")
def doctor(offline: bool, is_json: bool) -> None:
    """Say what is in the way on this machine, and how to mend it; exit status 1 if anything is.

    Looks at tools, package indexes and services that are configured, git, free space, kernels that
    an image left behind, variables of the environment that notebooks here read, and runtime
    configurations. Nothing is changed, and no value of a variable is shown.
    """
    from .examining import run_doctor

    run_doctor(is_offline=offline, is_json=is_json)
