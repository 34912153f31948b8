"""The overlays of a notebook's steps: one lock for all, and the part of it that each step needs."""

from __future__ import annotations

from posixpath import join
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from ..domain.discovery import Discovery
from ..domain.errors import AidevsecopsError, ErrorCode, UserError
from ..domain.lock import Lock, VersionChange
from ..domain.overlay_name import is_overlay_name
from ..domain.recommendation import RecommendationType
from ..domain.requirements import RequirementSet
from ..domain.split import SplitCode, SplitWarning
from ..domain.target import TargetChoice
from ..domain.thoth import THOTH_ENGINE
from ..formats import horus_metadata, pipfile
from ..formats.custody import Custody
from ..formats.thoth_yaml_edit import base_image_of
from .choose_overlay import overlays_folder
from .choose_target import choose_target, recommended_by
from .explain_failure import explain_failure
from .folder_of import folder_of
from .lock_notebook import choose_resolver, named_as_declared, refuse_unsupported
from .old_overlays import OldOverlay, read_old_overlay
from .overlay_claims import refuse_claimed
from .overlay_settings import SettingsPlan, SettingsRequest, plan_settings
from .overlay_texts import (
    Locating,
    OverlayText,
    locate_files,
    locked_for,
    pipfile_for,
    preview_overlay,
)
from .ports import ResolveRequest
from .project_folder import find_thoth_yaml
from .resolve_overlays import OverlayResolving, ResolvedOverlays, Wanted, resolve_overlays
from .trust_indexes import trusted_requirements
from .upgrade_packages import read_upgrades, with_upgrades

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ..domain.file_preview import FilePreview
    from ..domain.lock import LockedPackage
    from ..domain.notebook import Notebook
    from ..domain.requirements import Index, Requirement
    from ..domain.step_needs import StepNeeds
    from ..domain.target import Target
    from .exchange_ports import PackageFiles
    from .lock_notebook import LockPorts
    from .ports import CancelToken, Files, Progress

_OTHER_ENGINE = "uv"


class OverlaysRequest(Struct, frozen=True):
    """Which steps of the notebook at ``path`` get overlays, and how they are locked.

    ``notebook`` says which indexes, Python and versions count; ``overlays_dir`` None leaves the
    folder to ``.thoth.yaml``, else it is as seen from there. Forced, an overlay may be another
    notebook's. The rest is as in a notebook's lock request.
    """

    path: str
    notebook: Notebook
    steps: tuple[StepNeeds, ...]
    target: TargetChoice = TargetChoice()
    overlays_dir: str | None = None
    engine: str | None = None
    upgrade: bool = False
    upgrade_packages: tuple[str, ...] = ()
    trusted_indexes: tuple[str, ...] = ()
    recommendation: RecommendationType | None = None
    is_forced: bool = False


class OverlaysPorts(Struct, frozen=True):
    """What writing overlays needs of the outside.

    ``as_written`` are the files without variables put into them: what is read there goes back.
    """

    lock: LockPorts
    package_files: PackageFiles
    as_written: Files


class PlannedOverlay(Struct, frozen=True):
    """The environment of one step; ``overridden`` goes from the others' version to its own."""

    name: str
    folder: str
    requirements: tuple[Requirement, ...]
    lock: Lock
    overridden: tuple[VersionChange, ...] = ()


class OverlaysPlan(Struct, frozen=True):
    """The files as they would be, beside those that are there; nothing has been written.

    ``packages`` are those of all steps together. ``notes`` are sentences on what a person should
    know.
    """

    files: tuple[FilePreview, ...]
    overlays: tuple[PlannedOverlay, ...]
    packages: tuple[LockedPackage, ...]
    target: Target
    warnings: tuple[SplitWarning, ...] = ()
    notes: tuple[str, ...] = ()


def plan_overlays(
    request: OverlaysRequest, ports: OverlaysPorts, progress: Progress, cancel: CancelToken
) -> OverlaysPlan:
    """An overlay for each step, all of one resolution.

    Versions that the notebook's lock or the old overlays hold are kept where they still fit,
    unless upgrading. A Pipfile that somebody edited keeps its text, and what it says wins in its
    own overlay.

    Raises:
        UserError: a name cannot be an overlay's, or the notebook, a file or the target is invalid.
        RefusedError: an overlay is another notebook's, an index is not trusted, or no lock can be
            made.
        OutsideFailedError: the index or the engine failed.
        TimedOutError: it took too long.
        ToolMissingError: the engine is not installed.
        CancelledError: cancelled.
    """
    work = _start(request, ports)
    resolved = _resolve(work, ports, progress, cancel)
    images = _base_images(request, ports.lock.files)
    planned = tuple(_planned(work, resolved, step, images) for step in request.steps)
    progress.report("Finding the addresses of the locked files")
    locating = Locating(
        ports.package_files,
        ports.lock.index,
        folder_of(request.path),
        (
            *ports.lock.trusted_indexes,
            *request.trusted_indexes,
            # The engine knows these itself.
            *(index.url for index in resolved.union.indexes),
        ),
    )
    addresses = locate_files((text.lock for _, text in planned), locating, cancel)
    files = [
        preview
        for _, text in planned
        for preview in preview_overlay(text, addresses, ports.lock.files)
    ]
    overlays = tuple(overlay for overlay, _ in planned)
    settings = _settings(work, ports)
    return OverlaysPlan(
        files=(*files, *settings.files),
        overlays=overlays,
        packages=resolved.union.packages,
        target=work.target,
        warnings=tuple(_warnings(overlays)),
        notes=(*work.notes, *resolved.notes, *settings.notes),
    )


class _Work(Struct, frozen=True):
    request: OverlaysRequest
    base: str
    engine: str
    target: Target
    declared: RequirementSet
    old: Mapping[str, OldOverlay]
    preferred: tuple[LockedPackage, ...]
    default_index: Index
    notes: tuple[str, ...]


def _start(request: OverlaysRequest, ports: OverlaysPorts) -> _Work:
    request.notebook.require_python()
    _check_names(request.steps)
    files = ports.lock.files
    recorded = horus_metadata.read(request.notebook.metadata)
    declared = pipfile.requirements_of(recorded.pipfile or {})
    base = overlays_folder(request.path, files, request.overlays_dir)
    if not request.is_forced:
        refuse_claimed([step.name for step in request.steps], request.path, base, files)
    old = {step.name: read_old_overlay(join(base, step.name), files) for step in request.steps}
    for overlay in old.values():
        if overlay.opened is not None and overlay.is_edited:
            refuse_unsupported(overlay.opened.asked)
    engine, notes = choose_resolver(request.engine, ports.lock).engine, tuple[str, ...]()
    if engine == THOTH_ENGINE:
        engine = _OTHER_ENGINE
        notes = (f"Thoth resolves one environment only: {engine} resolves the steps together.",)
    target = choose_target(request.target, request.path, declared, files, ports.lock.default_python)
    kept: dict[str, LockedPackage] = {}
    if not request.upgrade:
        locked = pipfile.lock_of(recorded.lockfile).packages if recorded.lockfile else ()
        for package in (*locked, *(p for overlay in old.values() for p in overlay.packages)):
            kept.setdefault(package.key, package)
    return _Work(
        request,
        base,
        engine,
        replace(target, here=ports.lock.here),
        declared,
        old,
        tuple(kept.values()),
        ports.lock.index.default_index(),
        notes,
    )


def _resolve(
    work: _Work, ports: OverlaysPorts, progress: Progress, cancel: CancelToken
) -> ResolvedOverlays:
    request = work.request
    agreed = (*ports.lock.trusted_indexes, *request.trusted_indexes)

    def trusted(requirements: tuple[Requirement, ...]) -> RequirementSet:
        everything = RequirementSet(requirements, _indexes(work))
        return trusted_requirements(everything, agreed, ports.lock.index)

    wanted = tuple(
        Wanted(
            step.name,
            trusted(step.requirements).requirements,
            trusted(work.old[step.name].own).requirements,
        )
        for step in request.steps
    )
    asked = ResolveRequest(
        requirements=(),
        target=work.target,
        folder=folder_of(request.path),
        indexes=trusted(()).indexes,
        preferred=work.preferred,
        allow_prereleases=work.declared.allow_prereleases,
        agreed=agreed,
    )
    kind = request.recommendation or recommended_by(request.target, request.path, ports.lock.files)
    resolving = OverlayResolving(
        with_upgrades(asked, read_upgrades(request.upgrade_packages)),
        choose_resolver(work.engine, ports.lock),
        kind or RecommendationType.LATEST,
    )
    try:
        return resolve_overlays(wanted, resolving, ports.lock, progress, cancel)
    except AidevsecopsError as error:
        all_asked = tuple(requirement for each in wanted for requirement in each.all)
        explain_failure(error, RequirementSet(all_asked), Discovery())
        raise


def _settings(work: _Work, ports: OverlaysPorts) -> SettingsPlan:
    python = work.target.python_version
    wish = SettingsRequest(
        path=work.request.path,
        base=work.base,
        overlays=tuple((step.name, python) for step in work.request.steps),
        environment=work.request.target.environment,
        host=ports.lock.thoth.host,
    )
    return plan_settings(wish, ports.as_written)


def _base_images(request: OverlaysRequest, files: Files) -> dict[str, str | None]:
    path = find_thoth_yaml(request.path, files)
    text = files.read(path).text if path is not None else "{}"
    return {step.name: base_image_of(text, step.name) for step in request.steps}


def _planned(
    work: _Work, resolved: ResolvedOverlays, step: StepNeeds, images: Mapping[str, str | None]
) -> tuple[PlannedOverlay, OverlayText]:
    old, python = work.old[step.name], work.target.python_version
    indexes = _indexes(work) or (resolved.union.default_index,)
    brought = tuple(i for i in resolved.union.indexes if i.name not in {x.name for x in indexes})
    asked = Wanted(step.name, step.requirements, old.own).all
    found = pipfile_for(old, asked, (*indexes, *brought), python)
    packages = named_as_declared(resolved.packages[step.name], RequirementSet(asked))
    lock = locked_for(found, packages, python)
    common = {package.key: package for package in resolved.union.packages}
    overridden = tuple(
        VersionChange(package.key, common[package.key].version, package.version)
        for package in lock.packages
        if package.key in common and common[package.key].version != package.version
    )
    overlay = PlannedOverlay(step.name, old.folder, asked, lock, overridden)
    custody = Custody(work.request.path, "", step.name, step.notebook, step.cells)
    return overlay, OverlayText(
        folder=old.folder,
        pipfile=found,
        lock=lock,
        custody=custody,
        notebook=step.notebook,
        modules=step.modules,
        base_image=images[step.name],
    )


def _indexes(work: _Work) -> tuple[Index, ...]:
    """Those that the notebook names, then those that somebody wrote into an overlay."""
    found = {index.name: index for index in work.declared.indexes}
    for overlay in work.old.values():
        opened = overlay.opened if overlay.is_edited else None
        for index in opened.asked.indexes if opened else ():
            if not index.is_default:
                # The first one would take the place of the user's default index.
                first = () if found else (work.default_index,)
                found |= {each.name: each for each in (*first, index) if each.name not in found}
    return tuple(found.values())


def _warnings(overlays: tuple[PlannedOverlay, ...]) -> Iterator[SplitWarning]:
    for overlay in overlays:
        for change in overlay.overridden:
            yield SplitWarning(
                SplitCode.OVERRIDDEN_VERSION,
                f"{overlay.folder}/Pipfile has {change.name} {change.new}, the other steps have "
                f"{change.old}: what one writes the other may not be able to read.",
            )


def _check_names(steps: tuple[StepNeeds, ...]) -> None:
    seen: set[str] = set()
    for step in steps:
        if not is_overlay_name(step.name) or step.name.lower() in seen:
            raise UserError(
                ErrorCode.REQUEST_INVALID,
                f"'{step.name}' cannot be the name of an overlay"
                f"{', it is taken' if step.name.lower() in seen else ''}.",
                hint="Use letters, digits, dots, hyphens and underscores, each name once.",
                details={"name": step.name},
            )
        # Some file systems do not know capitals apart.
        seen.add(step.name.lower())
