"""The addresses of locked files, as uv finds them on the user's indexes."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from ..domain.errors import ErrorCode, TimedOutError
from ..formats.pylock import read_files
from ..formats.uv_project import project_of
from ..formats.uv_report import read_failure
from .engine_folders import engine_folder
from .process import DeadlineError
from .uv_failures import error_of
from .uv_indexes import index_environment
from .uv_program import UvCall, UvProgram, is_log_line

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from ..app.ports import CancelToken, ResolveRequest
    from ..domain.exchange import PackageFile


class UvFiles:
    """The port ``PackageFiles``: one ``uv pip compile`` of exact versions, without dependencies."""

    def __init__(self, root: Path, *, timeout: float, index_timeout: float) -> None:
        self._uv = UvProgram(root, index_timeout=index_timeout)
        self._timeout = timeout
        self._index_timeout = index_timeout

    def files(
        self, request: ResolveRequest, cancel: CancelToken
    ) -> Mapping[str, tuple[PackageFile, ...]]:
        """The files of each package that is asked for, by its normalised name.

        Raises:
            RefusedError: an index has no such version.
            OutsideFailedError: index unreachable, or uv failed.
            TimedOutError: it took longer than the limit.
            ToolMissingError: uv is not installed.
            CancelledError: cancelled.
        """
        if not request.requirements:
            return {}
        try:
            with engine_folder("files") as folder:
                return read_files(self._locate(request, folder, cancel))
        except DeadlineError as error:
            raise TimedOutError(
                ErrorCode.LOCK_TIMED_OUT,
                f"Finding the files took longer than {error.seconds:g} seconds and was stopped.",
                hint="Raise the setting lock_timeout.",
            ) from error

    def _locate(self, request: ResolveRequest, work: Path, cancel: CancelToken) -> str:
        source, output = work / "pyproject.toml", work / "pylock.toml"
        explicit = tuple(index for index in request.indexes if not index.is_default)
        source.write_text(project_of(request.requirements, explicit), encoding="utf-8")
        call = UvCall(
            arguments=(
                str(source),
                "--quiet",
                "--no-deps",
                "--universal",
                "--format=pylock.toml",
                "--prerelease=allow",
                f"--output-file={output}",
                f"--python-version={request.target.python_version}",
            ),
            folder=request.folder,
            agreed=request.agreed,
            environ=index_environment(request.indexes),
            timeout=self._timeout,
        )
        said: list[str] = []
        outcome = self._uv.compile(call, cancel, said.append)
        if outcome.returncode != 0:
            raise error_of(
                read_failure(
                    line.replace(f"{work}{os.sep}", "") for line in said if not is_log_line(line)
                ),
                index_timeout=self._index_timeout,
                returncode=outcome.returncode,
                asked=[requirement.name for requirement in request.requirements],
            )
        return output.read_text(encoding="utf-8")
