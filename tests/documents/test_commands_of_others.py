"""The commands of other programs in the documentation, as a shell runs them."""

from __future__ import annotations

import os
import shlex
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from aidevsecops_ext.adapters.uv_program import find_uv
from tests.kits.commands import call
from tests.kits.git_repo import bare_environment, make_repo
from tests.kits.notebooks import notebook_text
from tests.kits.package_index import PackageIndex, serve
from tests.server.real_server import TOKEN, RealServer

from .blocks import ROOT, Block, blocks

# What is run as it stands, and what the answer has to say.
SAID = {
    "curl": ('"extras":',),
    "export": (),
    "git": (),
    "jq": (),
    "jupyter": ("aidevsecops_ext enabled", "aidevsecops v"),
    "kubectl": ("secret/storage-keys",),
    "micropipenv": (),
}
NOT_RUN = {
    "aidevsecops pipeline": "needs an engine, and is run with one that stands in for it",
    "cd": "goes into a copy of the repository",
    "jupyter lab": "the browser tests begin with it",
    "git clone": "names a repository that its reader knows",
    "make": "its targets are looked up",
    "podman": "needs a container engine; what the Containerfile says is run without one",
}
RESOLVED = ("pip install", "uv tool install")
NOTEBOOKS = ("train.ipynb", "notebooks/02-training.ipynb")


def _is_one_of(line: str, commands: tuple[str, ...]) -> bool:
    return line.startswith(tuple(f"{command} " for command in commands)) or line in commands


def _found() -> list[tuple[Block, str]]:
    shells = [block for block in blocks() if block.language in {"shell", "console"}]
    return [(block, line) for block in shells for line in block.lines()]


def _scripts() -> dict[Block, list[str]]:
    """The lines of each block that has commands of others, but for those that are not run."""
    scripts: dict[Block, list[str]] = {}
    for block, line in _found():
        if not _is_one_of(line, (*NOT_RUN, *RESOLVED)):
            scripts.setdefault(block, []).append(line)
    return {
        block: lines
        for block, lines in scripts.items()
        if any(_is_one_of(line, (*SAID,)) for line in lines)
    }


@pytest.fixture(scope="module")
def index() -> Iterator[PackageIndex]:
    """The index that everything comes from."""
    made = PackageIndex()
    made.add_wheel("apple", "1.2")
    with serve(made) as served:
        yield served


@pytest.fixture
def shell(tmp_path: Path, index: PackageIndex) -> dict[str, str]:
    """The environment of a terminal in a repository of ``tmp_path`` with locked notebooks."""
    repo = make_repo(tmp_path / "work", {"README.md": "Ours\n"})
    environ = {
        **bare_environment(tmp_path / "home"),
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "UV_NO_CONFIG": "1",
        "UV_DEFAULT_INDEX": index.simple_url,
        "MICROPIPENV_PIP_BIN": str(tmp_path / "venv" / "bin" / "pip"),
        "PIP_CONFIG_FILE": os.devnull,
        "TOKEN": TOKEN,
    }
    for name in NOTEBOOKS:
        path = repo.folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(notebook_text(requirements='{"packages": {"apple": "*"}}'))
    call("aidevsecops", "lock", *NOTEBOOKS, cwd=repo.folder, **environ)
    return environ


@pytest.mark.needs_uv
@pytest.mark.timeout(300)
@pytest.mark.parametrize("block", _scripts(), ids=str)
def test_commands_of_others_run_as_they_stand(
    block: Block, shell: dict[str, str], tmp_path: Path, index: PackageIndex
) -> None:
    lines = _scripts()[block]
    named = {shlex.split(line)[0] for line in lines}
    if missing := sorted(name for name in named & {*SAID} if not _is_there(name)):
        pytest.skip(f"this machine has no {', '.join(missing)}")
    if "micropipenv" in named:
        call(sys.executable, "-m", "venv", tmp_path / "venv")
    server = RealServer(tmp_path, index.simple_url) if "curl" in named else None
    try:
        environ = {**shell, "SERVER": server.url.rstrip("/") if server else ""}
        script = "\n".join(["exec 2>&1", *map(_runnable, lines)])
        said = click.unstyle(call("sh", "-euc", script, cwd=tmp_path / "work", **environ))
    finally:
        if server:
            server.terminate()

    expected = [text for name in sorted(named & {*SAID}) for text in SAID[name]]
    assert [text for text in expected if text not in said] == []
    if "micropipenv" in named:
        assert "apple" in call(shell["MICROPIPENV_PIP_BIN"], "list")


@pytest.mark.online
@pytest.mark.needs_uv
@pytest.mark.timeout(300)
@pytest.mark.parametrize(
    "line", sorted({line for _, line in _found() if _is_one_of(line, RESOLVED)})
)
def test_packages_that_are_to_be_installed_go_together(line: str, tmp_path: Path) -> None:
    words = [word for word in shlex.split(line)[2:] if word not in {"install", "--with"}]
    asked = [
        f"aidevsecops-ext{word.removeprefix('aidevsecops-ext')} @ {ROOT.as_uri()}"
        if word.startswith("aidevsecops-ext")
        else word
        for word in words
    ]

    options = ("pip", "install", "--dry-run", "--quiet", f"--python={sys.executable}")
    call(find_uv(), *options, f"--target={tmp_path}", *asked)


def test_every_command_is_run_or_there_is_a_reason() -> None:
    known = ("aidevsecops", *SAID, *RESOLVED, *NOT_RUN)

    assert [line for _, line in _found() if not _is_one_of(line, known)] == []


def test_reasons_are_needed() -> None:
    lines = [line for _, line in _found()]

    assert [name for name in NOT_RUN if not any(_is_one_of(line, (name,)) for line in lines)] == []


def _is_there(program: str) -> bool:
    return program in {"export", "micropipenv", "jupyter"} or shutil.which(program) is not None


def _runnable(line: str) -> str:
    # There is no cluster; kubectl checks what it would ask of one.
    return f"{line} --dry-run=client --output=name" if line.startswith("kubectl ") else line
