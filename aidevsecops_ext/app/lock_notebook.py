"""Lock a notebook: resolve what it asks for and needs, and return the edit that records it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from ..domain.errors import AidevsecopsError, ErrorCode, RefusedError, UserError
from ..domain.lock import Lock, LockChange, LockedPackage, compare_locks
from ..domain.names import canonicalize_name
from ..domain.recommendation import RecommendationType
from ..domain.target import Target, TargetChoice
from ..domain.thoth import (
    NO_FALLBACK,
    THOTH_ENGINE,
    ThothOptions,
    ThothQuestion,
    ThothSettings,
)
from ..formats import horus_metadata
from ..formats.pipfile import (
    empty_pipfile,
    hash_of,
    lock_of,
    requirements_of,
    with_index,
    with_requirement,
    without_backend_indexes,
)
from ..formats.pipfile.entries import indexes_of
from .check_python import check_python
from .choose_target import choose_target, recommended_by
from .explain_failure import explain_failure
from .folder_of import folder_of
from .ports import (
    CancelToken,
    Files,
    PackageIndex,
    Progress,
    Resolution,
    Resolver,
    ResolveRequest,
)
from .recommend import Recommended, RecommendPorts, resolve_for
from .record_lock import how_made, lock_edit
from .trust_indexes import trusted_requirements

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..domain.advisories import AdvisoryChange
    from ..domain.discovery import Discovery
    from ..domain.json_value import Json
    from ..domain.notebook import Notebook, NotebookEdit
    from ..domain.requirements import Requirement, RequirementSet


class LockRequest(Struct, frozen=True):
    """What to lock and how; ``path`` is below the root, ``engine`` None for the default one.

    Without a ``recommendation`` that of the target's runtime environment counts, else the latest.

    ``trusted_indexes`` are addresses that the user agreed to for this lock.
    ``upgrade_packages`` are names, or names with versions, that alone are upgraded.
    ``with_advisories`` asks for the advisories that the lock gains and loses too.
    ``thoth`` and ``fallback`` are for that engine only: what to resolve with when its service
    cannot be reached, "none" for nothing, None for what the settings say.
    """

    path: str
    notebook: Notebook
    discovery: Discovery
    target: TargetChoice = TargetChoice()
    engine: str | None = None
    upgrade: bool = False
    trusted_indexes: tuple[str, ...] = ()
    recommendation: RecommendationType | None = None
    upgrade_packages: tuple[str, ...] = ()
    with_advisories: bool = False
    fallback: str | None = None
    thoth: ThothOptions = ThothOptions()


class LockPorts(Struct, frozen=True):
    """What locking needs of the outside, and the settings that it follows.

    ``here`` are the words for the platform of this machine.
    """

    files: Files
    index: PackageIndex
    resolvers: Mapping[str, Resolver]
    default_engine: str
    default_python: str
    recommend: RecommendPorts
    trusted_indexes: tuple[str, ...] = ()
    here: str = "this platform"
    thoth: ThothSettings = ThothSettings()


class LockOutcome(Struct, frozen=True):
    """The lock, and the edit that records it; ``base`` are the edited keys' values before.

    ``engine`` chose the versions; where it is not the one asked for, the ``notes`` say why.
    ``advisories`` is None where the request did not ask for them.
    """

    edit: NotebookEdit
    lock: Lock
    change: LockChange
    target: Target
    engine: str
    base: Mapping[str, Json]
    recommendation: RecommendationType = RecommendationType.LATEST
    notes: tuple[str, ...] = ()
    advisories: AdvisoryChange | None = None


def lock_notebook(
    request: LockRequest, ports: LockPorts, progress: Progress, cancel: CancelToken
) -> LockOutcome:
    """The edit that gives the notebook a complete, hashed lock; nothing is written.

    What the notebook declares wins over what was discovered; discovered requirements are added to
    the recorded ones. Versions of the old lock are kept where they still fit, unless upgrading.

    Raises:
        UserError: the notebook's metadata, the target or the engine's name is not valid.
        RefusedError: not Python, an index is not trusted, or no lock can be made.
        OutsideFailedError: the index or the engine failed.
        TimedOutError: it took too long.
        ToolMissingError: the engine is not installed.
        CancelledError: cancelled.
    """
    request.notebook.require_python()
    engine = choose_resolver(request.engine, ports).engine
    request = _for_engine(request, engine, ports)
    recorded = horus_metadata.read(request.notebook.metadata)
    declared = requirements_of(recorded.pipfile or {})
    refuse_unsupported(declared)
    target = _target(request, declared, ports)
    check_python(request.notebook, target)
    pipfile = _pipfile(recorded.pipfile, declared, request.discovery, target)
    wanted = requirements_of(pipfile)
    resolvable = trusted_requirements(
        wanted, (*ports.trusted_indexes, *request.trusted_indexes), ports.index
    )
    old = _old_lock(recorded.lockfile)
    cancel.raise_if_cancelled()
    question = _question(request, ports, target, pipfile) if engine == THOTH_ENGINE else None
    asked = replace(_asked(request, resolvable, target, old), thoth=question)
    try:
        recommended = _recommended(request, ports, asked, progress, cancel)
    except AidevsecopsError as error:
        explain_failure(error, wanted, request.discovery)
        raise
    resolution = recommended.resolution
    pipfile = _with_indexes(pipfile, wanted, resolution)
    lock = Lock(
        packages=named_as_declared(resolution.packages, wanted),
        requirements_hash=hash_of(pipfile),
        indexes=indexes_of(pipfile.get("source")),
        python_version=target.python_version,
    )
    engine = recommended.engine or engine
    made = how_made(engine, target, recommended.kind)
    edit = lock_edit(request.notebook.metadata, pipfile, lock, made, resolution.thoth)
    return LockOutcome(
        edit=edit,
        lock=lock,
        change=compare_locks(old, lock),
        target=target,
        engine=engine,
        base={key: request.notebook.metadata.get(key) for key in edit.metadata},
        recommendation=recommended.kind,
        notes=(*recommended.notes, *_not_upgraded(request, lock)),
        advisories=_advisories(request, (old, lock), ports, progress, cancel),
    )


def _target(request: LockRequest, declared: RequirementSet, ports: LockPorts) -> Target:
    chosen = choose_target(
        request.target, request.path, declared, ports.files, ports.default_python
    )
    return replace(chosen, here=ports.here)


def _with_indexes(
    pipfile: dict[str, Json], wanted: RequirementSet, resolution: Resolution
) -> dict[str, Json]:
    """The Pipfile with the indexes that were found at, as far as it does not name its own."""
    if not wanted.indexes:
        pipfile = with_index(pipfile, resolution.default_index)
    for index in resolution.indexes:
        pipfile = with_index(pipfile, index)
    return pipfile


def _not_upgraded(request: LockRequest, lock: Lock) -> tuple[str, ...]:
    if not request.upgrade_packages:
        return ()
    from .upgrade_packages import not_needed, read_upgrades

    return not_needed(read_upgrades(request.upgrade_packages), lock)


def _advisories(
    request: LockRequest,
    locks: tuple[Lock | None, Lock],
    ports: LockPorts,
    progress: Progress,
    cancel: CancelToken,
) -> AdvisoryChange | None:
    if not request.with_advisories:
        return None
    # Here and not above: most locks do without all that auditing needs.
    from .compare_advisories import compare_advisories

    old, new = locks
    progress.report("Comparing the advisories of both locks")
    return compare_advisories(request.path, old, new, ports.recommend.audit(), cancel)


def _for_engine(request: LockRequest, engine: str, ports: LockPorts) -> LockRequest:
    """The request with the target and the fallback that this engine takes without a word."""
    if engine != THOTH_ENGINE and request.thoth == ThothOptions():
        return request
    from .ask_thoth import check_options, first_environment

    fallback = check_options(request.thoth, engine, request.fallback, ports.thoth)
    if fallback != NO_FALLBACK:
        choose_resolver(fallback, ports)
    target = first_environment(request.target, request.path, ports.files)
    return replace(request, fallback=fallback, target=target)


def _question(
    request: LockRequest, ports: LockPorts, target: Target, pipfile: Mapping[str, Json]
) -> ThothQuestion:
    from .ask_thoth import Asking, thoth_question

    kind, choice = _kind(request, ports), request.target
    asking = Asking(request.path, choice, target, pipfile, kind, request.thoth)
    return thoth_question(asking, ports.thoth, ports.files)


def _kind(request: LockRequest, ports: LockPorts) -> RecommendationType:
    kind = request.recommendation or recommended_by(request.target, request.path, ports.files)
    return kind or RecommendationType.LATEST


def _recommended(
    request: LockRequest,
    ports: LockPorts,
    asked: ResolveRequest,
    progress: Progress,
    cancel: CancelToken,
) -> Recommended:
    kind = _kind(request, ports)
    agreed = (*ports.trusted_indexes, *request.trusted_indexes)

    def resolve_with(name: str | None) -> Recommended:
        engine = choose_resolver(name, ports)
        return resolve_for(
            kind,
            replace(asked, thoth=None, agreed=agreed),
            ports.recommend,
            lambda wish: engine.resolve(wish, progress, cancel),
            cancel,
        )

    if asked.thoth is None:
        return resolve_with(request.engine)
    from .ask_thoth import ask_thoth, refuse_unknown_indexes

    engine = choose_resolver(request.engine, ports)
    found = ask_thoth(
        lambda: Recommended(kind, engine.resolve(asked, progress, cancel)),
        None if request.fallback == NO_FALLBACK else lambda: resolve_with(request.fallback),
        request.fallback or NO_FALLBACK,
        progress,
    )
    trusted = (*ports.trusted_indexes, *request.trusted_indexes)
    refuse_unknown_indexes(found.resolution, trusted, ports.index)
    return found


def choose_resolver(name: str | None, ports: LockPorts) -> Resolver:
    """The engine of that name, else the default one.

    Raises:
        UserError: there is no such engine.
    """
    engine = name or ports.default_engine
    if engine not in ports.resolvers:
        known = sorted(ports.resolvers)
        raise UserError(
            ErrorCode.ENGINE_UNKNOWN,
            f"There is no engine '{engine}'.",
            hint=f"Choose one of: {', '.join(known)}.",
            details={"engines": [*known]},
        )
    return ports.resolvers[engine]


def refuse_unsupported(declared: RequirementSet) -> None:
    """Return when a lock with hashes can hold all that is declared.

    Raises:
        RefusedError: it cannot.
    """
    if declared.unsupported:
        names = ", ".join(entry.name for entry in declared.unsupported)
        raise RefusedError(
            ErrorCode.REQUIREMENTS_UNSUPPORTED,
            f"A lock with hashes cannot hold: {names}.",
            hint="Require these from a package index, or remove them.",
            details={"requirements": {entry.name: entry.reason for entry in declared.unsupported}},
        )


def _pipfile(
    recorded: Mapping[str, Json] | None,
    declared: RequirementSet,
    discovery: Discovery,
    target: Target,
) -> dict[str, Json]:
    """The recorded Pipfile with what was discovered, the target's Python, and normal names."""
    if recorded is None:
        pipfile = empty_pipfile(python_version=target.python_version)
    else:
        pipfile = dict(recorded)
        if declared.python_version != target.python_version:
            requires = pipfile.get("requires")
            kept = dict(requires) if isinstance(requires, dict) else {}
            # pipenv would follow the full version before the short one.
            kept.pop("python_full_version", None)
            pipfile["requires"] = {**kept, "python_version": target.python_version}
    names = {index.name for index in declared.indexes}
    for requirement in _discovered(declared, discovery):
        known = requirement if requirement.index in names else replace(requirement, index=None)
        pipfile = with_requirement(pipfile, known)
    return _with_normal_names(without_backend_indexes(pipfile))


def _with_normal_names(pipfile: Mapping[str, Json]) -> dict[str, Json]:
    # micropipenv counts names as they are written into the hash, pipenv in their normal form: only
    # of a Pipfile with normal names do both say that the lock is up to date.
    return {
        section: {canonicalize_name(name): entry for name, entry in table.items()}
        if section in ("packages", "dev-packages") and isinstance(table, dict)
        else table
        for section, table in pipfile.items()
    }


def _discovered(declared: RequirementSet, discovery: Discovery) -> tuple[Requirement, ...]:
    found = tuple(entry.requirement for entry in discovery.requirements if not entry.is_optional)
    added = declared.with_added(found).requirements[len(declared.requirements) :]
    return tuple({requirement.key: requirement for requirement in reversed(added)}.values())[::-1]


def _asked(
    request: LockRequest, resolvable: RequirementSet, target: Target, old: Lock | None
) -> ResolveRequest:
    asked = ResolveRequest(
        requirements=resolvable.requirements,
        target=target,
        folder=folder_of(request.path),
        indexes=resolvable.indexes,
        preferred=() if old is None or request.upgrade else old.packages,
        allow_prereleases=resolvable.allow_prereleases,
    )
    if not request.upgrade_packages:
        return asked
    # Here and not above: most locks name no package to upgrade.
    from .upgrade_packages import read_upgrades, with_upgrades

    return with_upgrades(asked, read_upgrades(request.upgrade_packages))


def _old_lock(lockfile: Mapping[str, Json] | None) -> Lock | None:
    try:
        return None if lockfile is None else lock_of(lockfile)
    except UserError:
        # A lock that cannot be read is replaced: that is what its own error advises.
        return None


def named_as_declared(
    packages: tuple[LockedPackage, ...], wanted: RequirementSet
) -> tuple[LockedPackage, ...]:
    """The packages, each with the index that its requirement names in the notebook."""
    index_of = {r.key: r.index for r in wanted.requirements if r.index is not None}
    if not index_of:
        return packages
    return tuple(replace(p, index=index_of.get(p.key, p.index)) for p in packages)
