"""The files that statements read and write, as far as their paths are written down."""

from __future__ import annotations

import ast
import posixpath
import re
import shlex
from typing import TYPE_CHECKING

from msgspec import Struct

from .imports import UnreadableCodeError, parse_python
from .split_file_calls import (
    COPIES,
    LOADS,
    OPENERS,
    PATHS,
    READERS,
    SAVES_FIRST,
    SAVES_SECOND,
    SHELL_QUIET,
    SHOWS,
    WRITERS,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from .flow_facts import MagicUse, Statement

READ, WRITE = "r", "w"

_NOT_LOCAL = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_FILES = ("filepath_or_buffer", "io", "path_or_buf", "path", "file", "filename", "fname")
_WRITTEN = ("path_or_buf", "excel_writer", "buf", "path_or_buffer", "path", "filename", "fname")
_MAY_NAME = re.compile(r"^\w+\s*=\s*(?:[\"'fFrR(]|\w+\s*[/+]|\w*\.?(?:Path|join|str|fspath)\()")
_QUICK = re.compile(
    r"open|read|load|save|dump|to_|write|copy|move|rename|replace|savez|genfromtxt|imread|retrieve"
    r"|ZipFile|File\("
)


class FileUse(Struct, frozen=True):
    """A file that a statement reads or writes; ``path`` is None where it is not written down."""

    path: str | None
    is_written: bool
    line: int


class FileReader:
    """Finds the files of statements, following names that stand for constant paths."""

    def __init__(self) -> None:
        self._known: dict[str, str] = {}

    def uses(self, statement: Statement, targets: Mapping[str, str]) -> list[FileUse]:
        """The files that the statement reads and writes; learns what paths it gives names to.

        ``targets`` are what calls of the statement mean, by how they are written.
        """
        found = [use for magic in statement.magics for use in _of_magic(magic)]
        if statement.magics and not statement.calls:
            self._forget(statement)
            return found
        tree = self._tree(statement)
        if tree is not None and (statement.calls and _QUICK.search(statement.source)):
            visitor = _Visitor(self._known, targets, statement.line)
            visitor.visit(tree)
            found += visitor.found
        self._learn(statement, tree, targets)
        return found

    def _tree(self, statement: Statement) -> ast.Module | None:
        """The syntax of what may use a file or name a path: parsing all of it would take long."""
        source = statement.source
        names_path = len(statement.writes) == 1 and _MAY_NAME.search(source) is not None
        if not names_path and not (statement.calls and _QUICK.search(source)):
            return None
        try:
            return parse_python(source)
        except UnreadableCodeError:
            return None

    def _learn(
        self, statement: Statement, tree: ast.Module | None, targets: Mapping[str, str]
    ) -> None:
        self._forget(statement)
        if tree is None or statement.is_conditional or len(statement.writes) != 1:
            return
        node = tree.body[0] if tree.body else None
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            path = _path_of(node.value, self._known, targets)
            if path is not None:
                self._known[node.targets[0].id] = path

    def _forget(self, statement: Statement) -> None:
        for name in statement.writes | statement.deletes:
            self._known.pop(name, None)


class _Visitor(ast.NodeVisitor):
    """Finds the calls that read and write files."""

    def __init__(
        self,
        known: Mapping[str, str],
        targets: Mapping[str, str],
        line: int,
    ) -> None:
        self.found: list[FileUse] = []
        self._known = known
        self._targets = targets
        self._line = line

    def visit_Call(self, node: ast.Call) -> None:
        for argument, is_written in self._paths(node):
            path = _path_of(argument, self._known, self._targets) if argument else None
            if path is None or not _NOT_LOCAL.match(path):
                line = self._line + node.lineno - 1
                clean = posixpath.normpath(path) if path else None
                self.found.append(FileUse(clean, is_written, line))
        self.generic_visit(node)

    def _paths(self, node: ast.Call) -> Iterator[tuple[ast.expr | None, bool]]:
        callee = _dotted(node.func)
        target = self._targets.get(callee, callee)
        name = node.func.attr if isinstance(node.func, ast.Attribute) else target
        first = node.args[0] if node.args else _keyword(node, "path", "file")
        second = node.args[1] if len(node.args) > 1 else _keyword(node, "filename", "f", "dst")
        owner = node.func.value if isinstance(node.func, ast.Attribute) else None
        mode = second or _keyword(node, "mode")
        if target in OPENERS:
            yield from _opened(first, mode)
        elif name == "open" and owner is not None and target not in LOADS:
            yield from _opened(owner, first or mode)
        elif name in ("read_text", "read_bytes", "write_text", "write_bytes"):
            yield owner, name.startswith("write")
        elif target in SAVES_SECOND:
            yield second, True
        elif target in COPIES:
            yield first, False
            yield second, True
        elif target in SAVES_FIRST or name in WRITERS:
            yield from self._unless_buffer(first or _keyword(node, *_WRITTEN), is_written=True)
        elif target in LOADS or name in READERS:
            yield from self._unless_buffer(first or _keyword(node, *_FILES), is_written=False)

    def _unless_buffer(
        self, node: ast.expr | None, *, is_written: bool
    ) -> Iterator[tuple[ast.expr | None, bool]]:
        if node is not None and not _is_buffer(node, self._known):
            yield node, is_written


def _opened(path: ast.expr | None, mode: ast.expr | None) -> Iterator[tuple[ast.expr | None, bool]]:
    text = mode.value if isinstance(mode, ast.Constant) and isinstance(mode.value, str) else "r"
    is_written = bool(set("wax+") & set(text))
    if not is_written or "+" in text or "a" in text:
        yield path, False
    if is_written:
        yield path, True


def _is_buffer(node: ast.expr, known: Mapping[str, str]) -> bool:
    """True for what is hardly a path: an object that was made elsewhere."""
    if isinstance(node, ast.Name):
        return node.id not in known and bool(re.search(r"buf|stream|handle|^f$|^fh$|resp", node.id))
    return isinstance(node, ast.Attribute | ast.Await)


def _keyword(node: ast.Call, *names: str) -> ast.expr | None:
    return next((each.value for each in node.keywords if each.arg in names), None)


def _dotted(node: ast.expr) -> str:
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    return ".".join([node.id, *reversed(parts)]) if isinstance(node, ast.Name) else ""


def _path_of(
    node: ast.expr | None, known: Mapping[str, str], targets: Mapping[str, str]
) -> str | None:
    """The path that an expression is, where that is written down."""
    match node:
        case ast.Constant(value=str(text)):
            return text
        case ast.Name(id=name):
            return known.get(name)
        case ast.BinOp(left=left, op=ast.Div() | ast.Add() as op, right=right):
            parts = [_path_of(left, known, targets), _path_of(right, known, targets)]
            if parts[0] is None or parts[1] is None:
                return None
            joined = posixpath.join(parts[0], parts[1])
            return joined if isinstance(op, ast.Div) else parts[0] + parts[1]
        case ast.JoinedStr(values=values):
            texts = [
                _path_of(v.value if isinstance(v, ast.FormattedValue) else v, known, targets)
                for v in values
            ]
            return None if None in texts else "".join(text for text in texts if text is not None)
        case ast.Call(func=func, args=[_, *_] as arguments):
            return _path_of_call(_dotted(func), arguments, known, targets)
        case _:
            return None


def _path_of_call(
    callee: str,
    arguments: list[ast.expr],
    known: Mapping[str, str],
    targets: Mapping[str, str],
) -> str | None:
    target = targets.get(callee, callee)
    if target in PATHS or target in ("os.path.join", "str", "os.fspath"):
        parts = [_path_of(each, known, targets) for each in arguments]
        if None not in parts:
            return posixpath.join(*(part for part in parts if part is not None))
    return None


def _of_magic(magic: MagicUse) -> Iterator[FileUse]:
    """The files of a magic or a shell command."""
    if magic.name in ("writefile", "file"):
        words = [word for word in magic.arguments.split() if not word.startswith("-")]
        if words:
            yield FileUse(posixpath.normpath(words[0]), True, magic.line)
    elif magic.name in ("!", "!!", "sx", "system"):
        yield from _of_command(magic.arguments, magic.line)
    elif magic.is_cell and magic.name in ("bash", "sh", "script"):
        yield FileUse(None, False, magic.line)
        yield FileUse(None, True, magic.line)


def _of_command(text: str, line: int) -> Iterator[FileUse]:
    words = _words(text)
    program = words[0] if words else ""
    plain = [word for word in words[1:] if not word.startswith("-")]
    redirected = [use for pair in zip(words, words[1:], strict=False) for use in _sent(pair, words)]
    yield from (_shell_path(word, is_written, line) for word, is_written in redirected)
    if program in ("cp", "mv") and len(plain) == 2:
        yield _shell_path(plain[0], False, line)
        yield _shell_path(plain[1], True, line)
    elif program in SHOWS and plain and re.search(r"[./]", plain[0]):
        yield _shell_path(plain[0], False, line)
    elif program not in SHELL_QUIET and not any(is_written for _, is_written in redirected):
        yield FileUse(None, False, line)
        yield FileUse(None, True, line)


def _sent(pair: tuple[str, str], words: list[str]) -> Iterator[tuple[str, bool]]:
    """The file that a command sends its output to, or takes its input from."""
    mark, word = pair
    if mark in (">", ">>") or (mark in ("-O", "-o") and words[0] in ("wget", "curl")):
        yield word, True
    elif mark == "<":
        yield word, False


def _words(text: str) -> list[str]:
    try:
        lexer = shlex.shlex(text, posix=True, punctuation_chars="<>|&;")
        lexer.whitespace_split = True
        return list(lexer)
    except ValueError:
        return text.split()


def _shell_path(word: str, is_written: bool, line: int) -> FileUse:
    is_known = not re.search(r"[$*?{}]", word)
    return FileUse(posixpath.normpath(word) if is_known else None, is_written, line)
