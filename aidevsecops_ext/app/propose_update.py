"""Propose newer versions: the locks that change, on a branch and in a pull request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from ..domain.errors import ErrorCode, RefusedError
from ..domain.forge import PullRequestState
from ..formats.bot_texts import update_body
from .cut_release import refuse_state
from .forge_ports import NewPullRequest
from .git_ports import CommitAside, PushedRef
from .plan_proposal import remote_to_propose

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..domain.forge import PullRequest
    from .forge_ports import Forge
    from .git_ports import CutPorts
    from .ports import CancelToken, Progress
    from .relock_repository import Relocked

_TITLE = "Automatic update of dependencies"


class UpdateRequest(Struct, frozen=True):
    """Locks that change, for the issue of that number; ``labels`` are for the pull request."""

    relocked: Relocked
    number: int
    labels: tuple[str, ...] = ()


def propose_update(
    request: UpdateRequest,
    forge: Forge,
    ports: CutPorts,
    progress: Progress,
    cancel: CancelToken,
) -> PullRequest:
    """The pull request that is open; nothing changes here.

    A branch of an earlier attempt that no pull request has is replaced.

    Raises:
        RefusedError: nobody is there who commits, or the remote or the forge refuses it.
        ConflictError: the branch is another one meanwhile.
        AidevsecopsError: git, the remote or the forge failed.
        CancelledError: cancelled.
    """
    state = ports.git.state(cancel)
    refuse_state(state)
    remote, head = remote_to_propose(state), state.head or ""
    branch = f"aidevsecops-update-{request.number}"
    relocked = request.relocked
    there = ports.git.remote_refs(remote.name, branch, branch, cancel).branch
    if there is not None:
        _refuse_open(branch, forge, cancel)
    commit = ports.git.commit_aside(
        CommitAside(f":arrow_up: {_TITLE}", head, relocked.texts), cancel
    )
    ref = PushedRef(f"refs/heads/{branch}", commit, there)
    ports.git.push(remote.name, (ref,), progress, cancel)
    new = NewPullRequest(
        title=_TITLE,
        body=update_body(relocked.changes, reasons_of(relocked), request.number),
        source_branch=branch,
        target_branch=remote.branch or forge.default_branch(cancel),
        labels=request.labels,
    )
    return forge.create_pull_request(new, cancel)


def reasons_of(relocked: Relocked) -> Mapping[str, str]:
    """Why some could not be locked, by path."""
    return {path: error.message for path, error in relocked.failures}


def _refuse_open(branch: str, forge: Forge, cancel: CancelToken) -> None:
    for one in forge.pull_requests(cancel):
        if one.source_branch == branch and one.state is PullRequestState.OPEN:
            raise RefusedError(
                ErrorCode.RELEASE_BRANCH_TAKEN,
                f"Pull request #{one.number} has the branch '{branch}'.",
                hint="Merge it, or close it.",
                details={"branch": branch},
            )
