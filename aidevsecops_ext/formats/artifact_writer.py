"""The code in a step notebook that writes what later steps read.

It is plain Python 3.8 and later, needs no package of ours, and is generated as it stands here. A
folder holds ``manifest.json``, ``values.json`` (plain data), ``objects.pkl`` (one pickle a group of
names that share objects, one behind the other), and a file for each big array, frame and model.
"""

from __future__ import annotations

WRITE_FUNCTIONS = r'''# Writes what later steps read to a folder of this step.
# Frames become Parquet if pyarrow is installed; functions, and classes that a later step lacks,
# need cloudpickle. Nothing else has to be installed.
import bisect as _bisect
import ctypes as _ctypes
import io as _io
import json as _json
import math as _math
import os as _os
import pickle as _pickle
import shutil as _shutil
import sys as _sys
import types as _types

try:
    from cloudpickle import Pickler as _Pickler
except ImportError:
    from pickle import Pickler as _Pickler


def _stored(kind, file):
    """Stands in a pickle for what has a file of its own."""


class _StepPickler(_Pickler):
    """Pickles objects; what has a better format gets a file of its own. See _Artifact."""

    def __init__(self, out, artifact):
        super().__init__(out, protocol=5)
        self.artifact = artifact

    def reducer_override(self, value):
        kind, artifact = type(value), self.artifact
        if id(value) in artifact.by_name:
            return artifact.by_name[id(value)]
        if kind in artifact.reducers:
            return artifact.reducers[kind](value)
        if isinstance(value, (type, _types.FunctionType)):
            if _Pickler is _pickle.Pickler and value.__module__ == "__main__":
                raise TypeError(f"{value.__qualname__} is defined in this notebook")
        elif isinstance(value, _io.IOBase) and kind not in (_io.BytesIO, _io.StringIO):
            raise TypeError("an open file stays in its process")
        elif kind is memoryview or (hasattr(kind, "cache_info") and value.__module__ == "__main__"):
            raise TypeError(f"a {kind.__name__} stays in its process")
        else:
            reduced = artifact.reduce_model(value)
            if reduced is not NotImplemented:
                return reduced
        if _Pickler is _pickle.Pickler:
            return NotImplemented
        return super().reducer_override(value)


class _Artifact:
    """What one step writes. As long as it has no folder, objects are only looked at."""

    def __init__(self, by_name):
        self.folder, self.name, self.value = None, "", None
        self.files, self.arrays, self.spaces, self.memories = {}, [], [], set()
        self.kept, self.weights, self.by_name, self.reducers = {}, {}, {}, {}
        for name in {"_stored", *by_name} & set(globals()):
            self.note_name(globals()[name], name)
        if "numpy" in _sys.modules:
            self.reducers[_sys.modules["numpy"].ndarray] = self.reduce_array
        if hasattr(_sys.modules.get("pandas"), "DataFrame"):
            self.reducers[_sys.modules["pandas"].DataFrame] = self.reduce_frame

    def note_name(self, value, name):
        """Have a function or class pickled by its name, and those inside of it."""
        self.by_name[id(value)] = name
        for key, inner in vars(value).items() if isinstance(value, type) else ():
            if getattr(inner, "__qualname__", "") == f"{name}.{key}":
                self.note_name(inner, f"{name}.{key}")

    def new_file(self, ending):
        """The path of a file named after the variable, and its name."""
        number, file = 1, self.name + ending
        while file.lower() in self.files:  # X and x are one file on some systems
            number, file = number + 1, f"{self.name}-{number + 1}{ending}"
        self.files[file.lower()] = file
        return _os.path.join(self.folder, file), file

    def wants_file(self, value, size):
        return value is self.value or size >= 2**16

    def find_spaces(self):
        """Note which memory arrays share: [begin, end, number of arrays], in order."""
        arrays = {id(array): array for _, array in self.arrays}
        for low, high in sorted(map(_span, arrays.values())):
            if self.spaces and low < self.spaces[-1][1]:
                self.spaces[-1][1:] = max(high, self.spaces[-1][1]), self.spaces[-1][2] + 1
            else:
                self.spaces.append([low, high, 1])

    def space_of(self, array):
        low, high = _span(array)
        place = _bisect.bisect(self.spaces, [low, _math.inf]) - 1
        is_known = place >= 0 and high <= self.spaces[place][1]
        return self.spaces[place] if is_known else [low, high, 1]

    def reduce_array(self, array):
        """An array: its memory as npy or in the pickle, with those that overlap it."""
        numpy = _sys.modules["numpy"]
        if array.dtype.hasobject:
            return NotImplemented
        if self.folder is None:
            self.arrays += [(self.name, array)] * bool(array.size)
            return _stored, ("", "")
        low, high, count = self.space_of(array) if array.size else (0, 0, 1)
        if count == 1 and high - low > 2 * array.nbytes:  # few of many: not worth the whole
            array = array.copy(order="K")
            self.kept[id(array)] = array
            low, high = _span(array)
        is_whole = array.flags.c_contiguous or array.flags.f_contiguous
        is_memory = id(array) in self.memories
        if is_memory or (is_whole and count == 1):
            is_simple = array.dtype.kind in "biufcmMSU" and array.dtype.isbuiltin != 2
            if is_simple and not array.dtype.metadata and self.wants_file(array, array.nbytes):
                path, file = self.new_file("-memory.npy" if is_memory else ".npy")
                numpy.save(path, array)
                return _stored, ("array", file)
            return array.__reduce_ex__(5)
        low -= low % 16
        memory = self.kept.get((low, high))
        if memory is None:
            buffer = (_ctypes.c_ubyte * (high - low)).from_address(low)
            memory = self.kept[low, high] = numpy.frombuffer(buffer, numpy.uint8)
            self.memories.add(id(memory))
        offset = array.__array_interface__["data"][0] - low
        return numpy.ndarray, (array.shape, array.dtype, memory, offset, array.strides)

    def reduce_frame(self, frame):
        """A frame: Parquet when that is exact, else as pandas pickles it."""
        pandas = _sys.modules["pandas"]
        if self.folder is None:
            return NotImplemented
        columns = [frame.iloc[:, place].values for place in range(frame.shape[1])]
        arrays = [each for each in columns if type(each) in self.reducers and each.size]
        is_shared = any(self.space_of(a)[2] > 1 for a in arrays if not a.dtype.hasobject)
        # Where pandas copies on write, frames only seem to share memory.
        mode, version = pandas.options.mode, int(pandas.__version__.split(".")[0])
        is_copied = version > 2 or getattr(mode, "copy_on_write", False) is True
        if is_copied or not is_shared:
            size = sum(getattr(each, "nbytes", 0) for each in columns)
            if self.wants_file(frame, size) and _fits_parquet(frame):
                path, file = self.new_file(".parquet")
                frame.to_parquet(path, engine="pyarrow")
                return _stored, ("frame", file)
        if is_copied and is_shared:
            frame = self.kept[id(frame)] = frame.copy()
        return frame.__reduce_ex__(5)

    def reduce_model(self, value):
        """A storage of torch or a model of Keras: as they write it themselves."""
        torch = _sys.modules.get("torch")
        if hasattr(torch, "is_storage") and torch.is_storage(value):
            key = (value.data_ptr(), str(value.device), str(getattr(value, "dtype", "")))
            if self.folder is not None and key not in self.files:
                self.kept[key] = value
                path, self.files[key] = self.new_file(".pt")
                torch.save(value, path)
            return _stored, ("storage", self.files.get(key, ""))
        for name in ("keras", "tensorflow"):
            keras = _sys.modules.get(name)
            keras = getattr(keras, "keras", None) if name == "tensorflow" else keras
            if hasattr(keras, "Model") and isinstance(value, keras.Model):
                owners = [self.weights.setdefault(id(each), value) for each in value.weights]
                if any(owner is not value for owner in owners):
                    raise TypeError("it shares layers with another model")
                if self.folder is None:
                    return _stored, ("", "")
                path, file = self.new_file(".keras")
                value.save(path)
                return _stored, (name, file)
        return NotImplemented


def _span(array):
    """Where the memory of an array begins and ends."""
    low = high = array.__array_interface__["data"][0]
    for length, stride in zip(array.shape, array.strides):
        low, high = low + min(0, (length - 1) * stride), high + max(0, (length - 1) * stride)
    return low, high + array.itemsize


def _fits_parquet(frame):
    """True when a frame comes back from Parquet as it is, also in how it lies in memory."""
    numpy, pandas = _sys.modules["numpy"], _sys.modules["pandas"]
    if frame.attrs or type(frame.index) not in (pandas.RangeIndex, pandas.Index):
        return False
    texts = [frame.columns] + [frame.index] * (frame.index.dtype == object)
    for place in range(frame.shape[1]):
        column = frame.iloc[:, place]
        if column.dtype == object:
            texts.append(column)
        elif isinstance(column.dtype, numpy.dtype):
            # The last digits of a sum depend on the layout.
            if column.dtype.kind not in "biufmM" or not column.values.flags.c_contiguous:
                return False
        elif not isinstance(column.dtype, pandas.StringDtype):
            return False
    if not frame.columns.is_unique or not all(set(map(type, text)) <= {str} for text in texts):
        return False
    head, out = frame.head(2), _io.BytesIO()
    try:
        head.to_parquet(out, engine="pyarrow")
        for text in texts:
            "".join(text).encode()
        back = pandas.read_parquet(out, engine="pyarrow")
    except Exception:  # no pyarrow, or a type that it has no equal for
        return False
    same = (back.dtypes == head.dtypes).all() and back.index.identical(head.index)
    same = same and back.columns.identical(head.columns) and back.flags == head.flags
    return bool(same and back.equals(head))


def _plain_room(value, seen, room=10_000, depth=20):
    """The room that is left when JSON holds the value exactly, else a negative number."""
    kind = type(value)
    if value is None or kind is bool or (kind is int and abs(value) < 2**63):
        return room - 1
    if kind is str or (kind is float and _math.isfinite(value)):
        return room - 1 - (len(value) // 100 if kind is str else 0)
    if kind not in (list, dict) or id(value) in seen or not depth:
        return -1
    seen.add(id(value))
    if kind is dict and not all(type(key) is str for key in value):
        return -1
    for each in value.values() if kind is dict else value:
        room = _plain_room(each, seen, room, depth - 1)
        if room < 0:
            return -1
    return room - 1


def _identities(pickler):
    """The objects in a pickle whose identity code can tell."""
    fixed = (str, bytes, int, float, _types.ModuleType, _types.BuiltinFunctionType, _types.CodeType)
    for _, value in pickler.memo.copy().values():
        if isinstance(value, (type, _types.FunctionType)):
            is_own = value.__module__ == "__main__" or "<locals>" in value.__qualname__
            if is_own and id(value) not in pickler.artifact.by_name:
                yield id(value)
        elif not isinstance(value, fixed) and type(value).__name__ != "dtype":
            yield id(value)


class _Nothing:
    """A file that keeps nothing: what is pickled into it is only looked at."""

    def write(self, data):
        return len(data)


def _dump(pickler, name, value, origin):
    """Pickle the value of a variable; a failure says which, and what a person can do."""
    pickler.artifact.name, pickler.artifact.value = name, value
    try:
        pickler.dump(value)
    except Exception as error:
        if isinstance(error, OSError) and pickler.artifact.folder:
            raise  # no space, say: nothing about the variable
        advice = "Make it in the step that uses it (move that code, or cut elsewhere), or keep "
        advice += "what it is made of: numbers, tables, a path."
        if _Pickler is _pickle.Pickler:
            advice = "Install cloudpickle where this runs. If that does not help: " + advice
        kind = f"{type(value).__module__}.{type(value).__qualname__}"
        reason = f"{name} ({kind}, from {origin}) cannot be written for later steps: {error}."
        raise RuntimeError(f"{reason} {advice}") from None


def _find_groups(bound, origins, artifact):
    """The names that share objects together, and those whose values JSON can hold."""
    found, plain, picklers = {}, set(), []
    for name, value in bound.items():
        found[name] = set()
        if _plain_room(value, found[name]) >= 0:
            plain.add(name)
            continue
        picklers.append(_StepPickler(_Nothing(), artifact))  # kept: no two objects of one id
        _dump(picklers[-1], name, value, origins[name])
        found[name] = set(_identities(picklers[-1]))
    artifact.find_spaces()
    for name, array in artifact.arrays:
        found[name].add(("memory", artifact.space_of(array)[0]))
    group, owners = {name: [name] for name in bound}, {}
    for name in bound:
        for each in found[name]:
            owner = owners.setdefault(each, name)
            if group[owner] is not group[name]:
                together = group[owner] + group[name]
                group.update(dict.fromkeys(together, together))
    groups = list({id(names): names for names in group.values()}.values())
    values = [names[0] for names in groups if len(names) == 1 and names[0] in plain]
    return [names for names in groups if names[0] not in values], values


def _write_objects(bound, origins, artifact, groups):
    """Pickle each group; where each begins, and how many bytes each name takes."""
    begins, sizes = [], {}
    with open(_os.path.join(artifact.folder, "objects.pkl"), "wb") as out:
        for names in groups:
            begins.append({"at": out.tell(), "names": names})
            pickler = _StepPickler(out, artifact)
            for name in names:
                before = out.tell() + _size_of(artifact)
                _dump(pickler, name, bound[name], origins[name])
                sizes[name] = out.tell() + _size_of(artifact) - before
    return begins, sizes


def _size_of(artifact):
    paths = [_os.path.join(artifact.folder, file) for file in set(artifact.files.values())]
    return sum(_os.path.getsize(path) for path in paths)


def _generator_states(generators):
    """The states of the global random generators that have been used."""
    states, modules = {}, {name: _sys.modules.get(name) for name in generators}
    if modules.get("random"):
        states["random"] = modules["random"].getstate()
    if modules.get("numpy"):
        states["numpy"] = modules["numpy"].random.get_state(legacy=False)
    if modules.get("torch"):
        cuda = modules["torch"].cuda
        devices = cuda.get_rng_state_all() if cuda.is_initialized() else []
        tensors = [modules["torch"].get_rng_state(), *devices]
        states["torch"] = [bytes(tensor.tolist()) for tensor in tensors]
    return states


def _write_step(step, names, by_name=(), generators=()):
    """Write variables (and where each comes from) for the steps that read them, all or none."""
    bound = {name: globals()[name] for name in names if name in globals()}
    states, artifact = _generator_states(generators), _Artifact(by_name)
    groups, plain = _find_groups(bound, names, artifact)
    final = _os.path.join(_steps_folder, step)
    folder = artifact.folder = _os.path.join(_steps_folder, f".{step}-{_os.urandom(4).hex()}")
    _os.makedirs(folder)
    try:
        begins, sizes = _write_objects(bound, names, artifact, groups)
        texts = {name: _json.dumps(bound[name]) for name in plain}
        lines = ",\n".join(f"{_json.dumps(name)}: {text}" for name, text in texts.items())
        sizes.update((name, len(text)) for name, text in texts.items())
        kinds = {name: _kind_of(value, artifact) for name, value in bound.items()}
        manifest = {
            "format": 1,
            "step": step,
            "names": {name: {"kind": kinds[name], "bytes": sizes[name]} for name in bound},
            "unbound": [name for name in names if name not in bound],
            "objects": begins,
            "generators": list(states),
        }
        with open(_os.path.join(folder, "generators.pkl"), "wb") as out:
            _pickle.dump(states, out, protocol=5)
        for file, text in {
            "values.json": f"{{\n{lines}\n}}\n",
            "manifest.json": _json.dumps(manifest, indent=1) + "\n",
        }.items():
            with open(_os.path.join(folder, file), "w", encoding="utf-8") as out:
                out.write(text)
        if _os.path.exists(final):
            _os.rename(final, folder + "-old")
        _os.rename(folder, final)
    except BaseException:
        if _os.path.exists(folder + "-old") and not _os.path.exists(final):
            _os.rename(folder + "-old", final)
        _shutil.rmtree(folder, ignore_errors=True)
        raise
    _shutil.rmtree(folder + "-old", ignore_errors=True)
    for name in bound:
        print(f"{name}: {kinds[name]}, {_readable(sizes[name])}")


def _kind_of(value, artifact):
    kind = f"{type(value).__module__}.{type(value).__qualname__}".replace("builtins.", "")
    return f"{kind} {value.shape}" if type(value) in artifact.reducers else kind


def _readable(size):
    for unit in ("bytes", "kB", "MB"):
        if size < 1000:
            return f"{size:.0f} {unit}"
        size /= 1000
    return f"{size:.1f} GB"
'''
"""The functions that a step notebook writes its artifact with; ``_write_step`` is called last."""
