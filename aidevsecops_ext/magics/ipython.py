"""``%aidevsecops`` and ``%horus``: registered at once, everything else imported when they run."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .shell import Shell


def register(shell: Shell) -> None:
    """Make the magics known; a ``%horus`` that is there already stays."""

    def aidevsecops(line: str) -> None:
        """The commands of aidevsecops for this notebook; %aidevsecops --help lists them.

        The notebook is the one that this cell is in, unless the line names others. The command
        works on the file as it was last saved. The exit status is in _exit_code; from 2 on the
        cell fails.
        """
        from .running import run

        run(line, shell)

    def horus(line: str) -> None:
        """The magics of jupyterlab-requirements; %horus help says what they are called now."""
        from .horus import run_old

        run_old(line, shell)

    shell.register_magic_function(aidevsecops, "line", "aidevsecops")
    if shell.find_line_magic("horus") is None:
        shell.register_magic_function(horus, "line", "horus")
