"""The port ``Changes`` by git-cliff, which reads commits and asks nobody outside the repository."""

from __future__ import annotations

import os
import shutil
import sys
import sysconfig
from pathlib import Path
from typing import TYPE_CHECKING

from ..domain.errors import ErrorCode, OutsideFailedError, ToolMissingError
from ..formats.git_cliff import CONFIGURATION, entries_of
from .process import Command, DeadlineError, Outcome, ProgramMissingError, run
from .work_folders import work_folder

if TYPE_CHECKING:
    from ..app.ports import CancelToken
    from ..domain.changelog import ChangelogEntry

_SECONDS = 60.0


class GitCliff:
    """Changes of the repository in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def since(self, tag: str | None, cancel: CancelToken) -> tuple[ChangelogEntry, ...]:
        """All after that tag, or all there are; newest first.

        Raises:
            ToolMissingError: git-cliff is not installed.
            OutsideFailedError: it cannot read them.
            CancelledError: cancelled.
        """
        span = () if tag is None else ("--", f"refs/tags/{tag}..HEAD")
        with work_folder("aidevsecops-changes-") as folder:
            configuration = folder / "cliff.toml"
            configuration.write_text(CONFIGURATION, encoding="utf-8")
            outcome = self._run(configuration, span, cancel)
        if outcome.returncode:
            raise _failed(next(iter(reversed(outcome.tail)), "it did not say why"))
        try:
            return entries_of(outcome.stdout)
        except ValueError as error:
            raise _failed(str(error)) from error

    def _run(self, configuration: Path, span: tuple[str, ...], cancel: CancelToken) -> Outcome:
        words = ("--offline", "--no-exec", f"--config={configuration}", *span)
        own = {name: text for name, text in os.environ.items() if not _is_foreign(name)}
        command = Command(
            argv=(find_git_cliff(), *words),
            cwd=self._folder,
            env={**own, "NO_COLOR": "1"},
            timeout=_SECONDS,
        )
        try:
            return run(command, cancel)
        except ProgramMissingError as error:
            raise _missing() from error
        except DeadlineError as error:
            raise _failed(f"it was not done after {error.seconds:g} s") from error


def _is_foreign(name: str) -> bool:
    """True for what would make it work on something else than it is asked to, or ask a forge."""
    return name.startswith("GIT_CLIFF_") or name.endswith("_TOKEN")


def find_git_cliff() -> str:
    """The program beside this Python, else the first on ``PATH``.

    Raises:
        ToolMissingError: there is none.
    """
    beside = os.pathsep.join([sysconfig.get_path("scripts"), str(Path(sys.executable).parent)])
    found = shutil.which("git-cliff", path=beside) or shutil.which("git-cliff")
    if found is None:
        raise _missing()
    return found


def _missing() -> ToolMissingError:
    return ToolMissingError(
        ErrorCode.RELEASE_NO_GIT_CLIFF,
        "Changelogs are made by git-cliff, which is not installed.",
        hint="Install it beside this package: pip install git-cliff",
    )


def _failed(reason: str) -> OutsideFailedError:
    return OutsideFailedError(
        ErrorCode.RELEASE_CHANGES_UNREADABLE,
        f"git-cliff cannot read the commits: {reason}.",
        hint="Look whether 'git log' works in the repository.",
    )
