"""Runs the commands that a repository names: argument lists in its root, never a shell."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from ..app.content_ports import CommandEnd
from .process import Command, DeadlineError, ProgramMissingError, run

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from ..app.ports import CancelToken, Progress

# What variables are called that hold secrets, as runners of CI do; their values are masked.
_SECRET_NAMES = re.compile(r"TOKEN|PASSW|PASSPHRASE|SECRET|CREDENTIAL|(?:API|ACCESS|PRIVATE)_?KEY")
_SHORTEST_SECRET = 6


class RepositoryCommands:
    """The port ``CommandRunner`` for one folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def run(
        self, argv: tuple[str, ...], seconds: float, progress: Progress, cancel: CancelToken
    ) -> CommandEnd:
        """How it ended; the whole group of processes is gone by then.

        Raises:
            CancelledError: cancelled.
        """
        command = Command(
            argv,
            cwd=self._folder,
            timeout=seconds,
            is_merged=True,
            secrets=_secrets(os.environ),
        )
        try:
            outcome = run(command, cancel, progress.log)
        except ProgramMissingError:
            return CommandEnd(None, reason="cannot be run: there is no such program")
        except DeadlineError as error:
            return CommandEnd(None, error.tail, f"did not end within {seconds:g} seconds")
        except (OSError, ValueError) as error:
            # No right to run it, no program's format, a null character in an argument.
            reason = error.strerror if isinstance(error, OSError) else str(error)
            return CommandEnd(None, reason=f"cannot be run: {reason}")
        return CommandEnd(outcome.returncode, outcome.tail)


def _secrets(environment: Mapping[str, str]) -> frozenset[str]:
    return frozenset(
        value
        for name, value in environment.items()
        if len(value) >= _SHORTEST_SECRET and _SECRET_NAMES.search(name.upper())
    )
