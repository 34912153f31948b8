"""Folders become Git repositories."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .git_program import GitCall, GitLimits, GitProgram, failure_of

if TYPE_CHECKING:
    from pathlib import Path

    from ..app.ports import CancelToken

_BRANCH = "main"
# For the first commit of somebody whom git does not know.
_NOBODY = (("user.name", "Somebody"), ("user.email", "somebody@localhost"))


def begin_repository(root: Path, cancel: CancelToken) -> None:
    """Make a folder the root of a repository; what is one already stays as it is.

    Raises:
        ToolMissingError: git is not installed.
        OutsideFailedError: git cannot make one, in its own words.
        TimedOutError: git does not end.
        CancelledError: cancelled.
    """
    _run(GitProgram(root), cancel, "init", "--quiet", f"--initial-branch={_BRANCH}")


class NewRepositories:
    """The port ``Repositories`` of the examples, for folders below a root."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def begin(self, folder: str, cancel: CancelToken) -> None:
        """Make a folder a repository, with all its files in a first commit.

        Raises:
            AidevsecopsError: git is missing, fails or does not end.
            CancelledError: cancelled.
        """
        root = self._root / folder
        begin_repository(root, cancel)
        git = GitProgram(root, ceiling=root)
        _run(git, cancel, "add", "--all")
        known = git.ask("config", "user.email", cancel=cancel).returncode == 0
        words = ("commit", "--quiet", "--no-verify", "--no-gpg-sign", "-m", "Begin")
        _run(git, cancel, *words, settings=() if known else _NOBODY)


def _run(
    git: GitProgram,
    cancel: CancelToken,
    *words: str,
    settings: tuple[tuple[str, str], ...] = (),
) -> None:
    call = GitCall(words, GitLimits().reading, is_merged=True, settings=settings)
    outcome = git.run(call, cancel)
    if outcome.returncode != 0:
        raise failure_of(words[0], outcome)
