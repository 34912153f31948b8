"""The code in a step notebook that reads what earlier steps wrote: see ``artifact_writer``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .artifact_namespace import apart
from .artifact_parts import READ_PARTS, Part
from .artifact_states import READ_STATES

if TYPE_CHECKING:
    from collections.abc import Collection

    from ..domain.split import Generator

_READ = r'''# Reads what earlier steps wrote; needs no package that they did not need.
import json, os, pickle


def _stored(load, file, *others):
    """Called by the pickles: gives what has a file of its own."""
    return load(os.path.join(_stored.folder, file), *others)


def _read_step(step, names, generators=()):
    """Bind names that a step wrote, and go on where its random generators were."""
    folder = _stored.folder = os.path.join(notebook["_steps_folder"], step)
    if not os.path.exists(os.path.join(folder, "manifest.json")):
        raise RuntimeError(f"There is nothing from the step {step} at {folder}: run {step} first.")
    with open(os.path.join(folder, "manifest.json"), encoding="utf-8") as file:
        manifest = json.load(file)
    if manifest["format"] != 3 or {*names} - {*manifest["names"], *manifest["unbound"]}:
        raise RuntimeError(f"What the step {step} wrote is of an older split: run {step} again.")
    with open(os.path.join(folder, "values.json"), encoding="utf-8") as file:
        values = json.load(file)
    wanted = {*names, *(f"state of {generator}" for generator in generators)}
    with open(os.path.join(folder, "objects.pkl"), "rb") as file:
        for group in manifest["objects"]:
            if not wanted.isdisjoint(group["names"]):
                file.seek(group["at"])
                values.update(pickle.load(file))
    notebook.update({name: values[name] for name in names if name in values})
'''


def read_functions(parts: Collection[Part], generators: Collection[Generator]) -> str:
    """The functions that a step notebook reads artifacts with.

    ``parts`` are what earlier steps may have written, ``generators`` those
    that go on where they left them.
    """
    ordered = sorted(generators, key=lambda each: each.value)
    states = "".join(READ_STATES[each] for each in ordered)
    more = "".join(READ_PARTS[part] for part in Part if part in parts)
    return apart("_read_step", _READ + states + more)
