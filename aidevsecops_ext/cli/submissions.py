"""The commands about pipelines that run elsewhere: parse, call a use case, render."""

from __future__ import annotations

import click

_AS_JSON = click.option("--json", "is_json", is_flag=True, help="Answer in JSON.")
_FILE = click.argument("file", metavar="FILE", type=click.Path(path_type=str))
_RUN = click.argument("run", metavar="[RUN]", default="latest")
_RUNTIME = click.option(
    "--runtime", required=True, metavar="NAME", help="The runtime configuration, as Elyra has it."
)
_PARAMETERS = click.option(
    "--param",
    "parameters",
    multiple=True,
    metavar="NAME=VALUE",
    help="The value of a parameter of the pipeline; may be given again.",
)
_SECRET = click.option(
    "--secret",
    default="",
    metavar="NAME",
    help="The secret of Kubernetes that steps take the keys of object storage from "
    "(AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY).",
)
_VERBOSE = click.option("--verbose", is_flag=True, help="Show what Elyra says.")


@click.command()
@_FILE
@_RUNTIME
@_PARAMETERS
@_SECRET
@click.option("--wait", "is_awaited", is_flag=True, help="Follow the run to its end.")
@_VERBOSE
@_AS_JSON
def submit(file: str, **options: object) -> None:
    """Have the pipeline in FILE run on Kubeflow Pipelines or Airflow.

    Elyra stores the files of its steps in object storage, and hands it to the engine. A record of
    the run is kept with those of runs on this machine: status, logs, outputs, cancel and retry know
    it. Who interrupts --wait no longer follows the run; it goes on.

    Exit status 1 if a step fails while it is waited for.
    """
    from .submitting import SubmitOptions, run_submit

    run_submit(SubmitOptions.of(file, options))


@click.command()
@_FILE
@_RUNTIME
@click.option(
    "--format",
    "file_format",
    type=click.Choice(["yaml", "py"]),
    help="For Kubeflow Pipelines: its YAML, or the Python that makes it. A DAG is Python.",
)
@click.option("--out", metavar="FILE", help="The file to write; else one beside the pipeline.")
@_PARAMETERS
@_SECRET
@click.option(
    "--with-credentials",
    "has_credentials",
    is_flag=True,
    help="Write the keys of object storage into the file, for everybody to read.",
)
@click.option("--dry-run", "is_dry_run", is_flag=True, help="Show the file; write nothing.")
@click.option("--force", "is_forced", is_flag=True, help="Replace a file that is there.")
@_VERBOSE
@_AS_JSON
def export(file: str, **options: object) -> None:
    """Write the pipeline in FILE as Kubeflow Pipelines or Airflow reads it.

    Elyra stores the files of its steps in object storage, where the engine takes them from.
    """
    from .submitting import ExportOptions, run_export

    run_export(ExportOptions.of(file, options))


@click.command()
@_RUN
@_AS_JSON
def retry(run: str, is_json: bool) -> None:
    """Have the engine run again what failed in RUN."""
    from .submitting import run_retry

    run_retry(run, is_json=is_json)


@click.command()
@_RUN
@_AS_JSON
def outputs(run: str, is_json: bool) -> None:
    """List what RUN has stored in object storage."""
    from .submitting import run_outputs

    run_outputs(run, is_json=is_json)


SUBMIT_COMMANDS = (submit, export, retry, outputs)
"""The commands of the group ``pipeline`` that are about engines elsewhere."""
