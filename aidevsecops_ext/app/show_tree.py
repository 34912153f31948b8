"""Show a lock's dependency tree: why each package is there, and what it needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct
from packaging.markers import InvalidMarker, Marker

from ..domain.errors import ErrorCode, RefusedError
from ..domain.names import is_valid_name
from ..domain.package_versions import package_version
from ..domain.requirements import Requirement, RequirementSet
from ..domain.target import Target, TargetChoice
from ..domain.tree import DependencyTree, Need, build_tree
from ..formats import horus_metadata
from ..formats.pipfile import changes_since_lock, lock_of, requirements_of
from .choose_target import choose_target
from .folder_of import folder_of
from .ports import CancelToken, Files, PackageIndex, Progress, ResolveRequest
from .trust_indexes import trusted_requirements

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ..domain.json_value import Json
    from ..domain.lock import Lock, LockedPackage
    from ..domain.notebook import Notebook
    from .tree_ports import PackageNeeds


class TreeRequest(Struct, frozen=True):
    """Whose tree to show; ``trusted_indexes`` are addresses that the user agreed to."""

    path: str
    notebook: Notebook
    trusted_indexes: tuple[str, ...] = ()


class TreePorts(Struct, frozen=True):
    """What a tree needs of the outside; ``here`` are the words for this machine's platform."""

    files: Files
    index: PackageIndex
    packages: PackageNeeds
    default_python: str
    here: str = "this platform"


def show_tree(
    request: TreeRequest, ports: TreePorts, progress: Progress, cancel: CancelToken
) -> DependencyTree:
    """The tree of the notebook's lock, for what it was locked for.

    Raises:
        UserError: the notebook's metadata is not valid.
        RefusedError: not Python, no lock, or an index that is not trusted.
        OutsideFailedError: the index or the engine failed.
        TimedOutError: it took too long.
        ToolMissingError: the engine is not installed.
        CancelledError: cancelled.
    """
    request.notebook.require_python()
    recorded = horus_metadata.read(request.notebook.metadata)
    if not recorded.lockfile:
        raise RefusedError(
            ErrorCode.TREE_UNLOCKED,
            "The notebook has no lock to show the tree of.",
            hint="Lock the notebook first.",
        )
    lock = lock_of(recorded.lockfile)
    asked = requirements_of(recorded.pipfile or {})
    target = _target(request, asked, lock, ports)
    notes = []
    if changes_since_lock(recorded.pipfile or {}, recorded.lockfile):
        notes.append("The notebook asks for something else by now: this is its old lock.")
    pinned = [package for package in lock.packages if _is_exact(package)]
    notes += [
        f"What {package.name} needs is not known: the lock names no exact version of it."
        for package in lock.packages
        if package not in pinned
    ]
    wish = _wish(request, (asked, pinned, lock), target, ports)
    progress.report(f"Asking what {len(wish.requirements)} packages need")
    try:
        needs = ports.packages.needs(wish, progress, cancel)
    except RefusedError as error:
        if error.code is not ErrorCode.LOCK_UNSATISFIABLE:
            raise
        needs = ports.packages.links(wish, progress, cancel)
        notes.append("The lock contradicts itself, so the versions asked for are left out.")
    return DependencyTree(target, build_tree(lock.packages, (*_direct(asked), *needs)), (*notes,))


def _direct(asked: RequirementSet) -> Iterable[Need]:
    for requirement in asked.requirements:
        yield Need(
            None,
            requirement.key,
            requirement.specifier,
            requirement.markers,
            tuple(sorted(requirement.extras)),
        )


def _is_exact(package: LockedPackage) -> bool:
    # The text comes from a notebook: only what is certainly a pin is passed on.
    try:
        if package.markers:
            Marker(package.markers)
    except InvalidMarker:
        return False
    if package_version(package.version) is None:
        return False
    return is_valid_name(package.name) and all(map(is_valid_name, package.extras))


def _wish(
    request: TreeRequest,
    found: tuple[RequirementSet, list[LockedPackage], Lock],
    target: Target,
    ports: TreePorts,
) -> ResolveRequest:
    asked, pinned, lock = found
    pins = RequirementSet(
        tuple({p.key: _pin(p) for p in pinned}.values()), asked.indexes or lock.indexes
    )
    pins = trusted_requirements(pins, request.trusted_indexes, ports.index)
    return ResolveRequest(
        requirements=pins.requirements,
        target=target,
        folder=folder_of(request.path),
        indexes=pins.indexes,
        agreed=request.trusted_indexes,
    )


def _pin(package: LockedPackage) -> Requirement:
    return Requirement(
        package.key,
        f"=={package.version}",
        extras=package.extras,
        markers=package.markers,
        index=package.index,
    )


def _target(request: TreeRequest, asked: RequirementSet, lock: Lock, ports: TreePorts) -> Target:
    """What the lock was made for, as far as the notebook says it."""
    own = request.notebook.metadata.get("aidevsecops")
    made = _table(_table(own).get("lock")).get("target")
    said = _table(made)
    python, platform = said.get("python_version"), said.get("platform")
    choice = TargetChoice(
        python_version=python if isinstance(python, str) else lock.python_version,
        platform=platform if isinstance(platform, str) else None,
        is_universal=said.get("universal") is True,
    )
    target = choose_target(choice, request.path, asked, ports.files, ports.default_python)
    return Target(target.python_version, target.platform, target.is_universal, ports.here)


def _table(value: Json) -> Mapping[str, Json]:
    return value if isinstance(value, dict) else {}
