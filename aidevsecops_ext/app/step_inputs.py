"""What the results of a step depend on, as it is now, and if earlier results still hold."""

from __future__ import annotations

from posixpath import dirname, join, normpath, relpath
from typing import TYPE_CHECKING

from msgspec import Struct

from ..domain.imports import UnreadableCodeError, third_party_imports
from ..domain.ipython import read_cell
from ..domain.pipeline_run import StepState
from ..domain.step_key import MISSING, Part, changes_between, digest_of
from .follow_imports import ImportFollower, written_files
from .plan_run import is_secret

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ..domain.ipython_magics import RunFile
    from ..domain.pipeline_run import PipelineRun, StepRun
    from .plan_run import PlannedStep
    from .ports import CancelToken
    from .run_ports import RunPorts

_WILDCARDS = frozenset("*?[")


class Judgement(Struct, frozen=True):
    """The key of a step, the earlier results that hold if any, else why it runs."""

    key: Mapping[str, str]
    earlier: StepRun | None = None
    reason: str = ""


class StepInputs:
    """The keys of the steps of the pipeline at ``path``."""

    def __init__(self, path: str, ports: RunPorts, cancel: CancelToken) -> None:
        self._home = dirname(path) or "."
        self._ports = ports
        self._cancel = cancel

    def key_of(self, step: PlannedStep, before: Sequence[StepRun]) -> dict[str, str]:
        """The key of a step, after the steps ``before`` it, direct or not, in their order.

        Raises:
            RefusedError: a pattern of its dependencies leads out of the root.
            CancelledError: cancelled.
        """
        key = dict(self._own_parts(step))
        node = step.node
        folder = dirname(step.path)
        left = {file.path: file.digest for run in before for file in run.outputs}
        names = self._ports.data.match(
            folder, node.dependencies, is_deep=node.include_subdirectories
        )
        literal = (d for d in node.dependencies if _WILDCARDS.isdisjoint(d))
        there = {normpath(join(folder, each)) for each in literal}
        for path in sorted({*names, *left, *there}):
            if path in left:
                key[self._part(Part.INPUT, path)] = left[path]
            elif path in names or not any(name.startswith(f"{path}/") for name in names):
                digest = self._ports.data.digest(path) or MISSING
                key[self._part(Part.INPUT, path)] = digest
        for run in before:
            if run.name in step.upstream and not run.outputs:
                key[Part.UPSTREAM.of(run.name)] = run.ran_in
        return key

    def judge(
        self, step: PlannedStep, before: Sequence[StepRun], runs: Sequence[PipelineRun]
    ) -> Judgement:
        """What holds of a step after those ``before`` it; ``runs`` are earlier ones, newest first.

        Raises:
            RefusedError: a pattern of its dependencies leads out of the root.
            CancelledError: cancelled.
        """
        key = self.key_of(step, before)
        same_id = [one for run in runs for one in run.steps if one.id == step.node.id]
        finished = [one for one in same_id if one.state.has_results]
        for one in finished:
            if not changes_between(one.key, key):
                return Judgement(key, one)
        if finished:
            return Judgement(key, reason="; ".join(changes_between(finished[0].key, key)))
        has_failed = any(one.state is StepState.FAILED for one in same_id)
        return Judgement(key, reason="it failed before" if has_failed else "it has not run before")

    def _part(self, part: Part, path: str) -> str:
        return part.of(relpath(path, self._home))

    def _own_parts(self, step: PlannedStep) -> Iterator[tuple[str, str]]:
        """The parts that do not depend on other steps."""
        yield Part.ENVIRONMENT.value, step.environment.digest
        yield Part.OUTPUTS.value, digest_of("\0".join(step.node.outputs))
        # A secret may be another one each day, and is nothing to keep even a digest of.
        for name, value in sorted(step.variables.items()):
            if not is_secret(name):
                yield Part.VARIABLE.of(name), digest_of(value)
        for name, value in sorted(step.parameters.items()):
            if not is_secret(name):
                yield Part.PARAMETER.of(name), digest_of(value)
        if step.notebook is None:
            yield Part.CODE.value, step.revision
        else:
            for cell in step.notebook.code_cells:
                if cell.source.strip():
                    yield Part.CELL.of(cell.index + 1), digest_of(cell.source)
        for path in self._modules(step):
            yield self._part(Part.MODULE, path), self._ports.data.digest(path) or MISSING

    def _modules(self, step: PlannedStep) -> list[str]:
        """The modules of the project that a step imports, those that they import as well."""
        written: dict[str, str] = {}
        if step.notebook is None:
            text = self._ports.files.read(step.path).text if step.path.endswith(".py") else ""
            pieces: list[tuple[str, tuple[RunFile, ...]]] = [(text, ())]
        else:
            if not step.notebook.is_python:
                return []
            cells = [(cell, read_cell(cell.source)) for cell in step.notebook.code_cells]
            written = written_files(step.path, cells)
            pieces = [(code.python, code.runs) for _, code in cells]
        modules, files = self._ports.modules, self._ports.files
        follower = ImportFollower(step.path, files, modules, written, self._cancel)
        found: set[str] = set()
        for python, runs in pieces:
            try:
                imports = third_party_imports(python)
            except UnreadableCodeError:
                continue
            found.update(path for _, path in follower.follow(imports, runs, []).local)
        return sorted(found - set(written))
