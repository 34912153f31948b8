"""Commands in the documentation: ours are run on files of the names that they have."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from .blocks import ROOT, Block, blocks
from .scenes import PREPARATIONS, Scene, preparation_of

# Programs of others: why they stand there, and that we do not run them.
# What may end with findings, for the projects of the pages have some.
FINDING = frozenset({"audit", "check", "doctor", "kernel", "overlay"})
_CELLS = ("# Data\n\n## Load", "import numpy\nrows = 3", "## Train", "model = rows + 1")


def _all() -> list[tuple[Block, list[str]]]:
    found = [block for block in blocks() if block.language in {"shell", "console"}]
    return [(block, words) for block in found for words in block.commands()]


def _ours(words: list[str]) -> bool:
    return words[0] == "aidevsecops"


def _without_redirection(words: list[str]) -> list[str]:
    return words[: words.index(">")] if ">" in words else words


def _write(scene: Scene, words: list[str]) -> None:
    """Make the files and folders that a command names."""
    for word in words[2:]:
        name = word.split("=", 1)[-1]
        path = scene.folder / name
        if name.endswith(".ipynb"):
            _write_notebook(path)
        elif name.endswith(".py"):
            path.write_text("import numpy\n")
        elif re.fullmatch(r"\w+/|notebooks", name):
            _write_notebook(path / "report.ipynb")
    _write_notebook(scene.folder / "here.ipynb")


def _write_notebook(path: Path) -> None:
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    cells: list[dict[str, object]] = [
        {
            "cell_type": "markdown" if "#" in text else "code",
            "id": f"cell-{number}",
            "metadata": {},
            "source": text,
            **({} if "#" in text else {"execution_count": None, "outputs": []}),
        }
        for number, text in enumerate(_CELLS)
    ]
    kernel = {"name": path.stem, "display_name": path.stem, "language": "python"}
    metadata = {"kernelspec": kernel}
    content = {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    path.write_text(json.dumps(content))


@pytest.mark.parametrize(
    ("block", "words"), [(b, w) for b, w in _all() if _ours(w)], ids=lambda v: str(v)[:70]
)
def test_our_commands_do_what_they_say(
    block: Block, words: list[str], scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = _without_redirection(words)
    _write(scene, words)
    _prepare(scene, block, words)
    if prepare := preparation_of(words):
        prepare(scene, words, monkeypatch)

    outcome = scene.run(*(word for word in words[1:] if word != "…"))

    # Done, or findings where a command looks for some; no wrong usage, nothing refused.
    good = {0, 1} if words[1] in FINDING else {0}
    assert outcome.exit_code in good, f"{block}: {outcome.output}"
    assert outcome.exception is None or isinstance(outcome.exception, SystemExit)


def _prepare(scene: Scene, block: Block, words: list[str]) -> None:
    """Do what a command needs to have been done before, as its page says."""
    for other in blocks():
        if other.page == block.page and "runtime_environments:" in other.text:
            (scene.folder / ".thoth.yaml").write_text(other.text)
    if words[1] == "config":
        named = "runtime_environments: [{name: training, python_version: '3.12'}]\n"
        (scene.folder / ".thoth.yaml").write_text(named)
    name = next((word for word in words if word.endswith(".ipynb")), "notebooks")
    if words[1] in {"export", "import"} or words[1:3] == ["overlay", "extract"]:
        assert scene.run("lock", name).exit_code == 0
    if words[1] == "import":
        options = ("--format", "pylock", "--out", "envs/analysis")
        assert scene.run("export", name, *options).exit_code == 0
    if "--remove" in words:
        assert scene.run("requirements", name, "--add", words[-1]).exit_code == 0
    if words[1:3] == ["pipeline", "create"] and len(words) == 4:
        assert scene.run("split", name).exit_code == 0


def test_preparations_are_needed() -> None:
    named = [words for _, words in _all()]

    ours = [preparation_of(words) for words in named if _ours(words)]
    assert {*PREPARATIONS.values()} == {*ours} - {None}


def test_targets_of_make_are_there() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = {name for line in re.findall(r"(?m)^([a-z ]+):", makefile) for name in line.split()}

    assert {words[1] for _, words in _all() if words[0] == "make"} <= targets


def test_extras_that_are_installed_are_there() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    section = text.split("[project.optional-dependencies]")[1].split("\n[")[0]
    extras = {*re.findall(r"(?m)^(\w+) = \[", section)}
    named = {
        extra for block in blocks() for extra in re.findall(r"aidevsecops-ext\[(\w+)\]", block.text)
    }

    assert named
    assert named <= extras
