"""The third-party imports of a piece of Python code.

``try: import ujson`` with an ``except ImportError`` gives ``ujson``, optional; ``from google.cloud
import storage`` gives ``google.cloud.storage``, because ``google.cloud`` belongs to no one
distribution; ``from sklearn import svm`` gives ``sklearn`` with the name ``svm``.
"""

from __future__ import annotations

import ast
import sys
import threading
import warnings
from functools import lru_cache
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from .import_names import NAMESPACES
from .late_patterns import late_pattern
from .standard_library import FORMER_STANDARD_LIBRARY, LATER_STANDARD_LIBRARY

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# Without the former ones, so that the answer is the same on every Python that runs this.
_STANDARD_LIBRARY = (
    frozenset(sys.stdlib_module_names) | LATER_STANDARD_LIBRARY
) - FORMER_STANDARD_LIBRARY

# As many cells as are read again soon: for each step of a pipeline, and after each edit.
_MANY = 1024
_IMPORT_GUARDS = frozenset({"ImportError", "ModuleNotFoundError", "Exception", "BaseException"})
_DYNAMIC_IMPORTS = frozenset({"import_module", "__import__"})

# Python 3.10 overflows the C stack where later ones raise RecursionError; only its compiler checks.
_CHECKS_DEPTH = sys.version_info >= (3, 11)
_UNCHECKED_LENGTH = 20_000

# A megabyte of code takes up to 700 of memory; a long text in it, as that of a picture, takes one.
_LONGEST = 500_000
# Until 3.12, Python reads a text with values in it once more with each of them.
_MOST_VALUES = 40_000 if sys.version_info < (3, 12) else sys.maxsize
_FORMATTED = late_pattern(r"\b(?:[fF][rR]?|[rR][fF])[\"']")
_DATA = late_pattern(r"[\w+/=\\]{200,}")

# catch_warnings swaps a global list: two threads at once could leave warnings off for good.
_PARSING = threading.Lock()


class UnreadableCodeError(Exception):
    """The code is not Python; ``line`` is where it stops being so, from 1."""

    def __init__(self, message: str, line: int | None) -> None:
        super().__init__(message)
        self.message = message
        self.line = line


class ImportedModule(Struct, frozen=True):
    """One import: a dotted module as written, with its leading dots when it is relative.

    ``names`` are what a ``from`` import takes out of the module; each may be a submodule.
    ``is_optional`` is true when the code works without it: guarded, or local to a function.
    """

    module: str
    line: int
    is_optional: bool = False
    names: tuple[str, ...] = ()

    @property
    def is_relative(self) -> bool:
        """True when the module is looked up beside the importing one."""
        return self.module.startswith(".")

    @property
    def top_level(self) -> str:
        """The first part of the name; empty for a relative import."""
        return self.module.partition(".")[0]

    @property
    def submodules(self) -> tuple[str, ...]:
        """The dotted names that the names of a ``from`` import stand for, if they are modules."""
        separator = "" if self.module.endswith(".") else "."
        return tuple(f"{self.module}{separator}{name}" for name in self.names)


def parse_python(code: str, *, checks_depth: bool = _CHECKS_DEPTH) -> ast.Module:
    """The syntax tree, without the warnings that the compiler has about the code.

    ``checks_depth`` is False where the parser does not notice that code is nested too deeply.

    Raises:
        UnreadableCodeError: not Python, or nested too deeply to be read.
    """
    if len(code) > _LONGEST and len(_DATA.sub("", code)) > _LONGEST:
        raise UnreadableCodeError(f"it is longer than {_LONGEST:,} characters", None)
    if code.count("{") > _MOST_VALUES and _FORMATTED.search(code):
        raise UnreadableCodeError(f"its texts have more than {_MOST_VALUES:,} values", None)
    with _PARSING, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            if not checks_depth and len(code) > _UNCHECKED_LENGTH:
                compile(code, "<cell>", "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, dont_inherit=True)
            return ast.parse(code)
        except SyntaxError as error:
            raise UnreadableCodeError(error.msg, error.lineno) from error
        except (ValueError, RecursionError, MemoryError) as error:
            raise UnreadableCodeError(str(error) or type(error).__name__, None) from error


def is_python(code: str) -> bool:
    """True when the code is Python."""
    try:
        parse_python(code)
    except UnreadableCodeError:
        return False
    return True


def is_former_standard_library(module: str) -> bool:
    """True for a module that some Python had in its standard library and newer ones lack."""
    return module.partition(".")[0] in FORMER_STANDARD_LIBRARY


@lru_cache(_MANY)
def third_party_imports(code: str) -> tuple[ImportedModule, ...]:
    """The imports that are not of the standard library, in the order of their lines.

    Former modules of the standard library are given too: a local module may bear such a name.

    Raises:
        UnreadableCodeError: the code is not Python.
    """
    tree = parse_python(code)
    has_dynamic = any(name in code for name in _DYNAMIC_IMPORTS)
    found = [
        imported
        for statement, is_optional in _statements(tree.body)
        for imported in _imports_of(statement, is_optional, has_dynamic)
        if imported.top_level not in _STANDARD_LIBRARY
    ]
    return tuple(sorted(found, key=lambda imported: imported.line))


def salvaged_imports(code: str) -> tuple[ImportedModule, ...]:
    """The import lines of code that is not Python as a whole, such as Python 2.

    Each line is read by itself; an indented one may stand below anything and is optional.
    """
    found = []
    for number, line in enumerate(code.split("\n"), start=1):
        text = line.strip()
        if text.startswith(("import ", "from ")) and is_python(text):
            found += [
                replace(imported, line=number, is_optional=line[:1] in (" ", "\t"))
                for imported in third_party_imports(text)
            ]
    return tuple(found)


def _statements(body: Sequence[ast.stmt]) -> Iterator[tuple[ast.stmt, bool]]:
    """Every statement, however deep, and whether the code works without it."""
    waiting: list[tuple[Sequence[ast.stmt], bool]] = [(body, False)]
    while waiting:
        statements, is_optional = waiting.pop()
        for statement in statements:
            yield statement, is_optional
            waiting.extend(_blocks(statement, is_optional))


def _blocks(statement: ast.stmt, is_optional: bool) -> Iterator[tuple[Sequence[ast.stmt], bool]]:
    """The blocks below one statement."""
    match statement:
        case ast.FunctionDef() | ast.AsyncFunctionDef():
            yield statement.body, True
        case ast.Try():
            yield from _try_blocks(statement, is_optional)
        case ast.If():
            yield statement.body, is_optional or _is_type_checking(statement.test)
            yield statement.orelse, is_optional
        case ast.With() | ast.AsyncWith():
            yield (
                statement.body,
                is_optional
                or any(_suppresses_import_errors(item.context_expr) for item in statement.items),
            )
        case ast.For() | ast.AsyncFor() | ast.While():
            yield statement.body, is_optional
            yield statement.orelse, is_optional
        case ast.ClassDef():
            yield statement.body, is_optional
        case ast.Match():
            for branch in statement.cases:
                yield branch.body, is_optional
        case _ if type(statement).__name__ == "TryStar":  # ast.TryStar is new in Python 3.11
            yield from _try_blocks(statement, is_optional)


def _try_blocks(
    statement: ast.stmt, is_optional: bool
) -> Iterator[tuple[Sequence[ast.stmt], bool]]:
    handlers: list[ast.ExceptHandler] = getattr(statement, "handlers", [])
    is_guarded = is_optional or any(_catches_import_errors(h.type) for h in handlers)
    yield getattr(statement, "body", []), is_guarded
    yield getattr(statement, "orelse", []), is_guarded
    yield getattr(statement, "finalbody", []), is_optional
    for handler in handlers:
        yield handler.body, is_guarded


def _catches_import_errors(caught: ast.expr | None) -> bool:
    if caught is None:
        return True
    if isinstance(caught, ast.Tuple):
        return any(_last_name(element) in _IMPORT_GUARDS for element in caught.elts)
    return _last_name(caught) in _IMPORT_GUARDS


def _suppresses_import_errors(context: ast.expr) -> bool:
    return (
        isinstance(context, ast.Call)
        and _last_name(context.func) == "suppress"
        and any(_last_name(argument) in _IMPORT_GUARDS for argument in context.args)
    )


def _is_type_checking(test: ast.expr) -> bool:
    return _last_name(test) == "TYPE_CHECKING"


def _last_name(expression: ast.expr) -> str:
    """``c`` of ``a.b.c``; empty for anything that is not a dotted name."""
    if isinstance(expression, ast.Attribute):
        return expression.attr
    return expression.id if isinstance(expression, ast.Name) else ""


def _imports_of(
    statement: ast.stmt, is_optional: bool, has_dynamic: bool
) -> Iterator[ImportedModule]:
    if isinstance(statement, ast.Import):
        for alias in statement.names:
            yield ImportedModule(alias.name, statement.lineno, is_optional)
    elif isinstance(statement, ast.ImportFrom):
        yield from _from_import(statement, is_optional)
    elif has_dynamic:
        yield from _dynamic_imports(statement, is_optional)


def _from_import(statement: ast.ImportFrom, is_optional: bool) -> Iterator[ImportedModule]:
    module = "." * statement.level + (statement.module or "")
    names = tuple(alias.name for alias in statement.names if alias.name != "*")
    if module in NAMESPACES and names:
        for name in names:
            yield ImportedModule(f"{module}.{name}", statement.lineno, is_optional)
    else:
        yield ImportedModule(module, statement.lineno, is_optional, names)


def _dynamic_imports(statement: ast.stmt, is_optional: bool) -> Iterator[ImportedModule]:
    """The literal ``import_module("a")`` and ``__import__("a")`` in a statement's expressions."""
    waiting: list[tuple[ast.AST, bool]] = [(statement, is_optional)]
    while waiting:
        node, is_local = waiting.pop()
        match node:
            case ast.Call(func=func, args=[ast.Constant(value=str(module)), *_]) if (
                _last_name(func) in _DYNAMIC_IMPORTS and module
            ):
                yield ImportedModule(module, node.lineno, is_local)
        # Blocks below are statements of their own and come by themselves.
        waiting.extend(
            (child, is_local or isinstance(node, ast.Lambda))
            for child in ast.iter_child_nodes(node)
            if not isinstance(child, ast.stmt | ast.ExceptHandler | ast.match_case)
        )
