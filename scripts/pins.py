"""The hashed pins of everything that development installs."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from .machine import ROOT
from .parts import Run

FOLDER = ROOT / "requirements"
OLDEST_PYTHON = "3.10"
HUB_PYTHON = "3.12"

# What each file pins: dependency groups of pyproject.toml, with the package's own dependencies
# where the source is named. The server that the browser tests share a notebook on has a part of
# what development has, at the same versions, and the demo a part of what both have. Elyra has its
# own, as it wants an older click than ours; left out is what it brings along and pipelines do
# without.
SOURCES: dict[str, list[str | Path]] = {
    "dev": ["pyproject.toml"],
    "collaboration": ["pyproject.toml", "--constraints", FOLDER / "dev.txt"],
    "demo": [
        *("pyproject.toml", "--constraints", FOLDER / "dev.txt"),
        *("--constraints", FOLDER / "collaboration.txt"),
    ],
    "elyra": ["pyproject.toml", "--excludes", FOLDER / "elyra-left-out.txt"],
    # The image for hubs has Elyra beside this package, and one Python.
    "hub": [
        *("pyproject.toml", "--extra=elyra", "--extra=forges", "--extra=verify"),
        *("--constraints", FOLDER / "elyra.txt", "--excludes", FOLDER / "hub-left-out.txt"),
    ],
    "access": [],
    "audit": [],
    # With all that the parsers import.
    "fuzz": ["pyproject.toml", "--constraints", FOLDER / "dev.txt"],
    "bootstrap": [],
    "node": [],
}


def pin(run: Run, uv: Path) -> None:
    """Resolve the dependency groups anew, for every Python and platform that we support."""
    for name, sources in SOURCES.items():
        words: list[str | Path] = [
            *sources,
            f"--group={name}",
            f"--output-file={FOLDER / name}.txt",
            f"--python-version={HUB_PYTHON if name == 'hub' else OLDEST_PYTHON}",
            "--universal",
            "--generate-hashes",
            "--no-annotate",
            "--upgrade",
            "--custom-compile-command=make lock",
        ]
        compile_pins = partial(run.command, uv, "pip", "compile", *words, cwd=ROOT, quiet=True)
        run.part(f"Pins of {name}", compile_pins)
