"""The stages of a release by pull request, and what is left where one fails.

Here only a commit is made, which is on no branch: head, index and files stay as they are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from ..domain.errors import AidevsecopsError, ConflictError, ErrorCode
from ..domain.forge import PullRequestState
from ..domain.release_proposal import page_to_propose
from ..domain.release_record import ReleaseStage
from .find_forge import is_for_people
from .forge_ports import NewPullRequest
from .git_ports import CommitAside, PushedRef
from .no_cancel import NoCancel
from .proposal_facts import (
    BranchOnRemote,
    find_branch,
    find_forge,
    find_pull_request,
)

if TYPE_CHECKING:
    from ..domain.release_proposal import Proposal
    from ..domain.release_record import ReleaseRecord
    from .forge_ports import Forge
    from .git_ports import CutPorts
    from .ports import CancelToken, Progress


def next_proposal_stage(
    record: ReleaseRecord,
    proposal: Proposal,
    ports: CutPorts,
    progress: Progress,
    cancel: CancelToken,
) -> ReleaseRecord:
    """The record after the stage that it is at.

    Raises:
        ConflictError: the remote has another branch of that name.
        RefusedError: the commit cannot be signed, or the remote does not take the branch.
        AidevsecopsError: git, the remote or the forge failed.
        CancelledError: cancelled.
    """
    cancel.raise_if_cancelled()
    if record.stage is ReleaseStage.BEGUN:
        return _commit(record, ports, progress, cancel)
    if record.stage is ReleaseStage.COMMITTED:
        return replace(record, stage=ReleaseStage.PUSHING)
    if record.stage is ReleaseStage.PUSHING:
        _push(record, proposal, ports, progress, cancel)
        return replace(record, stage=ReleaseStage.PROPOSING)
    progress.report("Opening the pull request", 0.8)
    opened = _open(record, proposal, ports, cancel)
    return replace(record, stage=ReleaseStage.DONE, proposal=opened, error="")


def left_by_failure(
    record: ReleaseRecord, proposal: Proposal, ports: CutPorts
) -> tuple[ReleaseRecord, str]:
    """The record after a stage failed, and what of the release is out, in a sentence."""
    branch = BranchOnRemote.NONE
    if record.stage in {ReleaseStage.PUSHING, ReleaseStage.PROPOSING}:
        branch = find_branch(record, proposal, ports, NoCancel())
    said = f"branch '{proposal.branch}' is on '{record.remote}'"
    if branch is BranchOnRemote.OURS:
        return record, f"Its {said}, its pull request is not open."
    if branch is BranchOnRemote.UNKNOWN:
        return record, f"Whether its {said} is unknown, as it cannot be asked."
    return replace(record, stage=ReleaseStage.UNDONE), "All is as it was."


def _commit(
    record: ReleaseRecord, ports: CutPorts, progress: Progress, cancel: CancelToken
) -> ReleaseRecord:
    progress.report("Committing", 0.3)
    texts = {file.path: file.text for file in record.files}
    request = CommitAside(record.subject, record.head, texts, record.is_signed)
    commit = ports.git.commit_aside(request, cancel)
    return replace(record, stage=ReleaseStage.COMMITTED, commit=commit)


def _push(
    record: ReleaseRecord,
    proposal: Proposal,
    ports: CutPorts,
    progress: Progress,
    cancel: CancelToken,
) -> None:
    remote = record.remote or ""
    progress.report(f"Pushing {proposal.branch} to {remote}", 0.5)
    found = ports.git.remote_refs(remote, proposal.branch, record.tag, cancel).branch
    if found == record.commit:
        return
    if found is not None:
        raise branch_taken(proposal.branch, remote)
    ref = PushedRef(f"refs/heads/{proposal.branch}", record.commit)
    ports.git.push(remote, (ref,), progress, cancel)


def branch_taken(branch: str, remote: str) -> ConflictError:
    """The error for a remote that has a branch of that name which is another one."""
    return ConflictError(
        ErrorCode.RELEASE_BRANCH_TAKEN,
        f"'{remote}' has a branch '{branch}' already.",
        hint="Is there a pull request of this release? Merge it, or close it and delete its "
        f"branch: git push {remote} --delete {branch}",
        details={"branch": branch, "remote": remote},
    )


def _open(
    record: ReleaseRecord, proposal: Proposal, ports: CutPorts, cancel: CancelToken
) -> Proposal:
    """The pull request as it is open; where people have to open it, what they need to know."""
    forge: Forge | None = None
    try:
        forge = find_forge(proposal, ports)
        opened = find_pull_request(proposal, forge, cancel)
        if opened is None or opened.state is PullRequestState.CLOSED:
            new = NewPullRequest(
                title=proposal.title,
                body=proposal.body,
                source_branch=proposal.branch,
                target_branch=proposal.target,
                labels=proposal.labels,
            )
            opened = forge.create_pull_request(new, cancel)
    except AidevsecopsError as error:
        if not is_for_people(error):
            raise
        if proposal.number is not None:
            return proposal
        return replace(proposal, note=_note(record, proposal, error, forge))
    return replace(proposal, number=opened.number, url=opened.url, note="")


def _note(
    record: ReleaseRecord, proposal: Proposal, error: AidevsecopsError, forge: Forge | None
) -> str:
    where = f"from '{proposal.branch}' to '{proposal.target}'"
    if forge is not None:
        where = f"at {page_to_propose(forge.place, proposal.branch, proposal.target)}"
    return (
        f"Branch '{proposal.branch}' is on '{record.remote}'; no pull request was opened. "
        f"{error.message} Open it yourself {where}, titled '{proposal.title}'; or mend that, and "
        "release again."
    )
