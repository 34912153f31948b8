"""A text that says all of some objects: what they hold, which are one, and where arrays overlap."""

from __future__ import annotations

import hashlib
import sys
import types
from typing import Any


class Describer:
    """Walks objects from names in order; each is described once and then only referred to."""

    def __init__(self) -> None:
        self.seen: dict[int, int] = {}
        self.kept: list[Any] = []
        self.arrays: list[Any] = []

    def describe(self, value: Any) -> str:
        """The value, or a reference to it when it has been described."""
        kind = type(value)
        if value is None or kind in (bool, int, float, complex, str, bytes):
            return f"{kind.__name__} {value!r}"
        if isinstance(value, type) or (callable(value) and kind is not types.FunctionType):
            return f"{kind.__name__} {value.__qualname__}"
        numpy: Any = sys.modules.get("numpy")
        if numpy and isinstance(value, numpy.generic):
            return f"{kind.__name__} {value!r}"
        if id(value) in self.seen:
            return f"#{self.seen[id(value)]}"
        self.seen[id(value)] = number = len(self.seen)
        self.kept.append(value)
        return f"#{number}={kind.__qualname__}({self.inside(value)})"

    def inside(self, value: Any) -> str:
        """What an object holds."""
        kind = type(value)
        numpy: Any = sys.modules.get("numpy")
        pandas: Any = sys.modules.get("pandas")
        if kind in (list, tuple):
            return ", ".join(map(self.describe, value))
        if kind in (set, frozenset):
            # Those of these tests hold plain values only.
            return ", ".join(sorted(map(repr, value)))
        if kind is dict:
            return ", ".join(f"{self.describe(k)}: {self.describe(v)}" for k, v in value.items())
        if isinstance(value, types.FunctionType):
            cells = [cell.cell_contents for cell in value.__closure__ or ()]
            return value.__qualname__ + self.describe(cells)
        if numpy and isinstance(value, numpy.ndarray):
            return self.array(value)
        if pandas and isinstance(value, (pandas.DataFrame, pandas.Series)):
            return self.frame(value)
        return self.describe(vars(value))

    def array(self, array: Any) -> str:
        """What an array holds; where its memory is comes in the end."""
        self.arrays.append(array)
        if array.dtype.hasobject:
            held = ", ".join(map(self.describe, array.ravel().tolist()))
        else:
            held = hashlib.sha256(array.tobytes()).hexdigest()[:12]
        return f"{array.dtype.str} {array.shape} {held}"

    def frame(self, frame: Any) -> str:
        """What a frame or one of its columns holds, with its types and its layout."""
        columns = frame.items() if frame.ndim == 2 else [(frame.name, frame)]
        held = [
            f"{name!r} {column.dtype!r} {list(map(repr, column))} {column.values.strides}"
            if hasattr(column.values, "strides")
            else f"{name!r} {column.dtype!r} {list(map(repr, column))}"
            for name, column in columns
        ]
        index = frame.index
        said = f"{type(index).__name__} {index.dtype} {index.name!r} {list(index)}"
        return f"{held} {said} {frame.attrs}"

    def memory(self) -> list[str]:
        """For each array, the first array that it overlaps with, and how far from it it begins."""
        numpy: Any = sys.modules.get("numpy")
        lines = []
        for place, array in enumerate(self.arrays):
            for first, other in enumerate(self.arrays[:place]):
                if numpy.may_share_memory(array, other) and array.size and other.size:
                    start, begin = (a.__array_interface__["data"][0] for a in (array, other))
                    lines.append(f"{place} in {first} at {start - begin} {array.strides}")
                    break
        return lines


def describe_all(names: list[str], found: dict[str, Any]) -> list[str]:
    """The description of the variables that are bound among these names."""
    describer = Describer()
    lines = [f"{name} = {describer.describe(found[name])}" for name in names if name in found]
    return lines + describer.memory()
