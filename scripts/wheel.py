"""The proof that the wheel works where there is no Node and nothing of this repository."""

from __future__ import annotations

import json
import os
import re
import secrets
import shutil
import subprocess
import sys
import tempfile
import zipfile
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

from .machine import ROOT
from .parts import PartFailedError, Run, say

EXTENSION = "aidevsecops_ext"
LABEXTENSION = "aidevsecops"
OWED_FILES = (
    r"aidevsecops_ext/py\.typed",
    r"aidevsecops_ext/server/openapi\.yaml",
    r"aidevsecops_ext/server/request_schemas\.json",
    r"aidevsecops_ext/.*/event_schemas/.*\.yaml",
    r"aidevsecops_ext/schemas/(aicoe-ci|thoth)\.schema\.json",
    r"aidevsecops_ext/examples/digits-pipeline\.ipynb",
    r"aidevsecops_ext/examples/\.thoth\.yaml",
    r".*/share/jupyter/labextensions/aidevsecops/package\.json",
    r".*/share/jupyter/labextensions/aidevsecops/install\.json",
    r".*/share/jupyter/labextensions/aidevsecops/schemas/.*\.json",
    r".*/etc/jupyter/jupyter_server_config\.d/aidevsecops_ext\.json",
    r".*\.dist-info/licenses/LICENSE",
)
UNWANTED_FILES = (r".*\.map", r"(.*/)?(tests|ui-tests|node_modules)/.*")
# Half of it is Python, a twelfth the pins of the client of Thoth; it grows with what the package
# does. The front end is held apart, since a development build shows there: it is many times as big.
LARGEST_WHEEL = 1_750_000
LARGEST_FRONT_END = 250_000


def check_wheel(run: Run, uv: Path) -> str:
    """Build the wheel from a clean copy, install it without Node, and use all of its faces.

    Returns:
        The size of the wheel, for the table.

    Raises:
        PartFailedError: it cannot be built, lacks a file, has one too many, or does not work.
    """
    with tempfile.TemporaryDirectory(prefix="aidevsecops-wheel-") as folder:
        copy = _clean_copy(Path(folder) / "copy")
        built = Path(folder) / "dist"
        run.command(
            uv, "build", "--wheel", "--no-build-isolation", "--out-dir", built, copy, quiet=True
        )
        wheel = next(built.glob("*.whl"))
        _check_contents(wheel)
        venv = Path(folder) / "venv"
        run.command(uv, "venv", "--python", sys.executable, venv, quiet=True)
        pins = ROOT / "requirements" / "demo.txt"
        install: list[str | Path] = [
            uv,
            "pip",
            "install",
            "--python",
            venv / "bin" / "python",
            "--constraints",
            pins,
        ]
        run.command(*install, "--compile-bytecode", "jupyterlab", wheel, quiet=True)
        _check_faces(venv / "bin", Path(folder))
        return f"ok, {wheel.stat().st_size / 1000:.0f} kB"


def _clean_copy(target: Path) -> Path:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    for name in filter(None, listed.stdout.split("\0")):
        if (ROOT / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, target / name)
    return target


def _check_contents(wheel: Path) -> None:
    packed = zipfile.ZipFile(wheel).infolist()
    names = [each.filename for each in packed]
    missing = [owed for owed in OWED_FILES if not any(re.fullmatch(owed, name) for name in names)]
    unwanted = [n for n in names if any(re.fullmatch(pattern, n) for pattern in UNWANTED_FILES)]
    if missing or unwanted:
        raise PartFailedError(f"The wheel lacks {missing} and should not have {unwanted}.")
    if wheel.stat().st_size > LARGEST_WHEEL:
        raise PartFailedError(f"The wheel has {wheel.stat().st_size} bytes.")
    front_end = sum(p.compress_size for p in packed if "/labextensions/" in p.filename)
    if front_end > LARGEST_FRONT_END:
        raise PartFailedError(f"The front end takes {front_end} bytes: a development build?")


def _check_faces(programs: Path, folder: Path) -> None:
    home = folder / "home"
    home.mkdir()
    # Nothing but the new environment and what every system has: no Node, no settings of a user.
    environment = {
        "PATH": os.pathsep.join([str(programs), *_folders_without_node()]),
        "HOME": str(home),
        "LANG": "C.UTF-8",
    }
    if shutil.which("node", path=environment["PATH"]):
        raise PartFailedError("This check means nothing: there is a Node on the PATH.")
    enabled = rf"(?m)^\s*{LABEXTENSION} v\S+ .*enabled.*OK"
    _expect(enabled, [programs / "jupyter-labextension", "list"], environment)
    enabled = rf"(?m)^\s*{EXTENSION}\b.*OK"
    _expect(enabled, [programs / "jupyter-server", "extension", "list"], environment)
    _expect(r"Usage: aidevsecops lock", [programs / "aidevsecops", "lock", "--help"], environment)
    examples: list[str | Path] = [programs / "aidevsecops", "examples", folder / "home"]
    _expect(r"The examples are in .*aidevsecops-examples\.", examples, environment)
    _check_server(programs, folder, environment)


def _folders_without_node() -> list[str]:
    folders = os.environ.get("PATH", os.defpath).split(os.pathsep)
    return [folder for folder in folders if not shutil.which("node", path=folder)]


def _expect(pattern: str, words: list[str | Path], environment: dict[str, str]) -> None:
    answer = subprocess.run(
        words,
        env=environment,
        check=False,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=120,
    )
    output = re.sub(r"\x1b\[[0-9;]*m", "", answer.stdout)
    command = " ".join([Path(words[0]).name, *map(str, words[1:])])
    if answer.returncode or not re.search(pattern, output):
        raise PartFailedError(f"{command} did not answer {pattern!r} but\n{output}")
    say(f"{command}: as expected")


def _check_server(programs: Path, folder: Path, environment: dict[str, str]) -> None:
    token = secrets.token_hex()
    words: list[str | Path] = [
        programs / "jupyter-lab",
        "--no-browser",
        "--allow-root",
        "--ServerApp.ip=127.0.0.1",
        "--ServerApp.port=0",
        "--ServerApp.base_url=/user/somebody/",
        f"--ServerApp.root_dir={folder / 'home'}",
    ]
    log = folder / "server.log"
    with (
        log.open("wb") as output,
        subprocess.Popen(
            words,
            env={**environment, "JUPYTER_TOKEN": token},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        ) as server,
    ):
        try:
            address = _address_of(server, folder / "home" / ".local" / "share" / "jupyter")
            health = _get(f"{address}aidevsecops-ext/health", token)
        except (OSError, PartFailedError) as error:
            server.terminate()
            text = log.read_text(encoding="utf-8", errors="replace")
            raise PartFailedError(f"{error}\nThe server said:\n{text}") from error
        server.terminate()
    say(f"GET /user/somebody/aidevsecops-ext/health: {json.dumps(health)}")


def _address_of(server: subprocess.Popen[bytes], data: Path) -> str:
    # The server writes this file once it listens; `jupyter server list` reads the same.
    written = data / "runtime" / f"jpserver-{server.pid}.json"
    for _ in range(600):
        if server.poll() is not None:
            raise PartFailedError("JupyterLab ended at once.")
        if written.is_file() and written.read_text(encoding="utf-8").endswith("}"):
            address: str = json.loads(written.read_text(encoding="utf-8"))["url"]
            return address
        try:
            server.wait(timeout=0.1)
        except subprocess.TimeoutExpired:
            continue
    raise PartFailedError("JupyterLab does not listen after a minute.")


def _get(address: str, token: str) -> object:
    parts = urlsplit(address)
    connection = HTTPConnection(parts.hostname or "", parts.port, timeout=30)
    connection.request("GET", parts.path, headers={"Authorization": f"token {token}"})
    answer = connection.getresponse()
    body: object = json.load(answer)
    if answer.status != 200:
        raise PartFailedError(f"{address} answered {answer.status}: {body}")
    return body
