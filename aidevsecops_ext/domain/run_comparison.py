"""What differs between two runs of a pipeline."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from .step_key import Part, changes_between

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from .pipeline_run import PipelineRun, StepRun


class OutputChange(Struct, frozen=True):
    """A file that two runs left differently; a digest is None where a run did not leave it."""

    path: str
    before: str | None
    after: str | None


class StepComparison(Struct, frozen=True):
    """One step in both runs, None in a run that has none of that name.

    ``changes`` says in words what its results depend on that differs.
    """

    name: str
    before: StepRun | None
    after: StepRun | None
    changes: tuple[str, ...] = ()
    outputs: tuple[OutputChange, ...] = ()

    @property
    def is_same(self) -> bool:
        """True when both runs have it, ended it alike and left the same."""
        if self.before is None or self.after is None or self.changes or self.outputs:
            return False
        return _is_good(self.before) == _is_good(self.after)


class ParameterChange(Struct, frozen=True):
    """A parameter with another value, None for one that was not given."""

    name: str
    before: str | None
    after: str | None


class RunComparison(Struct, frozen=True):
    """Two runs, the earlier one first."""

    before: PipelineRun
    after: PipelineRun
    steps: tuple[StepComparison, ...]
    parameters: tuple[ParameterChange, ...] = ()

    @property
    def is_same(self) -> bool:
        """True when nothing differs but times."""
        return not self.parameters and all(step.is_same for step in self.steps)


def compare_runs(before: PipelineRun, after: PipelineRun) -> RunComparison:
    """What differs from one run to the other."""
    names = dict.fromkeys(step.name for run in (after, before) for step in run.steps)
    given = dict.fromkeys((*before.parameters, *after.parameters))
    changed = (
        ParameterChange(name, before.parameters.get(name), after.parameters.get(name))
        for name in given
    )
    return RunComparison(
        before,
        after,
        tuple(_compared(name, before.step(name), after.step(name)) for name in names),
        tuple(each for each in changed if each.before != each.after),
    )


def _compared(name: str, before: StepRun | None, after: StepRun | None) -> StepComparison:
    if before is None or after is None:
        return StepComparison(name, before, after)
    # A step that was not reached has no key to compare.
    has_keys = before.key and after.key
    changes = changes_between(_lasting(before.key), _lasting(after.key)) if has_keys else ()
    has_both = _is_good(before) and _is_good(after)
    outputs = tuple(_outputs(before, after)) if has_both else ()
    return StepComparison(name, before, after, changes, outputs)


def _outputs(before: StepRun, after: StepRun) -> Iterator[OutputChange]:
    old = {file.path: file.digest for file in before.outputs}
    new = {file.path: file.digest for file in after.outputs}
    for path in sorted({*old, *new}):
        if old.get(path) != new.get(path):
            yield OutputChange(path, old.get(path), new.get(path))


def _lasting(key: Mapping[str, str]) -> dict[str, str]:
    """The parts of a key that are not those of one run."""
    return {part: d for part, d in key.items() if not part.startswith(f"{Part.UPSTREAM.value} ")}


def _is_good(step: StepRun) -> bool:
    return step.state.has_results
