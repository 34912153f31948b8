"""What magics and shell commands do to the names of a notebook."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from msgspec import Struct

from .flow_facts import NO_NAMES
from .imports import UnreadableCodeError, parse_python
from .ipython_magics import BODY_IS_FOREIGN, BODY_IS_SHELL, FIRST_LINE_IS_CODE
from .late_patterns import late_pattern

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

    from .flow_known import KnownNames
    from .ipython_magics import MagicLine

# What they run has names of its own.
OWN_NAMES = frozenset({"timeit"})
# Their bodies run in another process, or are no Python.
ELSEWHERE = (
    BODY_IS_SHELL
    | BODY_IS_FOREIGN
    | {"file", "px", "pypy", "pypy3", "python", "python3", "script", "writefile"}
)
# The import that stands for them binds nothing.
BINDING_NOTHING = frozenset({"load_ext", "reload_ext", "run"})
PYLAB = frozenset({"np", "plt", "pylab", "mlab", "pyplot"})

_EXPRESSION = late_pattern(r"(?<!\{)\{([^{}]+)\}(?!\})")
_DOLLAR = late_pattern(r"(?<!\$)\$([A-Za-z_]\w*)")
_NAME = late_pattern(r"[A-Za-z_]\w*")
_OUTPUT_OPTIONS = late_pattern(r"--(?:out|err|proc)[ =]([A-Za-z_]\w*)")
_R_INPUT = late_pattern(r"(?:-i|--input)[ =]?([\w,]+)")
_R_OUTPUT = late_pattern(r"(?:-o|--output)[ =]?([\w,]+)")


class MagicFlow(Struct, frozen=True):
    """The names that a magic reads, binds and deletes, beside those of the code that it runs."""

    reads: frozenset[str] = NO_NAMES
    writes: frozenset[str] = NO_NAMES
    deletes: frozenset[str] = NO_NAMES


def magic_flow(magic: MagicLine, known: KnownNames) -> MagicFlow:
    """What a magic does to the names of the notebook."""
    name, rest = magic.name, magic.arguments
    if name == "?" or name in FIRST_LINE_IS_CODE:
        return MagicFlow()
    reads = frozenset(_interpolated(rest, known))
    if known.is_bound(name):  # a magic of the notebook's own: @register_line_magic
        reads |= {name}
    words = [word for word in rest.split() if not word.startswith("-")]
    names = frozenset(word for word in words if _NAME.fullmatch(word))
    if name == "store":
        return _store(rest, names)
    if name == "capture" and magic.is_cell:
        return MagicFlow(writes=names)
    if name == "xdel":
        return MagicFlow(deletes=names)
    if name == "pylab":
        return MagicFlow(writes=PYLAB)
    if name in ("R", "Rpush", "Rpull"):
        inputs = names if name == "Rpush" else _listed(_R_INPUT, rest)
        return MagicFlow(inputs, names if name == "Rpull" else _listed(_R_OUTPUT, rest))
    if name in ("sql", "bigquery") and magic.is_cell:
        bound = names if name == "bigquery" else names & _before_arrow(rest)
        return MagicFlow(reads, frozenset(list(bound)[:1]))
    if magic.is_cell:
        return MagicFlow(reads, frozenset(_OUTPUT_OPTIONS.findall(rest)))
    return MagicFlow(reads)


def _store(rest: str, names: frozenset[str]) -> MagicFlow:
    """``%store x`` reads it, ``%store -r x`` binds it, ``%store -d x`` does neither."""
    options = {word for word in rest.split() if word.startswith("-")}
    if "-r" in options:
        return MagicFlow(writes=names)
    return MagicFlow() if options else MagicFlow(reads=names)


def _listed(option: re.Pattern[str], rest: str) -> frozenset[str]:
    return frozenset(name for found in option.findall(rest) for name in found.split(",") if name)


def _before_arrow(rest: str) -> frozenset[str]:
    """``rows`` of ``%%sql rows << select 1``."""
    return frozenset(rest.partition("<<")[0].split()) if "<<" in rest else NO_NAMES


def _interpolated(text: str, known: KnownNames) -> Iterator[str]:
    """The names of ``{expression}`` and ``$name`` that are the notebook's, not the shell's."""
    for name in _DOLLAR.findall(text):
        if known.is_bound(name) or (known.is_partial and not name.isupper()):
            yield name
    for expression in _EXPRESSION.findall(text):
        names = _names_in(expression)
        is_likely = known.is_partial and "," not in expression
        if is_likely or all(known.is_bound(name) for name in names):
            yield from names


def _names_in(expression: str) -> list[str]:
    try:
        tree = parse_python(f"f'''{{{expression}}}'''")
    except UnreadableCodeError:
        return []
    return [node.id for node in ast.walk(tree) if isinstance(node, ast.Name)]
