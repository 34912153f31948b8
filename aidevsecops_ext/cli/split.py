"""The command that splits a notebook: parse, call the use cases, render."""

from __future__ import annotations

import click


@click.command()
@click.argument("notebook", type=click.Path(path_type=str))
@click.option(
    "--by",
    type=click.Choice(["auto", "heading", "tag"]),
    default="auto",
    help="Where to cut: at headings, or by the cells' tags (step:NAME); auto takes tags where "
    "there are any.",
)
@click.option(
    "--level",
    type=click.IntRange(1, 6),
    metavar="N",
    help="Cut at headings of this level; else the one that gives a sensible number of steps.",
)
@click.option(
    "--out",
    metavar="DIR",
    help="The folder of the step notebooks, made where it is missing; else the notebook's.",
)
@click.option("--no-overlays", is_flag=True, help="Write no environments; resolve nothing.")
@click.option(
    "--overlays-dir",
    metavar="DIR",
    help="The folder of the overlays; else the one of .thoth.yaml, else overlays.",
)
@click.option(
    "--module",
    "has_module",
    is_flag=True,
    help="Put functions that several steps use in a module, instead of repeating them.",
)
@click.option(
    "--verify", is_flag=True, help="Run the notebook and the steps, and compare what they give."
)
@click.option(
    "--report", metavar="FILE", help="Write what --verify found to this file, .html or .json."
)
@click.option("--force", is_flag=True, help="Replace step notebooks that were edited by hand.")
@click.option(
    "--prune",
    is_flag=True,
    help="Delete what an earlier split left behind: steps that are no more, and their overlays, "
    "unless they were edited.",
)
@click.option("--dry-run", is_flag=True, help="Show what would be done; write nothing.")
@click.option("--diff", "is_diff", is_flag=True, help="Show how files that are there change.")
@click.option("--offline", is_flag=True, help="Do not ask the package index for unknown names.")
@click.option(
    "--trust-index",
    "trusted",
    multiple=True,
    metavar="URL",
    help="Agree to an index that the notebook names; may be given again.",
)
@click.option("-v", "--verbose", is_flag=True, help="Show what the engine says.")
@click.option("--json", "is_json", is_flag=True, help="Answer in JSON.")
def split(notebook: str, **options: object) -> None:
    """Split NOTEBOOK into steps: one notebook each, with what crosses between them.

    Each step gets the imports, functions and settings that it uses, and an overlay with just the
    packages that it needs; all steps are locked together. All files are written, or none; what was
    edited by hand or is not of an earlier split stays. Exit status 1 if --verify finds that
    something differs.
    """
    from .split_options import SplitOptions
    from .splitting import run_split

    run_split(SplitOptions.of(notebook, options))
