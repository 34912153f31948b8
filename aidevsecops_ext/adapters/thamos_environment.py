"""thamos: the one on PATH if it runs, else one in an environment of its own that uv makes.

It cannot be beside JupyterLab: it needs an older ``packaging`` than JupyterLab does. The
environment is built in a folder beside its own and renamed when all is there.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
import sysconfig
import uuid
from pathlib import Path
from typing import TYPE_CHECKING

from ..domain.errors import AidevsecopsError, ErrorCode, OutsideFailedError
from ..formats.uv_report import read_failure
from .file_lock import file_lock
from .process import Command, DeadlineError, ProgramMissingError, run
from .uv_failures import error_of
from .uv_program import UvCall, UvProgram, find_uv

if TYPE_CHECKING:
    from ..app.ports import CancelToken, Progress

REQUIREMENTS = Path(__file__).with_name("thamos_requirements.txt")
RECORD = "aidevsecops.complete"
_BUILDING = ".building"
_START_SECONDS = 180.0


class ThamosEnvironment:
    """Where thamos is, for files below a root."""

    def __init__(self, root: Path, *, timeout: float, index_timeout: float) -> None:
        self._uv = UvProgram(root, index_timeout=index_timeout)
        self._timeout = timeout
        self._index_timeout = index_timeout
        self._running: set[str] = set()

    def program(self, progress: Progress, cancel: CancelToken) -> str:
        """The path of a thamos that runs; one is installed if there is none.

        Raises:
            OutsideFailedError: it cannot be installed.
            ToolMissingError: uv is not installed.
            CancelledError: cancelled; nothing half-made is left.
        """
        found = shutil.which("thamos")
        if found is not None:
            # It starts slowly: once is enough for many locks.
            if found in self._running or _runs(found, cancel):
                self._running.add(found)
                progress.log(f"Using {found}")
                return found
            progress.log(f"{found} does not run; thamos gets an environment of its own.")
        return self._own(progress, cancel, is_anew=False)

    def is_own(self, program: str) -> bool:
        """True for the program of the environment that is made here."""
        return program == str(_program_in(own_folder()))

    def remake(self, progress: Progress, cancel: CancelToken) -> str:
        """The program of an environment that takes the place of a broken one.

        Raises:
            AidevsecopsError: as for ``program``.
        """
        return self._own(progress, cancel, is_anew=True)

    def _own(self, progress: Progress, cancel: CancelToken, *, is_anew: bool) -> str:
        folder = own_folder()
        try:
            with file_lock(folder.with_name(f"{folder.name}.lock"), cancel):
                if is_anew or not _is_complete(folder):
                    self._build(folder, progress, cancel)
        except OSError as error:
            raise _failed(
                f"The folder of tools cannot be written: {error.strerror}.",
                "Look at the folder 'aidevsecops' below 'jupyter --data-dir'.",
            ) from error
        return str(_program_in(folder))

    def _build(self, folder: Path, progress: Progress, cancel: CancelToken) -> None:
        for leftover in folder.parent.glob(f"{folder.name}.*{_BUILDING}"):
            shutil.rmtree(leftover, ignore_errors=True)
        progress.report("Installing thamos in an environment of its own (once, about 110 MB)")
        building = folder.with_name(f"{folder.name}.{uuid.uuid4().hex[:8]}{_BUILDING}")
        try:
            _make_venv(building, self._timeout, cancel)
            self._install(building, progress, cancel)
            (building / RECORD).touch()
            shutil.rmtree(folder, ignore_errors=True)
            building.rename(folder)
        finally:
            shutil.rmtree(building, ignore_errors=True)

    def _install(self, folder: Path, progress: Progress, cancel: CancelToken) -> None:
        said: list[str] = []

        def hear(line: str) -> None:
            said.append(line)
            progress.log(line)

        call = UvCall(
            ("--no-deps", "--require-hashes", f"--requirements={REQUIREMENTS}"),
            timeout=self._timeout,
            is_asking=True,
        )
        try:
            outcome = self._uv.install(str(_python_in(folder)), call, cancel, hear)
        except DeadlineError as error:
            raise _took_too_long(error) from error
        if outcome.returncode != 0:
            reason: AidevsecopsError = error_of(
                read_failure(said),
                index_timeout=self._index_timeout,
                returncode=outcome.returncode,
            )
            raise _failed(
                f"thamos cannot be installed. {reason.message}",
                "Make the package index reachable, or install thamos yourself (pipx install "
                "thamos, then pipx inject thamos 'packaging<22') so that it is on PATH.",
                str(reason.details.get("explanation", "")),
            )


def own_folder() -> Path:
    """The folder of the environment, named after what is in it and what it is for."""
    # Slow to import, and only needed here.
    from jupyter_core.paths import jupyter_data_dir

    platform = f"{sys.version_info.major}.{sys.version_info.minor} {sysconfig.get_platform()}"
    key = hashlib.sha256(REQUIREMENTS.read_bytes() + platform.encode()).hexdigest()[:16]
    return Path(jupyter_data_dir(), "aidevsecops", "tools", f"thamos-{key}")


def _make_venv(folder: Path, timeout: float, cancel: CancelToken) -> None:
    command = Command(
        argv=(
            *(find_uv(), "venv", "--quiet", "--color=never", "--relocatable", "--no-project"),
            *("--no-python-downloads", f"--python={sys.executable}", str(folder)),
        ),
        timeout=timeout,
        is_merged=True,
    )
    try:
        outcome = run(command, cancel)
    except DeadlineError as error:
        raise _took_too_long(error) from error
    if outcome.returncode != 0:
        raise _failed(
            f"uv could not make an environment for thamos (exit status {outcome.returncode}).",
            "The explanation is uv's own.",
            "\n".join(outcome.tail),
        )


def _is_complete(folder: Path) -> bool:
    # After an upgrade of an image the Python that a link leads to may be gone.
    needed = (folder / RECORD, _program_in(folder), _python_in(folder))
    return all(path.exists() for path in needed)


def _runs(program: str, cancel: CancelToken) -> bool:
    command = Command(argv=(program, "--help"), timeout=_START_SECONDS, is_merged=True)
    try:
        return run(command, cancel).returncode == 0
    except (DeadlineError, ProgramMissingError):
        return False


def _python_in(folder: Path) -> Path:
    return folder / "Scripts" / "python.exe" if os.name == "nt" else folder / "bin" / "python"


def _program_in(folder: Path) -> Path:
    return folder / "Scripts" / "thamos.exe" if os.name == "nt" else folder / "bin" / "thamos"


def _took_too_long(error: DeadlineError) -> OutsideFailedError:
    return _failed(
        f"Installing thamos took longer than {error.seconds:g} seconds and was stopped.",
        "Raise the setting lock_timeout; what was downloaded is kept.",
    )


def _failed(message: str, hint: str, explanation: str = "") -> OutsideFailedError:
    return OutsideFailedError(
        ErrorCode.THOTH_CLIENT_FAILED,
        message,
        hint=hint,
        details={"explanation": explanation} if explanation else None,
    )
