"""Go on with a release that was stopped, from where it was stopped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from ..domain.errors import ErrorCode, NotFoundError
from ..domain.release_record import ReleaseStage
from .carry_on_release import carry_on
from .cut_release import refuse_state

if TYPE_CHECKING:
    from ..domain.release_record import ReleaseRecord
    from .git_ports import CutPorts
    from .ports import CancelToken, Progress


def resume_release(ports: CutPorts, progress: Progress, cancel: CancelToken) -> ReleaseRecord:
    """The record of the release when it is done.

    Raises:
        NotFoundError: no release was begun that is not done.
        ConflictError: the repository or the remote is another one by now, or somebody else goes on.
        AidevsecopsError: a stage failed. If nothing of the release is out, all is as before it
            began; else the message says what was done.
        CancelledError: cancelled; all is as before it began.
    """
    with ports.journal.locked():
        record = ports.journal.read()
        if record is None or not record.can_go_on:
            raise NotFoundError(
                ErrorCode.RELEASE_NONE,
                "No release was begun that is not done.",
                hint="'aidevsecops release status' says what was released.",
            )
        refuse_state(ports.git.state(cancel))
        if record.stage is ReleaseStage.DONE:
            record = replace(record, stage=ReleaseStage.RELEASING)
        return carry_on(record, ports, progress, cancel)
