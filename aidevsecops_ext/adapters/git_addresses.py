"""The addresses of remotes, with the credentials that somebody may have written into them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .git_program import GitCall, GitLimits, failure_of

if TYPE_CHECKING:
    from ..app.ports import CancelToken
    from .git_program import GitProgram


def address_of(
    git: GitProgram, remote: str, cancel: CancelToken, *, is_pushed_to: bool = True
) -> str:
    """Where a remote is pushed to, or fetched from; not to be shown as it is.

    Raises:
        AidevsecopsError: there is no such remote, or git is missing, fails or does not end.
    """
    kind = ("--push",) if is_pushed_to else ()
    words = ("remote", "get-url", *kind, "--", remote)
    call = GitCall(words, GitLimits().reading, is_reading=True, is_raw=True)
    outcome = git.run(call, cancel)
    if outcome.returncode != 0:
        raise failure_of("remote get-url", outcome)
    return outcome.stdout.split("\n")[0]
