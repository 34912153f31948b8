"""Make a split: write the step notebooks and their overlays, all of it or nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from ..domain.cut import CutBy
from ..domain.errors import ConflictError, ErrorCode, RefusedError
from ..domain.notebook import NotebookEdit
from ..domain.split import stale_names
from ..domain.step_needs import StepNeeds
from ..domain.step_record import StepState
from ..domain.step_tags import CellRole
from ..domain.verification import Likeness
from ..formats.notebook_json import apply_edit
from ..formats.step_text import with_verified
from .exchange_ports import FileChange, FileChanges, FileRemoval
from .preview_files import changes_of
from .prune_steps import settings_without
from .split_notebook import SplitRequest, split_notebook
from .split_places import artifacts_of
from .verify_split import StepToVerify, VerifyRequest, verify_split
from .write_overlays import OverlaysPlan, OverlaysPorts, OverlaysRequest, plan_overlays

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from ..domain.lock import Lock
    from ..domain.split import SplitWarning
    from ..domain.split_preview import Split
    from ..domain.verification import Verification
    from .discover_requirements import DiscoverPorts
    from .ports import CancelToken, Progress
    from .verification_ports import VerificationPorts


class ApplyRequest(Struct, frozen=True):
    """What to split, and that somebody agreed to it.

    ``digest`` is that of the split that they saw, None where nobody saw one. Forced, step notebooks
    that were edited by hand are replaced. ``text`` is that of the notebook, to run it; with the
    ``revision`` of its file, how it was cut is recorded there too.
    """

    split: SplitRequest
    text: str
    digest: str | None = None
    is_forced: bool = False
    is_verified: bool = False
    trusted_indexes: tuple[str, ...] = ()
    revision: str | None = None


class ApplyPorts(Struct, frozen=True):
    """What making a split needs of the outside; what not every split needs is made when it is."""

    discover: DiscoverPorts
    overlays: Callable[[], OverlaysPorts]
    verification: Callable[[], VerificationPorts]
    changes: FileChanges


class AppliedSplit(Struct, frozen=True):
    """What was made: the paths that were written, and those that were there as they should be.

    ``pruning`` are sentences on what could not be pruned.
    """

    split: Split
    written: tuple[str, ...]
    unchanged: tuple[str, ...]
    overlays: OverlaysPlan | None = None
    verification: Verification | None = None
    pruning: tuple[str, ...] = ()

    @property
    def deleted(self) -> tuple[str, ...]:
        """The paths of the files that were deleted."""
        return tuple(file.path for file in self.split.removals)

    @property
    def warnings(self) -> tuple[SplitWarning, ...]:
        """What a person should know, also of the overlays."""
        return (*self.split.warnings, *(self.overlays.warnings if self.overlays else ()))

    @property
    def notes(self) -> tuple[str, ...]:
        """What else a person should know, in sentences."""
        return (*(self.overlays.notes if self.overlays else ()), *self.pruning)

    @property
    def verified(self) -> bool | None:
        """Whether the steps do the same; None where that was not found out."""
        return None if self.verification is None else mark_of(self.verification)


def apply_split(
    request: ApplyRequest, ports: ApplyPorts, progress: Progress, cancel: CancelToken
) -> AppliedSplit:
    """The split, written as one change; a notebook that is open is left to whoever has it open.

    Raises:
        ConflictError: it is no longer the split that was agreed to, or a file changed meanwhile.
        RefusedError: something stands in its way, or its overlays cannot be locked.
        AidevsecopsError: the index, the disk or a kernel failed.
        CancelledError: cancelled; nothing was written.
    """
    progress.report("Looking for the steps")
    split = split_notebook(request.split, ports.discover, cancel)
    refuse_split(split, is_forced=request.is_forced)
    if request.digest not in (None, split.digest):
        raise ConflictError(
            ErrorCode.SPLIT_PREVIEW_OUTDATED,
            "The split is another one than the one that was agreed to; nothing was written.",
            hint="Look at the new preview.",
            details={"notebook": split.path},
        )
    overlays = None
    if request.split.has_overlays:
        overlays = plan_overlays(_overlays(request, split), ports.overlays(), progress, cancel)
    verification = None
    if request.is_verified:
        asked = _verification(request, split, overlays)
        verification = verify_split(asked, ports.verification(), progress, cancel)
    overlay_files = () if overlays is None else overlays.files
    pruned: tuple[str, ...] = ()
    if names := {file.overlay for file in split.removals if file.overlay is not None}:
        as_written = ports.overlays().as_written
        overlay_files, pruned = settings_without(split.path, names, overlay_files, as_written)
    changes = (
        *_changes(split, None if verification is None else mark_of(verification), ports),
        *changes_of(overlay_files),
        *_recorded(request, split),
    )
    cancel.raise_if_cancelled()
    progress.report("Writing the files")
    removals = tuple(FileRemoval(f.path, f.revision, f.is_folder) for f in split.removals)
    ports.changes.write(changes, removals)
    written = tuple(change.path for change in changes)
    paths = [file.path for file in split.files] + [file.path for file in overlay_files]
    unchanged = tuple(path for path in paths if path not in set(written))
    return AppliedSplit(split, written, unchanged, overlays, verification, pruned)


def _no_step(split: Split) -> str:
    """Why there is no step."""
    if split.by is CutBy.TAG:
        return "no cell with code belongs to a step by its tags, such as 'step:load'."
    return "it has no code that a step could be made of."


def refuse_split(split: Split, *, is_forced: bool) -> None:
    """Return when the split can be made.

    Raises:
        RefusedError: it has no steps or a warning that is an error, or would replace what is
            somebody else's, or what somebody edited (unless forced).
    """
    errors = [warning for warning in split.warnings if warning.is_error]
    if errors or not split.steps:
        first = errors[0] if errors else None
        where = "" if first is None or first.cell is None else f" (cell {first.cell + 1})"
        raise RefusedError(
            ErrorCode.SPLIT_IMPOSSIBLE,
            f"The notebook cannot be split: {_no_step(split) if first is None else first.message}"
            f"{where}",
            hint="Look at the preview: it names what stands in the way.",
            details={"warnings": [warning.code.value for warning in errors]},
        )
    foreign = [file.path for file in split.files if file.state is StepState.FOREIGN]
    if foreign:
        raise RefusedError(
            ErrorCode.SPLIT_FILE_TAKEN,
            f"{', '.join(foreign)} was not made by a split of this notebook; nothing was written.",
            hint="Move it away, write the steps into another folder, or give the step another "
            "name.",
            details={"files": [*foreign]},
        )
    edited = [file.path for file in split.files if file.state is StepState.EDITED]
    if edited and not is_forced:
        raise RefusedError(
            ErrorCode.SPLIT_STEP_EDITED,
            f"{', '.join(edited)} was edited by hand since it was made; nothing was written.",
            hint="Take the edits over into the notebook, or have them replaced (force).",
            details={"files": [*edited]},
        )


def _overlays(request: ApplyRequest, split: Split) -> OverlaysRequest:
    shared = () if split.module is None else (split.module.path,)
    needs = tuple(
        StepNeeds(
            name=_overlay_name(step.overlay or ""),
            requirements=step.needs.requirements,
            notebook=step.file.path,
            cells=step.plan.cells,
            modules=(*step.needs.local, *shared),
        )
        for step in split.steps
    )
    return OverlaysRequest(
        path=split.path,
        notebook=request.split.notebook,
        steps=needs,
        overlays_dir=request.split.overlays_dir,
        trusted_indexes=request.trusted_indexes,
    )


def _overlay_name(folder: str) -> str:
    return folder.rpartition("/")[2]


def _verification(
    request: ApplyRequest, split: Split, overlays: OverlaysPlan | None
) -> VerifyRequest:
    locks = {} if overlays is None else {each.folder: each.lock for each in overlays.overlays}
    stale = stale_names(step.plan for step in split.steps)
    steps = tuple(
        StepToVerify(
            name=step.plan.name,
            path=step.file.path,
            text=step.file.text,
            names=tuple(sorted({*step.plan.inputs, *step.plan.writes} - stale)),
            upstream=step.plan.upstream,
            lock=locks.get(step.overlay or ""),
        )
        for step in split.steps
    )
    return VerifyRequest(
        path=split.path,
        text=request.text,
        steps=steps,
        lock=whole_lock([] if overlays is None else [each.lock for each in overlays.overlays]),
        kernel_name=request.split.notebook.kernel_name,
        artifacts=(artifacts_of(split.path),),
        modules={} if split.module is None else {split.module.path: split.module.text},
        trusted_indexes=request.trusted_indexes,
        left_out=frozenset(i for i, role in split.roles.items() if role == CellRole.SKIP.value),
    )


def whole_lock(locks: Sequence[Lock]) -> Lock | None:
    """What the notebook runs in beside steps in these locks: the packages of all of them."""
    if not locks:
        return None
    packages = {
        (package.key, package.is_dev): package for lock in locks for package in lock.packages
    }
    indexes = {index.name: index for lock in locks for index in lock.indexes}
    return replace(locks[0], packages=tuple(packages.values()), indexes=tuple(indexes.values()))


def mark_of(verification: Verification) -> bool | None:
    """What step notebooks are marked with: None where it could not be found out."""
    if verification.verdict is Likeness.NOT_CHECKABLE:
        return None
    return verification.verdict is Likeness.SAME


def _recorded(request: ApplyRequest, split: Split) -> Iterator[FileChange]:
    """The notebook, with how it was cut."""
    if request.revision is not None and split.metadata:
        edit = NotebookEdit(split.metadata)
        yield FileChange(split.path, apply_edit(request.text, edit), request.revision)


def _changes(split: Split, verified: bool | None, ports: ApplyPorts) -> Iterator[FileChange]:
    """The files of the split that have to be written, each step marked as verified or not."""
    # Beside a step that is another one now, what was found of the others no longer counts.
    is_marked = verified is not None or any(
        file.state is not StepState.UNCHANGED for file in split.files
    )
    for file in split.files:
        if file.state is not StepState.UNCHANGED:
            text = file.text if file.step is None else with_verified(file.text, verified)
            yield FileChange(file.path, text, file.revision)
        elif file.step is not None and is_marked and file.verified is not verified:
            old = ports.discover.files.read(file.path)
            yield FileChange(file.path, with_verified(old.text, verified), old.revision)
