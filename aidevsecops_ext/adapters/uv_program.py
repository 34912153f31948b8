"""The uv program: where it is, and how it is run with the user's index configuration."""

from __future__ import annotations

import os
import sys
import threading
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from ..domain.errors import ErrorCode, ToolMissingError
from ..formats.requirements_txt import read_compiled
from .built_in_index import built_in_index
from .index_configuration import IndexConfiguration, index_configuration
from .process import Command, LineCallback, Outcome, ProgramMissingError, run
from .repository_options import refusal, repository_options, untrusted

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..app.ports import CancelToken

_FINDING = threading.Lock()
_COMPILE = (
    "pip",
    "compile",
    "--no-header",
    "--emit-index-url",
    f"--python={sys.executable}",
)
_QUIETLY = ("--color=never", "--no-progress", "--no-python-downloads")
_LOG_PREFIXES = ("DEBUG ", "TRACE ", "INFO ", "WARN ")
# What would make uv work on something else than it is asked to.
_FOREIGN_VARIABLES = (
    "UV_SYSTEM_PYTHON",
    "UV_WORKING_DIR",
    "UV_PROJECT",
    "UV_CUSTOM_COMPILE_COMMAND",
)


class UvCall(Struct, frozen=True):
    """One ``uv pip`` command: its arguments, and the folder below the root where it runs.

    ``environ`` comes on top of this process's environment and is taken for the user's own;
    ``only_index`` is the one index that counts then. ``inherited`` are descriptors that uv and what
    it starts keep open. ``agreed`` are addresses of indexes that files of the repository may name.
    With ``is_asking`` those files do not count where the user does not trust them; else the call is
    refused then.
    """

    arguments: tuple[str, ...]
    folder: str = ""
    environ: Mapping[str, str] = field(default_factory=dict)
    timeout: float | None = None
    stdin: str | None = None
    only_index: str | None = None
    inherited: tuple[int, ...] = ()
    agreed: tuple[str, ...] = ()
    is_asking: bool = False


class UvProgram:
    """Runs uv for files below a root; never installs a Python."""

    def __init__(self, root: Path, *, index_timeout: float) -> None:
        self._root = root.resolve()
        # Tried twice within the time: one lost connection should not cost a whole lock.
        seconds = max(1, round(index_timeout / 2))
        self._limits = {"UV_HTTP_TIMEOUT": str(seconds), "UV_HTTP_RETRIES": "1"}

    def compile(self, call: UvCall, cancel: CancelToken, on_line: LineCallback) -> Outcome:
        """How ``uv pip compile`` ended; ``on_line`` gets what it said, its log lines included.

        Raises:
            RefusedError: files of the repository steer uv, and the user did not agree to that.
            ToolMissingError: uv is not installed.
            DeadlineError: it took longer than the call's timeout.
            CancelledError: cancelled.
        """
        folder = self.folder_of(call, cancel)
        configuration = self._configured(call.environ, folder, cancel)
        return _run((*_COMPILE, *call.arguments), call, (folder, configuration), cancel, on_line)

    def install(
        self, python: str, call: UvCall, cancel: CancelToken, on_line: LineCallback
    ) -> Outcome:
        """How ``uv pip install`` into the environment of ``python`` ended.

        Raises:
            RefusedError: files of the repository steer uv, and the user did not agree to that.
            ToolMissingError: uv is not installed.
            DeadlineError: it took longer than the call's timeout.
            CancelledError: cancelled.
        """
        folder = self.folder_of(call, cancel)
        configuration = self._configured(call.environ, folder, cancel)
        if call.only_index is not None:
            only = {"UV_DEFAULT_INDEX": call.only_index, "UV_INDEX": "", "UV_EXTRA_INDEX_URL": ""}
            configuration = replace(
                configuration, environment={**configuration.environment, **only}
            )
        words = ("pip", "install", f"--python={python}", *call.arguments)
        return _run(words, call, (folder, configuration), cancel, on_line)

    def default_index(
        self, folder: str, agreed: tuple[str, ...], cancel: CancelToken
    ) -> str | None:
        """The address of the default index that counts in a folder, as uv says it.

        What files of the repository say counts as far as the user agreed to all of it.

        Raises:
            OutsideFailedError: uv cannot write its files.
            ToolMissingError: uv is not installed.
            DeadlineError: uv does not answer.
            CancelledError: cancelled.
        """
        outcome = self.compile(
            UvCall(("-",), folder, stdin="", timeout=30.0, agreed=agreed, is_asking=True),
            cancel,
            lambda _line: None,
        )
        if outcome.returncode != 0:
            _check_disk(outcome)
        return read_compiled(outcome.stdout).index_url

    def _configured(
        self, environ: Mapping[str, str], folder: Path, cancel: CancelToken
    ) -> IndexConfiguration:
        return index_configuration(
            {**self._limits, **os.environ, **environ},
            folder,
            lambda known: self._default_index(known, folder, cancel),
        )

    def _default_index(
        self, environ: Mapping[str, str] | None, folder: Path, cancel: CancelToken
    ) -> str | None:
        if environ is None:
            bare = {k: v for k, v in os.environ.items() if not k.startswith("UV_")}
            bare["UV_NO_CONFIG"] = "1"
            return built_in_index(find_uv(), lambda: self._default_index(bare, folder, cancel))
        call = UvCall(("-",), stdin="", timeout=30.0)
        place = (folder, IndexConfiguration(environ))
        outcome = _run((*_COMPILE, "-"), call, place, cancel, lambda _line: None)
        return read_compiled(outcome.stdout).index_url

    def folder_of(self, call: UvCall, cancel: CancelToken) -> Path:
        """Where uv runs, and so looks for settings.

        Raises:
            RefusedError: nobody agreed to what it would find there.
        """
        path = self._root / call.folder
        # A notebook that was never saved has no folder yet.
        folder = path if path.is_dir() else self._root
        found = repository_options({**os.environ, **call.environ}, folder)
        if not found:
            return folder
        left = untrusted(found, call.agreed, cancel)
        if not left:
            return folder
        if call.is_asking:
            # Nobody but an administrator has settings there.
            return Path(folder.anchor)
        raise refusal(left)


def is_log_line(line: str) -> bool:
    """True for a line of uv's log, False for what it says to people."""
    return line.startswith(_LOG_PREFIXES)


def find_uv() -> str:
    """The path of the uv program: that of the ``uv`` package, else the first on ``PATH``.

    Raises:
        ToolMissingError: there is none.
    """
    # Python reads its own configuration on first use, and not safely from two threads: the second
    # one finds it empty.
    with _FINDING:
        return _find_uv()


@cache
def _find_uv() -> str:
    beside = _program_beside_python()
    if beside is not None:
        return beside
    try:
        from uv import find_uv_bin

        return os.fspath(find_uv_bin())
    except (ImportError, FileNotFoundError):
        import shutil

        found = shutil.which("uv")
    if found is None:
        raise _missing()
    return found


def _program_beside_python() -> str | None:
    """The uv of the virtual environment that runs this; None outside of one, or if it has none."""
    # Where the package's own function looks first, but that has Python read its whole build
    # configuration, and nothing else can be done until uv runs.
    if sys.prefix == sys.base_prefix or sys.platform == "win32":
        return None
    program = os.path.join(sys.prefix, "bin", "uv")
    return program if os.path.isfile(program) else None


def _run(
    words: tuple[str, ...],
    call: UvCall,
    place: tuple[Path, IndexConfiguration],
    cancel: CancelToken,
    on_line: LineCallback,
) -> Outcome:
    folder, configuration = place
    command = Command(
        argv=(find_uv(), *words, *_QUIETLY, *configuration.arguments),
        cwd=folder,
        env={k: v for k, v in configuration.environment.items() if k not in _FOREIGN_VARIABLES},
        is_bound=True,
        stdin=call.stdin,
        timeout=call.timeout,
        secrets=configuration.secrets,
        inherited=call.inherited,
    )
    try:
        return run(command, cancel, on_line)
    except ProgramMissingError as error:
        raise _missing() from error


def _check_disk(outcome: Outcome) -> None:
    # Not needed where nothing fails, and a command should start quickly.
    from ..formats.uv_report import UvFailureKind, read_failure
    from .uv_failures import error_of

    failure = read_failure(line for line in outcome.tail if not is_log_line(line))
    if failure.kind is UvFailureKind.DISK:
        raise error_of(failure, index_timeout=0.0, returncode=outcome.returncode)


def _missing() -> ToolMissingError:
    return ToolMissingError(
        ErrorCode.ENGINE_MISSING,
        "The engine 'uv' is not installed.",
        hint="Install it beside this package: pip install uv",
        details={"engine": "uv"},
    )
