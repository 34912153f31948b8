"""What is in the way on this machine, in a terminal."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Terminal
from tests.fakes.setup import FakeMachine, FakeNetwork
from tests.kits.notebooks import notebook_text


@pytest.fixture
def machine(terminal: Terminal, bare_git: None) -> FakeMachine:
    """The machine, which has all that is needed."""
    del bare_git
    made = FakeMachine()
    terminal.ports |= {"machine": made, "network": FakeNetwork("https://index.example.org/simple")}
    return made


def test_a_machine_is_examined(terminal: Terminal, machine: FakeMachine) -> None:
    terminal.write("a.ipynb", notebook_text(['import os\nos.environ["BUCKET"]']))

    found = terminal.run("doctor")
    machine.free = 0
    full = terminal.run("doctor", "--offline")

    assert found.exit_code == 0
    assert found.stdout.startswith("tools\n  ok       uv: Version 0.13.8.\n")
    assert "Package index https://index.example.org/simple: It answers.\n" in found.stdout
    assert "  note     BUCKET: It is not set, and is read in a.ipynb.\n" in found.stdout
    assert found.stdout.endswith(" ok, 1 note\n")
    assert full.exit_code == 1
    assert "  PROBLEM  Space: uv cache: 0.0 GB are free in /uv_cache.\n" in full.stdout
    assert "           $ uv cache prune\n" in full.stdout


def test_a_diagnosis_is_answered_in_json(terminal: Terminal, machine: FakeMachine) -> None:
    machine.programs.pop("git")

    answer = terminal.json("doctor", "--offline")

    assert answer["healthy"] is False
    assert answer["counts"]["problem"] == 1
    [git] = [each for each in answer["findings"] if each["name"] == "git"]
    assert (git["group"], git["state"], git["fix"]["command"]) == ("tools", "problem", None)
