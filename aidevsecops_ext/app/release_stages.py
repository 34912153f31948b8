"""The stages of a release: each looks first whether it was done already, and then does it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from ..domain.errors import ConflictError, ErrorCode
from ..domain.release_record import ReleaseStage
from .exchange_ports import FileChange
from .git_ports import CommitRequest, PushedRef, TagRequest
from .release_facts import Publication, find_local, find_published, text_now
from .release_pages import make_page

if TYPE_CHECKING:
    from ..domain.release_record import ReleaseRecord
    from .git_ports import CutPorts
    from .ports import CancelToken, Progress


def next_stage(
    record: ReleaseRecord, ports: CutPorts, progress: Progress, cancel: CancelToken
) -> ReleaseRecord:
    """The record after the stage that it is at.

    Raises:
        ConflictError: the repository or the remote is another one by now.
        RefusedError: a hook, a signature or the remote stands in the way.
        AidevsecopsError: git, the disk or the remote failed.
        CancelledError: cancelled.
    """
    cancel.raise_if_cancelled()
    if record.stage is ReleaseStage.BEGUN:
        return _write(record, ports, progress)
    if record.stage is ReleaseStage.WRITTEN:
        return _commit(record, ports, progress, cancel)
    if record.stage is ReleaseStage.COMMITTED:
        return _tag(record, ports, progress, cancel)
    if record.stage is ReleaseStage.TAGGED:
        is_pushed = record.remote is not None
        return replace(record, stage=ReleaseStage.PUSHING if is_pushed else ReleaseStage.DONE)
    if record.stage is ReleaseStage.RELEASING and record.page is not None:
        page = make_page(record, record.page, ports, progress, cancel)
        return replace(record, stage=ReleaseStage.DONE, page=page, error="")
    return _push(record, ports, progress, cancel)


def after_push(record: ReleaseRecord) -> ReleaseRecord:
    """The record of a release whose commit and tag are out."""
    stage = ReleaseStage.DONE if record.page is None else ReleaseStage.RELEASING
    return replace(record, stage=stage, error="")


def _write(record: ReleaseRecord, ports: CutPorts, progress: Progress) -> ReleaseRecord:
    progress.report("Writing the files", 0.1)
    changes = []
    for file in record.files:
        revision = ports.files.read(file.path).revision if ports.files.is_file(file.path) else None
        now = text_now(file, ports)
        if now == file.text:
            continue
        if now != file.old:
            raise _outdated(f"{file.path} was changed meanwhile", file.path)
        changes.append(FileChange(file.path, file.text, revision))
    ports.changes.write(tuple(changes))
    return replace(record, stage=ReleaseStage.WRITTEN)


def _commit(
    record: ReleaseRecord, ports: CutPorts, progress: Progress, cancel: CancelToken
) -> ReleaseRecord:
    progress.report("Committing", 0.3)
    local = find_local(record, ports, cancel)
    commit = local.commit
    if commit is None:
        if (local.head, local.branch) != (record.head, record.branch):
            raise _outdated("Something else was committed or checked out meanwhile")
        changed = next((f.path for f in record.files if text_now(f, ports) != f.text), None)
        if changed is not None:
            raise _outdated(f"{changed} was changed meanwhile", changed)
        request = CommitRequest(record.subject, record.paths, record.is_signed)
        commit = ports.git.commit(request, progress, cancel)
    return replace(record, stage=ReleaseStage.COMMITTED, commit=commit)


def _tag(
    record: ReleaseRecord, ports: CutPorts, progress: Progress, cancel: CancelToken
) -> ReleaseRecord:
    progress.report(f"Tagging {record.tag}", 0.5)
    commit = record.commit or record.head
    tag_id = find_local(record, ports, cancel).tag_id
    if tag_id is None:
        message = f"{record.subject}\n\n{record.notes}".strip() + "\n"
        request = TagRequest(record.tag, commit, message, record.is_signed)
        tag_id = ports.git.tag(request, cancel)
    return replace(record, stage=ReleaseStage.TAGGED, tag_id=tag_id)


def _push(
    record: ReleaseRecord, ports: CutPorts, progress: Progress, cancel: CancelToken
) -> ReleaseRecord:
    remote = record.remote or ""
    progress.report(f"Pushing to {remote}", 0.7)
    done = after_push(record)
    published = find_published(record, find_local(record, ports, cancel), ports, cancel)
    if published is Publication.ALL:
        return done
    branch = PushedRef(f"refs/heads/{record.remote_branch}", record.commit)
    tag = PushedRef(f"refs/tags/{record.tag}", f"refs/tags/{record.tag}")
    refs = (tag,) if published is Publication.COMMIT else (branch, tag)
    if not ports.git.push(remote, refs, progress, cancel):
        progress.log(f"{remote} takes no branch and tag as one: the branch goes first.")
        # A tag starts builds: it must not be out while its commit is refused.
        for ref in refs:
            ports.git.push(remote, (ref,), progress, cancel)
    return done


def _outdated(message: str, path: str | None = None) -> ConflictError:
    return ConflictError(
        ErrorCode.RELEASE_PLAN_OUTDATED,
        f"{message}, so the plan does not fit any more.",
        hint="Look at the new plan, and release that.",
        details={} if path is None else {"file": path},
    )
