"""The files that statements read and write, as far as their paths are written down."""

from __future__ import annotations

import ast
import posixpath
import re
import shlex
from functools import lru_cache
from typing import TYPE_CHECKING

from msgspec.structs import replace

from .imports import UnreadableCodeError, parse_python
from .late_patterns import late_pattern
from .split_file_calls import (
    ADDED_SUFFIX,
    CHANGING_METHODS,
    COMMON_METHODS,
    COPIES,
    DATABASES,
    GOES_TO,
    IMPORTERS,
    LOADS,
    LOOKING_METHODS,
    LOOKS,
    MOVES,
    OPENERS,
    PLACES,
    READERS,
    REMOVES,
    SAVES_FIRST,
    SAVES_SECOND,
    SHELLS,
    WRITERS,
)
from .split_magics import magics_of
from .split_paths import Paths, gives_path
from .split_shell import (
    CALLED,
    FileMatter,
    FileUse,
    anything,
    files_of_command,
    files_of_magic,
    folder_gone_to,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from .flow_facts import MagicUse, Statement

_MANY = 4096
"""Of so many functions it is kept whether they use files: a notebook calls few, and those often."""

_NOT_LOCAL = late_pattern(r"(?:[a-z][a-z0-9+.-]*://|:memory:)", re.IGNORECASE)
_ENGINE = late_pattern(r"(?:sqlite|duckdb)(?:\+\w+)?:///")
_PATTERN = late_pattern(r"[*?\[]")
_FILES = ("filepath_or_buffer", "io", "path_or_buf", "path", "file", "filename", "fname", "name")
_WRITTEN = ("path_or_buf", "excel_writer", "buf", "path_or_buffer", "path", "filename", "fname")
_MAY_NAME = late_pattern(r"^\w+\s*(:[^=]+)?=\s*(?:[\"'fFrR(]|\w+\s*[/+]|[\w.]*\w\()")


class FileReader:
    """Finds the files of statements, following names that stand for constant paths."""

    def __init__(self) -> None:
        self._known: dict[str, str] = {}
        self._folder: str | None = "."

    def uses(self, statement: Statement) -> list[FileUse]:
        """The files that the statement reads and writes; learns what paths it gives names to."""
        magics = magics_of(statement)
        is_code = bool(not statement.magics or statement.calls)
        may_use = is_code and _may_use(statement)
        may_name = is_code and may_name_path(statement)
        if not (may_use or may_name or magics or _goes_to(statement)):
            self.forget(statement)
            return []
        paths = Paths(self._known, _targets(statement), self._folder)
        found = [_seen_from(paths, use) for each in magics for use in files_of_magic(each)]
        tree = self._tree(statement) if may_use or may_name else None
        if tree is not None and may_use:
            found += self._of_tree(tree, paths, statement)
        self._learn(statement, tree, paths)
        self._go(statement, magics, paths)
        return found

    def again(self, statement: Statement) -> list[FileUse]:
        """The files of a definition when it is called, by what names stand for by then."""
        tree = self._tree(statement) if _may_use(statement) else None
        paths = Paths(self._known, _targets(statement), self._folder)
        return [] if tree is None else self._of_tree(tree, paths, statement)

    def _of_tree(self, tree: ast.Module, paths: Paths, statement: Statement) -> list[FileUse]:
        is_simple = isinstance(tree.body[0], ast.Assign | ast.AnnAssign | ast.Expr)
        own = {
            node.arg if isinstance(node, ast.arg) else node.id
            for node in ast.walk(tree)
            if isinstance(node, ast.arg)
            or (isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store))
        } - (statement.writes if is_simple else frozenset())
        # Within the statement these stand for something else.
        known = {name: path for name, path in paths.known.items() if name not in own}
        libraries = frozenset(call.callee for call in statement.calls if call.target)
        visitor = _Visitor(paths.knowing(known), libraries, statement.line)
        visitor.visit(tree)
        return visitor.found

    def _tree(self, statement: Statement) -> ast.Module | None:
        try:
            tree = parse_python(statement.source)
        except UnreadableCodeError:
            return None
        return tree if tree.body else None

    def _learn(self, statement: Statement, tree: ast.Module | None, paths: Paths) -> None:
        path = None
        node = None if tree is None else tree.body[0]
        is_named = not statement.is_conditional and len(statement.writes) == 1
        if is_named and isinstance(node, ast.Assign | ast.AnnAssign):
            target = node.targets[0] if isinstance(node, ast.Assign) else node.target
            path = paths.of(node.value) if isinstance(target, ast.Name) else None
        self.forget(statement)
        if path is not None:
            self._known.update(dict.fromkeys(statement.writes, path))

    def forget(self, statement: Statement) -> None:
        """Have the names that a statement binds stand for no paths any more."""
        if self._known:
            for name in statement.writes | statement.deletes:
                self._known.pop(name, None)

    def _go(self, statement: Statement, magics: Iterable[MagicUse], paths: Paths) -> None:
        """Follow the notebook to another folder."""
        for magic in magics:
            if magic.name == "cd":
                folder = folder_gone_to(magic)
                self._folder = None if folder is None else paths.whole(folder)
        if not _goes_to(statement):
            return
        self._folder = None
        tree = None if statement.is_conditional else self._tree(statement)
        node = tree.body[0] if tree is not None else None
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call) and node.value.args:
            folder = paths.of(node.value.args[0])
            self._folder = None if folder is None else paths.whole(folder)


def _targets(statement: Statement) -> dict[str, str]:
    """What the calls of a statement mean, by how they are written."""
    return {call.callee: call.target or call.callee for call in statement.calls}


def _goes_to(statement: Statement) -> bool:
    """True when a call leads the notebook to another folder."""
    return not GOES_TO.isdisjoint([call.target for call in statement.calls])


def _may_use(statement: Statement) -> bool:
    """True when a call has the name of one that uses files."""
    return True in [is_of_files(call.callee, call.target) for call in statement.calls]


@lru_cache(_MANY)
def is_of_files(callee: str, target: str) -> bool:
    """True for the name of a function that uses files."""
    return callee.rpartition(".")[2] in _NAMES or target.rpartition(".")[2] in _NAMES


def may_name_path(statement: Statement) -> bool:
    """True for what may give a name to a path: parsing every statement again would take long."""
    if len(statement.writes) != 1:
        return False
    source = statement.source
    may_be = (
        not statement.calls
        or ":" in source[: source.find("=")]  # a name with an annotation, which may be anything
        or any(gives_path(call.callee, call.target) for call in statement.calls)
    )
    return may_be and _MAY_NAME.match(source) is not None


def _seen_from(paths: Paths, use: FileUse) -> FileUse:
    path = None if use.path is None else paths.whole(use.path)
    return replace(use, path=path)


class _Visitor(ast.NodeVisitor):
    """Finds the calls that read and write files."""

    def __init__(self, paths: Paths, libraries: frozenset[str], line: int) -> None:
        self.found: list[FileUse] = []
        self._paths = paths
        self._libraries = libraries
        self._line = line - 1

    def visit_Call(self, node: ast.Call) -> None:
        line = self._line + node.lineno
        target = self._paths.target(node.func)
        if target in SHELLS:
            self.found += [_seen_from(self._paths, use) for use in _of_shell(node, line)]
        else:
            for argument, is_written, matter in self._uses(node, target):
                self._add(argument, FileUse(None, is_written, line, matter), target)
        self.generic_visit(node)

    def _add(self, argument: ast.expr | None, use: FileUse, target: str) -> None:
        path = self._paths.of(argument)
        if path is None:
            self.found.append(use)
            return
        path = _ENGINE.sub("", path)
        if not path or _NOT_LOCAL.match(path):
            return
        path += ADDED_SUFFIX.get(target, "") * (not posixpath.splitext(path)[1])
        pattern = _PATTERN.search(path)
        if pattern is not None and not use.is_written:
            path = path[: pattern.start()].rpartition("/")[0] or "."
        whole = self._paths.whole(path)
        self.found.append(FileUse(whole, use.is_written, use.line, use.matter))

    def _uses(
        self, node: ast.Call, target: str
    ) -> Iterator[tuple[ast.expr | None, bool, FileMatter]]:
        first = node.args[0] if node.args else _keyword(node, *_SYSTEM_NAMES)
        if target in _SYSTEM:
            yield first or _HERE, *_SYSTEM[target]
        elif target in MOVES:
            yield first, False, _CONTENT
            yield first, True, FileMatter.GONE
            yield _second(node, "dst"), True, _CONTENT
        elif target in IMPORTERS:
            name = self._paths.of(first)
            if name is not None:
                yield ast.Constant(f"{name.replace('.', '/')}.py"), False, FileMatter.PLACE
        elif isinstance(node.func, ast.Attribute) and node.func.attr in _OF_PATHS:
            yield from self._of_path(node, node.func)
        else:
            for path, is_written in self._contents(node, target):
                yield path, is_written, _CONTENT

    def _of_path(
        self, node: ast.Call, function: ast.Attribute
    ) -> Iterator[tuple[ast.expr | None, bool, FileMatter]]:
        """The files of a method of a path."""
        name, owner = function.attr, function.value
        is_known = self._paths.of(owner) is not None
        if name in COMMON_METHODS and not is_known:
            return
        if name in ("rename", "replace"):
            yield owner, False, _CONTENT
            yield owner, True, FileMatter.GONE
            yield (node.args[0] if node.args else _keyword(node, "target")), True, _CONTENT
        elif name in CHANGING_METHODS:
            matter = FileMatter.PLACE if name == "mkdir" else FileMatter.GONE
            yield owner, True, _CONTENT if name == "touch" else matter
        else:
            yield owner, False, _CONTENT

    def _contents(self, node: ast.Call, target: str) -> Iterator[tuple[ast.expr | None, bool]]:
        """The files of which the call reads or writes what is in them."""
        first = node.args[0] if node.args else _keyword(node, "path", "file")
        if target in SAVES_SECOND:
            yield _second(node, "filename", "f"), True
        elif target == "torch.onnx.export":
            yield (node.args[2] if len(node.args) > 2 else _keyword(node, "f")), True
        elif target in COPIES:
            yield first or _keyword(node, "src", "filename"), False
            yield _second(node, "dst", "extract_dir"), True
        elif target in DATABASES and node.args + node.keywords:
            path = first or _keyword(node, "database", "filename", "url", "name")
            yield path, False
            yield path, True
        elif target == "logging.basicConfig":
            path = _keyword(node, "filename")
            yield from [(path, True)] if path is not None else ()
        elif target in OPENERS:
            yield from _opened(first or _keyword(node, "name", "filename"), _mode(node))
        elif target in SAVES_FIRST or target in ADDED_SUFFIX:
            yield from self._unless_buffer(first or _keyword(node, *_WRITTEN), is_written=True)
        elif target in LOADS:
            yield from self._unless_buffer(first or _keyword(node, *_FILES), is_written=False)
        else:
            yield from self._of_name(node, first)

    def _of_name(
        self, node: ast.Call, first: ast.expr | None
    ) -> Iterator[tuple[ast.expr | None, bool]]:
        """The files of what is known by its name alone."""
        function = node.func
        name = (
            function.attr if isinstance(function, ast.Attribute) else self._paths.target(function)
        )
        owner = function.value if isinstance(function, ast.Attribute) else None
        is_library = ast.unparse(function) in self._libraries
        if name == "open" and owner is not None:
            yield from (
                _opened(first, _mode(node))
                if is_library
                else _opened(owner, first or _keyword(node, "mode"))
            )
        elif name in ("read_text", "read_bytes", "write_text", "write_bytes"):
            yield owner, name.startswith("write")
        elif name in ("extractall", "extract") and _is_archive(owner):
            place = first if name == "extractall" else _second(node, "path")
            yield place or _keyword(node, "path") or _HERE, True
        elif name in ("save", "load") and not is_library:
            # Many have methods of these names, and few of them are given paths.
            if self._paths.of(first) is not None:
                yield first, name == "save"
        elif name in WRITERS:
            yield from self._unless_buffer(first or _keyword(node, *_WRITTEN), is_written=True)
        elif name in READERS:
            yield from self._unless_buffer(first or _keyword(node, *_FILES), is_written=False)

    def _unless_buffer(
        self, node: ast.expr | None, *, is_written: bool
    ) -> Iterator[tuple[ast.expr | None, bool]]:
        if node is not None and not _is_buffer(node, self._paths.known):
            yield node, is_written


_CONTENT = FileMatter.CONTENT
_HERE = ast.Constant(".")
_SYSTEM: dict[str, tuple[bool, FileMatter]] = {
    **dict.fromkeys(LOOKS, (False, _CONTENT)),
    **dict.fromkeys(PLACES, (True, FileMatter.PLACE)),
    **dict.fromkeys(REMOVES, (True, FileMatter.GONE)),
    **dict.fromkeys(GOES_TO, (False, FileMatter.PLACE)),
}
_NAMES = (
    READERS.union(WRITERS, COMMON_METHODS, LOOKING_METHODS, CHANGING_METHODS, IMPORTERS)
    | {
        target.rpartition(".")[2]
        for targets in (
            *(_SYSTEM, COPIES, DATABASES, LOADS, MOVES, OPENERS, SAVES_FIRST, SAVES_SECOND),
            *(SHELLS, ADDED_SUFFIX),
        )
        for target in targets
    }
    | {"basicConfig", "export", "extract", "extractall", "import_module", "load", "save"}
)
_SYSTEM_NAMES = ("path", "top", "pathname", "name", "src", "filename")
_OF_PATHS = LOOKING_METHODS | CHANGING_METHODS | COMMON_METHODS


def _of_shell(node: ast.Call, line: int) -> list[FileUse]:
    """The files of a command that Python runs."""
    match node.args[:1]:
        case [ast.Constant(value=str(text))]:
            return files_of_command(text, line)
        case [ast.List(elts=parts) | ast.Tuple(elts=parts)]:
            words = [each.value for each in parts if isinstance(each, ast.Constant)]
            texts = [word for word in words if isinstance(word, str)]
            if len(texts) == len(parts):
                return files_of_command(shlex.join(texts), line)
    return anything(line, CALLED)


def _opened(path: ast.expr | None, mode: ast.expr | None) -> Iterator[tuple[ast.expr | None, bool]]:
    text = mode.value if isinstance(mode, ast.Constant) and isinstance(mode.value, str) else "r"
    is_written = bool(set("wax+") & set(text))
    if not is_written or "+" in text or "a" in text:
        yield path, False
    if is_written:
        yield path, True


def _is_archive(owner: ast.expr | None) -> bool:
    """False for texts of pandas, which have methods of these names too."""
    return owner is not None and not (isinstance(owner, ast.Attribute) and owner.attr == "str")


def _is_buffer(node: ast.expr, known: Mapping[str, str]) -> bool:
    """True for what is hardly a path: an object that was made elsewhere."""
    if isinstance(node, ast.Name):
        return node.id not in known and bool(re.search(r"buf|stream|handle|^f$|^fh$|resp", node.id))
    return isinstance(node, ast.Attribute | ast.Await)


def _mode(node: ast.Call) -> ast.expr | None:
    return node.args[1] if len(node.args) > 1 else _keyword(node, "mode")


def _second(node: ast.Call, *names: str) -> ast.expr | None:
    return node.args[1] if len(node.args) > 1 else _keyword(node, *names)


def _keyword(node: ast.Call, *names: str) -> ast.expr | None:
    return next((each.value for each in node.keywords if each.arg in names), None)
