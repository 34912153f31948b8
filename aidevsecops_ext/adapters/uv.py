"""uv as an engine: one ``uv pip compile`` resolves a notebook's requirements."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from msgspec import Struct, field

from ..app.ports import CancelToken, Progress, Resolution, ResolveRequest
from ..domain.errors import (
    AidevsecopsError,
    ErrorCode,
    RefusedError,
    TimedOutError,
    ToolMissingError,
)
from ..domain.lock import LockedPackage
from ..domain.names import canonicalize_name, is_valid_name
from ..domain.package_versions import package_version
from ..domain.requirements import DEFAULT_INDEX_NAME, Index
from ..formats.pipfile.entries import without_credentials
from ..formats.requirements_txt import CompiledRequirements, read_compiled
from ..formats.uv_project import project_of
from .engine_folders import engine_folder
from .process import DeadlineError, Outcome
from .uv_indexes import index_environment
from .uv_program import UvCall, UvProgram, find_uv, is_log_line

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from ..domain.target import Target

_CHOSEN = "DEBUG Selecting: "


class UvResolver:
    """Resolves with uv: full hashes, the user's own index configuration, one process."""

    engine = "uv"

    def __init__(self, root: Path, *, timeout: float, index_timeout: float) -> None:
        self._uv = UvProgram(root, index_timeout=index_timeout)
        self._timeout = timeout
        self._index_timeout = index_timeout

    def missing(self) -> str | None:
        """How to install uv; None when it is there."""
        try:
            find_uv()
        except ToolMissingError as error:
            return error.hint
        return None

    def resolve(
        self, request: ResolveRequest, progress: Progress, cancel: CancelToken
    ) -> Resolution:
        """The exact versions, for all requirements together.

        Raises:
            RefusedError: unsatisfiable, unknown package, forked versions.
            OutsideFailedError: index unreachable, a build failed, uv failed.
            TimedOutError: it took longer than the limit.
            ToolMissingError: uv is not installed.
            CancelledError: cancelled; nothing is left running and no file is left.
        """
        progress.report(f"Resolving with uv for {request.target.describe()}")
        with engine_folder("lock") as folder:
            compiled = self._compile(request, folder, progress, cancel)
        return _resolution(request, compiled)

    def _compile(
        self, request: ResolveRequest, work: Path, progress: Progress, cancel: CancelToken
    ) -> CompiledRequirements:
        explicit = self._explicit_indexes(request, cancel)
        source, output = work / "pyproject.toml", work / "requirements.txt"
        source.write_text(project_of(request.requirements, explicit), encoding="utf-8")
        output.write_text(_preferences(request.preferred), encoding="utf-8")
        arguments = [*_arguments(request, output), *_policy_arguments(request, work)]
        call = UvCall(
            arguments=(str(source), *arguments),
            folder=request.folder,
            agreed=request.agreed,
            environ=_environment(request),
            timeout=self._timeout,
        )
        listener = _Listener(progress)
        try:
            outcome = self._uv.compile(call, cancel, listener.hear)
        except DeadlineError as error:
            raise TimedOutError(
                ErrorCode.LOCK_TIMED_OUT,
                f"Locking took longer than {error.seconds:g} seconds and was stopped.",
                hint="Raise the setting lock_timeout, or constrain the requirements.",
                details={"log": list(listener.said)},
            ) from error
        if outcome.returncode != 0:
            raise self._error(
                request,
                outcome,
                [
                    # Where the notebook's stand-in lay is nobody's business.
                    line.replace(f"{work}{os.sep}", "")
                    for line in listener.said
                ],
            )
        return read_compiled(output.read_text(encoding="utf-8"))

    def _error(
        self, request: ResolveRequest, outcome: Outcome, said: list[str]
    ) -> AidevsecopsError:
        # Not needed where nothing fails, and a lock should start quickly.
        from ..formats.uv_report import read_failure
        from .uv_failures import error_of

        return error_of(
            read_failure(said),
            index_timeout=self._index_timeout,
            returncode=outcome.returncode,
            asked=[requirement.name for requirement in request.requirements],
        )

    def _explicit_indexes(self, request: ResolveRequest, cancel: CancelToken) -> tuple[Index, ...]:
        """The indexes that single requirements name, other than the default one."""
        named = {requirement.index for requirement in request.requirements}
        default = _own_default(request.indexes)
        found = [index for index in request.indexes if index.name in named and index is not default]
        if default is None:
            return tuple(index for index in found if not index.is_default)
        return tuple(
            # Beside a default index of its own, the notebook may still name the user's one.
            Index(index.name, self._users_default(request, cancel) or index.url)
            if index.is_default
            else index
            for index in found
        )

    def _users_default(self, request: ResolveRequest, cancel: CancelToken) -> str | None:
        url = self._uv.default_index(request.folder, request.agreed, cancel)
        return without_credentials(url) if url else None


class _Listener(Struct):
    """Turns what uv says into progress, and keeps what is meant for people."""

    progress: Progress
    said: list[str] = field(default_factory=list)
    _chosen: set[str] = field(default_factory=set)

    def hear(self, line: str) -> None:
        if line.startswith(_CHOSEN):
            pin = line.removeprefix(_CHOSEN).split(" ", 1)[0]
            self._chosen.add(pin.partition("==")[0])
            count = len(self._chosen)
            packages = f"{count} package{'' if count == 1 else 's'}"
            self.progress.report(f"Choosing versions: {packages} so far")
            self.progress.log(f"trying {pin}")
        elif not is_log_line(line):
            self.said.append(line)
            self.progress.log(line)


def _own_default(indexes: tuple[Index, ...]) -> Index | None:
    """The index that takes the place of the user's default one, if the notebook names one."""
    return indexes[0] if indexes and not indexes[0].is_default else None


def _environment(request: ResolveRequest) -> dict[str, str]:
    # uv's resolver names what it tries: the only sign of life of a long resolution.
    environ = {} if os.environ.get("RUST_LOG") else {"RUST_LOG": "uv_resolver=debug"}
    accelerator = request.policy.accelerator
    if accelerator is not None and accelerator.architecture is not None:
        environ["UV_AMD_GPU_ARCHITECTURE"] = accelerator.architecture
    return environ | index_environment(request.indexes)


def _arguments(request: ResolveRequest, output: Path) -> list[str]:
    return [
        "--quiet",
        f"--output-file={output}",
        "--generate-hashes",
        "--emit-index-annotation",
        "--annotation-style=line",
        "--no-strip-extras",
        *_target_arguments(request.target),
    ]


def _policy_arguments(request: ResolveRequest, work: Path) -> list[str]:
    policy = request.policy
    arguments: list[str] = []
    if policy.prereleases is False:
        arguments.append("--prerelease=disallow")
    elif policy.prereleases or request.allow_prereleases:
        arguments.append("--prerelease=allow")
    elif policy.excluded:
        # Else a pre-release would be "necessary" as soon as all releases are excluded.
        arguments.append("--prerelease=explicit")
    if policy.not_after is not None:
        arguments.append(f"--exclude-newer={policy.not_after}")
    if policy.wheels_only:
        arguments.append("--only-binary=:all:")
    if policy.accelerator is not None:
        arguments.append(f"--torch-backend={policy.accelerator.backend}")
    lines = [f"{name}!={version}\n" for name, version in policy.excluded]
    lines += [f"{constraint.to_pep508()}\n" for constraint in request.constraints]
    if lines:
        constraints = work / "constraints.txt"
        constraints.write_text("".join(lines), encoding="utf-8")
        # An option takes the place of the user's own variable.
        users = os.environ.get("UV_CONSTRAINT", "").split()
        arguments += [f"--constraints={path}" for path in (*users, constraints)]
    return arguments


def _target_arguments(target: Target) -> list[str]:
    arguments = [f"--python-version={target.python_version}"]
    if target.is_universal:
        # One version for all platforms where there is one: a Pipfile.lock holds no more.
        return [*arguments, "--universal", "--fork-strategy=fewest"]
    if target.platform is not None:
        arguments.append(f"--python-platform={target.platform}")
    return arguments


def _preferences(packages: Iterable[LockedPackage]) -> str:
    return "".join(filter(None, map(_pin, packages)))


def _pin(package: LockedPackage) -> str:
    # Only what is certainly a name and a version: the text comes from the notebook.
    if not is_valid_name(package.name) or (version := package_version(package.version)) is None:
        return ""
    return f"{package.key}=={version}\n"


def _resolution(request: ResolveRequest, compiled: CompiledRequirements) -> Resolution:
    _refuse_forks(compiled)
    wanted = frozenset(r.key for r in request.requirements if not r.is_dev)
    runtime = compiled.needed_by(wanted)
    brought = _brought_indexes(request, compiled)
    index_of = {key: index.name for key, index in brought.items()}
    index_of |= {r.key: r.index for r in request.requirements if r.index}
    default = _own_default(request.indexes)
    return Resolution(
        packages=tuple(
            LockedPackage(
                name=package.name,
                version=package.version,
                hashes=package.hashes,
                markers=package.markers,
                extras=package.extras,
                index=index_of.get(canonicalize_name(package.name)),
                is_dev=canonicalize_name(package.name) not in runtime,
            )
            for package in compiled.packages
        ),
        default_index=default
        or Index(DEFAULT_INDEX_NAME, without_credentials(compiled.index_url or "")),
        indexes=tuple(dict.fromkeys(brought.values())),
    )


def _brought_indexes(request: ResolveRequest, compiled: CompiledRequirements) -> dict[str, Index]:
    """The index of each package that uv took from one that it knows for the accelerator."""
    if request.policy.accelerator is None:
        return {}
    from ..domain.accelerator import backend_index_name

    found: dict[str, Index] = {}
    for package in compiled.packages:
        name = backend_index_name(package.index_url or "")
        if name is not None:
            url = without_credentials(package.index_url or "")
            found[canonicalize_name(package.name)] = Index(name, url)
    return found


def _refuse_forks(compiled: CompiledRequirements) -> None:
    versions: dict[str, list[str]] = {}
    for package in compiled.packages:
        versions.setdefault(package.name, []).append(package.version)
    forked = {name: found for name, found in versions.items() if len(found) > 1}
    if not forked:
        return
    names = ", ".join(f"{name} ({' and '.join(found)})" for name, found in forked.items())
    raise RefusedError(
        ErrorCode.LOCK_FORKED,
        f"No single version holds on every platform: {names}.",
        hint="Lock for one platform, constrain these packages, or ask for a newer Python.",
        details={"packages": [*forked]},
    )
