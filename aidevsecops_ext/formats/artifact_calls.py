"""The lines of a step notebook that have its artifact written, and those of others read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..domain.dataflow import analyze
from ..domain.imports import UnreadableCodeError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..domain.split import Generator, PlannedStep, Taking

_WIDTH = 88


def read_call(taking: Taking) -> str:
    """The call that binds what a step takes from one earlier step."""
    words = [repr(taking.producer), _listed(taking.names), *_generators(taking.generators)]
    return _call("_read_step", words)


def write_call(step: PlannedStep) -> str:
    """The call that writes all that later steps take from a step."""
    origins = _origins(step)
    entries = [f"{name!r}: {origins.get(name, 'this step')!r}" for name in step.outputs]
    words = [repr(step.name), _braced(entries)]
    if step.by_reference:
        words.append(f"by_name={_listed(step.by_reference)}")
    return _call("_write_step", [*words, *_generators(step.generators)])


def _origins(step: PlannedStep) -> dict[str, str]:
    """For each name the place that a person would look at when it cannot be written."""
    origins = {name: f"step {taking.producer}" for taking in step.takes for name in taking.names}
    for cell in (*step.parameters, *step.body):
        origins |= dict.fromkeys(_bound(cell.source), f"cell {cell.index + 1}")
    return origins


def _bound(source: str) -> frozenset[str]:
    try:
        flow = analyze(source)
    except UnreadableCodeError:
        return frozenset()
    return flow.writes | flow.mutates


def _generators(generators: Sequence[Generator]) -> list[str]:
    return [f"generators={_listed([each.value for each in generators])}"] if generators else []


def _listed(names: Sequence[str]) -> str:
    return _laid_out("[", [repr(name) for name in names], "]")


def _braced(entries: Sequence[str]) -> str:
    return _laid_out("{", entries, "}")


def _laid_out(opening: str, words: Sequence[str], closing: str) -> str:
    """The words on one line if they fit, else one a line."""
    line = opening + ", ".join(words) + closing
    if len(line) <= _WIDTH - 30:
        return line
    return opening + "".join(f"\n        {word}," for word in words) + f"\n    {closing}"


def _call(function: str, words: Sequence[str]) -> str:
    line = f"{function}({', '.join(words)})"
    if len(line) <= _WIDTH and "\n" not in line:
        return line
    return f"{function}(" + "".join(f"\n    {word}," for word in words) + "\n)"
