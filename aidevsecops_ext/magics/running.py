"""Run a magic: the command of the terminal, on the notebook that the cell is in."""

from __future__ import annotations

import os
import shlex
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from ..cli.exit_codes import DONE, FINDINGS, exit_code_of
from ..cli.main import main
from ..cli.render import print_error
from ..cli.screen import echo_styled
from ..domain.errors import AidevsecopsError, ConflictError, ErrorCode, NotFoundError, UserError
from ..formats.notebook_json import parse
from .session import RunningCell, Session, session_of
from .words import Call, read_call

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .shell import Shell

_RELOAD = (
    "{name} was changed on disk, and the editor does not know it. Choose File > Reload Notebook "
    "from Disk before you save; what is not saved, such as this output, is lost by it."
)
_UNSEEN = (
    "{name} was read as it was last saved; what changed since, such as this cell, is not in it."
)


class MagicFailedError(Exception):
    """A command ended badly; it said why, so IPython shows this line and no traceback."""

    def __init__(self, status: int) -> None:
        super().__init__(f"aidevsecops ended with exit status {status}.")

    def _render_traceback_(self) -> list[str]:
        return [str(self)]


def run(line: str, shell: Shell) -> None:
    """Run the command that the line names.

    Raises:
        MagicFailedError: it ended with an exit status above that of findings.
    """
    ended(_try(line, shell), shell)


def ended(status: int, shell: Shell) -> None:
    """Leave the status in ``_exit_code``, as IPython does for commands of the system.

    Raises:
        MagicFailedError: it is above that of findings.
    """
    shell.user_ns["_exit_code"] = status
    if status > FINDINGS:
        raise MagicFailedError(status) from None


def _try(line: str, shell: Shell) -> int:
    try:
        return run_words(split(line), shell)
    except AidevsecopsError as error:
        print_error(error)
        return exit_code_of(error)


def split(line: str) -> list[str]:
    """The words of a line, as a shell has them.

    Raises:
        UserError: a quotation is not closed.
    """
    try:
        return shlex.split(line)
    except ValueError as error:
        raise UserError(
            ErrorCode.REQUEST_INVALID,
            f"The line cannot be read: {error}.",
            hint="Close the quotation.",
        ) from error


def run_words(words: Sequence[str], shell: Shell) -> int:
    """Run a command, and say what it means to the open notebook; returns the exit status.

    Raises:
        NotFoundError: no notebook is named, and it is not known which one this is.
        ConflictError: the command would write this notebook, which has unsaved changes.
    """
    call = read_call(words)
    session = _session(shell)
    if call.place is not None and session.notebook is None:
        raise _unknown(session, call)
    own = session.notebook if _is_meant(call, session.notebook) else None
    before = _digest(own)
    if own is not None and session.cell is not None and not _is_saved(own, session.cell):
        if call.is_writing:
            raise _unsaved(own)
        _note(_UNSEEN.format(name=own.name))
    status = _run_command(call.with_notebook(str(session.notebook)))
    if own is not None and _digest(own) != before:
        _note(_RELOAD.format(name=own.name))
    return status


def _session(shell: Shell) -> Session:
    # Only a kernel has messages; IPython in a terminal has no cells.
    get_parent = getattr(shell, "get_parent", None)
    message: object = get_parent() if callable(get_parent) else None
    found = message if isinstance(message, dict) else {}
    return session_of(shell.user_ns, os.environ, Path.cwd(), found)


def _run_command(words: Sequence[str]) -> int:
    try:
        main.main([*words] or ["--help"], prog_name="%aidevsecops")
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else DONE


def _is_meant(call: Call, own: Path | None) -> bool:
    if own is None or call.place is not None:
        return own is not None
    return any(
        any(wildcard in name for wildcard in "*?[")
        or own.resolve().is_relative_to(Path(name).resolve())
        for name in call.named
    )


def _is_saved(notebook: Path, cell: RunningCell) -> bool:
    """True when the file holds the running cell as it is: else the editor has unsaved changes."""
    cells = parse(notebook.read_text("utf-8", "replace"), notebook.name).cells
    same = [found for found in cells if found.id == cell.id] if cell.id else []
    return any(found.source.strip() == cell.source.strip() for found in same or cells)


def _digest(path: Path | None) -> str | None:
    return None if path is None else sha256(path.read_bytes()).hexdigest()


def _note(text: str) -> None:
    echo_styled(f"Note: {text}", is_error=True, fg="yellow")


def _unknown(session: Session, call: Call) -> NotFoundError:
    example = " ".join(call.with_notebook("NOTEBOOK.ipynb"))
    if session.said is None:
        message = "It is not known which notebook this is: this kernel was not told."
        hint = f"Name it: %aidevsecops {example}"
    else:
        message = f"This kernel was started for {session.said}, which is not there (any more)."
        hint = f"Restart the kernel after a rename, or name it: %aidevsecops {example}"
    return NotFoundError(ErrorCode.NOTEBOOK_NOT_FOUND, message, hint=hint)


def _unsaved(notebook: Path) -> ConflictError:
    return ConflictError(
        ErrorCode.NOTEBOOK_UNSAVED,
        f"{notebook.name} has changes that are not saved, such as this cell; nothing was written.",
        hint="Save the notebook and run the cell again, or use the sidebar, which needs no saving.",
        details={"notebook": str(notebook)},
    )
