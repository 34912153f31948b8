"""Everything that a user can ask for, at both faces, in a world with secrets: run as a program.

``python -m tests.access.journey FOLDER`` leaves all that was said, written and asked below FOLDER.
"""

from __future__ import annotations

import asyncio
import json
import re
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

from tornado.httpclient import HTTPRequest
from tornado.websocket import websocket_connect

from tests.kits.contract import load_contract
from tests.server.real_server import OTHERS

from .engines import REQUESTS, SUBMISSIONS, elyra_environment, has_elyra
from .network import bring_loopback_up
from .watching import Watch
from .world import World, live

_ROOT = Path(__file__).parents[2]
_PATIENCE = 120.0
# Nobody is asked by these, however they are configured.
QUIET_COMMANDS = (
    "--help",
    "--version",
    "lock --help",
    "check good.ipynb",
    "status",
    "show good.ipynb",
    "config check",
    "release notes",
    "kernel list",
    "overlay list",
    "pipeline runs",
    "runtime list",
    "image list",
    "doctor --offline",
)
COMMANDS = (
    # Before anything is written: a release wants all of it committed.
    "release minor --dry-run",
    "release minor --yes --no-checks",
    "release status",
    "release tags",
    "release undo --published --yes",
    "discover good.ipynb secret.ipynb variable.ipynb",
    "requirements secret.ipynb",
    "lock good.ipynb",
    "lock bad.ipynb",
    "lock named.ipynb",
    "lock named.ipynb --trust-index {named}",
    "lock variable.ipynb --trust-index {variable}",
    "lock secret.ipynb --trust-index {named} --json",
    "lock good.ipynb --upgrade --engine thoth",
    "check good.ipynb bad.ipynb secret.ipynb variable.ipynb",
    "show secret.ipynb --json",
    "show variable.ipynb",
    "audit good.ipynb named.ipynb",
    "search dem",
    "search demo --versions",
    *(
        f"export {notebook} --format {kind} --out out-{notebook[:-6]} --trust-index {{named}}"
        for notebook in ("good.ipynb", "secret.ipynb", "variable.ipynb")
        for kind in ("pipfile", "pylock", "requirements", "pyproject", "sbom", "pep723", "juv")
    ),
    "import good.ipynb --from out-good/Pipfile",
    "convert good.ipynb",
    "kernel install good.ipynb",
    "kernel install secret.ipynb --trust-index {named}",
    "kernel check good.ipynb",
    "split steps.ipynb --by heading --verify --report out/report.html",
    "overlay extract good.ipynb --name good",
    "overlay extract secret.ipynb --name secret --trust-index {named}",
    "overlay extract variable.ipynb --name variable --trust-index {variable}",
    "overlay check",
    "pipeline create steps.ipynb --out steps.pipeline",
    "pipeline validate steps.pipeline",
    "pipeline run steps.pipeline",
    "pipeline runs steps.pipeline",
    "pipeline submit steps.pipeline --runtime my_kfp --verbose",
    "pipeline submit steps.pipeline --runtime my_airflow",
    "pipeline export steps.pipeline --runtime my_kfp --out out/kfp.yaml",
    "runtime test my_kfp",
    "runtime test my_airflow",
    "image register --image quay.io/team/app:v1 --name app",
    "release workflow --dry-run",
    "bot ask patch --yes",
    "bot status 1",
    "bot run --dry-run",
    "init --dry-run",
    "doctor",
    "examples more",
)
# A panel that is opened asks these, and no other host by them.
PANEL = (
    *("/health", "/jobs", "/kernels", "/overlays?path=good.ipynb", "/pipelines", "/pipelines/runs"),
    *("/runtimes", "/runtime-images", "/project?path=good.ipynb", "/releases?path=good.ipynb"),
    *("/notebooks/targets?path=good.ipynb", "/configuration?folder=.&kind=thoth"),
)


class Journey:
    """Goes through the world, and keeps what is said."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.said = world.folder / "said"
        self.said.mkdir()
        self.ends: dict[str, int] = {}
        self._count = 0

    def command(self, line: str, watch: Watch, **more: str) -> None:
        """Run ``aidevsecops`` with these words, and with ``more`` variables."""
        filled = line.format(named=self.world.named_index, variable=self.world.variable_index)
        name = self._name(f"cli {line}")
        ended = subprocess.run(
            [
                *watch.words(name),
                *(sys.executable, "-m", "aidevsecops_ext", *filled.split()),
            ],
            cwd=self.world.project,
            env={**self.world.environment, **watch.environment(str(_ROOT)), **more},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_PATIENCE,
        )
        self.ends[line] = ended.returncode
        (self.said / f"{name}.txt").write_bytes(ended.stdout + b"\n" + ended.stderr)

    def keep(self, name: str, content: bytes) -> None:
        """Keep an answer."""
        (self.said / f"{self._name(name)}.txt").write_bytes(content)

    def _name(self, text: str) -> str:
        self._count += 1
        return f"{self._count:03} {re.sub('[^a-zA-Z0-9]+', '-', text)[:60]}"


class Server:
    """A server in the world, as a user's hub starts it."""

    def __init__(self, journey: Journey, watch: Watch, name: str, **more: str) -> None:
        world = journey.world
        self._journey = journey
        self._read: set[str] = set()
        self._token = world.environment["JUPYTER_TOKEN"]
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        with (world.folder / f"{name}.log").open("wb") as log:
            self._process = subprocess.Popen(
                [
                    *watch.words(name),
                    *(sys.executable, "-m", "jupyter_server", "--allow-root", "--no-browser"),
                    *(f"--port={self.port}", "--ServerApp.port_retries=0", "--debug"),
                    f"--ServerApp.root_dir={world.project}",
                    "--ServerApp.jpserver_extensions=aidevsecops_ext=True",
                    # JupyterLab's own log names the proxy that it is configured with, password
                    # included; it is not ours to change.
                    *(f"--ServerApp.jpserver_extensions={name}=False" for name in OTHERS),
                ],
                cwd=world.folder,
                env={**world.environment, **watch.environment(str(_ROOT)), **more},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        give_up = time.monotonic() + _PATIENCE
        while self.ask("GET", "/health")[0] != 200:
            assert self._process.poll() is None, "the server has ended"
            assert time.monotonic() < give_up, "the server does not answer"
            # Nobody tells when a port is listened at.
            time.sleep(0.1)

    def ask(self, method: str, path: str, body: Any = None) -> tuple[int, bytes]:
        """The status and the body of an answer, which is kept; 0 where there is none."""
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}/aidevsecops-ext{path}",
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Authorization": f"token {self._token}"},
        )
        try:
            with urllib.request.urlopen(request, timeout=_PATIENCE) as response:
                status, content = response.status, response.read()
        except urllib.error.HTTPError as error:
            status, content = error.code, error.read()
        except OSError:
            return 0, b""
        self._journey.keep(f"rest {method} {path}", content)
        self._journey.ends[f"{method} {path.partition('?')[0]}"] = status
        return status, content

    def follow(self) -> None:
        """Wait for all jobs to end, then read each and its log."""
        give_up = time.monotonic() + _PATIENCE
        while True:
            jobs = json.loads(self.ask("GET", "/jobs")[1])["jobs"]
            if all(job["state"] in {"succeeded", "failed", "cancelled"} for job in jobs):
                break
            assert time.monotonic() < give_up, jobs
            # Events come too, but they are what is looked at here: nothing may depend on them.
            time.sleep(0.5)
        for job in jobs:
            if job["job_id"] not in self._read:
                self._read.add(job["job_id"])
                self.ask("GET", f"/jobs/{job['job_id']}")
                self.ask("GET", f"/jobs/{job['job_id']}/log")

    def listen(self) -> None:
        """Keep all events from now on."""
        ready = threading.Event()
        threading.Thread(target=lambda: asyncio.run(self._hear(ready)), daemon=True).start()
        assert ready.wait(_PATIENCE)

    async def _hear(self, ready: threading.Event) -> None:
        url = f"ws://127.0.0.1:{self.port}/api/events/subscribe"
        headers = {"Authorization": f"token {self._token}"}
        events = await websocket_connect(HTTPRequest(url, headers=headers))
        ready.set()
        while (message := await events.read_message()) is not None:
            self._journey.keep("event", message if isinstance(message, bytes) else message.encode())

    def stop(self) -> None:
        """End it as a hub does."""
        self._process.terminate()
        self._process.wait(_PATIENCE)


def _requests(world: World) -> list[tuple[str, str, dict[str, Any] | None]]:
    """A request for every operation of the contract; those of notebooks for several notebooks."""
    notebooks = {
        name: json.loads((world.project / name).read_text(encoding="utf-8"))
        for name in ("good.ipynb", "bad.ipynb", "secret.ipynb", "variable.ipynb", "steps.ipynb")
    }
    trusted = [world.named_index, world.variable_index]
    found: list[tuple[str, str, dict[str, Any] | None]] = []
    for address, methods in load_contract()["paths"].items():
        path = re.sub(r"\{\w+\}", "1", address).replace("/packages/1", "/packages/demo")
        for verb, operation in methods.items():
            if verb == "parameters" or operation["operationId"] in {"clearJobs"}:
                continue
            schema = _schema_of(operation)
            if schema is None:
                query = "?path=good.ipynb&folder=.&kind=thoth&query=dem&with=2&forge=github"
                found.append((verb.upper(), path + query, None))
            elif "notebook" in schema.get("properties", {}):
                for name, notebook in notebooks.items():
                    body = {"path": name, "notebook": notebook}
                    if "trust_indexes" in schema["properties"]:
                        body["trust_indexes"] = trusted
                    found.append((verb.upper(), path, {**_filled(schema), **body}))
            else:
                found.append((verb.upper(), path, _filled(schema)))
    return found


_VALUES: dict[str, Any] = {
    "path": "steps.pipeline",
    "folder": ".",
    "runtime": "my_kfp",
    "name": "my_kfp",
    "engine": "uv",
    "files": [{"name": "Pipfile", "text": "[packages]\ndemo = '*'\n"}],
    "format": "pipfile",
    "kind": "minor",
    "request": "patch",
    "token": "github_pat_1234567890",
    "out": "other.pipeline",
    "image": "quay.io/team/app:v2",
}


def _filled(schema: dict[str, Any]) -> dict[str, Any]:
    properties = schema.get("properties", {})
    wanted = set(schema.get("required", [])) | ({"path", "folder", "kind", "out"} & set(properties))
    wanted -= {"out"} - set(schema.get("required", []))
    filled = {}
    for name in sorted(wanted):
        each = _resolved(properties[name])
        if "enum" in each:
            filled[name] = each["enum"][0]
        elif name in _VALUES:
            filled[name] = _VALUES[name]
        else:
            blank = {"object": {}, "array": [], "integer": 1, "number": 1, "boolean": False}
            filled[name] = blank.get(each.get("type", ""), "x")
    return filled


def _schema_of(operation: dict[str, Any]) -> dict[str, Any] | None:
    body = operation.get("requestBody")
    return None if body is None else _resolved(body["content"]["application/json"]["schema"])


def _resolved(node: dict[str, Any]) -> dict[str, Any]:
    if "$ref" not in node:
        return node
    found: Any = load_contract()
    for step in node["$ref"].removeprefix("#/").split("/"):
        found = found[step]
    return _resolved(found)


def travel(folder: Path) -> None:
    """Go through everything, and leave what a test looks at in ``journey.json``."""
    with live(folder) as world:
        journey = Journey(world)
        quiet, loud = Watch(folder / "quiet"), Watch(folder / "loud")
        for line in QUIET_COMMANDS:
            journey.command(line, quiet)
        opened = Server(journey, quiet, "opened")
        for path in PANEL:
            opened.ask("GET", path)
        opened.stop()
        for line in COMMANDS:
            journey.command(line, loud)
        asked = Server(journey, loud, "asked")
        asked.listen()
        for method, path, body in _requests(world):
            asked.ask(method, path, body)
            if method == "POST" and body:
                asked.follow()
        asked.follow()
        asked.stop()
        servers = [opened, asked]
        if has_elyra():
            servers.append(_submit(journey, loud))
        kept = {
            "planted": world.canaries.planted,
            "planted_in": [str(file) for file in world.planted_in],
            "hosts": world.hosts,
            "servers": [f"127.0.0.1:{server.port}" for server in servers],
            "ends": journey.ends,
        }
        (folder / "journey.json").write_text(json.dumps(kept, indent=1), encoding="utf-8")


def _submit(journey: Journey, watch: Watch) -> Server:
    """Hand a pipeline to engines at both faces; the server that did it."""
    for line in SUBMISSIONS:
        journey.command(line, watch, **elyra_environment())
    server = Server(journey, watch, "submitting", **elyra_environment())
    server.listen()
    for body in REQUESTS:
        server.ask("POST", "/pipelines/submissions", body)
        server.follow()
    server.stop()
    return server


if __name__ == "__main__":
    bring_loopback_up()
    travel(Path(sys.argv[1]))
