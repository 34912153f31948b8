"""``aidevsecops lock`` for a recommendation type and for the environment's default target."""

from __future__ import annotations

import json
from typing import Any

import pytest

from aidevsecops_ext.domain.recommendation import RecommendationType
from tests.cli.conftest import Terminal
from tests.kits.notebooks import notebook_text
from tests.kits.osv_service import osv_record

TEXT = notebook_text(["import numpy"])
THOTH = """
runtime_environments:
  - {name: training, python_version: "3.12", recommendation_type: testing}
  - {name: serving, python_version: "3.10"}
"""


def made(terminal: Terminal) -> Any:
    """How the lock of the notebook says that it was made."""
    text = (terminal.folder / "nb.ipynb").read_text(encoding="utf-8")
    return json.loads(text)["metadata"]["aidevsecops"]["lock"]


def test_lock_records_the_recommendation_type(terminal: Terminal) -> None:
    terminal.write("nb.ipynb", TEXT)

    answer = terminal.json("lock", "nb.ipynb", "--recommendation-type", "testing")

    assert answer["recommendation_type"] == "testing"
    assert made(terminal)["recommendation_type"] == "testing"
    assert terminal.resolver.requests[0].policy.prereleases is True


@pytest.mark.parametrize("kind", list(RecommendationType))
def test_lock_knows_every_recommendation_type(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch, kind: RecommendationType
) -> None:
    terminal.write("nb.ipynb", TEXT)
    monkeypatch.setenv("AIDEVSECOPS_ADVISORY_SERVICE", str(terminal.folder))

    result = terminal.run("lock", "nb.ipynb", "--dry-run", "--recommendation-type", kind.value)

    assert result.exit_code == 0


def test_lock_takes_the_type_of_the_runtime_environment(terminal: Terminal) -> None:
    terminal.write("nb.ipynb", TEXT)
    terminal.write(".thoth.yaml", THOTH)

    terminal.run("lock", "nb.ipynb", "--runtime-environment", "training")

    assert made(terminal)["recommendation_type"] == "testing"


def test_lock_prefers_the_type_that_is_asked_for(terminal: Terminal) -> None:
    terminal.write("nb.ipynb", TEXT)
    terminal.write(".thoth.yaml", THOTH)

    answer = terminal.json(
        "lock", "nb.ipynb", "--runtime-environment", "training", "--recommendation-type", "latest"
    )

    assert "recommendation_type" not in answer
    assert "recommendation_type" not in made(terminal)


@pytest.mark.parametrize("is_json", [True, False])
def test_lock_says_what_a_security_lock_could_not_do(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch, is_json: bool
) -> None:
    terminal.write("nb.ipynb", TEXT)
    dump = terminal.write("osv/A.json", json.dumps(osv_record("GHSA-1", "numpy"))).parent
    monkeypatch.setenv("AIDEVSECOPS_ADVISORY_SERVICE", str(dump))

    options = ["--recommendation-type", "security", *(["--json"] if is_json else [])]
    result = terminal.run("lock", "nb.ipynb", *options)

    assert result.exit_code == 0
    assert "No solution is without known advisories" in result.stdout
    assert '"notes": [' in result.stdout if is_json else "  note: " in result.stdout


@pytest.mark.parametrize(
    ("options", "python"),
    [([], "3.12"), (["--runtime-environment", "serving"], "3.10"), (["--universal"], None)],
)
def test_lock_takes_the_default_environment_from_the_variable_of_thamos(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch, options: list[str], python: str | None
) -> None:
    terminal.write("nb.ipynb", TEXT)
    terminal.write(".thoth.yaml", THOTH)
    monkeypatch.setenv("THAMOS_RUNTIME_ENVIRONMENT", "training")

    terminal.run("lock", "nb.ipynb", *options)

    target = made(terminal)["target"]
    assert target["universal"] is (python is None)
    assert python is None or target["python_version"] == python
