"""Write the files by which a forge tags what was merged; shown first, and never over others."""

from __future__ import annotations

import hashlib
import json
import re
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from ..domain.errors import AidevsecopsError, CancelledError, ErrorCode, RefusedError
from ..domain.file_preview import FilePreview
from ..domain.release_record import ReleaseStage
from ..formats.release_workflows import (
    COMMAND,
    GITLAB_CI,
    how_to_include,
    is_included,
    release_workflow,
)
from .exchange_ports import FileChange

if TYPE_CHECKING:
    from ..domain.forge import ForgeKind
    from ..domain.release_record import ReleaseRecord
    from ..domain.repository import RepositoryState
    from .git_ports import CutPorts
    from .ports import CancelToken

_WORKFLOWS = re.compile(r"\.(?:(?:github|gitea|forgejo)/workflows/|gitlab[/-]).+\.ya?ml")
_BRANCH = re.compile(r"[\w./-]+", re.ASCII)


class WorkflowPlan(Struct, frozen=True):
    """The files as they would be; ``notes`` say what is left to do by hand."""

    kind: ForgeKind
    files: tuple[FilePreview, ...]
    notes: tuple[str, ...] = ()

    @property
    def digest(self) -> str:
        """What somebody names who agrees to exactly these files."""
        content = json.dumps([self.kind.value, *msgspec.to_builtins(self.files)])
        return hashlib.sha256(content.encode()).hexdigest()

    @property
    def changes(self) -> tuple[FilePreview, ...]:
        """The files that are not as they would be."""
        return tuple(file for file in self.files if file.old != file.text)


def plan_release_workflow(
    kind: ForgeKind | None, ports: CutPorts, cancel: CancelToken
) -> WorkflowPlan:
    """The files for a forge; for that of the remote where none is named.

    Raises:
        RefusedError: it is not known which forge it is.
        AidevsecopsError: git fails, or a file cannot be read.
        CancelledError: cancelled.
    """
    state = ports.git.state(cancel)
    kind = kind or _kind_of(state, ports)
    if kind is None:
        raise RefusedError(
            ErrorCode.RELEASE_NO_FORGE,
            "It is not known which forge the repository is on.",
            hint="Say it: --for github, --for gitlab or --for gitea.",
        )
    files = []
    notes = []
    for path, text in release_workflow(kind, _branch_of(state)).items():
        now = ports.files.read(path) if ports.files.is_file(path) else None
        if path == GITLAB_CI and now is not None:
            if not is_included(now.text):
                notes.append(f"Write into {GITLAB_CI}:\n{how_to_include()}")
            continue
        old, revision = (None, None) if now is None else (now.text, now.revision)
        files.append(FilePreview(path, text, old, revision))
    return WorkflowPlan(kind, tuple(files), tuple(notes))


def write_release_workflow(plan: WorkflowPlan, ports: CutPorts) -> None:
    """Write the files of the plan, where those that are there are still the same.

    Raises:
        ConflictError: one changed since.
        OutsideFailedError: the operating system refuses.
    """
    changes = (FileChange(file.path, file.text, file.revision) for file in plan.changes)
    ports.changes.write(tuple(changes))


def is_tagged_on_merge(ports: CutPorts, cancel: CancelToken) -> bool:
    """True when a workflow of the repository tags what was merged, or that cannot be told."""
    try:
        tracked = ports.git.tracked(cancel)
        found = [path for path in tracked if _WORKFLOWS.fullmatch(path)]
        return any(COMMAND in ports.files.read(path).text for path in found)
    except CancelledError:
        raise
    except AidevsecopsError:
        return True


def is_workflow_missing(record: ReleaseRecord, ports: CutPorts, cancel: CancelToken) -> bool:
    """True when a pull request brings a release, and no file would have it tagged once merged.

    Raises:
        CancelledError: cancelled.
    """
    is_proposed = record.proposal is not None and record.stage is not ReleaseStage.UNDONE
    if not is_proposed or is_tagged_on_merge(ports, cancel):
        return False
    try:
        return bool(plan_release_workflow(None, ports, cancel).changes)
    except CancelledError:
        raise
    except AidevsecopsError:
        return False


def _kind_of(state: RepositoryState, ports: CutPorts) -> ForgeKind | None:
    forge = ports.forges.find(state.remote.url) if state.remote else None
    return None if forge is None else forge.place.kind


def _branch_of(state: RepositoryState) -> str:
    """The branch that releases are made of."""
    default = state.remote.default_branch if state.remote else None
    branch = default or state.branch or "main"
    # It is written into YAML.
    return branch if _BRANCH.fullmatch(branch) else "main"
