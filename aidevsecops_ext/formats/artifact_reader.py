"""The code in a step notebook that reads what earlier steps wrote: see ``artifact_writer``."""

from __future__ import annotations

READ_FUNCTIONS = r'''# Reads what earlier steps wrote; needs no package that they did not need.
import json as _json
import os as _os
import pickle as _pickle


class _StepUnpickler(_pickle.Unpickler):
    """Reads objects; what has a file of its own is read from there."""

    def __init__(self, file, folder, opened):
        super().__init__(file)
        self.folder, self.opened = folder, opened

    def find_class(self, module, name):
        is_ours = (module, name) == ("__main__", "_stored")
        return self.stored if is_ours else super().find_class(module, name)

    def stored(self, kind, file, place=0):
        if file not in self.opened:
            self.opened[file] = self.open(kind, _os.path.join(self.folder, file))
        return self.opened[file][place] if kind == "storages" else self.opened[file]

    def open(self, kind, path):
        if kind == "array":
            import numpy

            return numpy.load(path)
        if kind == "frame":
            import pandas

            with open(path, "rb") as file:
                return pandas.read_parquet(file, engine="pyarrow")
        if kind == "storages":
            import torch

            return torch.load(path, weights_only=False)
        keras = __import__(kind) if kind == "keras" else __import__(kind).keras
        own = {k: v for k, v in globals().items() if getattr(v, "__module__", "") == "__main__"}
        return keras.models.load_model(path, custom_objects=own)


def _read_step(step, names, generators=()):
    """Bind names that a step wrote, and go on where its random generators were."""
    folder = _os.path.join(_steps_folder, step)
    try:
        with open(_os.path.join(folder, "manifest.json"), encoding="utf-8") as file:
            manifest = _json.load(file)
    except FileNotFoundError:
        message = f"There is nothing from the step {step} at {folder}: run {step} first."
        raise RuntimeError(message) from None
    unknown = set(names) - set(manifest["names"]) - set(manifest["unbound"])
    if manifest["format"] != 1 or unknown:
        raise RuntimeError(f"What the step {step} wrote is of an older split: run {step} again.")
    with open(_os.path.join(folder, "values.json"), encoding="utf-8") as file:
        values = _json.load(file)
    opened = {}
    with open(_os.path.join(folder, "objects.pkl"), "rb") as file:
        for group in manifest["objects"]:
            if not set(group["names"]).isdisjoint(names):
                file.seek(group["at"])
                unpickler = _StepUnpickler(file, folder, opened)
                values.update((name, unpickler.load()) for name in group["names"])
    globals().update((name, values[name]) for name in names if name in values)
    with open(_os.path.join(folder, "generators.pkl"), "rb") as file:
        states = _pickle.load(file)
    if "random" in generators and "random" in states:
        __import__("random").setstate(states["random"])
    if "numpy" in generators and "numpy" in states:
        __import__("numpy").random.set_state(states["numpy"])
    if "torch" in generators and "torch" in states:
        torch = __import__("torch")
        tensors = [torch.tensor(list(state), dtype=torch.uint8) for state in states["torch"]]
        torch.set_rng_state(tensors[0])
        if tensors[1:]:
            torch.cuda.set_rng_state_all(tensors[1:])
'''
"""The functions that a step notebook reads artifacts with."""
