"""The user's package indexes, asked through uv: so their credentials, proxies and mirrors count."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..domain.errors import ErrorCode, OutsideFailedError, TimedOutError
from ..domain.names import is_valid_name
from ..domain.requirements import DEFAULT_INDEX_NAME, Index
from ..formats.pipfile.entries import without_credentials
from .process import DeadlineError
from .uv_program import UvCall, UvProgram, is_log_line

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ..app.ports import CancelToken

_PARALLEL = 8


class UvIndex:
    """Which packages exist, and which index is the default one."""

    def __init__(self, root: Path, *, timeout: float, agreed: tuple[str, ...] = ()) -> None:
        self._uv = UvProgram(root, index_timeout=timeout)
        self._timeout = timeout
        self._agreed = agreed

    def existing(self, names: frozenset[str], cancel: CancelToken) -> frozenset[str]:
        """Those of ``names`` that an index has; nothing is built or installed to find out.

        Raises:
            OutsideFailedError: the index cannot be reached.
            TimedOutError: it does not answer.
            ToolMissingError: uv is not installed.
            CancelledError: cancelled.
        """
        ordered = sorted(name for name in names if is_valid_name(name))
        if not ordered or self._all_exist(ordered, cancel):
            return frozenset(ordered)
        if len(ordered) == 1:
            return frozenset()
        # Here and not above: rarely needed, and the import is slow.
        from concurrent.futures import ThreadPoolExecutor

        # uv names one missing package at a time, so from here each is asked for alone.
        with ThreadPoolExecutor(max_workers=min(_PARALLEL, len(ordered))) as pool:
            answers = list(pool.map(lambda name: self._all_exist([name], cancel), ordered))
        return frozenset(name for name, exists in zip(ordered, answers, strict=True) if exists)

    def default_index(self) -> Index:
        """The user's default index, credentials removed.

        Raises:
            OutsideFailedError: uv does not say.
            ToolMissingError: uv is not installed.
        """
        try:
            url = self._uv.default_index("", self._agreed, _NeverCancelled())
        except DeadlineError as error:
            raise self._too_slow() from error
        if url is None:
            raise OutsideFailedError(
                ErrorCode.LOCK_ENGINE_FAILED,
                "uv does not say which package index is the default one.",
                hint="Check uv's configuration.",
            )
        return Index(DEFAULT_INDEX_NAME, without_credentials(url))

    def _all_exist(self, names: list[str], cancel: CancelToken) -> bool:
        said: list[str] = []
        # Asking must not run anybody's build script.
        call = UvCall(
            ("-", "--no-deps", "--no-build", "--quiet"),
            timeout=self._timeout * 2,
            stdin="".join(f"{name}\n" for name in names),
            agreed=self._agreed,
            is_asking=True,
        )
        try:
            outcome = self._uv.compile(call, cancel, said.append)
        except DeadlineError as error:
            raise self._too_slow() from error
        if outcome.returncode == 0:
            return True
        # Not needed where nothing fails, and a command should start quickly.
        from ..formats.uv_report import UvFailureKind, read_failure
        from .uv_failures import OUTSIDE, error_of

        failure = read_failure(line for line in said if not is_log_line(line))
        if failure.kind in OUTSIDE:
            raise error_of(failure, index_timeout=self._timeout, returncode=outcome.returncode)
        # Any other failure (no wheels, not for this Python) is of a package that exists.
        return len(names) == 1 and failure.kind is not UvFailureKind.NOT_FOUND

    def _too_slow(self) -> TimedOutError:
        return TimedOutError(
            ErrorCode.LOCK_INDEX_UNREACHABLE,
            f"The package index did not answer within {self._timeout:g} seconds.",
            hint="Try again later, or raise the setting index_timeout.",
        )


class _NeverCancelled:
    """A cancel token for what takes a moment."""

    is_cancelled = False

    def on_cancel(self, callback: Callable[[], None]) -> Callable[[], None]:  # noqa: ARG002
        return lambda: None

    def raise_if_cancelled(self) -> None:
        return
