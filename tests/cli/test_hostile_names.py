"""Names that reach out of their folder, look like options, or are none elsewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import Result

from aidevsecops_ext.domain.exchange import PackageFile
from aidevsecops_ext.domain.lock import LockedPackage
from tests.cli.conftest import Terminal
from tests.fakes.package_files import FakePackageFiles
from tests.kits.notebooks import locked_metadata, notebook_text
from tests.kits.split_notebooks import split_text

SIX = LockedPackage("six", "1.16", ("sha256:aa",))
ADDRESSES = {"six": (PackageFile("https://f/six.whl", "sha256:aa"),)}

NAMES = (
    "../out",
    "../../out",
    "a/../../out",
    "a\\..\\..\\out",
    "/out",
    "C:out",
    "-x",
    "--output=x",
    ".",
    "..",
    ".git",
    ".git/hooks/pre-commit",
    "~/out",
    "$HOME/out",
    "CON",
    "nul.txt",
    "dot.",
    "space ",
    " ",
    "line\nbreak",
    "\u202egnp.exe",
    "\u200bhidden",
    "n" * 300,
    "é" * 130,
)
SAFE = re.compile(r"(?!con$|nul\b)[A-Za-z0-9_]([A-Za-z0-9._-]*[A-Za-z0-9_-])?", re.I)


def outside(terminal: Terminal) -> dict[str, bytes]:
    """What lies beside the terminal's folder, and in Git's own."""
    around = terminal.folder.parent
    hooks = terminal.folder / ".git"
    return {
        str(path): path.read_bytes()
        for path in around.rglob("*")
        if path.is_file() and (hooks in path.parents or terminal.folder not in path.parents)
    }


def ends_in_words(result: Result) -> bool:
    """The command did it or refused it; nothing broke."""
    is_too_long = result.exit_code == 4 and "Choose a shorter name." in result.stderr
    return result.exit_code in (0, 2, 3) or is_too_long


@pytest.fixture
def repository(terminal: Terminal) -> Terminal:
    """A terminal in a repository with a locked notebook, where addresses are known."""
    terminal.ports["package_files"] = FakePackageFiles(ADDRESSES)
    (terminal.folder / ".git").mkdir()
    locked = locked_metadata({"six": "*"}, (SIX,))
    text = notebook_text(["import six"], **locked, kernelspec={"name": "train"})
    terminal.write("train.ipynb", text)
    return terminal


@pytest.mark.parametrize("name", NAMES)
def test_name_of_an_overlay_stays_in_its_folder(repository: Terminal, name: str) -> None:
    before = outside(repository)

    result = repository.run("overlay", "extract", "train.ipynb", f"--name={name}")

    assert ends_in_words(result), result.stderr
    assert outside(repository) == before
    folder = repository.folder / "overlays"
    made = [path.name for path in folder.iterdir()] if folder.is_dir() else []
    assert all(SAFE.fullmatch(one) for one in made)
    assert (result.exit_code == 0) == bool(made)


@pytest.mark.parametrize("name", NAMES)
def test_overlay_named_by_the_kernel_stays_in_its_folder(repository: Terminal, name: str) -> None:
    locked = locked_metadata({"six": "*"}, (SIX,))
    text = notebook_text(["import six"], **locked, kernelspec={"name": name})
    repository.write("other.ipynb", text)
    before = outside(repository)

    result = repository.run("overlay", "extract", "other.ipynb")

    assert ends_in_words(result), result.stderr
    assert outside(repository) == before


@pytest.mark.parametrize("name", NAMES)
def test_folder_of_steps_stays_in_the_project(repository: Terminal, name: str) -> None:
    repository.write("long.ipynb", split_text(["# A", ">x = 1", "# B", ">print(x)"]))
    before = outside(repository)

    result = repository.run("split", "long.ipynb", f"--out={name}", "--no-overlays")

    assert ends_in_words(result), result.stderr
    assert outside(repository) == before


@pytest.mark.parametrize("name", NAMES)
def test_file_of_a_pipeline_stays_in_the_project(repository: Terminal, name: str) -> None:
    before = outside(repository)

    result = repository.run("pipeline", "create", "train.ipynb", f"--out={name}")

    assert ends_in_words(result), result.stderr
    assert outside(repository) == before


def test_steps_of_odd_headings_have_safe_names_of_their_own(terminal: Terminal) -> None:
    cells = [text for n, name in enumerate(NAMES) for text in (f"# {name}", f">x{n} = {n}")]
    terminal.write("long.ipynb", split_text(cells))

    steps = terminal.json("split", "long.ipynb", "--level=1", "--dry-run")["steps"]

    names = [step["name"] for step in steps]
    assert len(names) > 20
    assert all(SAFE.fullmatch(name) and len(name) <= 100 for name in names)
    assert len({name.casefold() for name in names}) == len(names)
    assert {Path(step["notebook"]).parent for step in steps} == {Path()}


def test_steps_of_odd_tags_are_refused_or_have_safe_names(terminal: Terminal) -> None:
    before = outside(terminal)
    for name in NAMES:
        cells = [f">x = {name!r}", ">print(x)"]
        terminal.write("long.ipynb", split_text(cells, {0: [f"step:{name}"], 1: ["step:last"]}))

        result = terminal.run("split", "long.ipynb", "--by=tag", "--no-overlays", "--force")

        assert ends_in_words(result), result.stderr
    assert outside(terminal) == before
    assert all(SAFE.fullmatch(path.name) for path in terminal.folder.iterdir())
