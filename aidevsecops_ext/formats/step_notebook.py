"""One step of a split as a notebook that runs in a kernel of its own."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING
from urllib.parse import quote

from msgspec import Struct

from ..domain.step_record import CellRole
from .artifact_calls import read_call, write_call
from .artifact_parts import parts_of
from .artifact_reader import read_functions
from .artifact_writer import write_functions
from .definitions_module import DefinitionsModule, import_of
from .step_cells import SourceCells, StepCells, head_cells
from .step_text import StepMetadata, notebook_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..domain.json_value import Json
    from ..domain.split import PlannedStep


class StepPlace(Struct, frozen=True):
    """Where things are, as paths from one root, with ``/``.

    ``notebook`` is the notebook that is split, ``step`` the notebook of the step, ``artifacts`` the
    folder that each step has a folder of its own in. With ``module`` the definitions come from
    the module beside the notebook instead of being repeated.
    """

    notebook: str
    step: str
    artifacts: str
    module: DefinitionsModule | None = None


def write_step_notebook(step: PlannedStep, source: Mapping[str, Json], place: StepPlace) -> str:
    """The text of the step's notebook; the same for the same input, byte for byte.

    ``source`` is the notebook that was split, as it is in its file. Outputs are left out, and the
    step is marked as not verified.
    """
    origin = SourceCells.of(source)
    cells = StepCells(origin)
    name = posixpath.basename(place.notebook)
    cells.add_markdown(CellRole.HEADER, _header(step, place, name))
    if (code := _place_code(step, place, name)) is not None:
        cells.add_code(CellRole.PLACE, code)
    head = head_cells(step)
    for role, code, cell in head.early:
        cells.add_code(role, code, cell)
    _add_definitions(cells, step, place.module)
    parts = parts_of(step)
    if step.takes:
        taken = {generator for taking in step.takes for generator in taking.generators}
        cells.add_code(CellRole.READ, read_functions(parts, taken).strip(), is_hidden=True)
        cells.add_code(CellRole.READ, "\n".join(read_call(taking) for taking in step.takes))
    if step.parameters:
        code = "\n\n".join(cell.source for cell in step.parameters)
        cells.add_parameters(code, step.parameters[0].index)
    for role, code, cell in head.late:
        cells.add_code(role, code, cell)
    _add_body(cells, step, origin)
    if step.outputs or step.generators:
        functions = write_functions(parts, step.generators)
        cells.add_code(CellRole.WRITE, functions.strip(), is_hidden=True)
        cells.add_code(CellRole.WRITE, write_call(step))
    made_of = seen_from(posixpath.dirname(place.step), place.notebook)
    return notebook_text(cells.built, source, StepMetadata(made_of, step.name, step.cells))


def seen_from(folder: str, notebook: str) -> str:
    """What a step notebook in a folder calls the notebook that it is of: its way there."""
    return posixpath.relpath(notebook, folder or ".")


def _header(step: PlannedStep, place: StepPlace, name: str) -> str:
    link = quote(seen_from(posixpath.dirname(place.step), place.notebook))
    lines = [f"Step **{step.name}** of [{_escaped(name)}]({link}): {_cells_of(step)}."]
    producers = [taking.producer for taking in step.takes]
    if producers:
        lines.append(f"It reads what {_listed(producers)} wrote.")
    others = [upstream for upstream in step.upstream if upstream not in producers]
    if others:
        lines.append(f"It runs after {_listed(others)}.")
    lines.append("Made by AIDevSecOps; once edited, it is not written over.")
    return "\n".join(lines)


def _cells_of(step: PlannedStep) -> str:
    """The cells counted from 1, as JupyterLab's users do, neighbours as one range."""
    ranges: list[list[int]] = []
    for index in sorted(step.cells):
        if ranges and ranges[-1][1] == index - 1:
            ranges[-1][1] = index
        else:
            ranges.append([index, index])
    texts = [f"{a + 1}" if a == b else f"{a + 1}–{b + 1}" for a, b in ranges]
    word = "its cell" if len(step.cells) == 1 else "its cells"
    return f"{word} {', '.join(texts)}" if texts else "none of its cells"


def _listed(names: list[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _escaped(text: str) -> str:
    return text.replace("[", "\\[").replace("]", "\\]").replace("_", "\\_").replace("*", "\\*")


def _place_code(step: PlannedStep, place: StepPlace, name: str) -> str | None:
    """Code that finds the notebook's folder and the artifacts, None when neither is needed."""
    here = posixpath.dirname(place.notebook) or "."
    home = posixpath.relpath(here, posixpath.dirname(place.step) or ".")
    crosses = bool(step.takes or step.outputs or step.generators)
    if home == "." and not crosses:
        return None
    body = []
    if home != ".":
        body += [
            f"    _os.chdir({home!r})  # where {name} is: its files and modules are there",
            '    if "" not in _sys.path:',
            "        _sys.path.insert(0, _os.getcwd())",
        ]
    # As a whole path, because the code of the step may change to another folder.
    folder = posixpath.relpath(place.artifacts, here)
    body.append(f"    _steps_folder = _os.path.abspath({folder!r})")
    imports = ["import os as _os", "import sys as _sys"] if home != "." else ["import os as _os"]
    guard = 'if "_steps_folder" not in globals():  # so that running this cell again does no harm'
    return "\n".join([*imports, "", guard, *body])


def _add_definitions(cells: StepCells, step: PlannedStep, module: DefinitionsModule | None) -> None:
    shared = set(module.names) if module is not None else set()
    from_module = [each.name for each in step.definitions if each.name in shared]
    if module is not None and from_module:
        cells.add_code(CellRole.DEFINITIONS, import_of(module, from_module))
    repeated = [each for each in step.definitions if each.name not in shared]
    if repeated:
        code = "\n\n\n".join(each.source for each in repeated)
        cell = repeated[0].cell if len({each.cell for each in repeated}) == 1 else None
        cells.add_code(CellRole.DEFINITIONS, code, cell)


def _add_body(cells: StepCells, step: PlannedStep, origin: SourceCells) -> None:
    code = {cell.index: cell.source for cell in step.body}
    for index in sorted({*step.cells, *code}):
        if code.get(index, "").strip():
            cells.add_source(code[index], index)
        elif origin.is_markdown(index):
            cells.add_markdown(CellRole.SOURCE, origin.source(index), index)
