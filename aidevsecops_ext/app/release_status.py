"""Where releases stand: the newest one as it truly is, and the tags of all."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from msgspec import Struct

from ..domain.errors import AidevsecopsError, CancelledError
from ..domain.forge import PullRequestState
from ..domain.release_record import ReleaseStage
from .proposal_facts import look_at_pull_request
from .release_facts import LocalFacts, Publication, find_local, find_published, text_now

if TYPE_CHECKING:
    from ..domain.forge import PullRequest
    from ..domain.release_proposal import Proposal
    from ..domain.release_record import ReleaseRecord
    from ..domain.repository import Tag
    from .git_ports import CutPorts
    from .ports import CancelToken


class FilesWritten(str, Enum):
    """Whether the files of a release are as it wrote them."""

    NO = "no"
    SOME = "some"
    YES = "yes"


class ReleaseStatus(Struct, frozen=True):
    """The newest release and all tags, newest first.

    ``record`` is None where nothing was ever released with this program; ``is_running`` while
    somebody cuts, resumes or undoes one. ``published`` is unknown where the remote was not asked
    or does not answer. ``pull_request`` is the release's as it stands, where the forge was asked.
    """

    tags: tuple[Tag, ...]
    record: ReleaseRecord | None = None
    is_running: bool = False
    files: FilesWritten = FilesWritten.NO
    commit: str | None = None
    tag_id: str | None = None
    published: Publication = Publication.NOTHING
    pull_request: PullRequest | None = None

    @property
    def can_resume(self) -> bool:
        """True when something of a release is left to be done, and nobody works on it."""
        return self.record is not None and self.record.can_go_on and not self.is_running

    @property
    def can_undo(self) -> bool:
        """True when there is a release that is not undone, and nobody works on it."""
        record = self.record
        is_there = record is not None and record.stage is not ReleaseStage.UNDONE
        return is_there and not self.is_running


def release_status(ports: CutPorts, cancel: CancelToken, *, is_remote_asked: bool) -> ReleaseStatus:
    """The status; with ``is_remote_asked`` what is not clear here is asked of the remote.

    Raises:
        AidevsecopsError: git fails, or the journal cannot be read.
        CancelledError: cancelled.
    """
    record = ports.journal.read()
    tags = ports.git.tags(cancel)
    is_running = ports.journal.is_locked()
    if record is None:
        return ReleaseStatus(tags, is_running=is_running)
    if record.proposal is not None:
        seen = _Seen(_presumed_of_proposal(record.stage))
        if is_remote_asked:
            seen = _look_at(record, record.proposal, ports, cancel)
        return ReleaseStatus(
            tags=tags,
            record=record,
            is_running=is_running,
            commit=record.commit,
            published=seen.published,
            pull_request=seen.pull_request,
        )
    local = find_local(record, ports, cancel)
    return ReleaseStatus(
        tags=tags,
        record=record,
        is_running=is_running,
        files=_written(record, ports),
        commit=local.commit if record.files else None,
        tag_id=local.tag_id,
        published=_published(record, local, ports, cancel)
        if is_remote_asked
        else _presumed(record),
    )


def _published(
    record: ReleaseRecord, local: LocalFacts, ports: CutPorts, cancel: CancelToken
) -> Publication:
    return find_published(record, local, ports, cancel)


def _presumed(record: ReleaseRecord) -> Publication:
    """What can be said without asking the remote."""
    if record.remote is None:
        return Publication.NOTHING
    known = {
        ReleaseStage.PUSHING: Publication.UNKNOWN,
        ReleaseStage.RELEASING: Publication.ALL,
        ReleaseStage.DONE: Publication.ALL,
    }
    return known.get(record.stage, Publication.NOTHING)


class _Seen(Struct, frozen=True):
    """What the remote and the forge have of a release by pull request."""

    published: Publication
    pull_request: PullRequest | None = None


def _look_at(
    record: ReleaseRecord, proposal: Proposal, ports: CutPorts, cancel: CancelToken
) -> _Seen:
    pull_request = look_at_pull_request(proposal, ports, cancel)
    is_merged = pull_request is not None and pull_request.state is PullRequestState.MERGED
    try:
        refs = ports.git.remote_refs(record.remote or "", proposal.branch, record.tag, cancel)
    except CancelledError:
        raise
    except AidevsecopsError:
        return _Seen(Publication.UNKNOWN, pull_request)
    if refs.tag is not None:
        return _Seen(Publication.ALL, pull_request)
    has_commit = refs.branch is not None or is_merged
    return _Seen(Publication.COMMIT if has_commit else Publication.NOTHING, pull_request)


def _presumed_of_proposal(stage: ReleaseStage) -> Publication:
    if stage is ReleaseStage.PUSHING:
        return Publication.UNKNOWN
    is_pushed = stage in {ReleaseStage.PROPOSING, ReleaseStage.DONE}
    return Publication.COMMIT if is_pushed else Publication.NOTHING


def _written(record: ReleaseRecord, ports: CutPorts) -> FilesWritten:
    found = [text_now(file, ports) == file.text for file in record.files]
    if all(found):
        return FilesWritten.YES if found else FilesWritten.NO
    return FilesWritten.SOME if any(found) else FilesWritten.NO
