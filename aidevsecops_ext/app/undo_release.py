"""Undo a release: what was done here, and where somebody asks for it what is out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from ..domain.errors import (
    AidevsecopsError,
    ConflictError,
    ErrorCode,
    NotFoundError,
    OutsideFailedError,
    RefusedError,
)
from ..domain.release_record import ReleaseStage
from .carry_on_release import said_of, with_words
from .git_ports import PushedRef
from .no_cancel import NoCancel
from .release_facts import Publication, find_local, find_published
from .release_pages import delete_page
from .take_back_release import take_back
from .undo_proposal import undo_proposal

if TYPE_CHECKING:
    from ..domain.release_record import ReleaseRecord
    from .git_ports import CutPorts
    from .ports import CancelToken, Progress


class UndoRequest(Struct, frozen=True):
    """Whether a release is taken back from its remote too, where it is out."""

    is_remote: bool = False


class UndoneRelease(Struct, frozen=True):
    """A release that was undone, and in sentences what is not as before."""

    record: ReleaseRecord
    left: tuple[str, ...] = ()


def undo_release(
    request: UndoRequest, ports: CutPorts, progress: Progress, cancel: CancelToken
) -> UndoneRelease:
    """The newest release undone; it can be done again where it was stopped.

    What is out is taken back by a commit that reverts it: nobody's history changes. A pull request
    that is open is closed, and its branch deleted.

    Raises:
        NotFoundError: there is none, or it is undone already.
        RefusedError: it is out, and nobody asked to take that back.
        ConflictError: the remote has something else by now, or somebody else works on it.
        AidevsecopsError: git, the disk or the remote failed.
        CancelledError: cancelled before anything was undone.
    """
    with ports.journal.locked():
        record = ports.journal.read()
        if record is None or record.stage is ReleaseStage.UNDONE:
            raise NotFoundError(
                ErrorCode.RELEASE_NONE,
                "There is no release to undo.",
                hint="'aidevsecops release status' says what was released.",
            )
        if record.proposal is not None:
            left = undo_proposal(record, record.proposal, ports, progress, cancel)
            return _undone(record, left, ports)
        published = find_published(record, find_local(record, ports, cancel), ports, cancel)
        left = ()
        if published is Publication.NOTHING:
            progress.report("Taking back what was done")
            left = take_back(record, ports, is_forced=False).left
        else:
            _refuse_unasked(request, record, published)
            record, left = _withdraw(record, ports, progress, cancel)
        return _undone(record, left, ports)


def _undone(record: ReleaseRecord, left: tuple[str, ...], ports: CutPorts) -> UndoneRelease:
    record = replace(record, stage=ReleaseStage.UNDONE)
    ports.journal.write(record)
    return UndoneRelease(record, left)


def _refuse_unasked(request: UndoRequest, record: ReleaseRecord, published: Publication) -> None:
    said = said_of(published, record)
    if published is Publication.UNKNOWN:
        raise OutsideFailedError(
            ErrorCode.RELEASE_REMOTE_UNREACHABLE,
            f"{said} Nothing was undone.",
            hint="Try again when the remote can be reached.",
            details={"remote": record.remote},
        )
    if not request.is_remote:
        raise RefusedError(
            ErrorCode.RELEASE_IS_OUT,
            f"{said} Nothing was undone.",
            hint="'aidevsecops release undo --published' deletes the tag there and pushes a commit "
            "that takes the release back. Others may have it already.",
            details={"remote": record.remote, "published": published.value},
        )


def _withdraw(
    record: ReleaseRecord, ports: CutPorts, progress: Progress, cancel: CancelToken
) -> tuple[ReleaseRecord, tuple[str, ...]]:
    """Take a release back from its remote, if the remote still has exactly that.

    The record of it is answered and, in sentences, what is not as before.
    """
    remote, commit = record.remote or "", record.commit or record.head
    local = find_local(record, ports, cancel)
    tag_id = record.tag_id or local.tag_id
    refs = ports.git.remote_refs(remote, record.remote_branch, record.tag, cancel)
    is_reverted = record.revert is not None and refs.branch == record.revert
    is_moved = bool(record.files) and not is_reverted and refs.branch != commit
    if is_moved or refs.tag not in (None, tag_id):
        raise _moved_on(record, f"'{remote}' has something else by now")
    record, left = _delete_page(record, ports, cancel)
    revert = None
    if record.files and not is_reverted:
        revert = _revert(record, local.head, ports, progress, cancel)
        ports.journal.write(replace(record, revert=revert))
    pushed: list[PushedRef] = []
    if refs.tag is not None:
        # First: nobody should find a tag whose release is taken back.
        pushed.append(PushedRef(f"refs/tags/{record.tag}", None, refs.tag))
    if revert is not None:
        pushed.append(PushedRef(f"refs/heads/{record.remote_branch}", revert, commit))
    progress.report(f"Taking it back from {remote}", 0.6)
    try:
        if pushed and not ports.git.push(remote, tuple(pushed), progress, cancel):
            for ref in pushed:
                ports.git.push(remote, (ref,), progress, cancel)
    except AidevsecopsError:
        if revert is not None:
            _forget_revert(record, commit, revert, ports)
        raise
    if local.tag_id is not None:
        ports.git.delete_tag(record.tag, local.tag_id, NoCancel())
    return record, left


def _delete_page(
    record: ReleaseRecord, ports: CutPorts, cancel: CancelToken
) -> tuple[ReleaseRecord, tuple[str, ...]]:
    """The record without a release on the forge, and what stays there.

    It goes before its tag: without one, a forge hides it from those who look for it.
    """
    page = record.page
    if page is None:
        return record, ()
    try:
        left = delete_page(record, page, ports, cancel)
    except AidevsecopsError as error:
        raise with_words(error, ("Nothing was undone.",)) from None
    if not left:
        note = f"The release on {page.place} was deleted."
        record = replace(record, page=replace(page, url="", note=note))
        ports.journal.write(record)
    return record, left


def _revert(
    record: ReleaseRecord,
    head: str | None,
    ports: CutPorts,
    progress: Progress,
    cancel: CancelToken,
) -> str:
    """The commit that takes the release back; one that an earlier attempt made is taken."""
    commit = record.commit or record.head
    if head != commit:
        made = ports.git.commits(commit, cancel)
        is_ours = len(made) == 1 and made[0].subject == f'Revert "{record.subject}"'
        if is_ours and made[0].hash == head:
            return made[0].hash
        raise _moved_on(record, "Something else was committed or checked out here since")
    progress.report("Making a commit that takes the release back", 0.3)
    return ports.git.revert(commit, progress, cancel)


def _forget_revert(record: ReleaseRecord, commit: str, revert: str, ports: CutPorts) -> None:
    """Take the commit back that nobody has."""
    refs = ports.git.remote_refs(record.remote or "", record.remote_branch, record.tag, NoCancel())
    if refs.branch != revert:
        ports.git.move_head(commit, revert, NoCancel())
        ports.git.restore(commit, record.paths, NoCancel())
        ports.journal.write(record)


def _moved_on(record: ReleaseRecord, what: str) -> ConflictError:
    return ConflictError(
        ErrorCode.RELEASE_MOVED_ON,
        f"{what}, so the release of version {record.version} cannot be undone as a whole. Nothing "
        "was undone.",
        hint="Release a further version that is as it should be, or use git revert.",
        details={"version": record.version, "tag": record.tag},
    )
