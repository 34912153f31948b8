"""The commands about runs of pipelines: parse, call a use case, render."""

from __future__ import annotations

import click

_AS_JSON = click.option("--json", "is_json", is_flag=True, help="Answer in JSON.")
_RUN = click.argument("run", metavar="[RUN]", default="latest")


@click.command()
@click.argument("file", type=click.Path(path_type=str))
@click.option(
    "--only-changed",
    is_flag=True,
    help="Do not run steps whose code, inputs, variables and environment are as they were when "
    "they succeeded; put back what they left.",
)
@click.option("--from", "from_step", metavar="STEP", help="Run this step and those after it only.")
@click.option(
    "--param",
    "parameters",
    multiple=True,
    metavar="NAME=VALUE",
    help="The value of a parameter of the pipeline; may be given again.",
)
@click.option(
    "--parallel",
    type=click.IntRange(1, 64),
    metavar="N",
    help="How many steps run at the same time.",
)
@click.option(
    "--timeout",
    type=click.FloatRange(0),
    metavar="SECONDS",
    help="What each step may take; 0 for any time.",
)
@click.option(
    "--trust-index",
    "trusted",
    multiple=True,
    metavar="URL",
    help="Agree to an index that a lock names; may be given again.",
)
@click.option("--verbose", is_flag=True, help="Say more about what is going on.")
@_AS_JSON
def run(file: str, **options: object) -> None:
    """Run the pipeline in FILE on this machine, each step in its environment.

    A step runs in the environment of its overlay, else of its notebook's lock, else in the
    notebook's kernel; in the folder of its notebook, which is not written. Executed copies, logs,
    copies of outputs and the record go to runs/PIPELINE/RUN beside FILE. Ctrl-C cancels.

    Exit status 1 if a step fails.
    """
    from .running import RunOptions, run_run

    run_run(RunOptions.of(file, options))


@click.command()
@click.argument("file", required=False, metavar="[FILE]", type=click.Path(path_type=str))
@_AS_JSON
def runs(file: str | None, is_json: bool) -> None:
    """List the runs of the pipeline in FILE, or of all of them, newest first."""
    from .running import run_runs

    run_runs(file, is_json=is_json)


@click.command()
@_RUN
@_AS_JSON
def status(run: str, is_json: bool) -> None:
    """Show how RUN is: its name, the beginning of it, its folder, or 'latest'.

    Exit status 1 if it failed.
    """
    from .running import run_status

    run_status(run, is_json=is_json)


@click.command()
@_RUN
@click.option("--step", metavar="STEP", help="Only the log of this step.")
@click.option("--follow", "is_follow", is_flag=True, help="Go on until the run has ended.")
def logs(run: str, step: str | None, is_follow: bool) -> None:
    """Print what the steps of RUN have printed."""
    from .running import run_logs

    run_logs(run, step, is_followed=is_follow)


@click.command()
@_RUN
@_AS_JSON
def cancel(run: str, is_json: bool) -> None:
    """Stop RUN, wherever on this machine it was started."""
    from .running import run_cancel

    run_cancel(run, is_json=is_json)


@click.command()
@click.argument("before", metavar="RUN")
@click.argument("after", metavar="RUN")
@_AS_JSON
def compare(before: str, after: str, is_json: bool) -> None:
    """Say what differs from one run to another: code, inputs, parameters, outputs, times.

    Exit status 1 if more than times does.
    """
    from .running import run_compare

    run_compare(before, after, is_json=is_json)


RUN_COMMANDS = (run, runs, status, logs, cancel, compare)
"""The commands of the group ``pipeline`` that are about runs."""
