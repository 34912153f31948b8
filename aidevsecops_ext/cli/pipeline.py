"""The commands about pipelines: parse, call a use case, render."""

from __future__ import annotations

import click

from .runs import RUN_COMMANDS
from .submissions import SUBMIT_COMMANDS

_AS_JSON = click.option("--json", "is_json", is_flag=True, help="Answer in JSON.")


@click.group()
def pipeline() -> None:
    """Make Elyra's pipelines of steps, check them, and run them.

    FILE is a document of Elyra's, such as churn.pipeline, of version 3 or newer.
    """


@pipeline.command()
@click.argument("names", nargs=-1, required=True, metavar="NOTEBOOK|SCRIPT|FOLDER...")
@click.option(
    "--out",
    metavar="FILE",
    help="The pipeline's file; else one beside the first NOTEBOOK, of its name.",
)
@click.option(
    "--order",
    type=click.Choice(["given", "files"]),
    default="given",
    help="What runs after what: in the order given, or by the files that are written and read. "
    "Steps of a notebook that was split have the order of the split.",
)
@click.option(
    "--steps", metavar="DIR", help="The folder of step notebooks, where the split named one."
)
@click.option("--image", default="", metavar="IMAGE", help="The image of nodes without an overlay.")
@click.option("--force", is_flag=True, help="Add to a pipeline that was not made here.")
@click.option("--dry-run", is_flag=True, help="Show what would change; write nothing.")
@_AS_JSON
def create(names: tuple[str, ...], **options: object) -> None:
    """Make a pipeline of a notebook that was split, of several notebooks, or of a folder of them.

    Each step becomes a node with its overlay's image, the files that it needs and leaves, and the
    environment variables that its code asks for. Made again, a pipeline keeps what you edited in
    it: resources, variables, files, links, places.
    """
    from .pipelining import CreateOptions, run_create

    run_create(CreateOptions.of(names, options))


@pipeline.command()
@click.argument("file", metavar="FILE", type=click.Path(path_type=str))
@click.option(
    "--elyra", "is_with_elyra", is_flag=True, help="Have Elyra validate it too; takes seconds."
)
@_AS_JSON
def validate(file: str, is_with_elyra: bool, is_json: bool) -> None:
    """Say what keeps the pipeline in FILE from doing what it says, here and on a cluster.

    Looked at are links, files and who writes them, images, overlays and their locks, variables,
    and secrets that anybody can read. Exit status 1 with errors; warnings and notes are none.
    """
    from .validating import run_validate

    run_validate(file, is_with_elyra=is_with_elyra, is_json=is_json)


@pipeline.command("import")
@click.argument("file", metavar="FILE", type=click.Path(path_type=str))
@click.option("--out", metavar="FILE", help="Another file to write; FILE stays as it is.")
@click.option(
    "--fix",
    is_flag=True,
    help="Correct notebooks that moved and images of older releases, where there is one answer.",
)
@click.option("--dry-run", is_flag=True, help="Show what would change; write nothing.")
@_AS_JSON
def import_file(file: str, out: str | None, fix: bool, dry_run: bool, is_json: bool) -> None:
    """Make the pipeline in FILE, of version 3 or newer, one of version 8.

    Values keep their commas, dots and slashes. Notebooks that are not where it says are named,
    with those that they may have become, and images of older releases.
    """
    from .pipelining import ImportOptions, run_import

    run_import(ImportOptions(file, out, fix, dry_run, is_json))


for _command in (*RUN_COMMANDS, *SUBMIT_COMMANDS):
    pipeline.add_command(_command)
