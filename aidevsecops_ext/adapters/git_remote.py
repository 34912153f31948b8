"""Talking to a remote."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ..domain.errors import (
    AidevsecopsError,
    ConflictError,
    ErrorCode,
    OutsideFailedError,
    RefusedError,
)
from ..domain.repository import RemoteRefs
from ..formats.remote_address import address_secrets, shown_address
from .git_addresses import address_of, login_settings
from .git_program import GitCall, GitLimits, last_words
from .push_lock import while_pushing

if TYPE_CHECKING:
    from ..app.git_ports import PushedRef
    from ..app.ports import CancelToken, Progress
    from ..domain.json_value import Json
    from .git_program import GitProgram
    from .process import Outcome

# The name of a remote for one command.
_PUSHED_TO = "aidevsecops-pushed-to"
_NO_SUBMODULES = "not be found on any remote"
_NOT_ATOMIC = "does not support --atomic"
_MOVED = (
    "(fetch first)",
    "(non-fast-forward)",
    "(stale info)",
    "(already exists)",
)
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
    url = address_of(git, remote, cancel)
    # What it is pushed to counts, which may be another place than what it is fetched from.
    is_one = url == address_of(git, remote, cancel, is_pushed_to=False)
    call = GitCall(
        ("ls-remote", "--", remote if is_one else _PUSHED_TO, branch, tag),
        GitLimits().talking,
        secrets=address_secrets(url),
        settings=(
            *(() if is_one else ((f"remote.{_PUSHED_TO}.url", url),)),
            *login_settings(url),
        ),
        is_guarded=True,
    )
    said = talk(git, (remote, url), call, cancel).stdout
    found = {name: own for own, _, name in (line.partition("\t") for line in said.splitlines())}
    return RemoteRefs(found.get(branch), found.get(tag))


def fetch(git: GitProgram, remote: str, cancel: CancelToken) -> None:
    """Learn what a remote has.

    Raises:
        AidevsecopsError: as for ``read_remote_refs``.
    """
    url = address_of(git, remote, cancel)
    words = ("fetch", "--quiet", "--no-recurse-submodules", "--", remote)
    call = GitCall(
        words,
        GitLimits().talking,
        secrets=address_secrets(url),
        # It may be fetched from another place than it is pushed to.
        settings=login_settings(address_of(git, remote, cancel, is_pushed_to=False)),
        is_guarded=True,
    )
    talk(git, (remote, url), call, cancel)


def push(
    git: GitProgram,
    remote: str,
    refs: tuple[PushedRef, ...],
    progress: Progress,
    cancel: CancelToken,
) -> bool:
    """Push all references, or none; False where the remote cannot do that, and nothing was done.

    Where this process is killed, git and its hooks go on, which ``is_pushing`` tells.

    Raises:
        ConflictError: the remote has others by now.
        RefusedError: the remote or a hook refuses it, or git has no credentials for it.
        OutsideFailedError: the remote cannot be reached.
        AidevsecopsError: git is missing or does not end.
    """
    url = address_of(git, remote, cancel)
    # A release that names a commit of a submodule which nobody else has is of no use.
    words = ("--porcelain", "--no-follow-tags", "--recurse-submodules=check")
    atomic = ("--atomic",) if len(refs) > 1 else ()
    leases = tuple(
        f"--force-with-lease={ref.target}:{ref.expected}"
        for ref in refs
        if ref.expected is not None
    )
    specs = tuple(f"{ref.source or ''}:{ref.target}" for ref in refs)
    git_dir = Path(git.read("rev-parse", "--absolute-git-dir", cancel=cancel).strip())
    with while_pushing(git_dir) as inherited:
        call = GitCall(
            ("push", *words, *atomic, *leases, "--", remote, *specs),
            GitLimits().talking,
            secrets=address_secrets(url),
            settings=login_settings(url),
            inherited=inherited,
        )
        outcome = git.run(call, cancel, progress.log)
    if outcome.returncode == 0:
        return True
    explanation = "\n".join(outcome.tail)
    if _NOT_ATOMIC in explanation:
        return False
    refused = [line for line in outcome.stdout.splitlines() if line.startswith("!")]
    if not refused and "fatal: " in explanation and _NO_SUBMODULES not in explanation:
        raise unreachable(remote, url, outcome)
    raise _refused(remote, refused, outcome)


def _refused(remote: str, refused: list[str], outcome: Outcome) -> AidevsecopsError:
    """The error for references that a remote, or a hook, does not take."""
    reasons = [line.split("\t", 2)[-1] for line in refused if "atomic push fail" not in line]
    details: dict[str, Json] = {
        "remote": remote,
        "explanation": "\n".join((*refused, *outcome.tail)),
    }
    if any(word in reason for reason in reasons for word in _MOVED):
        return ConflictError(
            ErrorCode.RELEASE_REMOTE_MOVED,
            f"'{remote}' got other commits or tags meanwhile.",
            hint="git pull, then look at the new plan.",
            details=details,
        )
    said = [line.removeprefix("remote: ").strip() for line in outcome.tail]
    because = "; ".join(reasons) or last_words(outcome)
    words = " ".join(line for line in said if line and not line.startswith(("error: ", "fatal: ")))
    message = f"'{remote}' or a hook refuses the release: {because}. {words}".rstrip(" .")
    return RefusedError(
        ErrorCode.RELEASE_PUSH_REJECTED,
        f"{message}.",
        hint="Who may push to the branch, and make tags? A protected branch needs a pull request.",
        details=details,
    )


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
