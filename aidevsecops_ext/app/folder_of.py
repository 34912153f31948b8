"""The folder of a file, in the words of the engines."""

from __future__ import annotations

from pathlib import PurePosixPath


def folder_of(path: str) -> str:
    """The folder that a file is in, where settings are read from; empty for the root."""
    folder = str(PurePosixPath(path).parent)
    return "" if folder == "." else folder
