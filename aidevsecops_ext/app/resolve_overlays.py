"""One resolution for all steps of a notebook, and the part of it that each step needs.

An object that one step writes is read by another, so both need it of the same version. The union
of all requirements is resolved once; then each step's own, held to exactly those versions, so that
markers and hashes are the engine's.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from ..domain.errors import ErrorCode, RefusedError
from ..domain.package_versions import is_allowed
from ..domain.requirements import Requirement, RequirementSet
from .recommend import resolve_for

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..domain.lock import LockedPackage
    from ..domain.recommendation import RecommendationType
    from .lock_notebook import LockPorts
    from .ports import CancelToken, Progress, Resolution, ResolvePolicy, Resolver, ResolveRequest

# A resolution waits for the index most of the time, and few machines have more processors to spare.
_WORKERS = 4


class Wanted(Struct, frozen=True):
    """What one environment asks for; ``own`` is what its Pipfile says by hand, and wins."""

    name: str
    requirements: tuple[Requirement, ...]
    own: tuple[Requirement, ...] = ()

    @property
    def all(self) -> tuple[Requirement, ...]:
        """All that it asks for, each name once."""
        return RequirementSet(self.own).with_added(self.requirements).requirements


class ResolvedOverlays(Struct, frozen=True):
    """The resolution of all, the packages of each, and what a person should know."""

    union: Resolution
    packages: dict[str, tuple[LockedPackage, ...]]
    notes: tuple[str, ...] = ()


class OverlayResolving(Struct, frozen=True):
    """How to resolve: the request without requirements, and what for."""

    asked: ResolveRequest
    resolver: Resolver
    kind: RecommendationType


def resolve_overlays(
    wanted: tuple[Wanted, ...],
    resolving: OverlayResolving,
    ports: LockPorts,
    progress: Progress,
    cancel: CancelToken,
) -> ResolvedOverlays:
    """The packages of each environment, at one version in all of them where none overrides it.

    Raises:
        RefusedError: no lock can be made.
        AidevsecopsError: the index or the engine failed, or took too long.
        CancelledError: cancelled.
    """
    policies: list[ResolvePolicy] = []

    def resolve(wish: ResolveRequest) -> Resolution:
        policies.append(wish.policy)
        return resolving.resolver.resolve(wish, progress, cancel)

    asked = replace(resolving.asked, requirements=_union(wanted))
    recommended = resolve_for(resolving.kind, asked, ports.recommend, resolve, cancel)
    union = recommended.resolution
    projection = _Projection(replace(asked, policy=policies[-1]), union, resolving.resolver)
    progress.report(f"Finding what each of {len(wanted)} steps needs")
    # Steps often need the same, and each resolution is a process.
    different = tuple(dict.fromkeys((each.all, each.own) for each in wanted))
    with ThreadPoolExecutor(_WORKERS) as pool:
        found = pool.map(
            lambda pair: projection.packages(pair[0], pair[1], _Muted(progress), cancel),
            different,
        )
        known = dict(zip(different, found, strict=True))
    packages = {each.name: known[each.all, each.own] for each in wanted}
    return ResolvedOverlays(union, packages, (*recommended.notes, *union.notes))


class _Projection(Struct, frozen=True):
    asked: ResolveRequest
    union: Resolution
    resolver: Resolver

    def packages(
        self,
        requirements: tuple[Requirement, ...],
        own: tuple[Requirement, ...],
        progress: Progress,
        cancel: CancelToken,
    ) -> tuple[LockedPackage, ...]:
        """What one environment needs; ``own`` are those that may override the others' versions."""
        overridden = {r.key for r in own if not self._fits(r)}
        pins = tuple(
            Requirement(package.key, f"=={package.version}")
            for package in self.union.packages
            if package.key not in overridden
        )
        wish = replace(
            self.asked,
            requirements=requirements,
            preferred=self.union.packages,
            constraints=(*self.asked.constraints, *pins),
        )
        try:
            found = self.resolver.resolve(wish, progress, cancel)
        except RefusedError as error:
            if not overridden or error.code is not ErrorCode.LOCK_UNSATISFIABLE:
                raise
            # What is overridden does not go with the versions of the others.
            wish = replace(wish, constraints=self.asked.constraints)
            found = self._resolve_alone(wish, own, progress, cancel)
        return found.packages

    def _resolve_alone(
        self,
        wish: ResolveRequest,
        own: tuple[Requirement, ...],
        progress: Progress,
        cancel: CancelToken,
    ) -> Resolution:
        try:
            return self.resolver.resolve(wish, progress, cancel)
        except RefusedError as error:
            asked = ", ".join(each.to_pep508() for each in own if each.specifier)
            error.hint = f"{error.hint} By hand, the Pipfile of an overlay asks for {asked}."
            raise

    def _fits(self, requirement: Requirement) -> bool:
        locked = next((p for p in self.union.packages if p.key == requirement.key), None)
        if locked is None or not requirement.specifier:
            return True
        return is_allowed(locked.version, requirement.specifier)


class _Muted(Struct, frozen=True):
    """A progress that only logs: what several steps report at once would jump."""

    progress: Progress

    def report(self, message: str, fraction: float | None = None) -> None:
        del fraction
        self.progress.log(message)

    def log(self, line: str) -> None:
        self.progress.log(line)


def _union(wanted: Iterable[Wanted]) -> tuple[Requirement, ...]:
    """What all ask for together; what one demands by hand of a version is its own matter."""
    found: dict[tuple[str, str, tuple[str, ...], str], Requirement] = {}
    for each in wanted:
        free = tuple(requirement for requirement in each.own if not requirement.specifier)
        for requirement in RequirementSet(each.requirements).with_added(free).requirements:
            known = (
                requirement.key,
                requirement.specifier,
                requirement.extras,
                requirement.markers,
            )
            found.setdefault(known, requirement)
    return tuple(found.values())
