"""The tools that our exports are for read them: pipenv, micropipenv, pip and juv."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from aidevsecops_ext.adapters.uv_program import find_uv
from aidevsecops_ext.cli.main import main
from aidevsecops_ext.domain.json_value import Json
from tests.kits.notebooks import notebook_text

pytestmark = [pytest.mark.needs_uv, pytest.mark.online, pytest.mark.slow, pytest.mark.timeout(600)]

PYTHON = f"{sys.version_info.major}.{sys.version_info.minor}"
WANTED: dict[str, Json] = {
    "packages": {
        "six": {"version": ">=1.16"},
        "python-dotenv": {"extras": ["cli"], "version": "*"},
    },
    "dev-packages": {"iniconfig": "*"},
    "requires": {"python_version": PYTHON},
}
_PIN = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;\\]+)", re.M)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a notebook that asks for a few packages."""
    monkeypatch.chdir(tmp_path)
    text = notebook_text(["import six"], requirements=json.dumps(WANTED))
    (tmp_path / "nb.ipynb").write_text(text)
    return tmp_path


def ours(*words: str) -> Result:
    """What our own command answers; it has to succeed."""
    result = CliRunner().invoke(main, words)
    assert result.exit_code == 0, result.output
    return result


def theirs(folder: Path, program: str, *words: str) -> str:
    """What another program answers; it has to succeed."""
    path = Path(sys.executable).parent / program
    environ = {**os.environ, "PIPENV_VENV_IN_PROJECT": "1", "PIPENV_NOSPIN": "1"}
    # Else pipenv would use the environment that the tests run in.
    environ.pop("VIRTUAL_ENV", None)
    done = subprocess.run(
        [path, *words],
        cwd=folder,
        env=environ,
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def locked(*sections: str) -> dict[str, str]:
    """The versions that the notebook locks, by name."""
    metadata = json.loads(Path("nb.ipynb").read_text())["metadata"]
    lockfile = json.loads(metadata["requirements_lock"])
    return {
        name: entry["version"].removeprefix("==")
        for section in sections
        for name, entry in lockfile[section].items()
    }


def test_pipenv_and_micropipenv_read_the_pipfiles(folder: Path) -> None:
    ours("lock", "nb.ipynb")
    ours("export", "nb.ipynb", "--format", "pipfile", "--out", "env")

    verified = theirs(folder / "env", "pipenv", "verify")
    listed = theirs(folder / "env", "pipenv", "requirements", "--hash")
    developed = theirs(folder / "env", "pipenv", "requirements", "--dev-only")
    compiled = theirs(folder / "env", "micropipenv", "requirements", "--method", "pipenv")

    assert "up-to-date" in verified
    assert dict(_PIN.findall(listed)) == locked("default")
    assert listed.count("--hash=sha256:") == len(set(re.findall(r"sha256:\w+", listed)))
    assert dict(_PIN.findall(developed)) == locked("develop")
    assert dict(_PIN.findall(compiled)) == locked("default", "develop")


@pytest.mark.parametrize("file_format", ["requirements", "pylock"])
def test_uv_and_pip_read_the_locks(folder: Path, file_format: str) -> None:
    ours("lock", "nb.ipynb")
    written = json.loads(
        ours("export", "nb.ipynb", "--format", file_format, "--out", "env", "--json").stdout
    )
    name = written["files"][0]["name"]

    words = ("pip", "install", "--dry-run", "--no-deps", f"--python={sys.executable}")
    planned = theirs(folder / "env", find_uv(), *words, f"--target={folder}/t", "-r", name)

    expected = locked("default") if file_format == "requirements" else locked("default", "develop")
    assert dict(re.findall(r"\+ (\S+)==(\S+)", planned)) == expected


def test_juv_locks_what_we_export_and_we_take_its_lock(folder: Path) -> None:
    ours("export", "nb.ipynb", "--format", "juv", "--out", "for-juv")
    exported = folder / "for-juv" / "nb.ipynb"

    said = theirs(folder, find_uv(), "tool", "run", "--from", "juv", "juv", "lock", str(exported))
    taken = ours("import", "nb.ipynb", "--from", "for-juv/nb.ipynb")

    assert "Locked" in said
    assert "uv.lock" in json.loads(exported.read_text())["metadata"]
    assert "six" in locked("default")
    assert "2 requirements" in taken.stdout
    assert ours("check", "nb.ipynb").stdout.startswith("nb.ipynb: fresh")
