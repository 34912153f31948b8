"""The code blocks of the documentation, and where they stand."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
_PAGES = ("README.md", "CONTRIBUTING.md", "examples/README.md")
_BLOCK = re.compile(r"^(?P<indent> *)```(?P<language>[^\n]*)\n(?P<text>.*?)^ *```", re.S | re.M)


@dataclass(frozen=True, slots=True)
class Block:
    """A code block: its page, its line there, its language and its text."""

    page: str
    line: int
    language: str
    text: str

    def __str__(self) -> str:
        return f"{self.page}:{self.line}"

    @property
    def is_directive(self) -> bool:
        """True when Sphinx does something instead of showing it."""
        return self.language.startswith("{")

    def lines(self) -> Iterator[str]:
        """Each command as it is typed; of a transcript those after the prompt."""
        text = self.text.replace("\\\n", " ")
        for line in text.splitlines():
            command = line.strip()
            if self.language == "console":
                if not command.startswith("$ "):
                    continue
                command = command[2:]
            if shlex.split(command, comments=True):
                yield command

    def commands(self) -> Iterator[list[str]]:
        """The words of each command."""
        return (shlex.split(line, comments=True) for line in self.lines())


def blocks() -> tuple[Block, ...]:
    """All of them, page by page."""
    pages = [ROOT / name for name in _PAGES]
    pages += sorted(p for p in (ROOT / "docs").rglob("*.md") if "_build" not in p.parts)
    return tuple(found for page in pages for found in _blocks_of(page))


def _blocks_of(page: Path) -> Iterator[Block]:
    text = page.read_text(encoding="utf-8")
    for match in _BLOCK.finditer(text):
        line = text.count("\n", 0, match.start()) + 1
        name = page.relative_to(ROOT).as_posix()
        body = re.sub(rf"(?m)^{match['indent']}", "", match["text"])
        yield Block(name, line, match["language"], body)
