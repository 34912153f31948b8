"""The commands about runtime configurations: parse, call a use case, render."""

from __future__ import annotations

import click

_AS_JSON = click.option("--json", "is_json", is_flag=True, help="Answer in JSON.")


@click.group()
def runtime() -> None:
    """Say where pipelines are submitted to: Kubeflow Pipelines or Airflow, and their storage.

    Configurations are Elyra's own files, in Jupyter's data folder: Elyra uses them too.
    """


@runtime.command("list")
@_AS_JSON
def list_all(is_json: bool) -> None:
    """List the configurations, without their secrets."""
    from .runtimes import run_list_runtimes

    run_list_runtimes(is_json=is_json)


@runtime.command()
@click.argument("name")
@click.option("--kind", type=click.Choice(["kfp", "airflow"]), required=True, help="The engine.")
@click.option(
    "--set",
    "settings",
    multiple=True,
    metavar="KEY=VALUE",
    help="A setting by Elyra's name, such as cos_bucket=runs; may be given again.",
)
@click.option(
    "--secrets-from-stdin",
    "is_from_stdin",
    is_flag=True,
    help="Read secrets from standard input, a line KEY=VALUE each.",
)
@click.option("--force", is_flag=True, help="Replace the configuration of that name.")
@_AS_JSON
def add(name: str, **options: object) -> None:
    """Add the configuration NAME.

    Secrets (cos_password, api_password, github_repo_token) are never arguments: they come from
    standard input, from variables such as AIDEVSECOPS_COS_PASSWORD, or are asked for. The file is
    readable for you alone, and is not written into a Git work tree.
    """
    from .runtimes import AddOptions, run_add

    run_add(AddOptions.of(name, options))


@runtime.command()
@click.argument("name")
@_AS_JSON
def test(name: str, is_json: bool) -> None:
    """Ask all that the configuration NAME names whether it answers, and lets you in.

    Exit status 1 if anything does not.
    """
    from .runtimes import run_test

    run_test(name, is_json=is_json)
