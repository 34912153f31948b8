"""What is true of a release by pull request, whatever its record says."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from ..domain.errors import (
    AidevsecopsError,
    CancelledError,
    NotFoundError,
)
from ..domain.forge import PullRequestState
from .find_forge import forge_of

if TYPE_CHECKING:
    from ..domain.forge import PullRequest
    from ..domain.release_proposal import Proposal
    from ..domain.release_record import ReleaseRecord
    from .forge_ports import Forge
    from .git_ports import CutPorts
    from .ports import CancelToken


class BranchOnRemote(str, Enum):
    """What a remote has of the branch of a pull request."""

    NONE = "none"
    OURS = "ours"
    OTHER = "other"
    UNKNOWN = "unknown"


def find_branch(
    record: ReleaseRecord, proposal: Proposal, ports: CutPorts, cancel: CancelToken
) -> BranchOnRemote:
    """What the remote has of the branch.

    Raises:
        CancelledError: cancelled.
    """
    try:
        refs = ports.git.remote_refs(record.remote or "", proposal.branch, record.tag, cancel)
    except CancelledError:
        raise
    except AidevsecopsError:
        return BranchOnRemote.UNKNOWN
    if refs.branch is None:
        return BranchOnRemote.NONE
    return BranchOnRemote.OURS if refs.branch == record.commit else BranchOnRemote.OTHER


def find_forge(proposal: Proposal, ports: CutPorts) -> Forge:
    """The forge that the pull request is on.

    Raises:
        ToolMissingError: what speaks to forges is not installed.
        RefusedError: the remote is on no known forge.
    """
    return forge_of(proposal.remote_url, ports.forges)


def find_pull_request(proposal: Proposal, forge: Forge, cancel: CancelToken) -> PullRequest | None:
    """The pull request: that of the record, else one that is open for the same branch.

    Raises:
        AidevsecopsError: the forge fails, or does not let us in.
        CancelledError: cancelled.
    """
    if proposal.number is not None:
        try:
            return forge.pull_request(proposal.number, cancel)
        except NotFoundError:
            return None
    for one in forge.pull_requests(cancel):
        is_open = one.state is PullRequestState.OPEN
        if is_open and (one.source_branch, one.target_branch) == (proposal.branch, proposal.target):
            return one
    return None


def look_at_pull_request(
    proposal: Proposal, ports: CutPorts, cancel: CancelToken
) -> PullRequest | None:
    """The pull request as it stands; None where there is none, or nobody can be asked.

    Raises:
        CancelledError: cancelled.
    """
    try:
        return find_pull_request(proposal, find_forge(proposal, ports), cancel)
    except CancelledError:
        raise
    except AidevsecopsError:
        return None
