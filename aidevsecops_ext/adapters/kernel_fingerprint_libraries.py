"""What fingerprints know of libraries whose pickles are slow, or never twice the same.

Run inside a kernel by its path, as ``kernel_fingerprint`` is. Each function adds an object to a
walk and says whether it knew it; a library is never loaded for it.
"""

from __future__ import annotations

import sys
from typing import Any


def _numpy(walk: Any, value: Any, np: Any) -> bool:
    if isinstance(value, np.ma.MaskedArray):
        walk.add(np.asarray(value.filled()))
        walk.add(np.ma.getmaskarray(value))
    elif isinstance(value, (np.ndarray, np.generic)):
        _array(walk, np.asarray(value), value, np)
    else:
        return False
    return True


def _array(walk: Any, array: Any, owner: Any, np: Any) -> None:
    walk.feed(f"{array.dtype.descr} {array.shape}".encode())
    if array.dtype.hasobject:
        walk.add(array.tolist())
    else:
        walk.data(
            owner,
            lambda: np.ascontiguousarray(array).tobytes(),
            lambda: _rounded(np.ascontiguousarray(array), np),
        )


def _rounded(array: Any, np: Any) -> Any:
    if array.dtype.kind not in "fc":
        return array.tobytes()
    if array.dtype.kind == "c":
        array = np.stack([array.real, array.imag])
    with np.errstate(all="ignore"):
        mantissa, exponent = np.frexp(array.astype("f8"))
        whole = np.nan_to_num(np.round(mantissa * 2**28), nan=-7.0).astype("i8")
    return whole.tobytes() + exponent.tobytes()


def _pandas(walk: Any, value: Any, pd: Any) -> bool:
    if isinstance(value, pd.DataFrame):
        walk.add(value.index)
        walk.add(value.columns)
        for position in range(value.shape[1]):
            _column(walk, value.iloc[:, position].array)
    elif isinstance(value, pd.Series):
        walk.add(value.name)
        walk.add(value.index)
        _column(walk, value.array)
    elif isinstance(value, pd.RangeIndex):
        walk.add((value.name, value.start, value.stop, value.step))
    elif isinstance(value, pd.MultiIndex):
        walk.add(tuple(value.names))
        for level in range(value.nlevels):
            walk.add(value.get_level_values(level))
    elif isinstance(value, pd.Index):
        walk.add((value.name, str(getattr(value, "freq", None))))
        _column(walk, value.array)
    elif isinstance(value, pd.api.extensions.ExtensionArray):
        _column(walk, value)
    else:
        return False
    if getattr(value, "attrs", None):
        walk.add(dict(value.attrs))
    return True


def _column(walk: Any, array: Any) -> None:
    """A pandas array: its own numbers where it has some, else its elements."""
    walk.feed(f"{array.dtype} {len(array)}".encode())
    if hasattr(array, "codes") and hasattr(array, "categories"):
        walk.add((array.codes, array.categories, bool(array.ordered)))
    elif hasattr(array, "asi8"):
        walk.add(array.asi8)
    elif type(array).__name__ in ("PandasArray", "NumpyExtensionArray"):
        walk.add(array.to_numpy())
    else:
        walk.add(list(array))


def _matplotlib(walk: Any, value: Any, _matplotlib: Any) -> bool:
    artist = sys.modules.get("matplotlib.artist")
    if artist is None or not isinstance(value, artist.Artist):
        return False
    figure = value
    while getattr(figure, "figure", None) is not None and figure.figure is not figure:
        figure = figure.figure
    if not hasattr(figure, "canvas"):
        walk.gap(f"{type(value).__name__} is in no figure")
        return True
    try:
        walk.data(figure, lambda: _pixels(figure), lambda: b"")
    except Exception as error:  # drawing runs whatever the notebook has put into the figure
        walk.gap(f"its figure cannot be drawn ({type(error).__name__})")
    return True


def _pixels(figure: Any) -> bytes:
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    canvas = figure.canvas
    try:
        drawn: Any = FigureCanvasAgg(figure)
        drawn.draw()
        return bytes(drawn.buffer_rgba())
    finally:
        figure.set_canvas(canvas)


def _torch(walk: Any, value: Any, torch: Any) -> bool:
    if isinstance(value, torch.Generator):
        walk.add(value.get_state())
    elif isinstance(value, torch.Tensor):
        tensor = value.detach().cpu()
        walk.feed(f"{value.dtype} {bool(value.requires_grad)}".encode())
        tensor = tensor.to_dense() if tensor.layout != torch.strided else tensor
        tensor = tensor.view(torch.int16) if value.dtype == torch.bfloat16 else tensor
        walk.add(tensor.numpy())
    else:
        return False
    return True


def _tensors(walk: Any, value: Any, _library: Any) -> bool:
    """Keras models by their weights; the arrays of TensorFlow and JAX by their numbers."""
    if hasattr(value, "get_weights") and hasattr(value, "get_config"):
        walk.add(value.get_config())
        walk.add(list(value.get_weights()))
    elif hasattr(value, "__array__"):
        walk.add(value.__array__())
    else:
        return False
    return True


KNOWN = {
    "numpy": _numpy,
    "pandas": _pandas,
    "matplotlib": _matplotlib,
    "torch": _torch,
    "keras": _tensors,
    "tensorflow": _tensors,
    "jax": _tensors,
    "jaxlib": _tensors,
}
