"""Record what the cells of a notebook install, and take the installing out of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..domain.exchange import Conversion, ConvertedInstall
from ..domain.notebook import Cell, CellEdit, Notebook, NotebookEdit
from ..formats import horus_metadata, pipfile
from ..formats.install_cells import ConvertedCell, convert_cell

if TYPE_CHECKING:
    from ..domain.json_value import Json
    from ..domain.requirements import Requirement


def convert_installs(notebook: Notebook) -> Conversion:
    """The edit that records the requirements of install lines and comments the lines out.

    What the notebook declares already wins over what a line says.

    Raises:
        UserError: what the notebook declares, or a line installs, is not valid.
        RefusedError: it is not Python.
    """
    notebook.require_python()
    converted = [(cell, convert_cell(cell.source)) for cell in notebook.code_cells]
    old = horus_metadata.read(notebook.metadata).pipfile
    new: dict[str, Json] = pipfile.empty_pipfile() if old is None else old
    declared = {r.key: r for r in pipfile.requirements_of(new).requirements}
    recorded: list[Requirement] = []
    lost: list[str] = []
    for cell, result in converted:
        # For people, cells count from 1, as JupyterLab shows.
        where = f"Cell {cell.index + 1}"
        lost += [f"{where}: {problem}" for problem in result.problems]
        for requirement in result.requirements:
            known = declared.get(requirement.key)
            if known is None:
                declared[requirement.key] = requirement
                recorded.append(requirement)
                new = pipfile.with_requirement(new, requirement)
            elif _says_more(requirement, known):
                lost.append(
                    f"{where}: '{requirement.to_pep508()}' is not taken over; "
                    f"the notebook asks for '{known.to_pep508()}' already."
                )
    edit = NotebookEdit(
        horus_metadata.write(pipfile=new) if recorded else {},
        tuple(_edit(cell, result) for cell, result in converted if result.lines),
    )
    lines = tuple(
        ConvertedInstall(cell.index, line.line, line.text)
        for cell, result in converted
        for line in result.lines
    )
    return Conversion(edit, tuple(recorded), lines, tuple(lost))


def _edit(cell: Cell, result: ConvertedCell) -> CellEdit:
    return CellEdit(cell.index, cell.id, cell.source, result.source)


def _says_more(requirement: Requirement, known: Requirement) -> bool:
    says = (requirement.specifier, requirement.extras, requirement.markers)
    return any(says) and says != (known.specifier, known.extras, known.markers)
