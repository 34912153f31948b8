"""Stamps: what a step was made from, so that it is done again only when that changed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Stamps:
    """Fingerprints kept in one folder; contents count, not times, so a fresh clone is no change."""

    folder: Path

    def is_current(self, name: str, fingerprint: str) -> bool:
        """Whether the step was last done for this fingerprint."""
        stamp = self.folder / name
        return stamp.is_file() and stamp.read_text(encoding="utf-8") == fingerprint

    def keep(self, name: str, fingerprint: str) -> None:
        """Remember that the step is done for this fingerprint."""
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / name).write_text(fingerprint, encoding="utf-8")


def fingerprint(paths: Iterable[Path], *words: str) -> str:
    """One hash over the words, and the names and contents of the files at and below the paths."""
    digest = hashlib.sha256()
    for word in words:
        digest.update(word.encode() + b"\0")
    for path in paths:
        files = sorted(path.rglob("*")) if path.is_dir() else [path]
        for file in files:
            if file.is_file():
                digest.update(f"{file.relative_to(path.parent)}\0".encode())
                digest.update(file.read_bytes())
    return digest.hexdigest()
