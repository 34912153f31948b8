"""One environment filled by uv: the lock's files by their hashes, and what a kernel needs."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from msgspec import Struct, field
from msgspec.structs import replace

from ..domain.errors import (
    AidevsecopsError,
    ErrorCode,
    OutsideFailedError,
    RefusedError,
    TimedOutError,
)
from ..domain.kernels import KERNEL_PACKAGE
from ..domain.lock import LockedPackage
from ..domain.names import canonicalize_name
from ..formats.locked_requirements import pin_of, requirements_text
from ..formats.requirements_txt import read_compiled
from ..formats.uv_report import UvFailure, UvFailureKind, read_failure
from .process import DeadlineError, Outcome
from .uv_failures import error_of, killed
from .uv_program import UvCall, UvProgram

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from ..app.kernel_ports import EnvironmentRequest
    from ..app.ports import CancelToken, Progress
    from ..domain.requirements import Index

_NOT_OF_THE_LOCK = frozenset(
    {
        UvFailureKind.UNAUTHORIZED,
        UvFailureKind.TIMED_OUT,
        UvFailureKind.UNREACHABLE,
        UvFailureKind.DISK,
    }
)
_MISMATCH = "Hash mismatch for "


class UvInstaller(Struct, frozen=True):
    """Installs with uv, for one request; its children inherit the descriptors ``inherited``."""

    uv: UvProgram
    request: EnvironmentRequest
    progress: Progress
    cancel: CancelToken
    timeout: float
    index_timeout: float
    inherited: tuple[int, ...]

    def resolve_kernel_package(self, work: Path) -> tuple[LockedPackage, ...]:
        """What the environment needs beside its lock to be a kernel; what is locked wins.

        Raises:
            RefusedError: nothing fits the lock.
            AidevsecopsError: uv or the index failed, it took too long, or it was cancelled.
        """
        locked = {package.key for package in self.request.packages}
        if KERNEL_PACKAGE in locked:
            return ()
        self.progress.report(f"Looking for an {KERNEL_PACKAGE} that fits")
        constraints, output = work / "constraints.txt", work / "kernel.txt"
        pins = "".join(f"{pin_of(package)}\n" for package in self.request.packages)
        constraints.write_text(pins, encoding="utf-8")
        version = self.request.interpreter.machine.python_version
        arguments = (
            *("-", "--quiet", "--generate-hashes", "--no-strip-extras"),
            *(f"--python-version={version}", f"--constraints={constraints}"),
            f"--output-file={output}",
        )
        outcome, said = self._run(
            lambda hear: self.uv.compile(
                self._call(arguments, stdin=f"{KERNEL_PACKAGE}\n"), self.cancel, hear
            )
        )
        if outcome.returncode != 0:
            raise self._unresolved(read_failure(said), outcome)
        return tuple(
            LockedPackage(package.name, package.version, package.hashes)
            for package in read_compiled(output.read_text(encoding="utf-8")).packages
            if canonicalize_name(package.name) not in locked
        )

    def install(self, python: str, added: tuple[LockedPackage, ...], work: Path) -> None:
        """Install the lock and what is added, each file by its hash, from its own index.

        Raises:
            RefusedError: a hash differs, or nothing that was locked fits this machine.
            AidevsecopsError: uv or the index failed, it took too long, or it was cancelled.
        """
        groups = _by_index((*self.request.packages, *added), self.request.indexes)
        for number, (index, packages) in enumerate(groups):
            file = work / f"requirements-{number}.txt"
            file.write_text(requirements_text(packages), encoding="utf-8")
            self.progress.report(f"Installing {len(packages)} packages")
            call = self._call(
                ("--no-deps", "--require-hashes", f"--requirements={file}"),
                only_index=None if index is None else f"{_safe(index.name)}={index.url}",
            )
            self._install(python, call)

    def _install(self, python: str, call: UvCall) -> None:
        # What is in uv's cache needs no network, not even to ask if it is still there.
        cached = replace(call, arguments=(*call.arguments, "--offline", "--quiet"))
        outcome, _ = self._run(
            lambda hear: self.uv.install(python, cached, self.cancel, hear), is_silent=True
        )
        if outcome.returncode == 0:
            self.progress.log("Everything was in uv's cache.")
            return
        outcome, said = self._run(lambda hear: self.uv.install(python, call, self.cancel, hear))
        if outcome.returncode != 0:
            raise self._uninstallable(said, outcome)

    def _call(
        self, arguments: tuple[str, ...], stdin: str | None = None, only_index: str | None = None
    ) -> UvCall:
        return UvCall(
            arguments=arguments,
            folder=self.request.folder,
            agreed=self.request.agreed,
            environ=_environ(self.request.indexes),
            timeout=self.timeout,
            stdin=stdin,
            only_index=only_index,
            inherited=self.inherited,
        )

    def _run(
        self, start: Callable[[Callable[[str], None]], Outcome], *, is_silent: bool = False
    ) -> tuple[Outcome, list[str]]:
        listener = _Listener(self.progress, is_silent)
        try:
            outcome = start(listener.hear)
        except DeadlineError as error:
            raise TimedOutError(
                ErrorCode.KERNEL_TIMED_OUT,
                f"Making the kernel took longer than {error.seconds:g} seconds and was stopped.",
                hint="Raise the setting kernel_timeout.",
            ) from error
        if outcome.returncode < 0:
            raise killed(ErrorCode.KERNEL_BUILD_FAILED, outcome.returncode)
        return outcome, listener.said

    def _unresolved(self, failure: UvFailure, outcome: Outcome) -> AidevsecopsError:
        if failure.kind in (UvFailureKind.UNSATISFIABLE, UvFailureKind.NOT_FOUND):
            return RefusedError(
                ErrorCode.KERNEL_NO_IPYKERNEL,
                f"No {KERNEL_PACKAGE} fits the versions that are locked.",
                hint=f"Add {KERNEL_PACKAGE} to the requirements and lock the notebook again.",
                details={"explanation": failure.explanation},
            )
        return self._failed(failure, outcome)

    def _uninstallable(self, said: list[str], outcome: Outcome) -> AidevsecopsError:
        failure = read_failure(said)
        mismatch = next((line for line in said if _MISMATCH in line), None)
        if mismatch is not None:
            name = mismatch.partition(_MISMATCH)[2].strip("`. ").partition("==")[0]
            return RefusedError(
                ErrorCode.KERNEL_HASH_MISMATCH,
                f"The index offers a file of {name} that is not the one that was locked.",
                hint="Find out who changed it, before you lock again.",
                details={"explanation": failure.explanation, "packages": [name]},
            )
        if failure.kind in (UvFailureKind.UNSATISFIABLE, UvFailureKind.NOT_FOUND):
            return RefusedError(
                ErrorCode.KERNEL_NOT_INSTALLABLE,
                "The lock cannot be installed on this machine.",
                hint="Lock the notebook for this machine, or again if the index has lost a file.",
                details={"explanation": failure.explanation},
            )
        return self._failed(failure, outcome)

    def _failed(self, failure: UvFailure, outcome: Outcome) -> AidevsecopsError:
        if failure.kind in _NOT_OF_THE_LOCK:
            return error_of(
                failure, index_timeout=self.index_timeout, returncode=outcome.returncode
            )
        what = f"{', '.join(failure.names)} cannot be built here." if failure.names else ""
        return OutsideFailedError(
            ErrorCode.KERNEL_BUILD_FAILED,
            what or f"uv failed with exit status {outcome.returncode}.",
            hint="The explanation is uv's own; the job's log has all that it said.",
            details={"explanation": failure.explanation, "packages": [*failure.names]},
        )


class _Listener(Struct):
    """Keeps what uv says, and passes it on unless it is to be silent."""

    progress: Progress
    is_silent: bool
    said: list[str] = field(default_factory=list)

    def hear(self, line: str) -> None:
        self.said.append(line)
        if not self.is_silent:
            self.progress.log(line)


def _environ(indexes: tuple[Index, ...]) -> Mapping[str, str]:
    environ: dict[str, str] = {}
    default = _own_default(indexes)
    if default is not None:
        environ |= {"UV_DEFAULT_INDEX": default.url, "UV_INDEX_URL": ""}
    unverified = [urlsplit(index.url).netloc for index in indexes if not index.verify_ssl]
    if unverified:
        hosts = [*os.environ.get("UV_INSECURE_HOST", "").split(), *unverified]
        environ["UV_INSECURE_HOST"] = " ".join(hosts)
    return environ


def _own_default(indexes: tuple[Index, ...]) -> Index | None:
    """The index that takes the place of the user's default one, if the lock names one."""
    return indexes[0] if indexes and not indexes[0].is_default else None


def _by_index(
    packages: Iterable[LockedPackage], indexes: tuple[Index, ...]
) -> list[tuple[Index | None, list[LockedPackage]]]:
    """The packages by the index that they name; None is the default one."""
    default = _own_default(indexes)
    known = {index.name: index for index in indexes if index is not default}
    known = {name: index for name, index in known.items() if not index.is_default}
    groups: dict[str | None, list[LockedPackage]] = {}
    for package in packages:
        groups.setdefault(package.index if package.index in known else None, []).append(package)
    return [(known.get(name or ""), group) for name, group in groups.items()]


def _safe(name: str) -> str:
    # uv takes fewer characters in an index's name than a Pipfile does.
    return "".join(c if c.isascii() and (c.isalnum() or c in "-_.") else "-" for c in name)
