"""Check before a release that notebooks have outputs, or have none, as the repository says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..domain.errors import AidevsecopsError, NotFoundError
from ..domain.release import Check, CheckStatus
from ..domain.release_checks import listed
from ..domain.release_settings import CheckName, OutputsPolicy
from ..formats.run_traces import RunTraces, traces_of
from .tracked_files import tracked_notebooks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .content_ports import ContentPorts
    from .ports import CancelToken


def check_outputs(policy: OutputsPolicy, ports: ContentPorts, cancel: CancelToken) -> Check:
    """Whether the notebooks that are tracked are as the policy says.

    Kept means that every code cell was run, and none ended with an error; the notebooks of steps
    are made without outputs and do not count there.

    Raises:
        AidevsecopsError: git fails.
        CancelledError: cancelled.
    """
    if not tracked_notebooks(ports, cancel):
        return Check(CheckName.OUTPUTS, CheckStatus.PASSED, "There are no notebooks.")
    if policy is OutputsPolicy.ANY:
        return Check(
            CheckName.OUTPUTS, CheckStatus.PASSED, "Notebooks may have outputs or have none."
        )
    is_stripped = policy is OutputsPolicy.STRIPPED
    found = []
    for path, traces in _traces(ports, cancel):
        reason = _unwanted(traces) if is_stripped else _missing(traces)
        if reason:
            found.append(f"{path} ({reason})")
    if not found:
        said = "No notebook has outputs." if is_stripped else "All notebooks were run."
        return Check(CheckName.OUTPUTS, CheckStatus.PASSED, said)
    if is_stripped:
        return Check(
            CheckName.OUTPUTS,
            CheckStatus.FAILED,
            f"Notebooks have outputs: {listed(found)}.",
            "Clear them (Edit, Clear Outputs of All Cells), save, and commit.",
        )
    return Check(
        CheckName.OUTPUTS,
        CheckStatus.FAILED,
        f"Notebooks are not run as a whole: {listed(found)}.",
        "Run all their cells, save, and commit.",
    )


def _traces(ports: ContentPorts, cancel: CancelToken) -> Iterator[tuple[str, RunTraces]]:
    for path in tracked_notebooks(ports, cancel):
        cancel.raise_if_cancelled()
        try:
            yield path, traces_of(ports.files.read(path).text, path)
        except NotFoundError:
            # That a deletion is not committed is said elsewhere.
            continue
        except AidevsecopsError:
            yield path, RunTraces(is_unreadable=True)


def _unwanted(traces: RunTraces) -> str:
    if traces.is_unreadable:
        return "cannot be read"
    return _cells(traces.with_outputs) if traces.with_outputs else ""


def _missing(traces: RunTraces) -> str:
    if traces.is_unreadable:
        return "cannot be read"
    if traces.is_step:
        return ""
    if traces.not_run:
        return f"{_cells(traces.not_run)} not run"
    return f"an error in {_cells(traces.with_errors)}" if traces.with_errors else ""


def _cells(indexes: tuple[int, ...]) -> str:
    word = "cell" if len(indexes) == 1 else "cells"
    return f"{word} {listed([str(index + 1) for index in indexes])}"
