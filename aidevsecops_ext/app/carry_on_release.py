"""Go through the stages of a release to its end, or back to where it began."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from ..domain.errors import AidevsecopsError, ErrorCode
from ..domain.release_record import ReleaseStage
from .no_cancel import NoCancel
from .proposal_stages import left_by_failure, next_proposal_stage
from .release_facts import Publication, find_local, find_published
from .release_stages import after_push, next_stage
from .take_back_release import take_back

if TYPE_CHECKING:
    from ..domain.release_record import ReleaseRecord
    from .git_ports import CutPorts
    from .ports import CancelToken, Progress

_RESUME = "'aidevsecops release resume' goes on from here"
_ON = (f"{_RESUME}, 'aidevsecops release undo' takes it back.",)
_ON_FROM_OUT = (f"{_RESUME}, 'aidevsecops release undo --published' takes it back.",)


def carry_on(
    record: ReleaseRecord, ports: CutPorts, progress: Progress, cancel: CancelToken
) -> ReleaseRecord:
    """The record of the release when it is done; whoever calls has the journal locked.

    Raises:
        AidevsecopsError: a stage failed. If nothing of the release is out, all is as before;
            else the message says what was done.
        CancelledError: cancelled; all is as before.
    """
    while not record.stage.is_final:
        record = _advance(record, ports, progress, cancel)
    done = "Released" if record.proposal is None else "Proposed"
    progress.report(f"{done} {record.tag}", 1.0)
    return record


def _advance(
    record: ReleaseRecord, ports: CutPorts, progress: Progress, cancel: CancelToken
) -> ReleaseRecord:
    try:
        if record.proposal is None:
            record = next_stage(record, ports, progress, cancel)
        else:
            record = next_proposal_stage(record, record.proposal, ports, progress, cancel)
        ports.journal.write(record)
    except AidevsecopsError as error:
        if record.proposal is None:
            return _after_failure(record, error, ports, progress)
        left, said = left_by_failure(record, record.proposal, ports)
        ports.journal.write(replace(left, error=error.message))
        raise with_words(error, (said,) if left.stage.is_final else (said, *_ON)) from None
    return record


def _after_failure(
    record: ReleaseRecord, error: AidevsecopsError, ports: CutPorts, progress: Progress
) -> ReleaseRecord:
    """The record where all was done in spite of the failure; else the failure is raised."""
    if record.stage is ReleaseStage.RELEASING:
        raise _without_page(record, error, ports)
    try:
        local = find_local(record, ports, NoCancel())
        published = find_published(record, local, ports, NoCancel())
        if published is Publication.ALL:
            record = after_push(record)
            ports.journal.write(record)
            return record
        if published is not Publication.NOTHING:
            ports.journal.write(replace(record, error=error.message))
            raise with_words(error, (said_of(published, record), *_ON_FROM_OUT))
        progress.report("Taking back what was done")
        taken = take_back(record, ports, is_forced=_is_of_hooks(record, error))
        ports.journal.write(replace(record, stage=ReleaseStage.UNDONE, error=error.message))
    except AidevsecopsError as another:
        if another is error:
            raise
        words = ("Taking back what was done failed as well:", another.message, *_ON)
        raise with_words(error, words) from another
    all_or_else = "All else is as it was." if taken.left else "All is as it was."
    raise with_words(error, (*taken.left, all_or_else, *taken.kept))


def _without_page(
    record: ReleaseRecord, error: AidevsecopsError, ports: CutPorts
) -> AidevsecopsError:
    """The error for a forge that did not make the release of what is out."""
    ports.journal.write(replace(record, error=error.message))
    where = "the forge" if record.page is None else record.page.place
    said = (said_of(Publication.ALL, record), f"Whether {where} has a release of it is not known.")
    return with_words(error, (*said, *_ON_FROM_OUT))


def _is_of_hooks(record: ReleaseRecord, error: AidevsecopsError) -> bool:
    """True when nobody but a hook can have changed the files that were just written."""
    is_committing = record.stage is ReleaseStage.WRITTEN
    return is_committing and error.code is not ErrorCode.RELEASE_PLAN_OUTDATED


def said_of(published: Publication, record: ReleaseRecord) -> str:
    """What of a release is on its remote, in a sentence."""
    remote = f"'{record.remote}'"
    return {
        Publication.NOTHING: f"Nothing of it is on {remote}.",
        Publication.COMMIT: f"Its commit is on {remote}, its tag is not.",
        Publication.TAG: f"Its tag is on {remote}, its commit is not on the branch.",
        Publication.ALL: f"Its commit and its tag are on {remote}.",
        Publication.UNKNOWN: f"Commit and tag are made here; whether {remote} has them is unknown, "
        "as it cannot be asked.",
    }[published]


def with_words(error: AidevsecopsError, words: tuple[str, ...]) -> AidevsecopsError:
    """The same error with further sentences."""
    error.message = " ".join((error.message, *words))
    error.args = (error.message,)
    return error
