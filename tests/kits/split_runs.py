"""Runs notebooks in this process: as they are, and as the steps of a split, each for itself."""

from __future__ import annotations

import builtins
import io
import pickle
import types
from typing import Any

import cloudpickle

from aidevsecops_ext.domain.cut import Cut
from aidevsecops_ext.domain.notebook import Notebook
from aidevsecops_ext.domain.plan import plan_split
from aidevsecops_ext.domain.split import PlannedStep, SplitPlan

Prints = dict[int, list[str]]
Namespace = dict[str, Any]


class _Unpickler(pickle.Unpickler):
    def __init__(self, data: bytes, namespace: Namespace) -> None:
        super().__init__(io.BytesIO(data))
        self._namespace = namespace

    def persistent_load(self, name: str) -> Any:
        return self._namespace[name]


class Artifact:
    """What a step wrote: its outputs in one pickle, so that names of one object stay so."""

    def __init__(self, step: PlannedStep, namespace: Namespace) -> None:
        held = {name: namespace[name] for name in step.outputs if name in namespace}
        by_name = {id(namespace[n]): n for n in step.by_reference if n in namespace}
        out = io.BytesIO()
        pickler = cloudpickle.CloudPickler(out)
        pickler.persistent_id = lambda value: by_name.get(id(value))
        pickler.dump(held)
        self._data = out.getvalue()

    def read(self, names: tuple[str, ...], namespace: Namespace) -> None:
        # In one process cloudpickle would give the class that it has pickled before.
        cloudpickle.cloudpickle._DYNAMIC_CLASS_TRACKER_BY_ID.clear()
        cloudpickle.cloudpickle._DYNAMIC_CLASS_TRACKER_BY_CLASS.clear()
        held = _Unpickler(self._data, namespace).load()
        namespace.update({name: held[name] for name in names if name in held})


def fresh_namespace(prints: list[str]) -> Namespace:
    """A namespace where printing is noted, and values are shown without addresses."""

    def note(*values: Any) -> None:
        prints.append(" ".join(map(shown, values)))

    return {"__name__": "__main__", "__builtins__": {**vars(builtins), "print": note}}


def run_whole(notebook: Notebook) -> tuple[Namespace, Prints]:
    """The final values of the notebook, and what each cell printed."""
    said: list[str] = []
    namespace = fresh_namespace(said)
    prints: Prints = {}
    for cell in notebook.code_cells:
        exec(cell.source, namespace)
        prints[cell.index] = said[:]
        said.clear()
    return namespace, prints


def run_steps(plan: SplitPlan) -> tuple[dict[str, Namespace], Prints]:
    """The final values of each step, and what each cell printed."""
    artifacts: dict[str, Artifact] = {}
    namespaces: dict[str, Namespace] = {}
    prints: Prints = {}
    for step in plan.steps:
        said: list[str] = []
        namespace = fresh_namespace(said)
        for source in head_of(step):
            exec(source, namespace)
        for taking in step.takes:
            artifacts[taking.producer].read(taking.names, namespace)
        for cell in (*step.parameters, *step.body):
            exec(cell.source, namespace)
            prints[cell.index] = said[:]
            said.clear()
        artifacts[step.name] = Artifact(step, namespace)
        namespaces[step.name] = namespace
    return namespaces, prints


def head_of(step: PlannedStep) -> list[str]:
    """The code that comes before what a step reads."""
    ordered = sorted((*step.imports, *step.settings), key=lambda each: (each.cell, each.line))
    return [each.source for each in ordered] + [each.source for each in step.definitions]


def differences(notebook: Notebook, cut: Cut) -> list[str]:
    """Where the steps of the notebook differ from the notebook: prints and final values."""
    plan = plan_split(notebook, cut)
    whole, prints = run_whole(notebook)
    namespaces, step_prints = run_steps(plan)
    found = [
        f"cell {index}: {said} -> {step_prints.get(index)}"
        for index, said in prints.items()
        if said and said != step_prints.get(index)
    ]
    for step in plan.steps:
        own = namespaces[step.name]
        for name in step.finals:
            was = shown(whole[name]) if name in whole else None
            now = shown(own[name]) if name in own else None
            if was != now:
                found.append(f"{step.name}.{name}: {was} -> {now}")
    return found


def shown(value: Any, seen: tuple[int, ...] = ()) -> str:
    """A value without addresses; functions by what they are called."""
    if id(value) in seen:
        return "..."
    inner = (*seen, id(value))
    kind = type(value)
    if isinstance(value, list | tuple | set):
        parts = [shown(each, inner) for each in value]
        ordered = sorted(parts) if isinstance(value, set) else parts
        return f"{kind.__name__}({', '.join(ordered)})"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{key}: {shown(each, inner)}' for key, each in value.items())}}}"
    if isinstance(value, types.FunctionType | types.MethodType | types.ModuleType):
        return f"<{value.__name__}>"
    if isinstance(value, type) and value.__module__ == "__main__":
        own = {name: each for name, each in vars(value).items() if not name.startswith("__")}
        return f"<class {value.__name__} {shown(dict(sorted(own.items())), inner)}>"
    if isinstance(value, types.GeneratorType | property):
        return f"<{kind.__name__}>"
    if kind.__module__ == "__main__":
        return f"{kind.__name__} {shown(vars(value), inner)}"
    return repr(value)
