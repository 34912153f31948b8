"""Readers of notebooks: their JSON, their metadata, and the code in their cells."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING

from aidevsecops_ext.app.check_notebook import check_notebook
from aidevsecops_ext.app.discover_requirements import DiscoverPorts, discover_requirements
from aidevsecops_ext.app.inspect_dependencies import inspect_dependencies
from aidevsecops_ext.app.no_cancel import NoCancel
from aidevsecops_ext.app.open_notebook import open_notebook
from aidevsecops_ext.app.split_notebook import SplitRequest, split_notebook
from aidevsecops_ext.domain.dataflow import analyze
from aidevsecops_ext.domain.headings import find_headings
from aidevsecops_ext.domain.imports import salvaged_imports, third_party_imports
from aidevsecops_ext.domain.ipython import parse_cell, read_cell
from aidevsecops_ext.domain.notebook import NotebookEdit
from aidevsecops_ext.domain.step_tags import read_tags
from aidevsecops_ext.formats import horus_metadata, notebook_json
from aidevsecops_ext.formats.cell_roles import code_cells
from aidevsecops_ext.formats.install_cells import convert_cell
from aidevsecops_ext.formats.passages import passages_of
from aidevsecops_ext.formats.pep723 import find_script_blocks, read_script_block
from aidevsecops_ext.formats.pip_lines import read_installs
from aidevsecops_ext.formats.pipfile import (
    changes_since_lock,
    hash_of,
    lock_of,
    requirements_of,
)
from aidevsecops_ext.formats.printed_text import printed_by
from aidevsecops_ext.formats.run_traces import traces_of
from aidevsecops_ext.formats.script_block import read_block
from aidevsecops_ext.formats.shell_words import split_commands
from aidevsecops_ext.formats.step_text import read_step_notebook
from tests.fakes.files import FakeFiles
from tests.fakes.installed_packages import FakeInstalledPackages
from tests.fakes.project_modules import FakeProjectModules

from . import notebook_seeds
from .parser import Parser

if TYPE_CHECKING:
    from aidevsecops_ext.domain.json_value import Json

_PATH = "folder/nb.ipynb"


def _object(text: str) -> Mapping[str, Json]:
    """The JSON object of a text, as a parser of our own would hand it on; empty for another."""
    try:
        value: Json = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def _read_notebook(text: str) -> None:
    notebook = notebook_json.parse(text, _PATH)
    edit = NotebookEdit({"requirements": "{}", "own": None})
    notebook_json.parse(notebook_json.apply_edit(text, edit), _PATH)
    assert notebook_json.parse(text, _PATH) == notebook


def _read_recorded(text: str) -> None:
    recorded = horus_metadata.read(_object(text))
    if recorded.pipfile is not None:
        hash_of(recorded.pipfile)
        requirements_of(recorded.pipfile)
    if recorded.lockfile is not None:
        lock_of(recorded.lockfile)
    if recorded.pipfile is not None and recorded.lockfile is not None:
        changes_since_lock(recorded.pipfile, recorded.lockfile)


def _ports(text: str) -> DiscoverPorts:
    files = FakeFiles({_PATH: text})
    return DiscoverPorts(files, FakeInstalledPackages(), None, FakeProjectModules())


def _inspect(text: str) -> None:
    ports = _ports(text)
    notebook = open_notebook(_PATH, ports.files).notebook
    found = discover_requirements(_PATH, notebook, ports, NoCancel())
    inspect_dependencies(notebook, found)
    check_notebook(notebook, found)


def _split(text: str) -> None:
    ports = _ports(text)
    notebook = open_notebook(_PATH, ports.files).notebook
    split_notebook(SplitRequest(_PATH, notebook, _object(text)), ports, NoCancel())


def _notebook_of(code: str) -> str:
    """A notebook of cells, which are parted as scripts part them."""
    cells: list[Json] = [
        {"cell_type": "code", "metadata": {}, "outputs": [], "source": source}
        for source in code.split("# %%\n")
    ]
    heading: Json = {"cell_type": "markdown", "metadata": {}, "source": "# Step"}
    pieces: list[Json] = [each for cell in cells for each in (heading, cell)]
    return json.dumps({"cells": pieces, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


def _read_magics(code: str) -> None:
    read = read_cell(code)
    assert read.python.count("\n") == code.count("\n")
    for command in read.commands:
        split_commands(command.text)
        read_installs(command.text)
    parse_cell(code)


def _read_imports(code: str) -> None:
    salvaged_imports(code)
    third_party_imports(code)


def _read_shell(line: str) -> None:
    split_commands(line)
    read_installs(line)


def _read_script(code: str) -> None:
    find_script_blocks(code)
    read_script_block(code)
    read_block(code)


def _look_at_outputs(text: str) -> None:
    passages_of(_PATH, text)
    code_cells(text)
    printed_by(text)
    traces_of(text, _PATH)
    read_step_notebook(text)


NOTEBOOK_PARSERS: Mapping[str, Parser] = {
    "notebook": Parser(_read_notebook, (notebook_seeds.NOTEBOOK,)),
    "notebook-inspected": Parser(_inspect, (notebook_seeds.NOTEBOOK,)),
    "notebook-split": Parser(_split, (notebook_seeds.NOTEBOOK,)),
    "notebook-outputs": Parser(_look_at_outputs, (notebook_seeds.NOTEBOOK,)),
    "notebook-metadata": Parser(_read_recorded, (notebook_seeds.HORUS,)),
    "cells-inspected": Parser(
        lambda code: _inspect(_notebook_of(code)),
        (notebook_seeds.CODE, notebook_seeds.MAGICS, notebook_seeds.PEP723),
    ),
    "cells-split": Parser(
        lambda code: _split(_notebook_of(code)),
        (
            notebook_seeds.CODE,
            notebook_seeds.MAGICS,
            f"{notebook_seeds.CODE}# %%\nprint(df, f(1))\ndf.x = A()\n",
        ),
    ),
    "cell-magics": Parser(_read_magics, (notebook_seeds.MAGICS, notebook_seeds.CODE)),
    "cell-imports": Parser(_read_imports, (notebook_seeds.PLAIN_CODE, notebook_seeds.CODE)),
    "cell-flow": Parser(analyze, (notebook_seeds.CODE,)),
    "cell-shell": Parser(_read_shell, ("pip install 'a[b]>=1' -q && conda install -c x y",)),
    "cell-install": Parser(convert_cell, (notebook_seeds.CODE, notebook_seeds.MAGICS)),
    "cell-headings": Parser(find_headings, ("# A\n```\n# b\n```\nC\n===\n## D ##",)),
    "cell-tags": Parser(lambda text: read_tags(text.split("\n")), (notebook_seeds.TAGS,)),
    "script-block": Parser(_read_script, (notebook_seeds.PEP723,)),
}
