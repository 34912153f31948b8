"""The paths that expressions stand for, as far as they are written down.

A path that is made in the folder where the notebook is when it runs, such as ``os.getcwd()``,
begins with a mark: it goes on to mean the same when the notebook goes to another folder.
"""

from __future__ import annotations

import ast
import posixpath
from typing import TYPE_CHECKING

from .split_file_calls import HERE, MADE_WHOLE, PATHS, SAME_PATH

if TYPE_CHECKING:
    from collections.abc import Mapping

_MARK = "\0"
_WHOLE_METHODS = frozenset({"resolve", "absolute"})
_FUNCTIONS = frozenset({*HERE, *MADE_WHOLE, *PATHS, *SAME_PATH})
_METHODS = _WHOLE_METHODS | {"joinpath"}


def gives_path(callee: str, target: str) -> bool:
    """True for a call that may be a path, as far as its arguments are."""
    return (target or callee) in _FUNCTIONS or callee.rpartition(".")[2] in _METHODS


class Paths:
    """What is known of paths where a statement runs.

    ``known`` are names that stand for paths, ``targets`` what calls mean, by how they are written;
    ``folder`` is where the notebook is, as seen from its own folder, None where nobody knows.
    """

    def __init__(
        self, known: Mapping[str, str], targets: Mapping[str, str], folder: str | None
    ) -> None:
        self.known = known
        self._targets = targets
        self._folder = folder

    def knowing(self, known: Mapping[str, str]) -> Paths:
        """The same, where these names stand for paths."""
        return Paths(known, self._targets, self._folder)

    def target(self, node: ast.expr) -> str:
        """What a call means."""
        callee = dotted(node)
        return self._targets.get(callee, callee)

    def of(self, node: ast.expr | None) -> str | None:
        """The path that an expression is, where that is written down."""
        match node:
            case ast.Constant(value=str(text)):
                return text
            case ast.Name(id=name):
                return self.known.get(name)
            case ast.BinOp(left=left, op=ast.Div() | ast.Add() as op, right=right):
                one, other = self.of(left), self.of(right)
                if one is None or other is None:
                    return None
                return posixpath.join(one, other) if isinstance(op, ast.Div) else one + other
            case ast.JoinedStr(values=values):
                texts = [
                    self.of(each.value if isinstance(each, ast.FormattedValue) else each)
                    for each in values
                ]
                return _together(texts)
            case ast.Call():
                return self._of_call(node)
            case _:
                return None

    def _of_call(self, node: ast.Call) -> str | None:
        target = self.target(node.func)
        if target in HERE:
            return self._marked(".")
        owner = node.func.value if isinstance(node.func, ast.Attribute) else None
        name = node.func.attr if isinstance(node.func, ast.Attribute) else ""
        parts = [self.of(each) for each in node.args]
        if target in MADE_WHOLE and parts:
            return self._marked(parts[0])
        if name in _WHOLE_METHODS and owner is not None:
            return self._marked(self.of(owner))
        if name == "joinpath" and owner is not None:
            parts.insert(0, self.of(owner))
        elif target not in PATHS and target not in SAME_PATH:
            return None
        found = [part for part in parts if part is not None]
        return posixpath.join(*found) if found and len(found) == len(parts) else None

    def _marked(self, path: str | None) -> str | None:
        whole = None if path is None else self.whole(path)
        if whole is None or whole.startswith("/"):
            return whole
        return f"{_MARK}/{whole}"

    def whole(self, path: str) -> str | None:
        """A path as seen from the notebook's folder; None where nobody knows."""
        if path.startswith(_MARK):
            return posixpath.normpath(path[len(_MARK) :].lstrip("/"))
        if path.startswith("/") or self._folder == ".":
            return posixpath.normpath(path)
        return None if self._folder is None else posixpath.normpath(f"{self._folder}/{path}")


def _together(texts: list[str | None]) -> str | None:
    found = [text for text in texts if text is not None]
    return "".join(found) if len(found) == len(texts) else None


def dotted(node: ast.expr) -> str:
    """A name with its attributes as written; empty for what hangs on no name."""
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    return ".".join([node.id, *reversed(parts)]) if isinstance(node, ast.Name) else ""
