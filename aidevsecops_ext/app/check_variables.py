"""Find the variables of the environment that notebooks read and nobody sets: names, no values."""

from __future__ import annotations

import re
from posixpath import dirname, join
from typing import TYPE_CHECKING

from ..domain.diagnosis import Finding, FindingGroup, FindingState
from ..domain.diagnosis_rules import judge_variable
from ..domain.environment_names import needed_names
from ..domain.errors import AidevsecopsError, NotFoundError
from ..formats import notebook_json
from .find_notebooks import find_notebooks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .ports import CancelToken, Files
    from .setup_ports import SetupPorts

_DOTENV = ".env"
_ASSIGNED = re.compile(r"^[ \t]*(?:export[ \t]+)?([A-Za-z_]\w*)[ \t]*=", re.ASCII | re.MULTILINE)


def check_variables(ports: SetupPorts, cancel: CancelToken) -> Iterator[Finding]:
    """A finding for each variable that is missing; what a file ``.env`` around sets is not.

    Raises:
        AidevsecopsError: a folder cannot be read.
        CancelledError: cancelled.
    """
    known = ports.machine.variables()
    missing: dict[str, list[str]] = {}
    count = 0
    for path in _notebooks(ports.files):
        cancel.raise_if_cancelled()
        count += 1
        for name in _needed(path, ports.files):
            if name not in known and name not in _dotenv_names(path, ports.files):
                missing.setdefault(name, []).append(path)
    for name in sorted(missing):
        yield judge_variable(name, missing[name])
    if not missing:
        said = "1 notebook reads" if count == 1 else f"{count} notebooks read"
        message = f"{said} none that is not set."
        yield Finding("Variables", FindingGroup.VARIABLES, FindingState.GOOD, message)


def _notebooks(files: Files) -> tuple[str, ...]:
    try:
        return find_notebooks(["."], files)
    except NotFoundError:
        return ()


def _needed(path: str, files: Files) -> tuple[str, ...]:
    try:
        notebook = notebook_json.parse(files.read(path).text, path)
    except AidevsecopsError:
        # What is wrong with a notebook is told where it is worked on.
        return ()
    return needed_names(cell.source for cell in notebook.code_cells) if notebook.is_python else ()


def _dotenv_names(path: str, files: Files) -> frozenset[str]:
    """What the nearest ``.env`` sets, which is where python-dotenv looks."""
    folder = dirname(path)
    while True:
        place = join(folder, _DOTENV)
        if files.is_file(place):
            try:
                return frozenset(_ASSIGNED.findall(files.read(place).text))
            except AidevsecopsError:
                return frozenset()
        if not folder:
            return frozenset()
        folder = dirname(folder)
