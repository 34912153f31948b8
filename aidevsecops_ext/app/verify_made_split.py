"""Verify a split that was made earlier, with its step notebooks as they are now."""

from __future__ import annotations

from posixpath import basename
from typing import TYPE_CHECKING

from msgspec import Struct

from ..domain.cut import CutRequest
from ..domain.dataflow import analyze
from ..domain.errors import ErrorCode, NotFoundError
from ..domain.imports import UnreadableCodeError
from ..domain.plan import plan_split
from ..domain.split import stale_names
from ..domain.step_record import CellRole
from ..domain.steps import cut
from ..formats.cut_record import recorded_cut
from ..formats.step_text import with_verified
from .apply_split import mark_of, whole_lock
from .choose_overlay import overlays_folder
from .exchange_ports import FileChange, FileChanges
from .name_overlays import name_overlays
from .old_overlays import read_old_overlay
from .split_notebook import folder_of_steps
from .split_places import artifacts_of
from .step_files import find_steps_of
from .verify_split import StepToVerify, VerifyRequest, verify_split

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..domain.notebook import Notebook
    from ..domain.step_record import StepRecord
    from ..domain.verification import Verification
    from .ports import CancelToken, Files, Progress
    from .step_files import MadeStep
    from .verification_ports import VerificationPorts

_OF_THE_NOTEBOOK = frozenset({CellRole.SOURCE, CellRole.PARAMETERS, CellRole.ADDED})


class VerifyMadeRequest(Struct, frozen=True):
    """The notebook at ``path``, with its text to run; ``out`` is where its steps are."""

    path: str
    notebook: Notebook
    text: str
    out: str | None = None
    overlays_dir: str | None = None
    trusted_indexes: tuple[str, ...] = ()


class VerifyMadePorts(Struct, frozen=True):
    """What it needs of the outside."""

    files: Files
    changes: FileChanges
    verification: VerificationPorts


def verify_made_split(
    request: VerifyMadeRequest, ports: VerifyMadePorts, progress: Progress, cancel: CancelToken
) -> Verification:
    """How running the step notebooks compares with running the notebook; each is marked with it.

    Raises:
        NotFoundError: there are no step notebooks of this notebook.
        RefusedError: its steps wait for each other by now.
        ConflictError: a step notebook changed meanwhile.
        AidevsecopsError: an environment, a kernel or a file failed.
        CancelledError: cancelled.
    """
    request.notebook.require_python()
    steps = _made_steps(request, ports.files)
    folder = overlays_folder(request.path, ports.files, request.overlays_dir)
    names = [step.record.step for step in steps]
    overlays, _ = name_overlays(request.path, folder, names, ports.files)
    locks = {}
    for name in names:
        old = read_old_overlay(overlays[name], ports.files)
        if old.opened is not None and old.opened.lock is not None:
            locks[name] = old.opened.lock
    done = cut(request.notebook, recorded_cut(request.notebook.metadata, CutRequest()))
    stale = stale_names(plan_split(request.notebook, done).steps)
    asked = VerifyRequest(
        path=request.path,
        text=request.text,
        steps=tuple(
            StepToVerify(
                name=step.record.step,
                path=step.path,
                text=step.file.text,
                names=tuple(sorted(_names_of(step.record) - stale)),
                # Which of them it needs is not in its notebook; after all, they ran in this order.
                upstream=tuple(names[:number]),
                lock=locks.get(step.record.step),
            )
            for number, step in enumerate(steps)
        ),
        lock=whole_lock([*locks.values()]) if len(locks) == len(steps) else None,
        kernel_name=request.notebook.kernel_name,
        artifacts=(artifacts_of(request.path),),
        trusted_indexes=request.trusted_indexes,
        left_out=frozenset(done.left_out),
    )
    found = verify_split(asked, ports.verification, progress, cancel)
    cancel.raise_if_cancelled()
    ports.changes.write(tuple(_marks(steps, mark_of(found))))
    return found


def _made_steps(request: VerifyMadeRequest, files: Files) -> list[MadeStep]:
    out = folder_of_steps(request.path, request.out)
    steps = find_steps_of(request.path, out, files)
    if not steps:
        raise NotFoundError(
            ErrorCode.SPLIT_NOT_MADE,
            f"There are no step notebooks of {basename(request.path)} in {out or 'its folder'}.",
            hint="Split the notebook first, or name the folder that its steps are in.",
            details={"notebook": request.path},
        )
    return sorted(steps, key=lambda step: min(step.record.split_cells, default=0))


def _names_of(record: StepRecord) -> set[str]:
    names: set[str] = set()
    for cell in record.cells:
        if cell.role in _OF_THE_NOTEBOOK:
            try:
                names |= analyze(cell.source).writes
            except UnreadableCodeError:
                continue
    return names


def _marks(steps: Iterable[MadeStep], verified: bool | None) -> Iterable[FileChange]:
    for step in steps:
        if step.record.verified is not verified:
            text = with_verified(step.file.text, verified)
            yield FileChange(step.path, text, step.file.revision)
