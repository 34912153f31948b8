"""What well-known functions and operators give."""

from __future__ import annotations

import ast

from .flow_frames import OBJECT
from .flow_library import (
    ARRAY_MODULES,
    ARRAY_RESULTS,
    ITERATOR_MODULES,
    ITERATOR_RESULTS,
    NO_ARRAYS,
    PASSES_ON,
    PLAIN_MODULES,
    PLAIN_RESULTS,
    SAME_PARTS,
    root_of,
)
from .flow_values import (
    ANYHOW,
    ARRAY,
    DRAWING,
    FRESH,
    HAS,
    NDARRAY,
    OVERLAP,
    PART,
    PLAIN,
    WITH_ROWS,
    Kind,
    Value,
    join,
    related,
    with_kind,
)

_NUMERIC = (Kind.PLAIN, Kind.ARRAY)
_DRAWING = frozenset({"matplotlib", "seaborn"})
_LOWER_FRESH = frozenset(
    {"pandas", "sklearn", "matplotlib", "seaborn", "json", "os", "re", "requests", "time"}
)


# A figure and its axes: whoever draws in one changes the other.
_PARTS_BELONG_TOGETHER = frozenset(
    {"matplotlib.pyplot.subplots", "matplotlib.pyplot.subplot_mosaic", "pylab.subplots"}
)
_KEEPS_PARTS = (ast.Add, ast.Mult, ast.BitOr)  # of lists and of dicts
_LISTS = frozenset({"builtins.list", "builtins.tuple", "builtins.sorted"})
_FLAT_WORDS = "arange linspace logspace geomspace unique flatnonzero bincount diff ravel hanning"
_FLAT = frozenset(_FLAT_WORDS.split())
_ONLY_NUMBERS = (ast.Div, ast.FloorDiv, ast.Pow, ast.MatMult, ast.LShift, ast.RShift)


def same_parts(value: Value) -> Value:
    """A copy of a value, which has the same parts unless they are numbers."""
    if value.kind in _NUMERIC:
        return Value({}, value.kind, value.code, value.what)
    return Value(related(value, OVERLAP).roots, Kind.UNKNOWN, value.code)


def library_result(target: str, values: list[Value], node: ast.Call) -> Value:
    """What a call of a well-known function or class gives."""
    if target in _PARTS_BELONG_TOGETHER:
        return Value({f"{OBJECT}{id(node)}": HAS})
    root = root_of(target)
    name = target.rpartition(".")[2]
    if target in PLAIN_RESULTS or root in PLAIN_MODULES:
        return PLAIN
    given = join(values) if values else FRESH
    if target in ITERATOR_RESULTS or root in ITERATOR_MODULES:
        return Value(related(given, HAS).roots, Kind.ITERATOR, given.code)
    if target in PASSES_ON:
        return _passed_on(target, given, node)
    if target in SAME_PARTS:
        return _with_same_parts(target, values, node)
    if target in ("builtins.abs", "builtins.round", "builtins.pow", "builtins.divmod"):
        return PLAIN if given.kind is Kind.PLAIN else ARRAY
    if target == "copy.deepcopy":
        return Value({}, given.kind if given.kind in _NUMERIC else Kind.UNKNOWN, given.code)
    if target.startswith("pandas.") and (target in ARRAY_RESULTS or name.startswith("read_")):
        is_wrapped = name[:1].isupper() and given.kind is not Kind.PLAIN
        shared = related(given, PART | HAS | OVERLAP) if is_wrapped else FRESH
        return with_kind(shared, Kind.ARRAY)
    if root in ARRAY_MODULES and target not in NO_ARRAYS and not name[:1].isupper():
        return NDARRAY if root == "numpy" and _shape_of(name, node) else ARRAY
    return _result_by_name(root, name, given, node)


def _passed_on(target: str, given: Value, node: ast.Call) -> Value:
    """What may be the given object, or a view of it."""
    shared = related(given, ANYHOW)
    if target.startswith("numpy."):
        shape = _shape_of(target.rpartition(".")[2], node)
        return Value(shared.roots, Kind.ARRAY, shared.code, shape)
    return with_kind(shared, Kind.ARRAY if given.kind is Kind.ARRAY else Kind.UNKNOWN)


def _with_same_parts(target: str, values: list[Value], node: ast.Call) -> Value:
    if target in _LISTS and values and values[0].what == WITH_ROWS:
        return Value(related(values[0], OVERLAP).roots)
    copies = [same_parts(value) for value in values if value.kind is not Kind.PLAIN]
    if target.startswith("numpy."):
        made = join(copies) if copies else ARRAY
        shape = _shape_of(target.rpartition(".")[2], node)
        return Value(made.roots, Kind.ARRAY, made.code, shape)
    return with_kind(join(copies), Kind.UNKNOWN) if copies else FRESH


def _shape_of(name: str, node: ast.Call) -> str | None:
    """What an array of numpy is that a function makes: those with rows are told apart."""
    first = node.args[0] if node.args else None
    if isinstance(first, ast.List | ast.Tuple) and name == "array":
        is_flat = not any(isinstance(each, ast.List | ast.Tuple | ast.Name) for each in first.elts)
    else:
        is_flat = isinstance(first, ast.Constant)  # of so many numbers
    return None if is_flat or name in _FLAT else WITH_ROWS


def _result_by_name(root: str, name: str, given: Value, node: ast.Call) -> Value:
    """What calls give of which only the library and the name are known."""
    if name[:1].isupper() or name in ("partial", "wraps") or name.startswith("make_"):
        has_generator = any(each.arg == "random_state" for each in node.keywords)
        is_drawing = has_generator and given.kind is not Kind.PLAIN
        shared = related(given, HAS | OVERLAP).roots
        return Value(shared, Kind.UNKNOWN, given.code, DRAWING if is_drawing else None)
    if root in _LOWER_FRESH:
        is_drawn = root in _DRAWING and any(each.arg == "ax" for each in node.keywords)
        return related(given, ANYHOW) if is_drawn else Value({}, Kind.APART, given.code)
    if name.startswith(("load_", "fetch_")):
        return with_kind(related(given, ANYHOW), Kind.APART)
    return related(given, ANYHOW)


def operator_result(operator: ast.operator, left: Value, right: Value) -> Value:
    """What ``left + right`` gives: lists that are added have the same parts as before."""
    kinds = (left.kind, right.kind)
    if kinds == (Kind.PLAIN, Kind.PLAIN):
        return PLAIN
    if Kind.ARRAY in kinds:
        arrays = [value.what for value in (left, right) if value.kind is not Kind.PLAIN]
        return NDARRAY if arrays.count(WITH_ROWS) == len(arrays) else ARRAY
    if isinstance(operator, _KEEPS_PARTS) and not (
        isinstance(operator, ast.Add) and Kind.PLAIN in kinds
    ):
        shared = related(join((left, right)), OVERLAP)
        return Value(shared.roots, Kind.UNKNOWN, shared.code)
    return ARRAY if isinstance(operator, _ONLY_NUMBERS) else FRESH
