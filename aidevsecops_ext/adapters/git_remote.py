"""Talking to a remote."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..domain.errors import AidevsecopsError, ErrorCode, OutsideFailedError, RefusedError
from ..domain.repository import RemoteRefs
from ..formats.remote_address import address_secrets, shown_address
from .git_program import GitCall, GitLimits, last_words
from .git_state import push_url

if TYPE_CHECKING:
    from ..app.ports import CancelToken
    from .git_program import GitProgram
    from .process import Outcome

# The name of a remote for one command.
_PUSHED_TO = "aidevsecops-pushed-to"
# In C, whatever the user's language is.
_NO_CREDENTIALS = (
    "could not read Username",
    "could not read Password",
    "Authentication failed",
    "Permission denied (",
    "terminal prompts disabled",
    "The requested URL returned error: 403",
    "Host key verification failed",
)


def read_remote_refs(
    git: GitProgram, remote: str, names: tuple[str, str], cancel: CancelToken
) -> RemoteRefs:
    """What a remote has of a branch and a tag.

    Raises:
        OutsideFailedError: it cannot be reached.
        RefusedError: it wants credentials that git does not have.
        AidevsecopsError: git is missing or does not end.
    """
    branch, tag = f"refs/heads/{names[0]}", f"refs/tags/{names[1]}"
    url = push_url(git, remote, cancel)
    call = GitCall(
        ("ls-remote", "--", _PUSHED_TO, branch, tag),
        GitLimits().talking,
        secrets=address_secrets(url),
        # What it is pushed to counts, which may be another place than what it is fetched from.
        settings=((f"remote.{_PUSHED_TO}.url", url),),
    )
    said = talk(git, (remote, url), call, cancel).stdout
    found = {name: own for own, _, name in (line.partition("\t") for line in said.splitlines())}
    return RemoteRefs(found.get(branch), found.get(tag))


def fetch(git: GitProgram, remote: str, cancel: CancelToken) -> None:
    """Learn what a remote has.

    Raises:
        AidevsecopsError: as for ``read_remote_refs``.
    """
    url = push_url(git, remote, cancel)
    words = ("fetch", "--quiet", "--no-recurse-submodules", "--", remote)
    call = GitCall(words, GitLimits().talking, secrets=address_secrets(url))
    talk(git, (remote, url), call, cancel)


def talk(git: GitProgram, remote: tuple[str, str], call: GitCall, cancel: CancelToken) -> Outcome:
    """How a command that asks a remote ended, where it succeeded.

    Raises:
        AidevsecopsError: as for ``read_remote_refs``.
    """
    outcome = git.run(call, cancel)
    if outcome.returncode != 0:
        raise unreachable(*remote, outcome)
    return outcome


def unreachable(remote: str, url: str, outcome: Outcome) -> AidevsecopsError:
    """The error for a remote that does not answer, or not to us."""
    explanation = "\n".join(outcome.tail)
    place = f"The remote '{remote}' ({shown_address(url)})"
    if any(words in explanation for words in _NO_CREDENTIALS):
        return RefusedError(
            ErrorCode.RELEASE_NO_CREDENTIALS,
            f"{place} does not let you in: {last_words(outcome)}.",
            hint="Give git credentials for it: a credential helper, an SSH key, or a token. "
            "'git fetch' in a terminal says whether they work.",
            details={"remote": remote, "explanation": explanation},
        )
    return OutsideFailedError(
        ErrorCode.RELEASE_REMOTE_UNREACHABLE,
        f"{place} cannot be reached: {last_words(outcome)}.",
        hint="Look at its address (git remote -v) and at the network, and try again.",
        details={"remote": remote, "explanation": explanation},
    )
