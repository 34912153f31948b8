"""What a value may have in common with the objects of other names.

A value of ``a[0]`` is a *part* of ``a``; ``[a]`` *has* ``a``; ``list(a)`` *overlaps* with it: both
have the same parts. Who changes ``a[0]`` changes ``a``; who appends to ``[a]`` does not.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from msgspec import Struct, field

if TYPE_CHECKING:
    import ast
    from collections.abc import Iterable, Mapping

    from .flow_facts import CallUse

IS, PART, HAS, OVERLAP = 1, 2, 4, 8
ANYHOW = IS | PART | HAS | OVERLAP
TOUCHED = IS | PART
"""Relations through which a change of the value itself is one of the other."""

SHALLOW, DEEP = 1, 2
"""How a value is changed: itself, or also what it has."""

Roots = dict[str, int]


class Kind(Enum):
    """What is known of a value."""

    UNKNOWN = "unknown"
    PLAIN = "plain"
    ARRAY = "array"
    ITERATOR = "iterator"
    LIBRARY = "library"
    DEFINITION = "definition"
    INSTANCE = "instance"
    APART = "apart"

    # Each is itself alone; the hash of Enum is written in Python, and asked for at every name.
    __hash__ = object.__hash__


class Value(Struct, frozen=True):
    """What an expression may give.

    ``roots`` are the names, as they were before, that it has something in common with. ``code``
    are functions and classes of the notebook that using it may run. ``what`` is the dotted name
    for a LIBRARY value, and the definition for a DEFINITION or an INSTANCE of one. What an APART
    one holds has nothing in common with each other, as ``(rows, labels)``.
    """

    roots: Mapping[str, int]
    kind: Kind = Kind.UNKNOWN
    code: frozenset[Definition] = frozenset()
    what: Definition | str | None = None


class Parameters(Struct, frozen=True):
    """The parameters of a function by their names; empty strings where there is none."""

    positional: tuple[str, ...] = ()
    keywords: frozenset[str] = frozenset()
    rest: str = ""
    options: str = ""


class Summary(Struct, frozen=True):
    """What calling a function does to its arguments, in terms of its parameters and globals.

    ``holds`` are (container, content, relation). ``consulted`` is what the names that it calls
    stood for when this was found out: it is true for as long as they do.
    """

    parameters: Parameters = Parameters()
    mutated: Mapping[str, int] = field(default_factory=dict)
    holds: tuple[tuple[str, str, int], ...] = ()
    returns: Value = Value({})
    global_values: Mapping[str, Value] = field(default_factory=dict)
    outer_values: Mapping[str, Value] = field(default_factory=dict)
    consulted: Mapping[str, tuple[Kind, Definition | str | None]] = field(default_factory=dict)


class Definition(Struct, eq=False):
    """A function or class of the notebook, and what running it does to global names.

    ``reads`` are read before it writes them, ``mentions`` all that it loads, ``sure_writes`` those
    written however it ends. ``closure`` are names of the functions around it.
    """

    name: str
    node: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda | ast.ClassDef
    reads: frozenset[str] = frozenset()
    mentions: frozenset[str] = frozenset()
    writes: frozenset[str] = frozenset()
    sure_writes: frozenset[str] = frozenset()
    mutates: frozenset[str] = frozenset()
    attributes: frozenset[str] = frozenset()
    closure: frozenset[str] = frozenset()
    code: frozenset[Definition] = frozenset()
    methods: Mapping[str, Definition] = field(default_factory=dict)
    bases: tuple[str, ...] = ()
    is_class: bool = False
    is_generator: bool = False
    is_global: bool = False
    owner: Definition | None = None
    binding: str = ""
    outer: frozenset[str] = frozenset()
    calls: tuple[CallUse, ...] = ()
    summary: Summary = Summary()
    checked: int = -1


NO_CODE: frozenset[Definition] = frozenset()
FRESH = Value({})
PLAIN = Value({}, Kind.PLAIN)
ARRAY = Value({}, Kind.ARRAY)
DRAWING = "numpy.random"
"""What keeps a generator that it was given, and goes on with it: a splitter of scikit-learn."""
WITH_ROWS = "numpy.ndarray"
"""What an array of numpy is that may have rows: a list of them is one of views."""
NDARRAY = Value({}, Kind.ARRAY, NO_CODE, WITH_ROWS)

_ONE = {
    (PART, PART): PART,
    (PART, HAS): ANYHOW,
    (PART, OVERLAP): PART | OVERLAP,
    (HAS, PART): OVERLAP,
    (HAS, HAS): HAS,
    (HAS, OVERLAP): OVERLAP,
    (OVERLAP, PART): OVERLAP,
    (OVERLAP, HAS): PART | HAS | OVERLAP,
    (OVERLAP, OVERLAP): OVERLAP,
}


def _compose(first: int, second: int) -> int:
    result = 0
    for one in (IS, PART, HAS, OVERLAP):
        for other in (IS, PART, HAS, OVERLAP):
            if first & one and second & other:
                if one == IS:
                    result |= other
                else:
                    result |= one if other == IS else _ONE[one, other]
    return result


COMPOSED = tuple(tuple(_compose(first, second) for second in range(16)) for first in range(16))
"""``COMPOSED[a][b]``: what x is to z, when it is a to y, and y is b to z."""

INVERSE = tuple(
    flags & (IS | OVERLAP) | (HAS if flags & PART else 0) | (PART if flags & HAS else 0)
    for flags in range(16)
)
"""What y is to x, when x is that to y."""


def related(value: Value, flags: int) -> Value:
    """A new value that is ``flags`` to the given one; it is of no known kind."""
    if value.kind in _NO_OBJECTS:
        return Value({}, Kind.UNKNOWN, code_of(value)) if value.what else FRESH
    if not value.roots and not value.code:
        return FRESH
    table = COMPOSED[flags]
    roots = {root: table[how] for root, how in value.roots.items()}
    return Value(roots, Kind.UNKNOWN, value.code)


def with_kind(value: Value, kind: Kind) -> Value:
    """The value, known to be of a kind."""
    return value if value.kind is kind else Value(value.roots, kind, value.code)


def join(values: Iterable[Value]) -> Value:
    """A value that may be any of the given ones."""
    given = list(values)
    first = given[0]
    if given.count(first) == len(given):  # the same, or equal; most often there is but one
        return first
    roots: Roots = {}
    code = NO_CODE
    for value in given:
        if value.kind not in _NO_OBJECTS:
            for root, how in value.roots.items():
                roots[root] = roots.get(root, 0) | how
        if value.code or value.what:
            code |= code_of(value)
    kind = first.kind
    if any(value.kind is not kind or value.what is not first.what for value in given):
        is_number = all(value.kind in _NUMBERS for value in given)
        return Value(roots, Kind.ARRAY if is_number else Kind.UNKNOWN, code)
    return Value(roots, kind, code, first.what)


def are_plain(values: Iterable[Value]) -> bool:
    """True where all values are plain."""
    return _ONLY_PLAIN.issuperset([value.kind for value in values])


def reached(value: Value, holds: Mapping[str, Mapping[str, int]]) -> dict[str, int]:
    """All roots that a value has something in common with, also by what was put into them."""
    if not holds:
        return dict(value.roots)
    found: dict[str, int] = {}
    waiting = list(value.roots.items())
    while waiting:
        root, how = waiting.pop()
        before = found.get(root, 0)
        if before | how != before:
            found[root] = before | how
            table = COMPOSED[before | how]
            waiting += [(each, table[flags]) for each, flags in holds.get(root, {}).items()]
    return found


def are_apart(values: Iterable[Value], holds: Mapping[str, Mapping[str, int]]) -> bool:
    """True where no two of the values have anything in common."""
    seen: set[str] = set()
    for value in values:
        if value.code or value.kind is Kind.DEFINITION:  # who knows what it keeps
            return False
        roots = reached(value, holds).keys()
        if not seen.isdisjoint(roots):
            return False
        seen |= roots
    return True


def code_of(value: Value) -> frozenset[Definition]:
    """The code that using a value may run, or calling it."""
    if value.kind is Kind.DEFINITION and isinstance(value.what, Definition):
        return value.code | {value.what}
    return value.code


_ONLY_PLAIN = frozenset({Kind.PLAIN})
_NUMBERS = frozenset({Kind.PLAIN, Kind.ARRAY})
_NO_OBJECTS = frozenset({Kind.PLAIN, Kind.LIBRARY, Kind.DEFINITION})
