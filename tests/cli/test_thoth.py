"""The engine thoth in the terminal, with a service and a uv that a test controls."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from aidevsecops_ext.config import Settings
from aidevsecops_ext.domain.errors import ErrorCode, OutsideFailedError
from aidevsecops_ext.domain.recommendation import RecommendationType
from aidevsecops_ext.wiring import Services
from tests.cli.conftest import Terminal
from tests.fakes.thoth import FakeThoth
from tests.kits.notebooks import notebook_text
from tests.kits.services import with_ports

UNREACHABLE = OutsideFailedError(ErrorCode.THOTH_UNREACHABLE, "Thoth cannot be reached: gone.")
DECLARED = json.dumps({"packages": {"six": "*"}, "dev-packages": {"pytest": "*"}})


@dataclass(slots=True)
class ThothTerminal(Terminal):
    """A terminal that knows a Thoth service, too."""

    thoth: FakeThoth = field(default_factory=FakeThoth)

    def services(self, root: Path, settings: Settings) -> Services:
        return with_ports(
            Services(root, settings),
            installed=self.installed,
            index=self.index,
            resolvers={"uv": self.resolver, "thoth": self.thoth},
        )


@pytest.fixture
def thoth_terminal(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> ThothTerminal:
    monkeypatch.setenv("AIDEVSECOPS_THOTH_HOST", "thoth.example")
    made = ThothTerminal(terminal.folder)
    made.write("a.ipynb", notebook_text(requirements=DECLARED))
    made.write(
        ".thoth.yaml",
        "host: else.example\nruntime_environments: [{name: ubi8, python_version: 3.9}]",
    )
    return made


def test_lock_asks_thoth_as_the_options_say(thoth_terminal: ThothTerminal) -> None:
    result = thoth_terminal.run(
        *("lock", "a.ipynb", "--engine", "thoth", "--runtime-environment", "ubi8", "--force"),
        *("-l", "team=research,run=7", "--label", "more=x", "--timeout", "30", "--no-dev"),
        *("--recommendation-type", "stable"),
    )

    assert result.exit_code == 0, result.output
    question = thoth_terminal.thoth.question
    assert (question.host, question.environment) == ("thoth.example", "ubi8")
    assert (question.timeout, question.is_forced, question.is_dev) == (30.0, True, False)
    assert question.recommendation is RecommendationType.STABLE
    (entry,) = json.loads(question.config)["runtime_environments"]
    assert entry["labels"] == {"team": "research", "run": "7", "more": "x"}
    metadata = json.loads((thoth_terminal.folder / "a.ipynb").read_text())["metadata"]
    assert metadata["dependency_resolution_engine"] == "thoth"
    assert metadata["thoth_analysis_id"] == "adviser-1-2"


def test_lock_asks_thoth_when_the_settings_say_so(
    thoth_terminal: ThothTerminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AIDEVSECOPS_DEFAULT_ENGINE", "thoth")

    answer = thoth_terminal.json("lock", "a.ipynb")

    assert answer["engine"] == "thoth"
    assert thoth_terminal.thoth.question.is_dev


def test_lock_fails_when_the_service_is_gone(thoth_terminal: ThothTerminal) -> None:
    thoth_terminal.thoth.error = UNREACHABLE

    result = thoth_terminal.run("lock", "a.ipynb", "--engine", "thoth")

    assert result.exit_code == 4
    assert "Thoth cannot be reached" in result.stderr
    assert thoth_terminal.resolver.requests == []


def test_lock_falls_back_only_when_told_and_says_so(thoth_terminal: ThothTerminal) -> None:
    thoth_terminal.thoth.error = UNREACHABLE

    shown = thoth_terminal.run("lock", "a.ipynb", "--engine", "thoth", "--fallback", "uv")
    answer = thoth_terminal.json("lock", "a.ipynb", "--engine", "thoth", "--fallback", "uv")

    note = "Thoth cannot be reached: gone; uv chose the versions instead."
    assert note in shown.stdout
    assert (answer["engine"], answer["notes"]) == ("uv", [note])


def test_lock_takes_the_fallback_of_the_settings_unless_told_otherwise(
    thoth_terminal: ThothTerminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AIDEVSECOPS_FALLBACK", "uv")
    thoth_terminal.thoth.error = UNREACHABLE
    words = ("lock", "a.ipynb", "--engine", "thoth")

    assert thoth_terminal.run(*words).exit_code == 0
    assert thoth_terminal.run(*words, "--fallback", "none").exit_code == 4


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--force",), "are for the engine 'thoth'"),
        (("--engine", "thoth", "-l", "team"), "A label is written like team=research"),
        (("--engine", "thoth", "-l", "=x"), "A label is written like team=research"),
        (("--engine", "thoth", "--timeout", "0"), "--timeout"),
        (("--engine", "thoth", "--fallback", "thoth"), "--fallback"),
    ],
)
def test_lock_refuses_options_that_do_not_fit(
    thoth_terminal: ThothTerminal, words: tuple[str, ...], said: str
) -> None:
    result = thoth_terminal.run("lock", "a.ipynb", *words)

    assert result.exit_code == 2
    assert said in result.stderr
