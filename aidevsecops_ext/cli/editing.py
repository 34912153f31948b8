"""The command that changes what a notebook declares."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from msgspec import Struct
from msgspec.structs import replace

from ..app.edit_requirements import RequirementsChange, edit_requirements
from ..app.open_notebook import open_notebook
from ..app.save_notebook import save_notebook
from ..domain.errors import ErrorCode, UserError
from ..formats import horus_metadata
from ..formats.answers import failure_json
from ..formats.pep508 import InvalidRequirementError, parse_requirement
from ..formats.pipfile import requirements_of
from . import render
from .batch import run_each
from .exit_codes import DONE
from .workspace import NamedNotebook, Workspace

if TYPE_CHECKING:
    from ..domain.json_value import Json
    from ..domain.requirements import Requirement, RequirementSet
    from .entries import Entry


class EditOptions(Struct, frozen=True):
    """What the user asked to change."""

    notebook: str
    add: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()
    index: str | None = None
    is_dev: bool = False
    is_dry_run: bool = False
    is_json: bool = False


class _Edited(Struct, frozen=True):
    declared: RequirementSet
    is_changed: bool


def run_requirements(options: EditOptions) -> None:
    """Make the change, if any, and answer what the notebook declares then."""
    added = tuple(_parsed(text, options) for text in options.add)
    workspace = Workspace.current()
    notebooks = workspace.find([options.notebook])
    if len(notebooks) > 1:
        raise click.UsageError(f"{options.notebook} names {len(notebooks)} notebooks; name one.")

    def on_entry(entry: Entry[_Edited]) -> None:
        shown = entry.notebook.shown
        if options.is_json:
            render.print_json(_json(entry, options))
        elif entry.error is not None:
            render.print_error(entry.error, shown)
        else:
            render.print_requirements(
                shown,
                entry.answer.declared,
                is_changed=entry.answer.is_changed,
                is_dry_run=options.is_dry_run,
            )

    entries = run_each(
        notebooks, lambda notebook, _: _edit(notebook, options, added), on_entry, workers=1
    )
    click.get_current_context().exit(max((DONE, *(entry.exit_code for entry in entries))))


def _edit(notebook: NamedNotebook, options: EditOptions, added: tuple[Requirement, ...]) -> _Edited:
    services = notebook.services
    opened = open_notebook(notebook.path, services.files)
    # Asking for the default index starts uv, and only an address needs it.
    has_address = options.index is not None and "://" in options.index
    change = RequirementsChange(
        add=added,
        remove=options.remove,
        indexes=(options.index,) if options.index and not added else (),
        default_index=services.index.default_index() if has_address else None,
    )
    edit = edit_requirements(opened.notebook, change)
    metadata = {**opened.notebook.metadata, **edit.metadata}
    declared = requirements_of(horus_metadata.read(metadata).pipfile or {})
    if not options.is_dry_run:
        save_notebook(opened, edit, services.files)
    return _Edited(declared, not edit.is_empty)


def _parsed(text: str, options: EditOptions) -> Requirement:
    try:
        requirement = parse_requirement(text)
    except InvalidRequirementError as error:
        raise UserError(
            ErrorCode.REQUIREMENTS_INVALID,
            f"The requirement '{text}' is not valid: {error}",
            hint="Write a name with constraints, such as 'pandas>=2,<3'.",
            details={"name": text},
        ) from error
    return replace(requirement, index=options.index, is_dev=options.is_dev)


def _json(entry: Entry[_Edited], options: EditOptions) -> Json:
    if entry.error is not None:
        return failure_json(entry.notebook.shown, entry.error)
    declared = entry.answer.declared
    return {
        "notebook": entry.notebook.shown,
        "changed": entry.answer.is_changed,
        "dry_run": options.is_dry_run,
        "requirements": [
            {
                "name": requirement.name,
                "specifier": requirement.specifier,
                "extras": [*requirement.extras],
                "markers": requirement.markers,
                "index": requirement.index,
                "dev": requirement.is_dev,
            }
            for requirement in declared.requirements
        ],
        "indexes": [
            {"name": index.name, "url": index.url, "verify_ssl": index.verify_ssl}
            for index in declared.indexes
        ],
        "python_version": declared.python_version,
    }
