"""Elyra, in a process of the Python that has it: nothing here imports it."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from ..domain.engine import Exported, IssueLevel, Submitted
from ..domain.errors import (
    ErrorCode,
    OutsideFailedError,
    RefusedError,
    TimedOutError,
    ToolMissingError,
)
from ..formats.elyra_issues import read_issues
from ..formats.redaction import redact
from ..formats.toml_text import table_of, text_of
from .process import Command, DeadlineError, ProgramMissingError, run
from .work_folders import work_folder

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..app.engine_ports import EngineWork
    from ..app.ports import CancelToken, Progress
    from ..domain.engine import EngineIssue, ExportFormat
    from ..domain.json_value import Json
    from ..domain.runtime import RuntimeConfiguration

_CHILD = Path(__file__).with_name("elyra_child.py")
# Not run by its path: the folder that it is in would come first where modules are looked for.
_SCRIPT = "import runpy, sys; runpy.run_path(sys.argv[1], run_name='__main__')"
_SHOWN_LINES = 15


class ElyraEngine:
    """The port ``PipelineEngine`` for the files below a folder.

    ``python`` is the program of the Python that has Elyra, empty for this one.
    """

    def __init__(self, root: Path, python: str, *, timeout: float) -> None:
        self._root = root.resolve()
        self._python = python or sys.executable
        self._timeout = timeout

    def validate(self, work: EngineWork, cancel: CancelToken) -> tuple[EngineIssue, ...]:
        """What it finds wrong with a pipeline.

        Raises:
            AidevsecopsError: as ``PipelineEngine`` says.
        """
        answer = self._ask(_asked("validate", work), work.runtime, cancel)
        return read_issues(answer)

    def export(
        self, work: EngineWork, file_format: ExportFormat, progress: Progress, cancel: CancelToken
    ) -> Exported:
        """The pipeline as its engine reads it; the files of its steps are stored for it.

        Raises:
            AidevsecopsError: as ``PipelineEngine`` says.
        """
        asked = {**_asked("export", work), "format": file_format.value}
        answer = self._ask(asked, work.runtime, cancel, progress.log)
        return Exported(text_of(answer, "text"), _accepted(work, answer))

    def submit(self, work: EngineWork, progress: Progress, cancel: CancelToken) -> Submitted:
        """Where the pipeline runs that has been handed to its engine.

        Raises:
            AidevsecopsError: as ``PipelineEngine`` says.
        """
        answer = self._ask(_asked("submit", work), work.runtime, cancel, progress.log)
        tasks = table_of(answer, "tasks")
        return Submitted(
            run_id=text_of(answer, "run_id"),
            run_url=text_of(answer, "run_url"),
            git_url=text_of(answer, "git_url"),
            storage_url=text_of(answer, "object_storage_url"),
            storage_path=text_of(answer, "object_storage_path"),
            tasks={name: str(node) for name, node in tasks.items() if node},
            issues=_accepted(work, answer),
        )

    def login(self, runtime: RuntimeConfiguration, cancel: CancelToken) -> str:
        """The cookies that let somebody into an engine that has a page to log in.

        Raises:
            AidevsecopsError: as ``PipelineEngine`` says.
        """
        answer = self._ask({"deed": "login", "runtime": runtime.name}, runtime, cancel)
        return text_of(answer, "cookies")

    def _ask(
        self,
        asked: dict[str, Json],
        runtime: RuntimeConfiguration | None,
        cancel: CancelToken,
        on_line: Callable[[str], None] | None = None,
    ) -> dict[str, Json]:
        secrets = runtime.secrets if runtime else frozenset()
        # Nobody else may read what is in it: an answer may hold keys.
        with work_folder("aidevsecops-") as home:
            file = home / "answer.json"
            command = Command(
                argv=(self._python, "-c", _SCRIPT, str(_CHILD)),
                cwd=home,
                env={**os.environ, "PYTHONIOENCODING": "utf-8"},
                stdin=json.dumps({**asked, "root": str(self._root), "answer": str(file)}),
                timeout=self._timeout,
                is_merged=True,
                secrets=secrets,
            )
            try:
                tail = run(command, cancel, on_line).tail
            except (ProgramMissingError, OSError) as error:
                raise self._missing("there is no such program") from error
            except DeadlineError as error:
                raise _timed_out(error) from error
            answer = _read(file)
        if "missing" in answer:
            raise self._missing(text_of(answer, "missing"))
        if not answer or "error" in answer:
            raise _failed(redact(text_of(answer, "error"), secrets), tail)
        return answer

    def _missing(self, why: str) -> ToolMissingError:
        return ToolMissingError(
            ErrorCode.ELYRA_MISSING,
            f"Elyra is not installed for {self._python}: {why}.",
            hint="Install it: pip install 'aidevsecops-ext[elyra]'. If it is in an environment of "
            "its own, name its Python: AIDEVSECOPS_ELYRA_PYTHON, or elyra_python on a server.",
            details={"python": self._python},
        )


def _asked(deed: str, work: EngineWork) -> dict[str, Json]:
    return {
        "deed": deed,
        "path": work.path,
        "content": work.content,
        "runtime": work.runtime.name if work.runtime else "",
        "secret": work.secret,
    }


def _read(file: Path) -> dict[str, Json]:
    try:
        answer: Json = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return answer if isinstance(answer, dict) else {}


def _accepted(work: EngineWork, answer: dict[str, Json]) -> tuple[EngineIssue, ...]:
    """What Elyra says of a pipeline that it takes.

    Raises:
        RefusedError: it does not take it.
    """
    issues = read_issues(answer)
    errors = [issue.sentence for issue in issues if issue.level is IssueLevel.ERROR]
    if errors:
        more = f" (and {len(errors) - 1} more)" if len(errors) > 1 else ""
        raise RefusedError(
            ErrorCode.ELYRA_REFUSED,
            f"Elyra does not take {work.path}: {errors[0]}{more}.",
            hint=f"aidevsecops pipeline validate --elyra {work.path} lists what is wrong.",
            details={"issues": [*errors]},
        )
    return issues


def _failed(said: str, tail: tuple[str, ...]) -> OutsideFailedError:
    return OutsideFailedError(
        ErrorCode.ELYRA_FAILED,
        f"Elyra failed: {said.rstrip('.') or 'it ended without an answer'}.",
        hint="Does the runtime configuration fit? aidevsecops runtime test NAME looks.",
        details={"explanation": "\n".join(tail[-_SHOWN_LINES:])},
    )


def _timed_out(error: DeadlineError) -> TimedOutError:
    return TimedOutError(
        ErrorCode.ELYRA_TIMED_OUT,
        f"Elyra was not done after {error.seconds:g} s.",
        hint="Does the engine answer? aidevsecops runtime test NAME looks. The setting "
        "elyra_timeout gives it more time.",
        details={"explanation": "\n".join(error.tail[-_SHOWN_LINES:])},
    )
