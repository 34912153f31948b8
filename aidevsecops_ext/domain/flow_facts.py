"""What a statement of a notebook does to the names of the notebook: the values of the analysis."""

from __future__ import annotations

from enum import Enum

from msgspec import Struct

NO_NAMES: frozenset[str] = frozenset()

Literal = str | int | float | bool | None


class StatementKind(str, Enum):
    """What a statement is for: what other steps may need to repeat is told apart."""

    IMPORT = "import"
    DEFINITION = "definition"
    PLAIN = "plain"


class ImportBinding(Struct, frozen=True):
    """A name that an import binds: to a module, or to ``attribute`` of it.

    ``import a.b`` binds ``a`` to the module ``a`` and loads ``a.b`` too: ``loaded``. A star import
    has the name and the attribute ``*``. Leading dots are kept in ``module``.
    """

    name: str
    module: str
    attribute: str | None = None
    loaded: str = ""

    @property
    def is_star(self) -> bool:
        """True for ``from module import *``."""
        return self.name == "*"

    @property
    def target(self) -> str:
        """What the name stands for, dotted: ``numpy.random.seed``."""
        return self.module if self.attribute is None else f"{self.module}.{self.attribute}"


class Argument(Struct, frozen=True):
    """An argument as written: its value where that is a literal, and the names in it.

    ``keyword`` is None for one without a name; ``*args`` and ``**options`` are told by ``stars``.
    """

    keyword: str | None = None
    is_literal: bool = False
    literal: Literal = None
    names: frozenset[str] = NO_NAMES
    stars: int = 0


class CallUse(Struct, frozen=True):
    """A call: ``callee`` as written (``np.random.seed``), and what it is where imports tell.

    ``target`` is ``numpy.random.seed``; empty where nobody knows. A call of a method of what is no
    name has a callee that begins with a dot (``.mean``). Calls in the bodies of functions are
    ``is_deferred``.
    """

    callee: str
    target: str
    line: int
    arguments: tuple[Argument, ...] = ()
    is_deferred: bool = False


class MagicUse(Struct, frozen=True):
    """A magic, a ``!command`` or a help line: ``name`` is ``matplotlib``, ``!`` or ``?``.

    ``arguments`` is what follows the name on its line. A cell magic (``%%time``) ``is_cell``.
    """

    name: str
    arguments: str
    line: int
    is_cell: bool = False


class HistoryUse(Struct, frozen=True):
    """A name that IPython binds to what was run before: ``_``, ``Out``, ``In``, ``_i3`` …"""

    name: str
    line: int


class Statement(Struct, frozen=True):
    """A statement of a cell, and what it does to the names of the notebook.

    ``reads`` are read before the statement writes them; builtins that nobody binds are left out.
    They and ``mutates``, ``maybe_writes`` … hold what known functions do that it calls.
    ``deferred_*`` are what calling the functions and classes does that it defines.
    ``writes`` holds ``maybe_writes``: those that a branch not taken leaves as they are.
    ``shares`` are (target, source): after it the target may hold the source's object, a part of
    it, or hold it. ``plain`` are written names that surely hold numbers, strings and the like.
    ``made_of`` are the names that a target's value was computed from, unless that is plain.
    """

    line: int
    end_line: int
    source: str
    kind: StatementKind = StatementKind.PLAIN
    reads: frozenset[str] = NO_NAMES
    writes: frozenset[str] = NO_NAMES
    maybe_writes: frozenset[str] = NO_NAMES
    mutates: frozenset[str] = NO_NAMES
    deletes: frozenset[str] = NO_NAMES
    deferred_reads: frozenset[str] = NO_NAMES
    deferred_writes: frozenset[str] = NO_NAMES
    deferred_mutates: frozenset[str] = NO_NAMES
    imports: tuple[ImportBinding, ...] = ()
    definitions: frozenset[str] = NO_NAMES
    calls: tuple[CallUse, ...] = ()
    loads: frozenset[str] = NO_NAMES
    shares: tuple[tuple[str, str], ...] = ()
    plain: frozenset[str] = NO_NAMES
    made_of: tuple[tuple[str, frozenset[str]], ...] = ()
    uses_history: tuple[HistoryUse, ...] = ()
    magics: tuple[MagicUse, ...] = ()
    is_conditional: bool = False
    has_await: bool = False
