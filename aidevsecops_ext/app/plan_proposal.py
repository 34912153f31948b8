"""Plan the pull request that brings a release."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..domain.errors import ErrorCode, RefusedError
from ..domain.release_proposal import Proposal
from ..formats.proposal_text import proposal_body

if TYPE_CHECKING:
    from ..domain.repository import Remote, RepositoryState
    from ..formats.proposal_text import Proposed


def plan_proposal(
    version: str, state: RepositoryState, proposed: Proposed, labels: tuple[str, ...]
) -> Proposal:
    """The pull request; nobody is asked about it.

    Raises:
        RefusedError: there is no remote to push its branch to.
    """
    remote = remote_to_propose(state)
    # A branch that was never pushed is none to merge into.
    target = remote.branch if state.upstream else remote.default_branch or remote.branch
    return Proposal(
        branch=f"v{version}",
        target=target,
        title=f"Release of version {version}",
        body=proposal_body(proposed),
        labels=labels,
        remote_url=remote.url,
    )


def remote_to_propose(state: RepositoryState) -> Remote:
    """The remote that the branch of a pull request is pushed to.

    Raises:
        RefusedError: there is none, or it is not clear which of several.
    """
    if state.remote is not None:
        return state.remote
    several = ", ".join(state.remotes)
    raise RefusedError(
        ErrorCode.RELEASE_REMOTE_UNCLEAR if several else ErrorCode.RELEASE_NO_REMOTE,
        f"None of the remotes {several} is the one to push to."
        if several
        else "A pull request needs a remote, and the repository has none.",
        hint="Choose one: git branch --set-upstream-to=REMOTE/BRANCH"
        if several
        else "Add it (git remote add origin URL), or release with --mode direct.",
        details={"remotes": [*state.remotes]},
    )
