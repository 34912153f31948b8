"""The parts of the cell that writes artifacts which only some steps need, and who needs them.

A part may be left out where nothing can make what it is for: the step, and what it reads, import
only modules that are known not to. A module that nobody knows may make anything, and so may code
that names the package anywhere. Should such an object come along all the same, it is pickled as
its own package does that: its numbers are right, only what it shares with others is lost.

Sums of floats depend, in their last digits, on how arrays lie in memory; so an array that has gaps
is written as the memory that it is in.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..domain.split import PlannedStep


class Part(str, Enum):
    """What some variables need to be written as they should."""

    DRAWS = "draws"
    ARRAYS = "arrays"
    FRAMES = "frames"
    TORCH = "torch"
    KERAS = "keras"


_DRAWS = r'''

def _reduce_draw(pickler, value, kind):
    """A function that draws from the generator of all: by its name, without a copy of that."""
    if kind in (_types.BuiltinMethodType, _types.MethodType):
        for name in ("random", "numpy.random"):
            if getattr(_sys.modules.get(name), value.__name__, None) == value:
                return getattr, (_sys.modules[name], value.__name__)
    return NotImplemented


_StepPickler.reducers.append(_reduce_draw)
'''

_ARRAYS = r'''

def _note(pickler, array, holder):
    """The array that owns the memory of an array, and whether other holders share that."""
    owner = link = array
    while link is not None:
        owner, link = link if type(link) is type(array) else owner, getattr(link, "base", None)
    if type(owner.base) is memoryview:  # of bytes that other arrays may be made of as well
        whole = _sys.modules["numpy"].frombuffer(owner.base.obj, "u1")
        owner = pickler.step.known.setdefault(("bytes", id(owner.base.obj)), whole)
    pickler.seen.append(owner)
    views = pickler.step.views.setdefault(id(owner), {})
    if not pickler.is_again:
        views[id(holder)] = holder
    return owner, pickler.is_again and len(views) > 1


def _reduce_array(pickler, array, kind):
    """An array alone; or its place in the memory that it shares with others, or has gaps in."""
    numpy = _sys.modules.get("numpy")
    if isinstance(array, getattr(numpy, "dtype", ())) and numpy.dtype(array.char) is array:
        return numpy.dtype, (array.char,)  # the one that numpy has of each, not another one
    if kind is not getattr(numpy, "ndarray", None) or array.dtype.hasobject:
        return NotImplemented
    if array.size and id(array) not in pickler.own:
        owner, is_shared = _note(pickler, array, array)
        if owner.flags.forc and is_shared:
            memory = pickler.memories.setdefault(id(owner), owner.ravel(order="K").view("u1"))
            pickler.own[id(memory)] = "-memory.npy"
            place = array.ctypes.data - memory.ctypes.data
            return numpy.ndarray, (array.shape, array.dtype, memory, place, array.strides)
    reaches = [(length - 1) * stride for length, stride in zip(array.shape, array.strides)]
    span = sum(map(abs, reaches)) + array.itemsize
    if array.size and not array.flags.forc and span <= 2 * array.nbytes:
        memory, place = numpy.zeros(span, "u1"), -sum(reach for reach in reaches if reach < 0)
        pickler.memories[id(memory)], pickler.own[id(memory)] = memory, "-memory.npy"
        layout = (array.shape, array.dtype, memory, place, array.strides)
        numpy.ndarray(*layout)[...] = array
        return numpy.ndarray, layout
    numbers = array if array.flags.forc else array.copy(order="K")
    is_simple = numpy.dtype(array.dtype.str) == array.dtype and not array.dtype.metadata
    if is_simple and (id(array) in pickler.tops or array.nbytes >= 2**16):
        ending = pickler.own.get(id(array), ".npy")
        return pickler.store(array, ending, lambda path: numpy.save(path, numbers), numpy.load)
    return numbers.__reduce_ex__(5)


_StepPickler.reducers.append(_reduce_array)
'''

_FRAMES = r'''

def _reduce_frame(pickler, value, kind):
    """A frame as Parquet where that is exact; else each part of it as it lies in memory."""
    numpy, pandas = _sys.modules.get("numpy"), _sys.modules.get("pandas")
    if not kind.__module__.startswith("pandas") or not hasattr(pandas, "DataFrame"):
        return NotImplemented
    is_new = int(pandas.__version__.split(".")[0]) > 2
    copies_on_write = is_new or getattr(pandas.options.mode, "copy_on_write", False) is True
    if kind is pandas.DataFrame:
        columns = [column for _, column in value.items()]
        arrays = [each.values for each in columns if isinstance(each.dtype, numpy.dtype)]
        if not copies_on_write and any(
            [_note(pickler, each, value)[1] for each in arrays if each.size]
        ):
            return NotImplemented
        is_wanted = id(value) in pickler.tops or sum(each.nbytes for each in columns) >= 2**16
        if is_wanted and _fits_parquet(value, pandas, columns):
            save = lambda path: value.to_parquet(path, engine="pyarrow")
            return pickler.store(value, ".parquet", save, pandas.read_parquet, "pyarrow")
    elif kind.__name__.endswith("Block") and copies_on_write:  # shares no memory that code sees
        function, (array, *others) = value.__reduce__()
        if type(array) is numpy.ndarray:
            array = array.view()
            pickler.own[id(array)] = ".npy"
        else:
            array = array.copy()
        return function, (array, *others)
    return NotImplemented


def _fits_parquet(frame, pandas, columns):
    """True when Parquet gives back just this frame; its first rows are tried."""
    if frame.attrs or type(frame.index) not in (pandas.RangeIndex, pandas.Index):
        return False
    texts = [frame.columns] + [frame.index] * (frame.index.dtype == object)
    for column in columns:
        if column.dtype == object:
            texts.append(column[[each is not None for each in column]])
        elif isinstance(column.dtype, _sys.modules["numpy"].dtype):
            if not column.values.flags.c_contiguous:  # a sum's last digits depend on the layout
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


_StepPickler.reducers.append(_reduce_frame)
'''

_WITH_GRAD = r'''

def _with_grad(tensor, grad):
    """Called by a pickle that is read: a tensor with the gradient that it had."""
    tensor.grad = grad
    return tensor
'''

_TORCH = r'''

import functools as _functools
import operator as _operator


class _Call:
    """Pickled as what comes of a call, so that this can be part of another."""

    def __init__(self, *reduced):
        self.reduced = reduced

    def __reduce__(self):
        return self.reduced


def _reduce_torch(pickler, value, kind):
    """What torch keeps numbers in, in a file of torch; and gradients, which torch leaves out."""
    torch = _sys.modules.get("torch")
    if not hasattr(torch, "is_storage"):
        return NotImplemented
    if isinstance(value, torch.Tensor):
        if value.grad_fn is not None:
            raise TypeError("gradients flow through it, and cannot from step to step: detach() it")
        has_grad = value.is_leaf and value.grad is not None
        if has_grad:
            return _with_grad, (_Call(*value.__reduce_ex__(5)), value.grad)
        return NotImplemented
    if not torch.is_storage(value):
        return NotImplemented
    if hasattr(value, "_untyped_storage"):
        words = {"wrap_storage": value._untyped_storage, "dtype": value.dtype, "_internal": True}
        return _functools.partial(torch.storage.TypedStorage, **words), ()
    pickler.seen.append(pickler.step.known.setdefault(("storage", value._cdata), value))
    storages = pickler.memories.setdefault("storages", {})
    if not storages:

        def save(path):
            empty = [torch.empty(0, dtype=torch.uint8, device=s.device) for s in storages.values()]
            torch.save([e.set_(s) for e, s in zip(empty, storages.values())], path)

        load = _functools.partial(torch.load, weights_only=True)
        pickler.memories["torch"] = _Call(*pickler.store(value, ".pt", save, load))
    storages.setdefault(value._cdata, value)
    place = [*storages].index(value._cdata)
    tensor = _Call(_operator.getitem, (pickler.memories["torch"], place))
    return _operator.methodcaller("untyped_storage"), (tensor,)


_StepPickler.reducers.append(_reduce_torch)
'''

_KERAS = r'''

import functools as _functools


def _reduce_keras(pickler, value, kind):
    """A model of Keras as Keras writes it, with the functions and classes that it is told of."""
    roots = [each.__module__ for each in kind.__mro__ if each.__name__ == "Model"]
    roots = [root.partition(".")[0] for root in roots if "keras" in root]
    if not roots:
        return NotImplemented
    for weight in value.weights:
        if pickler.step.known.setdefault(("weight", id(weight)), value) is not value:
            raise TypeError("it shares layers with another model")
    keras = _sys.modules[roots[0]]
    load = getattr(keras, "keras", keras).models.load_model
    said = f"{kind.__name__} {value.get_config()} {value.get_compile_config()}"
    kinds = (type, _types.FunctionType)
    own = {
        name: each
        for name, each in notebook.items()
        if isinstance(each, kinds) and each.__module__ == "__main__" and name in said
    }
    load = _functools.partial(load, safe_mode=False)  # what this notebook made may run here
    return pickler.store(value, ".keras", value.save, load, own)


_StepPickler.reducers.append(_reduce_keras)
'''

WRITE_PARTS: Mapping[Part, str] = {
    Part.DRAWS: _DRAWS,
    Part.ARRAYS: _ARRAYS,
    Part.FRAMES: _FRAMES,
    Part.TORCH: _WITH_GRAD + _TORCH,
    Part.KERAS: _KERAS,
}
"""What ``write_functions`` adds for each part."""

READ_PARTS: Mapping[Part, str] = {**dict.fromkeys(Part, ""), Part.TORCH: _WITH_GRAD}
"""What ``read_functions`` adds for each part."""

_NOTHING: frozenset[Part] = frozenset()
_NUMBERS = frozenset({Part.ARRAYS})
_TABLES = frozenset({Part.ARRAYS, Part.FRAMES})
_MAKE_NEITHER = (
    "requests httpx urllib3 yaml toml dotenv IPython ipywidgets tqdm bs4 lxml pytz dateutil psutil "
    "tabulate prettytable simplejson pydantic boto3 git jinja2"
)
_MAKE_NUMBERS = (
    "numpy scipy matplotlib PIL networkx sympy numba joblib cv2 nltk imageio skimage wordcloud"
)
_MAKE_TABLES = (
    "pandas sklearn seaborn statsmodels plotly xgboost lightgbm imblearn openpyxl pyarrow "
    "missingno mlxtend altair bokeh geopandas"
)
_MAKES: Mapping[str, frozenset[Part]] = {
    **dict.fromkeys(_MAKE_NEITHER.split(), _NOTHING),
    **dict.fromkeys(_MAKE_NUMBERS.split(), _NUMBERS),
    **dict.fromkeys(_MAKE_TABLES.split(), _TABLES),
}
_WORDS: Mapping[str, frozenset[Part]] = {
    "random": frozenset({Part.DRAWS}),
    "numpy": _NUMBERS,
    "pandas": _TABLES,
    "torch": _NUMBERS | {Part.TORCH},
    "keras": _NUMBERS | {Part.KERAS},
    "tensorflow": _NUMBERS | {Part.KERAS},
}
"""Code that names one of them anywhere may make what it makes."""


def parts_of(step: PlannedStep) -> frozenset[Part]:
    """The parts that the cells of a step need, for all that it may write."""
    parts: set[Part] = set()
    for module in step.modules:
        parts |= _MAKES.get(module.top_level, frozenset(Part))
    code = [cell.source for cell in (*step.parameters, *step.body)]
    code += [each.source for each in (*step.imports, *step.settings)]
    code += [each.source for each in step.definitions]
    for word, found in _WORDS.items():
        if any(word in text for text in code):
            parts |= found
    return frozenset(parts)
