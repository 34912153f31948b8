"""The code in a step notebook that writes what later steps read.

It is plain Python 3.8 and later, needs no package of ours, and is generated as it stands here, with
the parts that the step needs, in a module of its own: a notebook may call something ``list``
or ``_io``. A folder holds ``manifest.json``, ``values.json`` (plain data),
``objects.pkl`` (one pickle a group of names that share objects, one behind the other), and a file
for each big array, frame and model.

Each variable is pickled alone first. Those that turn out to share objects, or memory, are pickled
again, together: then pickle keeps what is one object.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .artifact_namespace import apart
from .artifact_parts import WRITE_PARTS, Part
from .artifact_states import WRITE_STATES

if TYPE_CHECKING:
    from collections.abc import Collection

    from ..domain.split import Generator

_PICKLER = r'''# Writes what later steps read: plain data as JSON, arrays as npy, all else as
# pickle, which keeps an object of two names one. Only what is defined here needs cloudpickle.
import io as _io
import json as _json
import os as _os
import pickle as _pickle
import shutil as _shutil
import sys as _sys
import tempfile as _tempfile
import types as _types

try:
    from cloudpickle import Pickler as _Pickler
except ImportError:
    from pickle import Pickler as _Pickler


def _stored(load, file, *others):
    """Called by a pickle that is read: gives what has a file of its own."""
    return load(_os.path.join(_stored.folder, file), *others)


class _StepPickler(_Pickler):
    """Pickles variables; what has a better format is left to files of its own."""

    reducers = []

    def __init__(self, variables, step, is_again=False):
        self.out = _tempfile.SpooledTemporaryFile(2**26, dir=step.folder)
        super().__init__(self.out, protocol=5)
        self.step, self.is_again, self.name = step, is_again, next(iter(variables))
        self.tops = {id(value): name for name, value in variables.items()}
        self.files, self.memories, self.own, self.seen = {}, {}, {}, []
        self.persistent_id = self.seen.append  # pickle calls it with every object that it meets
        self.dump(variables)

    def reducer_override(self, value):
        kind = type(value)
        if id(value) in self.step.by_name:
            return self.step.by_name[id(value)]
        for reduce in self.reducers:
            reduced = reduce(self, value, kind)
            if reduced is not NotImplemented:
                return reduced
        if _kind(value) in ("builtins.dict_keys", "builtins.dict_values", "builtins.dict_items"):
            return getattr(dict, kind.__name__[5:]), tuple(__import__("gc").get_referents(value))
        if isinstance(value, _io.IOBase) and kind not in (_io.BytesIO, _io.StringIO):
            raise TypeError("an open file stays in its process")
        if kind is memoryview or (hasattr(kind, "cache_info") and value.__module__ == "__main__"):
            raise TypeError(f"a {kind.__name__} stays in its process")
        if _Pickler is not _pickle.Pickler:
            return super().reducer_override(value)
        if isinstance(value, (type, _types.FunctionType)) and value.__module__ == "__main__":
            raise TypeError(f"{value.__qualname__} is defined in this notebook")
        return NotImplemented

    def store(self, value, ending, save, load, *others):
        """Have save(path) write a file in the end, which load(path, *others) reads."""
        name, number = self.tops.get(id(value), self.name), len(self.files) + 1
        file = name + ending if number == 1 else f"{name}-{number}{ending}"
        while file.lower() in self.step.files:  # X.npy and x.npy are one file on some systems
            number += 1
            file = f"{name}-{number}{ending}"
        self.step.files.add(file.lower())
        self.files[file] = save
        return _stored, (load, file, *others)
'''

_STEP = r'''

def _is_plain(value):
    """True when JSON gives back just the same, and it is not too much for it."""
    todo = [value]
    for each in todo:
        if type(each) is dict and all(type(key) is str for key in each):
            todo.extend(each.values())
        elif type(each) is list:
            todo.extend(each)
        elif type(each) not in (int, float, bool, str, type(None)):
            return False
        elif type(each) in (int, float) and not abs(each) < 2**63:  # nor is it inf or nan
            return False
        if len(todo) > 10_000:
            return False
    holders = [id(each) for each in todo if type(each) in (dict, list)]
    return len(holders) == len(set(holders))


def _is_one(value, by_name):
    """True when code can tell whether two names have one object or two that are equal."""
    if isinstance(value, (type, _types.FunctionType)):
        is_own = value.__module__ == "__main__" or "<locals>" in value.__qualname__
        return is_own and id(value) not in by_name
    kinds = (str, bytes, int, float, _types.ModuleType, _types.BuiltinFunctionType, _types.CodeType)
    is_single = value is None or value is ... or (type(value) is tuple and not value)
    return not (is_single or isinstance(value, kinds) or "dtype" in type(value).__name__.lower())


def _find_groups(picklers, by_name):
    """The names of the variables, those together that share objects or memory."""
    groups, objects, owners = {name: {name} for name in picklers}, {}, {}
    ordered = sorted(picklers.values(), key=lambda pickler: len(pickler.seen))
    for pickler in ordered:
        for each in objects.keys() & map(id, pickler.seen) if objects else ():
            if _is_one(objects[each], by_name):
                together = groups[owners[each]] | groups[pickler.name]
                groups.update(dict.fromkeys(together, together))
        if pickler is not ordered[-1]:
            objects.update(zip(map(id, pickler.seen), pickler.seen))
            owners.update(dict.fromkeys(map(id, pickler.seen), pickler.name))
    groups = {id(group): [name for name in picklers if name in group] for group in groups.values()}
    return groups.values()


def _named(by_name):
    """The functions and classes that later steps have too, and those in them, by their ids."""
    todo = [(name, notebook[name]) for name in by_name if name in notebook]
    for name, value in todo:
        for key, inner in vars(value).items() if isinstance(value, type) else ():
            if getattr(inner, "__qualname__", "") == f"{name}.{key}":
                todo.append((f"{name}.{key}", inner))
    return {id(value): name for name, value in todo}


def _kind(value):
    return f"{type(value).__module__}.{type(value).__qualname__}"


def _attempt(names, step, action):
    """What comes of an action; if it fails: with which variable, and what a person can do."""
    try:
        return action()
    except Exception as error:
        origins = {name: step.origins.get(name, "this step") for name in names}
        kinds = [f"{n} ({_kind(step.variables[n])}, from {origins[n]})" for n in names]
        advice = "Make it in the step that uses it (move that code, or cut elsewhere), or keep"
        advice += " what it is made of: numbers, tables, a path."
        if _Pickler is _pickle.Pickler:
            advice = "Install cloudpickle where this runs. If that does not help: " + advice
        if isinstance(error, OSError):
            advice = "Make room, or write elsewhere, and run this again."
        said = str(error).rstrip(".")
        reason = f"{' with '.join(kinds)} cannot be written for later steps: {said}."
        raise RuntimeError(f"{reason} {advice}") from None


def _write_files(step):
    """Write the files of a step; how many bytes each name takes, and where each group begins."""
    pickled, texts, sizes, begins = {}, {}, {}, []
    for name, value in step.variables.items():
        pickled[name] = _attempt([name], step, lambda: _StepPickler({name: value}, step))
    shared = {owner for owner, views in step.views.items() if len(views) > 1}
    with open(_os.path.join(step.folder, "objects.pkl"), "wb") as out:
        for names in _find_groups(pickled, step.by_name):
            variables = {name: step.variables[name] for name in names}
            pickler = pickled[names[0]]
            if names[1:] or (shared and not shared.isdisjoint(map(id, pickler.seen))):
                for name in names:
                    step.files.difference_update(map(str.lower, pickled[name].files))
                pickler = _attempt(names, step, lambda: _StepPickler(variables, step, True))
            elif _is_plain(variables[names[0]]):
                texts[names[0]] = _json.dumps(variables[names[0]])
                continue
            begins.append({"at": out.tell(), "names": names})
            pickler.out.seek(0)
            _shutil.copyfileobj(pickler.out, out)
            size = out.tell() - begins[-1]["at"]
            for file, save in pickler.files.items():
                path = _os.path.join(step.folder, file)
                _attempt(names, step, lambda: save(path))
                size += _os.path.getsize(path)
            sizes.update(dict.fromkeys(names, size))
    sizes.update((name, len(text)) for name, text in texts.items())
    lines = ",\n".join(f"{_json.dumps(name)}: {text}" for name, text in texts.items())
    with open(_os.path.join(step.folder, "values.json"), "w", encoding="utf-8") as out:
        out.write(f"{{\n{lines}\n}}\n")
    return sizes, begins


def _write_step(step, names, by_name=(), generators=()):
    """Write variables, and say where each comes from, for steps that read them: all or none."""
    variables = {name: notebook[name] for name in names if name in notebook}
    STATES
    final = _os.path.join(notebook["_steps_folder"], step)
    folder = _os.path.join(notebook["_steps_folder"], f".{step}-{_os.urandom(4).hex()}")
    work = _types.SimpleNamespace(folder=folder, variables=variables, origins=names)
    work.by_name, work.files, work.views, work.known = _named(by_name), set(), {}, {}
    _os.makedirs(folder)
    try:
        sizes, begins = _write_files(work)
        kinds = {}
        for name, value in variables.items():
            kinds[name] = _kind(value).replace("builtins.", "")
            shape = getattr(value, "shape", None)
            if kinds[name].startswith(("numpy.", "pandas.", "torch.")) and isinstance(shape, tuple):
                kinds[name] += f" {tuple(shape)}"
        said = {name: {"kind": kinds[name], "bytes": sizes[name]} for name in variables}
        unbound = [name for name in names if name not in variables]
        manifest = {"format": 3, "step": step, "names": said, "unbound": unbound, "objects": begins}
        with open(_os.path.join(folder, "manifest.json"), "w", encoding="utf-8") as out:
            out.write(_json.dumps(manifest, indent=1) + "\n")
        if _os.path.exists(final):
            _os.rename(final, folder + "-old")
        _os.rename(folder, final)
    finally:
        if _os.path.exists(folder + "-old") and not _os.path.exists(final):
            _os.rename(folder + "-old", final)
        _shutil.rmtree(folder, ignore_errors=True)
        _shutil.rmtree(folder + "-old", ignore_errors=True)
    for name in variables:
        print(f"{name}: {kinds[name]}, {_readable(sizes[name])}")


def _readable(size):
    for unit in ("bytes", "kB", "MB"):
        if size < 1000:
            return f"{size:.0f} {unit}"
        size /= 1000
    return f"{size:.1f} GB"
'''


def write_functions(parts: Collection[Part], generators: Collection[Generator]) -> str:
    """The functions that a step notebook writes its artifact with; ``_write_step`` is called last.

    ``parts`` are what may be among the variables, ``generators`` those whose state is written.
    """
    states = "".join(WRITE_STATES[each] for each in sorted(generators, key=lambda each: each.value))
    step = _STEP.replace("    STATES\n", states)
    more = "".join(WRITE_PARTS[part] for part in Part if part in parts)
    return apart("_write_step", _PICKLER + more + step)
