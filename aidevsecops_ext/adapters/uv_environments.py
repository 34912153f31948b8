"""Environments below Jupyter's data folder, built by uv.

An environment is built in a folder beside its own and renamed when all is there, so a folder with
the right name is complete. Who builds or removes one holds a lock file of its name.
"""

from __future__ import annotations

import errno
import json
import os
import re
import shutil
import uuid
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from ..domain.errors import ErrorCode, OutsideFailedError, TimedOutError
from ..domain.kernels import Environment, Machine
from ..domain.lock import LockedPackage
from ..formats.uv_report import UvFailureKind, read_failure
from .exchanging import exchange
from .file_lock import file_lock
from .installed_versions import installed_versions
from .interpreters import Interpreters
from .process import Command, DeadlineError, run
from .programs_running import is_running_in
from .uv_failures import error_of
from .uv_install import UvInstaller
from .uv_program import UvProgram, find_uv

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ..app.kernel_ports import EnvironmentRequest, Interpreter
    from ..app.ports import CancelToken, Clock, Progress
    from ..domain.json_value import Json

RECORD = "aidevsecops.json"
_KEY = re.compile(r"[0-9a-f]{16}")
_PYTHON_NAME = re.compile(r"python(\d+\.\d+)")
_BUILDING, _OLD = ".building", ".old"
_VENV_SECONDS = 120.0


class UvEnvironments:
    """The port ``Environments`` by uv."""

    def __init__(self, root: Path, clock: Clock, *, timeout: float, index_timeout: float) -> None:
        self._uv = UvProgram(root, index_timeout=index_timeout)
        self._clock = clock
        self._timeout = timeout
        self._index_timeout = index_timeout
        self._interpreters = Interpreters()
        self._held: dict[str, tuple[int, ...]] = {}

    def interpreter(self, python_version: str, cancel: CancelToken) -> Interpreter:
        """A Python of that version (``X.Y``); none is ever installed for it.

        Raises:
            ToolMissingError: there is none on this machine, or uv is not installed.
            TimedOutError: uv or the Python does not answer.
            CancelledError: cancelled.
        """
        try:
            return self._interpreters.find(python_version, cancel)
        except DeadlineError as error:
            raise TimedOutError(
                ErrorCode.KERNEL_TIMED_OUT,
                f"The search for Python {python_version} took longer than {error.seconds:g} s.",
                hint="Look at the folders in PATH.",
            ) from error

    def find(self, key: str) -> Environment | None:
        """The environment of that name, also when it has a fault; None when it is not complete."""
        folder = _folder() / key
        record = _load(folder / RECORD) if _KEY.fullmatch(key) else None
        return None if record is None else _environment(folder, record)

    def find_all(self) -> tuple[Environment, ...]:
        """All complete environments."""
        names = sorted(os.listdir(_folder())) if _folder().is_dir() else []
        found = (self.find(name) for name in names)
        return tuple(environment for environment in found if environment is not None)

    def by_use(self) -> tuple[str, ...]:
        """The names of all complete environments, the one that was held last first."""
        folder = _folder()
        names = [n for n in os.listdir(folder) if _KEY.fullmatch(n)] if folder.is_dir() else []
        complete = [name for name in names if (folder / name / RECORD).is_file()]
        return tuple(sorted(complete, key=lambda name: (_held_at(name), name), reverse=True))

    def is_running(self, key: str) -> bool:
        """True where a program of the environment runs, as far as this machine tells."""
        return is_running_in(_folder() / key)

    @contextmanager
    def hold(self, key: str, cancel: CancelToken) -> Iterator[None]:
        """Keep everybody else from building and removing the environment of that name.

        Raises:
            OutsideFailedError: the operating system refuses.
            CancelledError: cancelled while waiting for somebody else.
        """
        with ExitStack() as stack:
            try:
                lock = _folder() / f"{key}.lock"
                inherited = stack.enter_context(file_lock(lock, cancel))
                # Who holds it is about to use it.
                with suppress(OSError):
                    os.utime(lock)
            except OSError as error:
                raise _refused(error) from error
            self._held[key] = inherited
            stack.callback(self._held.pop, key)
            yield

    def build(
        self, request: EnvironmentRequest, progress: Progress, cancel: CancelToken
    ) -> Environment:
        """The environment, newly built with exactly the lock's files; the caller holds its name.

        Raises:
            RefusedError: files differ from the lock's hashes, or the lock fits no kernel here.
            OutsideFailedError: an index cannot be reached, a build failed, the disk is full.
            TimedOutError: it took longer than the limit.
            ToolMissingError: uv is not installed.
            CancelledError: cancelled; nothing is left.
        """
        folder = _folder() / request.key
        _remove_leftovers(request.key)
        building = folder.with_name(f"{request.key}.{uuid.uuid4().hex[:8]}{_BUILDING}")
        try:
            self._fill(building, request, progress, cancel)
            _put_in_place(building, folder)
        except OSError as error:
            raise _refused(error) from error
        finally:
            shutil.rmtree(building, ignore_errors=True)
        found = self.find(request.key)
        if found is None or found.fault:
            raise OutsideFailedError(
                ErrorCode.KERNEL_BUILD_FAILED,
                f"The environment is not complete: {found.fault if found else 'it is gone.'}",
                hint="Try again.",
            )
        return found

    def remove(self, key: str) -> None:
        """Remove an environment, which the caller holds; nothing happens when there is none.

        Raises:
            OutsideFailedError: the operating system refuses.
        """
        folder = _folder() / key
        try:
            if folder.is_dir():
                # First by its name: half an environment must not count as one.
                old = folder.with_name(f"{key}.{uuid.uuid4().hex[:8]}{_OLD}")
                _move_away(folder, old)
                # What a server of files keeps for who has it open goes with the next build.
                shutil.rmtree(old, ignore_errors=True)
        except OSError as error:
            raise _refused(error) from error
        _remove_leftovers(key)

    def _fill(
        self, folder: Path, request: EnvironmentRequest, progress: Progress, cancel: CancelToken
    ) -> None:
        interpreter = request.interpreter
        progress.report(f"Making an environment of Python {interpreter.machine.python_version}")
        # Where this process is killed, uv may go on for a moment: nobody else builds until then.
        held = self._held.get(request.key, ())
        _make_venv(folder, interpreter.path, cancel, held)
        work = folder / "aidevsecops"
        work.mkdir()
        installer = UvInstaller(
            self._uv, request, progress, cancel, self._timeout, self._index_timeout, held
        )
        added = _added_before(request) or installer.resolve_kernel_package(work)
        installer.install(str(_python_in(folder)), added, work)
        record: dict[str, Json] = {
            "interpreter": os.path.realpath(interpreter.path),
            "python_version": interpreter.machine.python_version,
            "platform": interpreter.machine.platform,
            "markers": dict(interpreter.machine.markers),
            "packages": _packages_json(request.packages),
            "added": _packages_json(added),
            "created_at": self._clock.now(),
            "size_bytes": _size(folder),
        }
        (folder / RECORD).write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")


def _folder() -> Path:
    # Slow to import, and only needed where kernels are.
    from jupyter_core.paths import jupyter_data_dir

    return Path(jupyter_data_dir(), "aidevsecops", "environments")


def _held_at(key: str) -> float:
    try:
        return (_folder() / f"{key}.lock").stat().st_mtime
    except OSError:
        return 0.0


def _python_in(folder: Path) -> Path:
    return folder / "Scripts" / "python.exe" if os.name == "nt" else folder / "bin" / "python"


def _make_venv(
    folder: Path, interpreter: str, cancel: CancelToken, inherited: tuple[int, ...]
) -> None:
    command = Command(
        argv=(
            *(find_uv(), "venv", "--quiet", "--color=never", "--relocatable", "--no-project"),
            *("--no-python-downloads", f"--python={interpreter}", str(folder)),
        ),
        timeout=_VENV_SECONDS,
        is_bound=True,
        is_merged=True,
        inherited=inherited,
    )
    try:
        outcome = run(command, cancel)
    except DeadlineError as error:
        raise TimedOutError(
            ErrorCode.KERNEL_TIMED_OUT,
            f"Making an environment took longer than {error.seconds:g} seconds.",
            hint="Look at the disk that 'jupyter --data-dir' is on.",
        ) from error
    if outcome.returncode != 0:
        failure = read_failure(outcome.tail)
        if failure.kind is UvFailureKind.DISK:
            raise error_of(failure, index_timeout=0.0, returncode=outcome.returncode)
        raise OutsideFailedError(
            ErrorCode.KERNEL_BUILD_FAILED,
            f"uv could not make an environment (exit status {outcome.returncode}).",
            hint="The explanation is uv's own.",
            details={"explanation": "\n".join(outcome.tail)},
        )


def _added_before(request: EnvironmentRequest) -> tuple[LockedPackage, ...]:
    """What an earlier build of this environment had beside its lock: the same is taken again."""
    record = _load(_folder() / request.key / RECORD) or {}
    added = record.get("added")
    return tuple(
        LockedPackage(str(entry["name"]), str(entry["version"]), tuple(map(str, hashes)))
        for entry in (added if isinstance(added, list) else [])
        if isinstance(entry, dict) and isinstance(hashes := entry.get("hashes"), list)
    )


def _put_in_place(building: Path, folder: Path) -> None:
    if folder.exists():
        # Kernels that run in it keep the files that they have open.
        if exchange(building, folder):
            return
        old = folder.with_name(f"{folder.name}.{uuid.uuid4().hex[:8]}{_OLD}")
        _move_away(folder, old)
        try:
            building.rename(folder)
        except OSError:
            with suppress(OSError):
                old.rename(folder)
            raise
        shutil.rmtree(old, ignore_errors=True)
    else:
        building.rename(folder)


def _move_away(folder: Path, old: Path) -> None:
    try:
        folder.rename(old)
    except OSError as error:
        # A folder that came with a container's image cannot be renamed there, only removed.
        if error.errno != errno.EXDEV:
            raise
        shutil.rmtree(folder)


def _remove_leftovers(key: str) -> None:
    """Remove what builds and removals that were killed have left."""
    for suffix in (_BUILDING, _OLD):
        for path in _folder().glob(f"{key}.*{suffix}"):
            shutil.rmtree(path, ignore_errors=True)


def _environment(folder: Path, record: Mapping[str, Json]) -> Environment:
    packages, added = _versions(record.get("packages")), _versions(record.get("added"))
    markers, size, created = (record.get(k) for k in ("markers", "size_bytes", "created_at"))
    python_version = str(record.get("python_version"))
    return Environment(
        key=folder.name,
        python=str(_python_in(folder)),
        machine=Machine(
            python_version=python_version,
            platform=str(record.get("platform")),
            markers={k: str(v) for k, v in markers.items()} if isinstance(markers, dict) else {},
        ),
        packages=packages,
        added=added,
        size_bytes=size if isinstance(size, int) else 0,
        created_at=float(created) if isinstance(created, int | float) else 0.0,
        fault=_fault(folder, record, {**packages, **added}),
    )


def _fault(folder: Path, record: Mapping[str, Json], expected: Mapping[str, str]) -> str:
    """Why the environment cannot be used, as far as its files tell; empty when it can."""
    python, version = _python_in(folder), record.get("python_version")
    if not python.exists():
        was = record.get("interpreter")
        return f"Its Python ({was}) is gone, as after an upgrade of the image."
    named = _PYTHON_NAME.fullmatch(os.path.basename(os.path.realpath(python)))
    if named and named[1] != version:
        return f"Its Python is {named[1]} now and was {version}, as after an upgrade of the image."
    site = [str(path) for path in (*folder.glob("lib/python*/site-packages"), *_windows(folder))]
    installed = installed_versions(site)
    missing = sorted(name for name in expected if name not in installed)
    return f"Files are missing: {', '.join(missing)}." if missing else ""


def _windows(folder: Path) -> list[Path]:
    return [folder / "Lib" / "site-packages"] if os.name == "nt" else []


def _packages_json(packages: tuple[LockedPackage, ...]) -> list[Json]:
    return [
        {"name": package.key, "version": package.version, "hashes": [*package.hashes]}
        for package in packages
    ]


def _versions(packages: Json) -> dict[str, str]:
    entries = packages if isinstance(packages, list) else []
    return {
        str(entry.get("name")): str(entry.get("version"))
        for entry in entries
        if isinstance(entry, dict)
    }


def _size(folder: Path) -> int:
    return sum(
        os.lstat(os.path.join(path, name)).st_size
        for path, _, names in os.walk(folder)
        for name in names
    )


def _load(path: Path) -> dict[str, Json] | None:
    try:
        value: Json = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        # Without its record an environment does not count.
        return None
    return value if isinstance(value, dict) else None


def _refused(error: OSError) -> OutsideFailedError:
    return OutsideFailedError(
        ErrorCode.KERNEL_WRITE_FAILED,
        f"The folder of environments cannot be written: {error.strerror}.",
        hint="Look at the folder 'aidevsecops' below 'jupyter --data-dir'.",
    )
