"""Whether a target's Python is one that the notebook's script block (PEP 723) admits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..domain.errors import ErrorCode, RefusedError, UserError
from ..domain.package_versions import package_specifier
from ..formats.pep723 import ScriptBlock, read_script_block

if TYPE_CHECKING:
    from ..domain.notebook import Notebook
    from ..domain.target import Target

# Some release of "3.11" has to fit ">=3.11.4"; no Python has had more than 30 of them.
_RELEASES = range(100)


def check_python(notebook: Notebook, target: Target) -> None:
    """Return when the notebook's ``requires-python`` admits the target, or it has none.

    Raises:
        RefusedError: it does not.
        UserError: it is not a version specifier.
    """
    found = _required(notebook)
    if found is None:
        return
    required, cell = found
    details: dict[str, str | int] = {
        "requires_python": required,
        "python_version": target.python_version,
        "cell": cell,
    }
    specifier = package_specifier(required)
    if specifier is None:
        raise UserError(
            ErrorCode.REQUIREMENTS_INVALID,
            f"requires-python = '{required}' in the script block is not a version specifier.",
            hint="Write it as in requires-python = '>=3.11'.",
            details={**details},
        )
    if not any(specifier.contains(f"{target.python_version}.{n}") for n in _RELEASES):
        raise RefusedError(
            ErrorCode.LOCK_PYTHON_UNSUPPORTED,
            f"The script block asks for Python {required}, the lock would be for "
            f"{target.python_version}.",
            hint="Choose another Python version for the lock, or change the script block.",
            details={**details},
        )


def _required(notebook: Notebook) -> tuple[str, int] | None:
    for cell in notebook.code_cells:
        block: ScriptBlock | None = read_script_block(cell.source)
        if block is not None:
            return (block.requires_python, cell.index) if block.requires_python else None
    return None
