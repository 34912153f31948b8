"""The commands that carry environments to and from the files of other tools."""

from __future__ import annotations

import click

from ..domain.exchange import FileFormat


@click.command(name="export")
@click.argument("notebook", type=click.Path(path_type=str))
@click.option(
    "--format",
    "file_format",
    required=True,
    type=click.Choice([each.value for each in FileFormat]),
    help="What to write.",
)
@click.option(
    "--out",
    metavar="DIR",
    help="The folder to write into, made where it is missing; '-' prints the files. When left "
    "out the current one; for thoth-yaml and overlays the repository's root.",
)
@click.option(
    "--use-overlay",
    is_flag=True,
    help="Write into overlays/KERNEL, named after the notebook's kernel (pipfile only).",
)
@click.option("--overlay-name", metavar="NAME", help="Write into the overlay of that name instead.")
@click.option("--force", is_flag=True, help="Replace files that say something else.")
@click.option(
    "--trust-index",
    "trusted",
    multiple=True,
    metavar="URL",
    help="Agree to an index that the notebook names (pylock asks it for addresses).",
)
@click.option("--dry-run", is_flag=True, help="Show what would change; write nothing.")
@click.option("--json", "is_json", is_flag=True, help="Answer in JSON.")
def export_command(
    notebook: str, file_format: str, trusted: tuple[str, ...], **options: object
) -> None:
    """Write the environment of NOTEBOOK in the files of other tools.

    \b
    pipfile       Pipfile and Pipfile.lock
    pylock        pylock.toml (PEP 751)
    requirements  requirements.txt with hashes
    pyproject     pyproject.toml: what is asked for, with indexes
    sbom          NOTEBOOK.cdx.json: a CycloneDX bill of materials
    pep723        NOTEBOOK.py with a script block
    juv           the notebook with a script block in a cell, as juv has it
    thoth-yaml    .thoth.yaml: the Thoth configuration that it records

    Says what the format does not keep. All files are written, or none.
    """
    from .exporting import STANDARD_OUTPUT, ExportOptions, run_export

    out, name = options["out"], options["overlay_name"]
    is_overlay = bool(name) or options["use_overlay"] is True
    if is_overlay and (file_format != FileFormat.PIPFILE.value or out == STANDARD_OUTPUT):
        raise click.UsageError("An overlay is written as files, with --format pipfile.")
    run_export(
        ExportOptions(
            notebook=notebook,
            format=FileFormat(file_format),
            out=out if isinstance(out, str) else None,
            overlay=str(name or "") if is_overlay else None,
            trusted=trusted,
            is_forced=options["force"] is True,
            is_dry_run=options["dry_run"] is True,
            is_json=options["is_json"] is True,
        )
    )


@click.command(name="import")
@click.argument("notebook", type=click.Path(path_type=str))
@click.option(
    "--from",
    "source",
    required=True,
    metavar="FILE",
    help="Pipfile, Pipfile.lock, pylock.toml, requirements.txt, pyproject.toml, uv.lock, a "
    "CycloneDX bill (.cdx.json), or a script or notebook with a script block.",
)
@click.option("--dry-run", is_flag=True, help="Show what would change; write nothing.")
@click.option("--json", "is_json", is_flag=True, help="Answer in JSON.")
def import_command(notebook: str, source: str, dry_run: bool, is_json: bool) -> None:
    """Record in NOTEBOOK what a file of another tool asks for and locks.

    It takes the place of what the notebook declared; a Pipfile and a Pipfile.lock side by side are
    taken together. Says what of the file is not kept.
    """
    from .importing import ImportOptions, run_import

    run_import(ImportOptions(notebook, source, is_dry_run=dry_run, is_json=is_json))


@click.command()
@click.argument("notebooks", nargs=-1, required=True, type=click.Path(path_type=str))
@click.option("--dry-run", is_flag=True, help="Show what would change; write nothing.")
@click.option("--json", "is_json", is_flag=True, help="Answer in JSON.")
def convert(notebooks: tuple[str, ...], dry_run: bool, is_json: bool) -> None:
    """Record what cells of NOTEBOOKS install, and comment those lines out.

    Lines with anything that cannot be recorded stay as they are, and are named.
    """
    from .converting import ConvertOptions, run_convert

    run_convert(ConvertOptions(notebooks, is_dry_run=dry_run, is_json=is_json))
