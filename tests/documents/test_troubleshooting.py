"""The messages that the page on trouble explains are those of the program, word by word."""

from __future__ import annotations

import ast
import re

from tests.house.sources import ROOT, find_sources

_PAGE = ROOT / "docs" / "how-to" / "troubleshooting.md"
_MESSAGE = re.compile(r"(?m)^\| `([^`]+)` \|")
_TRANSLATED = re.compile(r"__\(\s*'((?:[^'\\]|\\.)*)'", re.S)


def _text(node: ast.AST) -> str | None:
    """A text of the source as it is said, with three dots where something is put in."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(_text(part) or "…" for part in node.values)
    return None


def _said() -> set[str]:
    found: set[str] = set()
    for path in find_sources("aidevsecops_ext", ".py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            found.add(_text(node) or "")
    for path in find_sources("src", ".ts", ".tsx"):
        for text in _TRANSLATED.findall(path.read_text(encoding="utf-8")):
            found.add(re.sub(r"%\d", "…", text))
    return found


def test_messages_are_those_of_the_program() -> None:
    explained = _MESSAGE.findall(_PAGE.read_text(encoding="utf-8"))
    said = _said()

    assert len(explained) > 20
    assert [message for message in explained if message not in said] == []
