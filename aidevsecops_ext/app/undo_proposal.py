"""Undo a release by pull request: close it, and delete its branch where that is still ours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..domain.errors import AidevsecopsError, ErrorCode, OutsideFailedError, RefusedError
from ..domain.forge import PullRequestState
from ..domain.release_record import ReleaseStage
from .find_forge import is_for_people
from .git_ports import PushedRef
from .proposal_facts import (
    BranchOnRemote,
    find_branch,
    find_forge,
    find_pull_request,
)

if TYPE_CHECKING:
    from ..domain.release_proposal import Proposal
    from ..domain.release_record import ReleaseRecord
    from .git_ports import CutPorts
    from .ports import CancelToken, Progress


def undo_proposal(
    record: ReleaseRecord,
    proposal: Proposal,
    ports: CutPorts,
    progress: Progress,
    cancel: CancelToken,
) -> tuple[str, ...]:
    """What is not as before, in sentences; it can be done again where it was stopped.

    Raises:
        RefusedError: it was merged, or the forge does not let us in.
        AidevsecopsError: the remote or the forge failed.
        CancelledError: cancelled.
    """
    if record.stage in {ReleaseStage.BEGUN, ReleaseStage.COMMITTED}:
        return ()
    branch = find_branch(record, proposal, ports, cancel)
    if branch is BranchOnRemote.UNKNOWN:
        raise OutsideFailedError(
            ErrorCode.RELEASE_REMOTE_UNREACHABLE,
            f"'{record.remote}' cannot be asked. Nothing was undone.",
            hint="Try again when the remote can be reached.",
            details={"remote": record.remote},
        )
    _close(record, proposal, ports, progress, cancel)
    if branch is BranchOnRemote.NONE:
        return ()
    if branch is BranchOnRemote.OTHER:
        return (f"Branch '{proposal.branch}' on '{record.remote}' stays, as it has other commits.",)
    progress.report(f"Deleting {proposal.branch} on {record.remote}", 0.7)
    ref = PushedRef(f"refs/heads/{proposal.branch}", None, record.commit)
    ports.git.push(record.remote or "", (ref,), progress, cancel)
    return ()


def _close(
    record: ReleaseRecord,
    proposal: Proposal,
    ports: CutPorts,
    progress: Progress,
    cancel: CancelToken,
) -> None:
    """Close the pull request, where it is open still."""
    progress.report("Looking at the pull request", 0.3)
    try:
        forge = find_forge(proposal, ports)
        opened = find_pull_request(proposal, forge, cancel)
        if opened is not None and opened.state is PullRequestState.OPEN:
            forge.close_pull_request(opened.number, cancel)
    except AidevsecopsError as error:
        if proposal.number is not None or not is_for_people(error):
            raise
        # Nobody can be asked whether people opened one.
        opened = None
    if opened is None:
        _refuse_merged_commit(record, proposal, ports, cancel)
    elif opened.state is PullRequestState.MERGED:
        raise _merged(record, f"Pull request #{opened.number} was merged.")


def _refuse_merged_commit(
    record: ReleaseRecord, proposal: Proposal, ports: CutPorts, cancel: CancelToken
) -> None:
    refs = ports.git.remote_refs(record.remote or "", proposal.target, record.tag, cancel)
    ports.git.fetch(record.remote or "", cancel)
    if refs.branch and ports.git.is_ancestor(record.commit or "", refs.branch, cancel):
        raise _merged(record, f"Its commit is on '{proposal.target}'.")


def _merged(record: ReleaseRecord, said: str) -> RefusedError:
    return RefusedError(
        ErrorCode.RELEASE_IS_OUT,
        f"{said} Nothing was undone.",
        hint="Revert it by another pull request, and delete the tag if there is one: git push "
        f"{record.remote} --delete {record.tag}",
        details={"remote": record.remote},
    )
