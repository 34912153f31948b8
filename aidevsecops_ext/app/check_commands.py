"""Run the commands of a repository that have to succeed before a release."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from ..domain.release import Check, CheckStatus
from ..domain.release_settings import CheckName
from ..formats.redaction import redact

if TYPE_CHECKING:
    from ..domain.release_settings import ReleaseSettings
    from .content_ports import CommandRunner
    from .ports import CancelToken, Progress

_SHOWN = 10


def check_commands(
    settings: ReleaseSettings, runner: CommandRunner, progress: Progress, cancel: CancelToken
) -> Check:
    """Whether all of them succeed; the first that does not ends it.

    Raises:
        CancelledError: cancelled.
    """
    name = CheckName.COMMANDS
    if not settings.commands:
        return Check(name, CheckStatus.PASSED, "There are no commands to run.")
    for argv in settings.commands:
        cancel.raise_if_cancelled()
        shown = redact(shlex.join(argv))
        progress.report(f"Running {shown}")
        end = runner.run(argv, settings.command_seconds, progress, cancel)
        if end.returncode == 0:
            continue
        how = end.reason or f"ended with status {end.returncode}"
        said = "\n".join(end.tail[-_SHOWN:])
        return Check(
            name,
            CheckStatus.FAILED,
            f"{shown} {how}{f':{chr(10)}{said}' if said else '.'}",
            "Mend what it complains about; try it in the root of the repository.",
        )
    count = len(settings.commands)
    said = "The command succeeds." if count == 1 else f"All {count} commands succeed."
    return Check(name, CheckStatus.PASSED, said)
