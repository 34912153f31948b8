"""Take back what a release did here, as long as nothing of it is out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from .exchange_ports import FileChange, FileRemoval
from .no_cancel import NoCancel
from .release_facts import find_local, text_now

if TYPE_CHECKING:
    from ..domain.release_record import ReleaseRecord
    from .git_ports import CutPorts
    from .release_facts import LocalFacts


class TakenBack(Struct, frozen=True):
    """What is not as before, and what was kept of what hooks made, both in sentences."""

    left: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()


def take_back(record: ReleaseRecord, ports: CutPorts, *, is_forced: bool) -> TakenBack:
    """Have the repository as it was before the release.

    It can be done again where it was stopped. A file that is neither as before nor as the release
    wrote it is left; ``is_forced`` is for the moment after a hook failed, which may have written
    it: its content is kept in git then.

    Raises:
        AidevsecopsError: git or the disk failed.
    """
    taken = _take_back(record, find_local(record, ports, NoCancel()), ports, is_forced=is_forced)
    local = find_local(record, ports, NoCancel())
    if record.files and local.commit is not None and local.head == local.commit:
        # It was on its way, in a hook, when the process that began it ended.
        taken = _take_back(record, local, ports, is_forced=is_forced)
    return taken


def _take_back(
    record: ReleaseRecord, local: LocalFacts, ports: CutPorts, *, is_forced: bool
) -> TakenBack:
    if local.tag_id is not None:
        ports.git.delete_tag(record.tag, local.tag_id, NoCancel())
    if not record.files:
        return TakenBack()
    commit = local.commit or record.commit
    if local.commit is not None and local.head != local.commit:
        stays = f"Commit {local.commit[:10]} stays, as others came after it (git revert)."
        return TakenBack((stays,))
    if local.commit is None and local.head != record.head:
        return TakenBack(("The files stay as they are, as something else is checked out.",))
    files_of_hooks = _files_of_hooks(record, commit, ports)
    untouched = _untouched(record, commit, ports)
    if local.commit is not None:
        ports.git.move_head(record.head, local.commit, NoCancel())
    ports.git.restore_index({file.path: file.entry for file in record.files}, NoCancel())
    if files_of_hooks:
        ports.git.restore(record.head, files_of_hooks, NoCancel())
    return _restore_files(record, untouched, ports, is_forced=is_forced)


def _files_of_hooks(record: ReleaseRecord, commit: str | None, ports: CutPorts) -> tuple[str, ...]:
    """What a hook committed beside the release's files, and nobody changed since."""
    if commit is None:
        return ()
    others = tuple(
        path for path in ports.git.changed_by(commit, NoCancel()) if path not in record.paths
    )
    changed = ports.git.differing(commit, others, NoCancel()) if others else frozenset()
    return tuple(path for path in others if path not in changed)


def _untouched(record: ReleaseRecord, commit: str | None, ports: CutPorts) -> frozenset[str]:
    """The release's files that are as they were committed, perhaps after a hook changed them."""
    if commit is None:
        return frozenset()
    return frozenset(record.paths) - ports.git.differing(commit, record.paths, NoCancel())


def _restore_files(
    record: ReleaseRecord, untouched: frozenset[str], ports: CutPorts, *, is_forced: bool
) -> TakenBack:
    changes: list[FileChange] = []
    removals: list[FileRemoval] = []
    left: list[str] = []
    kept: list[str] = []
    for file in record.files:
        now = text_now(file, ports)
        if now == file.old:
            continue
        if now != file.text and file.path not in untouched:
            if not is_forced:
                left.append(f"{file.path} stays as it is, as it was changed since.")
                continue
            if now is not None:
                known = ports.git.keep(file.path, NoCancel())
                kept.append(f"What a hook made of {file.path} is kept: git show {known[:10]}.")
        revision = None if now is None else ports.files.read(file.path).revision
        if file.old is None and revision is not None:
            removals.append(FileRemoval(file.path, revision))
        else:
            changes.append(FileChange(file.path, file.old or "", revision))
    ports.changes.write(tuple(changes), tuple(removals))
    return TakenBack(tuple(left), tuple(kept))
