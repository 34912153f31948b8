"""Cut a release: carry out exactly the plan that somebody saw, or leave all as it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from ..domain.errors import ConflictError, ErrorCode, RefusedError
from ..domain.release_record import ReleasedFile, ReleasePage, ReleaseRecord, ReleaseStage
from .carry_on_release import carry_on
from .plan_proposal import remote_to_propose

if TYPE_CHECKING:
    from ..domain.release import ReleasePlan
    from ..domain.repository import RemoteRefs, RepositoryState
    from .git_ports import CutPorts
    from .ports import CancelToken, Progress


class CutRequest(Struct, frozen=True):
    """The plan to carry out; ``is_signed`` None leaves signatures to git."""

    plan: ReleasePlan
    is_pushed: bool = True
    is_signed: bool | None = None


def cut_release(
    request: CutRequest, ports: CutPorts, progress: Progress, cancel: CancelToken
) -> ReleaseRecord:
    """The record of the release, which is committed, tagged and, where there is a remote, pushed.

    Where the plan has a pull request, that is opened instead, and nothing is changed here.

    Raises:
        RefusedError: a check failed, or the repository is in no state to be released.
        ConflictError: the repository or the remote is another one than the plan's, or an earlier
            release is not done.
        AidevsecopsError: a stage failed. If nothing of the release is out, all is as before;
            else the message says what was done.
        CancelledError: cancelled; all is as before.
    """
    refuse_failed_checks(request.plan)
    with ports.journal.locked():
        earlier = _finished(ports)
        progress.report("Looking whether the plan still fits")
        state = ports.git.state(cancel)
        refuse_state(state)
        _refuse_outdated(request.plan, state, ports)
        refs = _refuse_remote(request, state, ports, cancel)
        record = _proposed_before(earlier, request.plan) or _begin(
            request, state, refs, ports, cancel
        )
        ports.journal.write(record)
        return carry_on(record, ports, progress, cancel)


def refuse_failed_checks(plan: ReleasePlan) -> None:
    """Return when no check forbids the release.

    Raises:
        RefusedError: one does.
    """
    if plan.failures:
        said = " ".join(f"{check.name.value}: {check.message}" for check in plan.failures)
        raise RefusedError(
            ErrorCode.RELEASE_CHECKS_FAILED,
            f"Version {plan.next} cannot be released. {said}",
            hint=" ".join(check.fix for check in plan.failures if check.fix),
            details={"checks": [check.name.value for check in plan.failures]},
        )


def refuse_state(state: RepositoryState) -> None:
    """Return when a release can be cut in a repository like this.

    Raises:
        RefusedError: it cannot.
    """
    if state.operation is not None:
        raise RefusedError(
            ErrorCode.RELEASE_OPERATION_OPEN,
            f"A {state.operation.value} was begun in the repository and is not done.",
            hint=f"End it, or give it up ({state.operation.way_out}).",
        )
    if state.head is None:
        raise RefusedError(
            ErrorCode.RELEASE_NO_COMMITS,
            "Nothing was committed in the repository yet.",
            hint="Commit your files first.",
        )
    if state.branch is None:
        raise RefusedError(
            ErrorCode.RELEASE_DETACHED,
            "No branch is checked out, so the release would be on none.",
            hint="Switch to the branch to release (git switch BRANCH).",
        )
    if state.identity is None:
        lacking = " and ".join(state.missing_identity)
        raise RefusedError(
            ErrorCode.RELEASE_NO_IDENTITY,
            f"git does not know who commits: {lacking} is not set.",
            hint="git config --global user.name 'YOUR NAME'; "
            "git config --global user.email YOU@EXAMPLE.ORG",
            details={"missing": [*state.missing_identity]},
        )


def _finished(ports: CutPorts) -> ReleaseRecord | None:
    """The release before, which is done or undone; or out, and the forge does not answer."""
    record = ports.journal.read()
    is_out = record is not None and record.stage is ReleaseStage.RELEASING
    if record is not None and not record.stage.is_final and not is_out:
        raise ConflictError(
            ErrorCode.RELEASE_UNFINISHED,
            f"The release of version {record.version} was begun and is not done.",
            hint="'aidevsecops release resume' goes on with it, 'aidevsecops release undo' takes "
            "it back.",
            details={"version": record.version, "stage": record.stage.value},
        )
    return record


def _proposed_before(earlier: ReleaseRecord | None, plan: ReleasePlan) -> ReleaseRecord | None:
    """The record to go on with where the same release was proposed before."""
    if earlier is None or earlier.proposal is None or plan.proposal is None:
        return None
    is_same = (earlier.version, earlier.head) == (plan.next, plan.head)
    is_there = earlier.stage is ReleaseStage.DONE
    return replace(earlier, stage=ReleaseStage.PUSHING) if is_same and is_there else None


def _refuse_outdated(plan: ReleasePlan, state: RepositoryState, ports: CutPorts) -> None:
    reasons = []
    if state.head != plan.head:
        reasons.append("something was committed or checked out")
    if plan.branch not in (None, state.branch):
        reasons.append(f"'{state.branch}' is checked out instead of '{plan.branch}'")
    for file in plan.files:
        now = ports.files.read(file.path) if ports.files.is_file(file.path) else None
        if (now.text if now else None) != file.old:
            reasons.append(f"{file.path} was changed")
    if reasons:
        raise ConflictError(
            ErrorCode.RELEASE_PLAN_OUTDATED,
            f"Since the plan was made, {', '.join(reasons)}. Nothing was done.",
            hint="Look at the new plan, and release that.",
        )


def _refuse_remote(
    request: CutRequest, state: RepositoryState, ports: CutPorts, cancel: CancelToken
) -> RemoteRefs | None:
    """What the remote has, where there is one to push to and the release fits on it."""
    tag = request.plan.tag
    if any(known.name == tag for known in ports.git.tags(cancel)):
        raise _taken(tag, "here")
    if request.plan.proposal is not None:
        remote_to_propose(state)
    elif not request.is_pushed:
        return None
    remote = state.remote
    if remote is None:
        if state.remotes:
            raise RefusedError(
                ErrorCode.RELEASE_REMOTE_UNCLEAR,
                f"None of the remotes {', '.join(state.remotes)} is the one to push to.",
                hint=f"Choose one: git branch --set-upstream-to=REMOTE/{state.branch}",
                details={"remotes": [*state.remotes]},
            )
        return None
    refs = ports.git.remote_refs(remote.name, remote.branch, tag, cancel)
    if refs.tag is not None:
        raise _taken(tag, f"on '{remote.name}'")
    is_behind = refs.branch is not None and not ports.git.is_ancestor(
        refs.branch, request.plan.head, cancel
    )
    if is_behind:
        raise ConflictError(
            ErrorCode.RELEASE_REMOTE_MOVED,
            f"'{remote.name}' has commits on '{remote.branch}' that are not here. Nothing was "
            "done.",
            hint="git pull, then look at the new plan.",
            details={"remote": remote.name, "branch": remote.branch},
        )
    return refs


def _begin(
    request: CutRequest,
    state: RepositoryState,
    refs: RemoteRefs | None,
    ports: CutPorts,
    cancel: CancelToken,
) -> ReleaseRecord:
    plan = request.plan
    changed = [file for file in plan.files if file.old != file.text]
    entries = ports.git.index_entries(tuple(file.path for file in changed), cancel)
    remote = state.remote if refs is not None else None
    page = None
    if plan.forge is not None and plan.proposal is None and remote is not None:
        page = ReleasePage(remote.url, plan.forge.web_url)
    return ReleaseRecord(
        version=plan.next,
        tag=plan.tag,
        head=plan.head,
        branch=state.branch or "",
        notes=plan.changelog,
        files=tuple(
            ReleasedFile(file.path, file.old, file.text, entries.get(file.path)) for file in changed
        ),
        begun_at=ports.clock.now(),
        remote=None if remote is None else remote.name,
        remote_branch="" if remote is None else remote.branch,
        remote_head=None if refs is None else refs.branch,
        proposal=plan.proposal,
        page=page,
        is_signed=request.is_signed,
    )


def _taken(tag: str, where: str) -> ConflictError:
    return ConflictError(
        ErrorCode.RELEASE_TAG_TAKEN,
        f"There is a tag '{tag}' {where} already.",
        hint="Choose a later version, or look what was released (git tag, git ls-remote --tags).",
        details={"tag": tag},
    )
