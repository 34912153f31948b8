"""Texts to look for secrets in, and the secrets that were found: where and of which kind."""

from __future__ import annotations

from enum import Enum

from msgspec import Struct


class PassagePart(str, Enum):
    """Which part of a file or of a cell a passage is."""

    FILE = "file"
    SOURCE = "source"
    OUTPUT = "output"
    METADATA = "metadata"


class Passage(Struct, frozen=True):
    """A piece of decoded text; ``cell`` counts the cells of a notebook from 0.

    With ``is_addresses_only`` nothing but credentials in addresses is looked for: the rest of the
    text are hashes.
    """

    file: str
    text: str
    part: PassagePart = PassagePart.FILE
    cell: int | None = None
    is_addresses_only: bool = False


class FoundSecret(Struct, frozen=True):
    """Where a secret is and what it seems to be, never the secret; ``line`` counts from 1.

    What is not ``is_certain`` only looks like one, such as a password of several words.
    """

    file: str
    line: int
    kind: str
    is_certain: bool = True
    part: PassagePart = PassagePart.FILE
    cell: int | None = None

    @property
    def place(self) -> str:
        """Where it is, as people say it: ``a.ipynb, cell 3, line 1``."""
        cell = "" if self.cell is None else f", cell {self.cell + 1}"
        if self.part is PassagePart.METADATA:
            return f"{self.file}{cell}, metadata"
        output = ", output" if self.part is PassagePart.OUTPUT else ""
        return f"{self.file}{cell}{output}, line {self.line}"
