"""A folder becomes a Git repository."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .git_program import GitCall, GitLimits, GitProgram, failure_of

if TYPE_CHECKING:
    from pathlib import Path

    from ..app.ports import CancelToken

_BRANCH = "main"


def begin_repository(root: Path, cancel: CancelToken) -> None:
    """Make a folder the root of a repository; what is one already stays as it is.

    Raises:
        ToolMissingError: git is not installed.
        OutsideFailedError: git cannot make one, in its own words.
        TimedOutError: git does not end.
        CancelledError: cancelled.
    """
    words = ("init", "--quiet", f"--initial-branch={_BRANCH}")
    outcome = GitProgram(root).run(GitCall(words, GitLimits().reading, is_merged=True), cancel)
    if outcome.returncode != 0:
        raise failure_of("init", outcome)
