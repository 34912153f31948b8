"""Thoth as an engine: its service chooses the versions, and thamos asks it."""

from __future__ import annotations

import json
import os
from collections import deque
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from msgspec import Struct, field

from ..domain.errors import ErrorCode, RefusedError
from ..domain.thoth import THOTH_ENGINE, ThothQuestion, ThothRecord
from .engine_folders import engine_folder

if TYPE_CHECKING:
    from ..app.ports import CancelToken, Progress, Resolution, ResolveRequest
    from ..domain.json_value import Json
    from .thamos_environment import ThamosEnvironment

_TOKEN = "THAMOS_TOKEN"  # noqa: S105 - a variable's name
# What would make thamos ask something else than it is told to, or tell others of it.
_FOREIGN = ("THAMOS_", "THOTH_")
_FOREIGN_NAMES = frozenset({"SENTRY_DSN", "PYTHONPATH", "PYTHONHOME", "GIT_DIR"})
# thamos starts slowly, and ends by itself when its own time is over.
_START_SECONDS = 180.0
_KEPT_LINES = 400
_CONFIGURED = (
    "from thamos.config import config; config.load_config(); from thamos.cli import cli; cli()"
)
_DONE, _NOTHING, _NO_RECOMMENDATION = 0, 2, 4


class ThothResolver:
    """The port ``Resolver`` by a Thoth service, which each request names."""

    engine = THOTH_ENGINE

    def __init__(self, root: Path, *, host: str, timeout: float, index_timeout: float) -> None:
        self._root = root
        self._host = host
        self._timeout = timeout
        self._index_timeout = index_timeout
        self._known_thamos: ThamosEnvironment | None = None

    def missing(self) -> str | None:
        """What to do where the settings name no service; a ``.thoth.yaml`` may all the same."""
        if self._host:
            return None
        return "Name a Thoth service in the setting thoth_host, or as host in .thoth.yaml."

    def resolve(
        self, request: ResolveRequest, progress: Progress, cancel: CancelToken
    ) -> Resolution:
        """The versions that the service recommends, for all requirements together.

        Raises:
            RefusedError: it has no recommendation (its justification explains).
            OutsideFailedError: it is unreachable, refuses or answers nonsense; thamos fails.
            TimedOutError: it took longer than the limit.
            ToolMissingError: uv is not installed, and thamos is not there.
            CancelledError: cancelled; nothing is left running and no file is left.
        """
        question = request.thoth
        if question is None:
            raise RefusedError(
                ErrorCode.THOTH_TARGET_UNSUPPORTED,
                "Thoth is asked for notebooks only, not for overlays.",
                hint="Lock overlays with another engine, such as uv.",
            )
        from .thoth_failures import unreachable
        from .thoth_service import why_unreachable

        progress.report(f"Looking for Thoth at {question.host}")
        # Before anything is installed for it.
        reason = why_unreachable(question.host, cancel)
        if reason:
            raise unreachable(question.host, reason)
        with engine_folder("thoth") as folder:
            answer = self._ask(request, question, (folder, progress), cancel)
        from .thoth_resolution import resolution_of
        from .uv_index import UvIndex

        users = UvIndex(self._root, timeout=self._index_timeout)
        return resolution_of(request, question, answer, users.default_index, progress)

    def _ask(
        self,
        request: ResolveRequest,
        question: ThothQuestion,
        place: tuple[Path, Progress],
        cancel: CancelToken,
    ) -> tuple[str, ThothRecord]:
        """The text of the service's result, and what was asked.

        Raises:
            AidevsecopsError: there is none.
        """
        from ..formats.thamos_report import ThamosFailureKind, read_failure
        from .thoth_failures import error_of

        folder, progress = place
        timeout = question.timeout or self._timeout
        thamos = self._thamos()
        program = thamos.program(progress, cancel)
        config = _write_files(request, question, folder)
        progress.report(f"Asking Thoth at {question.host} for {request.target.describe()}")
        run = _Run(question, folder, timeout, _Listener(progress, str(folder)))
        status, text = run.start(program, cancel)
        said = run.listener
        failure = read_failure(tuple(said.lines))
        if _is_broken(status, failure.kind is ThamosFailureKind.BROKEN) and thamos.is_own(program):
            progress.log("The environment of thamos is broken and is made anew.")
            run.listener = said = _Listener(progress, str(folder))
            status, text = run.start(thamos.remake(progress, cancel), cancel)
            failure = read_failure(tuple(said.lines))
        if said.analysis_id:
            _show_log(question, said.analysis_id, progress)
        if said.analysis_id and status in (_DONE, _NO_RECOMMENDATION, _NOTHING):
            return text, ThothRecord(config, said.analysis_id)
        raise error_of(failure, question.host, timeout, said.analysis_id)

    def _thamos(self) -> ThamosEnvironment:
        from .thamos_environment import ThamosEnvironment

        if self._known_thamos is None:
            self._known_thamos = ThamosEnvironment(
                self._root, timeout=self._timeout, index_timeout=self._index_timeout
            )
        return self._known_thamos


class _Listener(Struct):
    """Turns what thamos says into progress, and keeps the end of it."""

    progress: Progress
    folder: str
    lines: deque[str] = field(default_factory=lambda: deque(maxlen=_KEPT_LINES))
    analysis_id: str | None = None

    def hear(self, line: str) -> None:
        from ..formats.thamos_report import read_line

        self.lines.append(line)
        # Where the notebook's stand-in lies is nobody's business.
        said = read_line(line.replace(self.folder, "."))
        if said.message is not None:
            self.progress.log(f"thamos: {said.message}")
        if said.analysis_id is not None:
            self.analysis_id = said.analysis_id
            self.progress.report(f"Waiting for Thoth: analysis {said.analysis_id}")
        if said.state is not None:
            self.progress.report(f"Waiting for Thoth: the analysis is {said.state}")


class _Run(Struct):
    """One question to the service, by a program that is thamos."""

    question: ThothQuestion
    folder: Path
    timeout: float
    listener: _Listener

    def start(self, program: str, cancel: CancelToken) -> tuple[int, str]:
        """How the program ended and what it answered.

        Raises:
            TimedOutError: it did not end.
            CancelledError: cancelled; nothing is left running.
        """
        from .process import Command, DeadlineError, ProgramMissingError, run
        from .thoth_failures import timed_out

        environ, secrets = _environment(self.question, self.timeout, self.folder)
        command = Command(
            argv=(*_started(program, self.question), *_arguments(self.question)),
            cwd=self.folder,
            env=environ,
            timeout=self.timeout + _START_SECONDS,
            is_bound=True,
            secrets=secrets,
        )
        try:
            outcome = run(command, cancel, self.listener.hear)
        except ProgramMissingError:
            # As a shell says it: the program, or the Python that it is written for, is gone.
            return 127, ""
        except DeadlineError as error:
            analysis = self.listener.analysis_id
            raise timed_out(self.question.host, self.timeout, analysis) from error
        return outcome.returncode, outcome.stdout


def _is_broken(status: int, is_import_error: bool) -> bool:
    return status in (126, 127) or (is_import_error and status not in (_DONE, _NO_RECOMMENDATION))


def _write_files(request: ResolveRequest, question: ThothQuestion, folder: Path) -> dict[str, Json]:
    """Write what thamos reads; answers the ``.thoth.yaml``."""
    config: dict[str, Json] = json.loads(question.config)
    if question.is_for_this_machine:
        from ..formats.thoth_config import with_operating_system
        from .this_machine import operating_system_of_this_machine

        config = with_operating_system(config, *operating_system_of_this_machine())
    # JSON is YAML.
    (folder / ".thoth.yaml").write_text(json.dumps(config), encoding="utf-8")
    (folder / "Pipfile").write_text(question.pipfile, encoding="utf-8")
    if request.constraints:
        lines = "".join(f"{requirement.to_pep508()}\n" for requirement in request.constraints)
        (folder / "constraints.txt").write_text(lines, encoding="utf-8")
    return config


def _started(program: str, question: ThothQuestion) -> tuple[str, ...]:
    if question.verify_tls or not question.is_dev:
        return (program,)
    # With --dev thamos 1.29 reads its configuration only after it has looked there if the
    # certificate is to be verified, and verifies it.
    python = Path(program).resolve().with_name("python")
    return (str(python), "-c", _CONFIGURED) if python.exists() else (program,)


def _arguments(question: ThothQuestion) -> tuple[str, ...]:
    return (
        *("--verbose", "advise", "--no-write", "--json", "--no-static-analysis", "--no-user-stack"),
        *("--runtime-environment", question.environment),
        *("--recommendation-type", question.recommendation.value),
        "--dev" if question.is_dev else "--no-dev",
        *(("--force",) if question.is_forced else ()),
    )


def _environment(
    question: ThothQuestion, timeout: float, folder: Path
) -> tuple[dict[str, str], frozenset[str]]:
    """The environment of thamos, and the secrets in it."""
    environ = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(_FOREIGN) and name not in _FOREIGN_NAMES
    }
    environ |= {
        "THAMOS_TIMEOUT": str(max(1, round(timeout))),
        "THAMOS_NO_PROGRESSBAR": "1",
        "THAMOS_NO_EMOJI": "1",
        "NO_COLOR": "1",
        "PYTHONIOENCODING": "utf-8",
        # Of the repository around a folder for temporary files nobody needs to know.
        "GIT_CEILING_DIRECTORIES": str(folder.resolve().parent),
    }
    token = os.environ.get(_TOKEN, "")
    if not token:
        return environ, frozenset()
    if question.may_send_token:
        environ[_TOKEN] = token
    return environ, frozenset({token, quote(token), quote(token, safe="")})


def _show_log(question: ThothQuestion, analysis_id: str, progress: Progress) -> None:
    from .thoth_service import read_log

    try:
        lines = read_log(question.host, analysis_id, verify_tls=question.verify_tls)
    except (OSError, ValueError) as error:
        progress.log(f"The service's own log cannot be read: {error}")
        return
    for line in lines:
        progress.log(f"Thoth: {line}")
