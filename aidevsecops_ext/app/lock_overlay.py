"""Lock an overlay: resolve what its files ask for, and answer the files that record it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from ..domain.discovery import Discovery
from ..domain.errors import AidevsecopsError, ConflictError, ErrorCode
from ..domain.lock import Lock, LockChange, compare_locks
from ..domain.overlay import OverlayStyle
from ..domain.recommendation import RecommendationType
from ..domain.target import Target, TargetChoice
from ..formats import pipfile
from ..formats.overlay_lock import write_overlay_lock
from ..formats.requirements_in import digest_of
from .choose_target import choose_target
from .exchange_ports import FileChange, FileChanges
from .explain_failure import explain_failure
from .lock_notebook import LockPorts, choose_resolver, named_as_declared, refuse_unsupported
from .ports import CancelToken, Files, Progress, ResolveRequest
from .recommend import Recommended, resolve_for
from .trust_indexes import trusted_requirements
from .upgrade_packages import not_needed, read_upgrades, with_upgrades

if TYPE_CHECKING:
    from ..domain.advisories import AdvisoryChange
    from .open_overlay import OpenedOverlay


class OverlayLockRequest(Struct, frozen=True):
    """What to lock and how; what is left out its runtime environment says.

    The other fields are as those of a notebook's request.
    """

    opened: OpenedOverlay
    target: TargetChoice = TargetChoice()
    engine: str | None = None
    upgrade: bool = False
    trusted_indexes: tuple[str, ...] = ()
    recommendation: RecommendationType | None = None
    upgrade_packages: tuple[str, ...] = ()
    with_advisories: bool = False


class OverlayLock(Struct, frozen=True):
    """The lock, and the files to write for it: none where they say so already.

    ``read`` are the paths and revisions of the files that it was made for.
    """

    files: tuple[FileChange, ...]
    read: tuple[tuple[str, str], ...]
    lock: Lock
    change: LockChange
    target: Target
    engine: str
    recommendation: RecommendationType = RecommendationType.LATEST
    notes: tuple[str, ...] = ()
    advisories: AdvisoryChange | None = None


def lock_overlay(
    request: OverlayLockRequest, ports: LockPorts, progress: Progress, cancel: CancelToken
) -> OverlayLock:
    """The files that give the overlay a complete, hashed lock; nothing is written.

    Versions of the old lock are kept where they still fit, unless upgrading. The Pipfile is changed
    only where it asks for another Python than the target's.

    Raises:
        UserError: the target or the engine's name is not valid.
        RefusedError: an index is not trusted, or no lock can be made.
        AidevsecopsError: the index or the engine failed, or took too long.
        CancelledError: cancelled.
    """
    opened = request.opened
    resolver = choose_resolver(request.engine, ports)
    refuse_unsupported(opened.asked)
    target = _target(request, ports)
    asked = _asked(request, ports, target)
    cancel.raise_if_cancelled()
    try:
        recommended = resolve_for(
            request.recommendation or opened.overlay.recommendation or RecommendationType.LATEST,
            asked,
            ports.recommend,
            lambda wish: resolver.resolve(wish, progress, cancel),
            cancel,
        )
    except AidevsecopsError as error:
        explain_failure(error, opened.asked, Discovery())
        raise
    made = _made(opened, target, recommended)
    return OverlayLock(
        files=made.files,
        read=tuple((path, file.revision) for path, file in opened.texts.items()),
        lock=made.lock,
        change=compare_locks(opened.lock, made.lock),
        target=target,
        engine=resolver.engine,
        recommendation=recommended.kind,
        notes=(
            *recommended.notes,
            *made.notes,
            *not_needed(read_upgrades(request.upgrade_packages), made.lock),
        ),
        advisories=_advisories(request, made.lock, ports, cancel),
    )


def save_overlay(locked: OverlayLock, files: Files, changes: FileChanges) -> bool:
    """True when files were written, all or none; False when there was nothing to write.

    Raises:
        ConflictError: a file changed since it was read, or is gone.
        OutsideFailedError: the operating system refuses.
    """
    if not locked.files:
        return False
    for path, revision in locked.read:
        if not files.is_file(path) or files.read(path).revision != revision:
            raise ConflictError(
                ErrorCode.NOTEBOOK_CHANGED,
                f"{path} was changed by another program meanwhile; nothing was written.",
                hint="Run the same again.",
                details={"file": path},
            )
    changes.write(locked.files)
    return True


class _Made(Struct, frozen=True):
    lock: Lock
    files: tuple[FileChange, ...]
    notes: tuple[str, ...] = ()


def _target(request: OverlayLockRequest, ports: LockPorts) -> Target:
    overlay, choice = request.opened.overlay, request.target
    here = None if choice.is_universal else overlay.platform
    wanted = TargetChoice(
        python_version=choice.python_version or overlay.python_version,
        platform=choice.platform or here,
        is_universal=choice.is_universal,
    )
    target = choose_target(
        wanted, overlay.asked_path, request.opened.asked, ports.files, ports.default_python
    )
    return replace(target, here=ports.here)


def _asked(request: OverlayLockRequest, ports: LockPorts, target: Target) -> ResolveRequest:
    opened = request.opened
    agreed = (*ports.trusted_indexes, *request.trusted_indexes)
    resolvable = trusted_requirements(opened.asked, agreed, ports.index)
    asked = ResolveRequest(
        requirements=resolvable.requirements,
        target=target,
        folder=opened.overlay.folder,
        indexes=resolvable.indexes,
        preferred=() if opened.lock is None or request.upgrade else opened.lock.packages,
        allow_prereleases=resolvable.allow_prereleases,
        agreed=agreed,
    )
    upgraded = with_upgrades(asked, read_upgrades(request.upgrade_packages))
    return replace(upgraded, constraints=(*opened.constraints, *upgraded.constraints))


def _made(opened: OpenedOverlay, target: Target, recommended: Recommended) -> _Made:
    lock = Lock(
        packages=named_as_declared(recommended.resolution.packages, opened.asked),
        requirements_hash=digest_of(opened.asked, opened.constraints),
        indexes=opened.asked.indexes,
        python_version=target.python_version,
    )
    if opened.overlay.style is OverlayStyle.PIPENV:
        default = (recommended.resolution.default_index,)
        return _made_pipfile(opened, replace(lock, indexes=lock.indexes or default))
    old = opened.lock
    # One of another tool does not say what it was made for, and may still be the same.
    is_same = old is not None and not old.requirements_hash and _is_same(old, lock)
    return _Made(lock, () if is_same else _changed(opened, write_overlay_lock(lock)))


def _made_pipfile(opened: OpenedOverlay, lock: Lock) -> _Made:
    path, text = opened.overlay.asked_path, opened.asked_text
    python, notes = opened.asked.python_version, tuple[str, ...]()
    wanted = lock.python_version
    files: tuple[FileChange, ...] = ()
    table = opened.pipfile
    if python is not None and wanted is not None and python != wanted:
        text = pipfile.with_python(text, wanted)
        table = pipfile.read_pipfile(text, path)
        files = (FileChange(path, text, opened.texts[path].revision),)
        notes = (f"The Pipfile asked for Python {python}, and now asks for {wanted}.",)
    lock = replace(lock, requirements_hash=pipfile.hash_of(table))
    lockfile = pipfile.lockfile_of(lock, table)
    old = opened.lock
    is_same = old is not None and _is_same(old, lock)
    if not (is_same and old and pipfile.is_hash_of(table, old.requirements_hash)):
        files += _changed(opened, pipfile.lockfile_text(lockfile))
    return _Made(lock, files, notes)


def _is_same(old: Lock, new: Lock) -> bool:
    """True when the old lock installs the same files, however its tool has written it."""
    before = {(package.key, package.is_dev): package for package in old.packages}
    if len(before) != len(new.packages):
        return False
    for package in new.packages:
        known = before.get((package.key, package.is_dev))
        if known is None or (known.version, known.hashes) != (package.version, package.hashes):
            return False
        # Others write markers also where they hold anyway; which they do for what is chosen here.
        if package.markers not in ("", known.markers):
            return False
    return True


def _changed(opened: OpenedOverlay, text: str) -> tuple[FileChange, ...]:
    old = opened.lock_file
    if old is not None and old.text == text:
        return ()
    return (FileChange(opened.overlay.lock_path, text, None if old is None else old.revision),)


def _advisories(
    request: OverlayLockRequest, lock: Lock, ports: LockPorts, cancel: CancelToken
) -> AdvisoryChange | None:
    if not request.with_advisories:
        return None
    from .compare_advisories import compare_advisories

    path, old = request.opened.overlay.asked_path, request.opened.lock
    return compare_advisories(path, old, lock, ports.recommend.audit(), cancel)
