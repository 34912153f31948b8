"""Which methods of the notebook's classes may run when somebody else has an instance of one.

A class that derives from one of a library (``torch.nn.Module``) has methods that the library calls:
``net(x)`` runs ``forward``. So do functions that are given an instance of any class.
"""

from __future__ import annotations

import ast
from enum import Enum
from typing import TYPE_CHECKING

from .flow_library import words
from .flow_values import Definition

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from .flow_values import Value

CONSTRUCTING = ("__init__", "__new__", "__post_init__")
"""The methods that run when an instance is made, and not when it is used."""

LEAVES_ALONE = words("builtins cloudpickle copy dill joblib pickle")
"""Modules whose functions call no method of an instance by its name."""

# Classes that call no method of those that derive from them but by its name.
_QUIET_BASES = words(
    """
    ABC BaseException Enum Exception Flag Generic IntEnum IntFlag NamedTuple Protocol RuntimeError
    StrEnum TypedDict ValueError dict float frozenset int list object set str tuple
    """
)


class Use(Enum):
    """How code uses an instance: by its name, by a call of what its bases may have, by others."""

    NAMED = "named"
    CALLED = "called"
    HANDED = "handed"


def methods_used(
    definition: Definition, value_of: Callable[[str], Value], use: Use
) -> Iterator[Definition]:
    """The methods that using an instance of a class may run.

    Those with names such as ``__len__`` always; any, when the instance is handed to code that
    nobody knows, or when what is called may be of a library's class that its own derives from.
    """
    classes = _line_of(definition, value_of)
    is_open = use is Use.HANDED
    if use is Use.CALLED:
        is_open = any(_has_open_base(each, value_of) for each in classes)
    apart = () if use is Use.CALLED else ("__call__",)
    for each in classes:
        for name, method in each.methods.items():
            is_run = is_open or (name.startswith("__") and name not in apart)
            if is_run and name not in CONSTRUCTING:
                yield method


def changes_itself(definition: Definition, value_of: Callable[[str], Value]) -> bool:
    """True for a class whose instances change when they are used: ``__next__``, a property …"""
    return any(
        method.summary.parameters.positional[:1] == (first,)
        for each in _line_of(definition, value_of)
        for name, method in each.methods.items()
        if name not in CONSTRUCTING and (name.startswith("__") or _is_property(method))
        for first in method.summary.mutated
    )


def _is_property(method: Definition) -> bool:
    decorators = [] if isinstance(method.node, ast.Lambda) else method.node.decorator_list
    return any(ast.unparse(each).endswith("property") for each in decorators)


def _line_of(definition: Definition, value_of: Callable[[str], Value]) -> list[Definition]:
    """A class with those of the notebook that it derives from."""
    found: list[Definition] = []
    waiting = [definition]
    while waiting:
        each = waiting.pop()
        if each in found:
            continue
        found.append(each)
        bases = [value_of(base).what for base in each.bases]
        waiting += [base for base in bases if isinstance(base, Definition)]
    return found


def _has_open_base(definition: Definition, value_of: Callable[[str], Value]) -> bool:
    """True for a class that derives from one that is not the notebook's."""
    bases = definition.node.bases if isinstance(definition.node, ast.ClassDef) else []
    return any(_is_open(base, value_of) for base in bases)


def _is_open(base: ast.expr, value_of: Callable[[str], Value]) -> bool:
    name = base.value if isinstance(base, ast.Subscript) else base
    if isinstance(name, ast.Name) and isinstance(value_of(name.id).what, Definition):
        return False
    return ast.unparse(name).rpartition(".")[2] not in _QUIET_BASES
