"""Add, replace and remove the requirements that a notebook declares."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from msgspec import Struct
from msgspec.structs import replace

from ..domain.errors import AidevsecopsError, ErrorCode, NotFoundError, UserError
from ..domain.names import canonicalize_name
from ..domain.notebook import Notebook, NotebookEdit
from ..domain.requirements import DEFAULT_INDEX_NAME, Index, Requirement
from ..formats import horus_metadata, pipfile
from ..formats.pipfile.entries import fault_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..domain.json_value import Json


class RequirementsChange(Struct, frozen=True):
    """What to change: removals first, then additions.

    The ``index`` of an added requirement, and each of ``indexes``, is the name of one of the
    notebook's indexes or the address of one to add. ``default_index`` is recorded before the first
    index of a notebook that names none, because pipenv takes the first for everything.
    """

    add: tuple[Requirement, ...] = ()
    remove: tuple[str, ...] = ()
    indexes: tuple[str, ...] = ()
    default_index: Index | None = None


def edit_requirements(notebook: Notebook, change: RequirementsChange) -> NotebookEdit:
    """The edit that makes the change; empty when all is as asked for already.

    Raises:
        NotFoundError: a requirement to remove is not declared.
        UserError: a requirement, or what the notebook declares, is not valid.
        RefusedError: an index's address holds a password, or the notebook is not Python.
    """
    notebook.require_python()
    old = horus_metadata.read(notebook.metadata).pipfile
    new: dict[str, Json] = pipfile.empty_pipfile() if old is None else old
    for name in change.remove:
        _check_declared(name, new)
        new = pipfile.without_requirement(new, name)
    for address in change.indexes:
        new, _ = _with_index(new, address, change.default_index)
    for place, requirement in enumerate(change.add):
        _check_valid(requirement, place)
        added = requirement
        if requirement.index is not None:
            try:
                new, index_name = _with_index(new, requirement.index, change.default_index)
            except AidevsecopsError as error:
                error.details["field"] = f"add[{place}].index"
                raise
            added = replace(requirement, index=index_name)
        new = pipfile.with_requirement(new, added)
    if new == (old or pipfile.empty_pipfile()):
        return NotebookEdit()
    return NotebookEdit(horus_metadata.write(pipfile=new))


def _check_valid(requirement: Requirement, place: int) -> None:
    fault = fault_of(requirement)
    if fault is not None:
        raise UserError(
            ErrorCode.REQUIREMENTS_INVALID,
            f"{fault.reason}.",
            hint=fault.hint,
            details={"name": requirement.name, "field": f"add[{place}].{fault.field}"},
        )


def _check_declared(name: str, declared: Mapping[str, Json]) -> None:
    names: dict[str, str] = {
        canonicalize_name(known): known for known in pipfile.names_of(declared)
    }
    key = canonicalize_name(name)
    if key in names:
        return
    close = get_close_matches(key, names, n=1)
    hint = f"Did you mean {names[close[0]]}?" if close else "The notebook declares none."
    if names and not close:
        hint = f"It declares {', '.join(sorted(names.values()))}."
    raise NotFoundError(
        ErrorCode.REQUIREMENTS_UNKNOWN,
        f"The notebook declares no requirement '{name}'.",
        hint=hint,
        details={"name": name},
    )


def _with_index(
    declared: dict[str, Json], wanted: str, default: Index | None
) -> tuple[dict[str, Json], str]:
    """The Pipfile with the wanted index, and the index's name."""
    known = pipfile.indexes_of(declared.get("source"))
    names = {index.name for index in known}
    if wanted in names or wanted == DEFAULT_INDEX_NAME:
        return declared, wanted
    if "://" not in wanted:
        raise UserError(
            ErrorCode.REQUIREMENTS_INVALID,
            f"The notebook has no index '{wanted}'.",
            hint="Give the index's address, such as https://index.example/simple.",
            details={"index": wanted},
        )
    for index in (*known, *([default] if default else [])):
        if index.url.rstrip("/") == wanted.rstrip("/"):
            return declared, index.name
    index = Index(_new_name(wanted, names), wanted)
    if not known and default is not None:
        declared = pipfile.with_index(declared, default)
    return pipfile.with_index(declared, index), index.name


def _new_name(address: str, taken: set[str]) -> str:
    try:
        host = urlsplit(address).hostname
    except ValueError:
        host = None
    if not host:
        raise UserError(
            ErrorCode.REQUIREMENTS_INVALID,
            f"'{address}' is not the address of an index.",
            hint="An address looks like https://index.example/simple.",
            details={"index": address},
        )
    name, number = host, 1
    # The default's name stands for another index, whatever the host is called.
    while name in taken or name == DEFAULT_INDEX_NAME:
        number += 1
        name = f"{host}-{number}"
    return name
