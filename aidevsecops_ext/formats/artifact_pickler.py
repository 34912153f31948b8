"""The part of ``artifact_writer`` that pickles: what has a better format gets a file of its own.

Beside what the code says: sums of floats depend, in their last digits, on how arrays lie in memory,
and two arrays may be views of one. So an array that overlaps with another, or has gaps, is written
as the memory that it is in, with its place there; all others are plain ``.npy`` files.
"""

from __future__ import annotations

PICKLE_FUNCTIONS = r'''# Writes what later steps read to a folder of this step.
# Frames become Parquet if pyarrow is installed; functions, and classes that a later step lacks,
# need cloudpickle. Nothing else has to be installed.
import bisect as _bisect
import ctypes as _ctypes
import gc as _gc
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


def _stored(kind, file, place=0):
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
        if kind.__name__.endswith("Block") and kind.__module__.startswith("pandas."):
            return artifact.reduce_block(value)
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
        self.storages, self.torch_file = [], ""
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

    def save_storages(self):
        """Write what torch keeps its numbers in, of one variable in one file."""
        if self.storages:
            self.kept[id(self.storages)] = self.storages
            _sys.modules["torch"].save(self.storages, _os.path.join(self.folder, self.torch_file))
            self.storages = []

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
            return _stored, ()
        low, high, count = self.space_of(array) if array.size else (0, 0, 1)
        wants_file = self.wants_file(array, array.nbytes)
        if count == 1 and high - low > 2 * array.nbytes:  # few of many: not worth the whole
            array = array.copy(order="K")
            self.kept[id(array)] = array
            low, high = _span(array)
        is_whole = array.flags.c_contiguous or array.flags.f_contiguous
        is_memory = id(array) in self.memories
        if is_memory or (is_whole and count == 1):
            is_simple = array.dtype.kind in "biufcmMSU" and array.dtype.isbuiltin != 2
            if is_simple and not array.dtype.metadata and wants_file:
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
        columns = [frame.iloc[:, place].values for place in range(frame.shape[1])]
        if self.folder is None or (not _copies_on_write() and any(map(self.is_shared, columns))):
            return NotImplemented
        size = sum(getattr(each, "nbytes", 0) for each in columns)
        if self.wants_file(frame, size) and _fits_parquet(frame):
            path, file = self.new_file(".parquet")
            frame.to_parquet(path, engine="pyarrow")
            return _stored, ("frame", file)
        return NotImplemented

    def reduce_block(self, block):
        """A part of a frame: laid out as it is; with memory of its own where it copies on write."""
        function, (values, *others) = block.__reduce__()
        if self.folder is not None and _copies_on_write():
            if type(values) not in self.reducers:
                values = self.kept[id(block)] = values.copy()
            elif self.is_shared(values):
                values = self.kept[id(block)] = values.copy(order="K")
        return function, (values, *others)

    def is_shared(self, array):
        """True when an array overlaps with another that crosses."""
        is_own = type(array) in self.reducers and array.size and not array.dtype.hasobject
        return is_own and self.space_of(array)[2] > 1

    def reduce_model(self, value):
        """A storage of torch or a model of Keras: as they write it themselves."""
        torch = _sys.modules.get("torch")
        if hasattr(torch, "is_storage") and torch.is_storage(value):
            bare = getattr(value, "_untyped_storage", value)
            key = (bare.data_ptr(), str(bare.device), str(getattr(value, "dtype", "")))
            if self.folder is not None and key not in self.kept:
                if not self.storages:
                    self.torch_file = self.new_file(".pt")[1]
                self.kept[key] = (self.torch_file, len(self.storages))
                self.storages.append(value)
            return _stored, ("storages", *self.kept[key]) if key in self.kept else ()
        for name in ("keras", "tensorflow"):
            keras = _sys.modules.get(name)
            keras = getattr(keras, "keras", None) if name == "tensorflow" else keras
            if hasattr(keras, "Model") and isinstance(value, keras.Model):
                owners = [self.weights.setdefault(id(each), value) for each in value.weights]
                if any(owner is not value for owner in owners):
                    raise TypeError("it shares layers with another model")
                if self.folder is None:
                    return _stored, ()
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


def _copies_on_write():
    """True where frames of pandas that share memory do not see each other's changes."""
    pandas = _sys.modules["pandas"]
    is_new = int(pandas.__version__.split(".")[0]) > 2
    return is_new or getattr(pandas.options.mode, "copy_on_write", False) is True


def _fits_parquet(frame):
    """True when a frame comes back from Parquet as it is, also in how it lies in memory."""
    numpy, pandas = _sys.modules["numpy"], _sys.modules["pandas"]
    if frame.attrs or type(frame.index) not in (pandas.RangeIndex, pandas.Index):
        return False
    texts = [frame.columns] + [frame.index] * (frame.index.dtype == object)
    for place in range(frame.shape[1]):
        column = frame.iloc[:, place]
        if column.dtype == object:
            texts.append([each for each in column if each is not None])
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
'''
"""The functions that a step notebook pickles with; they come before those that write."""
