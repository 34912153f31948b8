"""No secret comes out anywhere, and nobody is asked who is not configured, whatever a user does.

One journey through all commands and all routes, in a world with secrets (``journey.py``): each
test looks at one face of it.
"""

from __future__ import annotations

import base64
import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from .canaries import Canaries
from .engines import SUBMISSIONS, has_elyra
from .journey import COMMANDS, PANEL, QUIET_COMMANDS
from .network import namespace_words
from .watching import Watch

_ROOT = Path(__file__).parents[2]
_PATIENCE = 900

pytestmark = [
    pytest.mark.slow,
    pytest.mark.needs_uv,
    pytest.mark.timeout(_PATIENCE + 60),
    pytest.mark.skipif(sys.platform != "linux", reason="how to watch processes is Linux's"),
]

# Where something may come out, as patterns below the folder of the journey.
FACES = {
    "answers of commands and routes, events": "said/*",
    "logs of servers": "*.log",
    "records and logs of jobs": "data/aidevsecops/**/*",
    "other files in Jupyter's data folder": "data/**/*",
    "files of the project": "work/**/*",
    "commits, journals and settings of git": "work/.git/**/*",
    "what the forge has got": "forge/**/*",
    "what Airflow's repository has got": "dags/**/*",
    "caches": "cache/**/*",
    "caches of uv": "uv-cache/**/*",
    "temporary files": "temporary/**/*",
    "files of the user": "home/**/*",
    "files of Jupyter": "runtime/**/*",
    "configuration": "config/**/*",
}


@dataclass(frozen=True)
class Journey:
    """What is left of one."""

    folder: Path
    facts: dict[str, Any]

    @property
    def canaries(self) -> Canaries:
        """The secrets."""
        return Canaries(self.facts["planted"])

    def watch(self, name: str) -> Watch:
        """What was watched of a part of it."""
        return Watch(self.folder / name)


@pytest.fixture(scope="module")
def journey(tmp_path_factory: pytest.TempPathFactory) -> Journey:
    """The journey, in a network of its own where there can be one."""
    folder = tmp_path_factory.mktemp("journey")
    words = [*namespace_words(), sys.executable, "-m", "tests.access.journey", str(folder)]
    ended = subprocess.run(words, cwd=_ROOT, capture_output=True, text=True, timeout=_PATIENCE)
    assert ended.returncode == 0, ended.stderr[-4000:]
    facts = json.loads((folder / "journey.json").read_text(encoding="utf-8"))
    return Journey(folder, facts)


def test_everything_was_done(journey: Journey) -> None:
    ends = journey.facts["ends"]

    assert {*QUIET_COMMANDS, *COMMANDS} <= set(ends)
    assert 500 not in ends.values()
    # The journey would show nothing if what it does did not work.
    for line in ("lock good.ipynb", "lock variable.ipynb --trust-index {variable}"):
        assert ends[line] == 0, line
    for line in ("release minor --yes --no-checks", "search dem", "runtime list", "doctor"):
        assert ends[line] in {0, 1}, line
    assert ends["lock bad.ipynb"] == 3
    assert sum(status in {200, 201, 202, 204} for status in ends.values()) > 40


@pytest.mark.parametrize("face", FACES)
def test_no_secret_comes_out(journey: Journey, face: str) -> None:
    planted_in = {Path(file) for file in journey.facts["planted_in"]}
    found = {}

    for file in journey.folder.glob(FACES[face]):
        if file.is_file() and not file.is_symlink() and file not in planted_in:
            places = journey.canaries.found_in(file.read_bytes() + file.name.encode())
            if places:
                found[str(file.relative_to(journey.folder))] = places

    assert found == {}


def test_no_secret_is_in_the_history_of_the_repository(journey: Journey) -> None:
    said = history(journey.folder / "work")

    assert len(said) > 1000
    assert journey.canaries.found_in(said) == set()


@pytest.mark.skipif(not has_elyra(), reason="there is no .venv-elyra: make unit makes it")
def test_pipelines_are_handed_over_without_a_secret(journey: Journey) -> None:
    ends, said = journey.facts["ends"], history(journey.folder / "dags")

    # Two engines take them, two refuse.
    assert [ends[line] == 0 for line in SUBMISSIONS] == [True, True, False, False]
    assert ends["POST /pipelines/submissions"] == 202
    assert b"DAG(" in said
    assert journey.canaries.found_in(said) == set()


def history(folder: Path) -> bytes:
    """All that was ever committed to a repository."""
    words = ["git", "log", "--all", "-p", "--format=fuller"]
    return subprocess.run(words, cwd=folder, capture_output=True, check=True).stdout


def test_no_secret_is_an_argument_of_a_process(journey: Journey) -> None:
    started = [line for name in ("quiet", "loud") for line in journey.watch(name).started()]

    assert len(started) > 100
    assert [line for line in started if journey.canaries.found_in(line)] == []


@pytest.mark.parametrize("command", QUIET_COMMANDS)
def test_looking_asks_nobody(journey: Journey, command: str) -> None:
    assert command in journey.facts["ends"]
    assert journey.watch("quiet").asked() - {"localhost"} == set()


def test_start_of_a_server_and_opening_its_panel_ask_nobody(journey: Journey) -> None:
    assert all(f"GET {path.partition('?')[0]}" in journey.facts["ends"] for path in PANEL)
    # Its own name, which it listens at.
    assert journey.watch("quiet").asked() - {"localhost"} == set()


def test_only_configured_hosts_are_asked(journey: Journey) -> None:
    configured = {host: name for name, host in journey.facts["hosts"].items()}
    asked = journey.watch("loud").asked() - {"localhost"}
    # Where the name of a configured host is looked up is the system's affair.
    asked = {address for address in asked if not address.endswith(":53")}

    assert {configured.get(address, address) for address in asked} == set(configured.values())


def test_secrets_are_found_in_every_form() -> None:
    canaries = Canaries()
    secret = canaries.plant("here")
    canaries.plant("nowhere")
    forms = [
        f"x{secret}y".encode(),
        *(base64.b64encode(b"a" * n + secret.encode() + b"tail") for n in range(3)),
    ]

    assert [canaries.found_in(form) for form in forms] == [{"here"}] * 4
    assert canaries.found_in(b"nothing") == set()
