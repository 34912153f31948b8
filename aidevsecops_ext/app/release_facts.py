"""What is true of a release, whatever its record says: it may have been stopped at any point."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from msgspec import Struct

from ..domain.errors import AidevsecopsError, CancelledError
from ..domain.release_record import ReleaseStage

if TYPE_CHECKING:
    from ..domain.release_record import ReleasedFile, ReleaseRecord
    from .git_ports import CutPorts
    from .ports import CancelToken


_BEGUN = {ReleaseStage.PUSHING, ReleaseStage.RELEASING, ReleaseStage.DONE}


class Publication(str, Enum):
    """What of a release is on its remote."""

    NOTHING = "nothing"
    COMMIT = "commit"
    TAG = "tag"
    ALL = "all"
    UNKNOWN = "unknown"


class LocalFacts(Struct, frozen=True):
    """What of a release is in the repository, and where its head is."""

    head: str | None
    branch: str | None
    commit: str | None
    tag_id: str | None


def find_local(record: ReleaseRecord, ports: CutPorts, cancel: CancelToken) -> LocalFacts:
    """What of the release is in the repository.

    Raises:
        AidevsecopsError: git fails.
        CancelledError: cancelled.
    """
    state = ports.git.state(cancel)
    commit = _find_commit(record, state.head, ports, cancel)
    tag_id = next(
        (
            tag.id
            for tag in ports.git.tags(cancel)
            if tag.name == record.tag
            and tag.is_annotated
            and commit is not None
            and tag.commit == commit
            and record.tag_id in (None, tag.id)
        ),
        None,
    )
    return LocalFacts(state.head, state.branch, commit, tag_id)


def _find_commit(
    record: ReleaseRecord, head: str | None, ports: CutPorts, cancel: CancelToken
) -> str | None:
    """The commit of the release, where the head has it."""
    if not record.files:
        # There is nothing to commit: the commit that it began on is released.
        return record.head
    if head is None or head == record.head or record.stage is ReleaseStage.BEGUN:
        return None
    if not ports.git.is_ancestor(record.head, head, cancel):
        return None
    for commit in ports.git.commits(record.head, cancel):
        is_ours = commit.parents == (record.head,) and record.subject in commit.subject
        if is_ours and record.commit in (None, commit.hash):
            return commit.hash
    return None


def find_published(
    record: ReleaseRecord, local: LocalFacts, ports: CutPorts, cancel: CancelToken
) -> Publication:
    """What of the release is on the remote; the remote is asked where that is not clear.

    Raises:
        CancelledError: cancelled.
    """
    has_begun = record.stage in _BEGUN
    if record.remote is None or not has_begun:
        return Publication.NOTHING
    try:
        refs = ports.git.remote_refs(record.remote, record.remote_branch, record.tag, cancel)
        has_commit = bool(record.files) and _has_commit(record, refs.branch, ports, cancel)
    except CancelledError:
        raise
    except AidevsecopsError:
        return Publication.UNKNOWN
    known = record.tag_id or local.tag_id
    has_tag = known is not None and refs.tag == known
    if has_tag and (has_commit or not record.files):
        return Publication.ALL
    if has_tag:
        return Publication.TAG
    return Publication.COMMIT if has_commit else Publication.NOTHING


def _has_commit(
    record: ReleaseRecord, branch: str | None, ports: CutPorts, cancel: CancelToken
) -> bool:
    """True when the remote's branch has the commit of the release, perhaps below others."""
    commit = record.commit
    if commit is None or branch is None or branch == record.remote_head:
        return False
    if branch == commit:
        return True
    ports.git.fetch(record.remote or "", cancel)
    return ports.git.is_ancestor(commit, branch, cancel)


def text_now(file: ReleasedFile, ports: CutPorts) -> str | None:
    """The text that a file of the release has now.

    Raises:
        AidevsecopsError: it cannot be read.
    """
    return ports.files.read(file.path).text if ports.files.is_file(file.path) else None
