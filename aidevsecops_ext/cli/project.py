"""The commands about a project as a whole."""

from __future__ import annotations

import click


@click.command()
@click.argument("folder", default=".", type=click.Path(exists=True, file_okay=False))
@click.option("--json", "is_json", is_flag=True, help="Answer in JSON.")
def status(folder: str, is_json: bool) -> None:
    """Say how the project in FOLDER is, and what is next.

    One line a link of the chain: notebooks, overlays, advisories, pipelines, images, release.
    Nobody outside is asked: advisories are as they were last looked up. Exit status 1 if
    something is broken.
    """
    from .projecting import run_status

    run_status(folder, is_json=is_json)


@click.command()
@click.argument("folder", default=".", type=click.Path(exists=True, file_okay=False))
@click.option(
    "--approver",
    "approvers",
    metavar="ACCOUNT",
    multiple=True,
    help="Who may ask bots for releases, for OWNERS; may be given again.",
)
@click.option("--python-version", metavar="X.Y", help="The Python version of the project.")
@click.option("--undo", "is_undo", is_flag=True, help="Delete again what was written.")
@click.option("--dry-run", "is_dry_run", is_flag=True, help="Show the files; write nothing.")
@click.option("--yes", "is_agreed", is_flag=True, help="Write them without asking.")
@click.option("--json", "is_json", is_flag=True, help="Answer in JSON.")
def init(folder: str, is_json: bool, is_agreed: bool, **options: object) -> None:
    """Adopt the project in FOLDER: write the files of the project template that it lacks.

    They are .thoth.yaml, .aicoe-ci.yaml, OWNERS, a first overlay with a Containerfile, issue
    templates for bots, and a CI job that checks locks. They are shown first; files that are there
    stay as they are. A folder that is in no Git repository becomes one.

    With --undo the files that were written are deleted again, but for those that were changed
    since. The folder stays a Git repository.
    """
    if options.pop("is_undo"):
        from .unadopting import run_undo

        is_dry_run = options["is_dry_run"] is True
        run_undo(folder, is_dry_run=is_dry_run, is_agreed=is_agreed, is_json=is_json)
        return
    from .projecting import InitOptions, run_init

    run_init(folder, InitOptions.of(options, is_agreed=is_agreed, is_json=is_json))
