"""What exact versions ask for, as uv finds it when it resolves just these.

uv takes it from the metadata of the locked files, mostly from its own cache.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from msgspec import Struct, field

from ..domain.errors import ErrorCode, TimedOutError
from ..domain.tree import Need
from ..formats.requirements_txt import read_compiled
from ..formats.uv_needs import read_needs
from ..formats.uv_project import project_of
from ..formats.uv_report import read_failure
from .engine_folders import engine_folder
from .process import DeadlineError
from .uv_failures import error_of
from .uv_indexes import index_environment
from .uv_program import UvCall, UvProgram, is_log_line

if TYPE_CHECKING:
    from pathlib import Path

    from ..app.ports import CancelToken, Progress, ResolveRequest


class UvNeeds:
    """The port ``PackageNeeds``: one ``uv pip compile`` of exact versions."""

    def __init__(self, root: Path, *, timeout: float, index_timeout: float) -> None:
        self._uv = UvProgram(root, index_timeout=index_timeout)
        self._timeout = timeout
        self._index_timeout = index_timeout

    def needs(
        self, request: ResolveRequest, progress: Progress, cancel: CancelToken
    ) -> tuple[Need, ...]:
        """What the exact versions of the request ask for, each of the others in it.

        Raises:
            RefusedError: they contradict each other, or an index has one of them no longer.
            OutsideFailedError: the index cannot be reached, or uv failed.
            TimedOutError: it took longer than the limit.
            ToolMissingError: uv is not installed.
            CancelledError: cancelled.
        """
        return self._ask(request, _Listener(progress), cancel)

    def links(
        self, request: ResolveRequest, progress: Progress, cancel: CancelToken
    ) -> tuple[Need, ...]:
        """The same for versions that contradict each other, without what exactly is asked for.

        Raises:
            AidevsecopsError: as for ``needs``.
        """
        found = self._ask(request, _Listener(progress), cancel, is_forced=True)
        # What is asked for was overridden, so it is not what the packages say.
        return tuple(dict.fromkeys(Need(need.parent, need.child) for need in found))

    def _ask(
        self,
        request: ResolveRequest,
        listener: _Listener,
        cancel: CancelToken,
        *,
        is_forced: bool = False,
    ) -> tuple[Need, ...]:
        if not request.requirements:
            return ()
        try:
            with engine_folder("tree") as work:
                call = self._call(request, work, is_forced=is_forced)
                outcome = self._uv.compile(call, cancel, listener.hear)
                if outcome.returncode != 0:
                    raise error_of(
                        read_failure(line.replace(f"{work}{os.sep}", "") for line in listener.said),
                        index_timeout=self._index_timeout,
                        returncode=outcome.returncode,
                        asked=[requirement.name for requirement in request.requirements],
                    )
        except DeadlineError as error:
            raise TimedOutError(
                ErrorCode.LOCK_TIMED_OUT,
                f"Asking what packages need took longer than {error.seconds:g} seconds.",
                hint="Raise the setting lock_timeout.",
            ) from error
        return read_needs(listener.log, read_compiled(outcome.stdout))

    def _call(self, request: ResolveRequest, work: Path, *, is_forced: bool) -> UvCall:
        source, target = work / "pyproject.toml", request.target
        explicit = tuple(index for index in request.indexes if not index.is_default)
        source.write_text(project_of(request.requirements, explicit), encoding="utf-8")
        arguments = [
            str(source),
            "--quiet",
            # With hashes the annotations are on lines of their own.
            "--generate-hashes",
            "--annotation-style=line",
            "--no-strip-extras",
            f"--python-version={target.python_version}",
        ]
        if target.is_universal:
            arguments.append("--universal")
        elif target.platform is not None:
            arguments.append(f"--python-platform={target.platform}")
        if is_forced:
            overrides = work / "overrides.txt"
            lines = [f"{pin.to_pep508()}\n" for pin in request.requirements]
            overrides.write_text("".join(lines), encoding="utf-8")
            arguments.append(f"--overrides={overrides}")
        return UvCall(
            arguments=tuple(arguments),
            folder=request.folder,
            agreed=request.agreed,
            # uv tells what exactly is asked for in its log only.
            environ={**index_environment(request.indexes), "RUST_LOG": "uv_resolver=debug"},
            timeout=self._timeout,
        )


class _Listener(Struct):
    """Keeps apart what uv logs, and what it says to people."""

    progress: Progress
    log: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def hear(self, line: str) -> None:
        if is_log_line(line):
            self.log.append(line)
        else:
            self.said.append(line)
            self.progress.log(line)
