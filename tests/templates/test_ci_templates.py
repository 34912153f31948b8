"""The jobs for other people's CI fit the published schemas, and fail as they should."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.kits.notebooks import locked_metadata, notebook_text

ROOT = Path(__file__).parents[2]
TEMPLATES = ROOT / "templates"
SCHEMAS = {"github-actions.yml": "github-workflows", "gitlab-ci.yml": "gitlab-ci"}
FRESH = notebook_text([], **locked_metadata({}, []))
ACTION = re.compile(r"[\w./-]+@[0-9a-f]{40}")


def scripts(name: str) -> list[str]:
    """The commands of a template, in their order."""
    content = yaml.safe_load((TEMPLATES / name).read_text())
    if name == "gitlab-ci.yml":
        return [*content[".aidevsecops"]["before_script"], *content["locks"]["script"]]
    (job,) = content["jobs"].values()
    return [step["run"] for step in job["steps"] if "run" in step]


def test_every_template_has_a_schema() -> None:
    assert {path.name for path in TEMPLATES.iterdir()} == set(SCHEMAS)


@pytest.mark.slow
@pytest.mark.parametrize(("name", "schema"), SCHEMAS.items())
def test_template_is_valid(name: str, schema: str) -> None:
    result = subprocess.run(
        [
            sys.executable,
            "-m",
            "check_jsonschema",
            f"--builtin-schema=vendor.{schema}",
            str(TEMPLATES / name),
        ],
        capture_output=True,
        text=True,
        check=False,
    )

    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize("name", SCHEMAS)
@pytest.mark.parametrize(("text", "status"), [(FRESH, 0), (notebook_text(["import rich"]), 1)])
def test_template_fails_when_a_lock_does_not_hold(
    name: str, text: str, status: int, tmp_path: Path
) -> None:
    (tmp_path / "nb.ipynb").write_text(text)
    install, check = scripts(name)
    words = shlex.split(check.replace("$AIDEVSECOPS_PATHS", "."))

    result = subprocess.run(
        [sys.executable, "-m", "aidevsecops_ext", *words[1:], "--offline"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert install == "pip install aidevsecops-ext"
    assert words[0] == "aidevsecops"
    assert result.returncode == status, result.stdout + result.stderr


def test_template_names_actions_by_hash() -> None:
    content = yaml.safe_load((TEMPLATES / "github-actions.yml").read_text())
    (job,) = content["jobs"].values()

    actions = [step["uses"] for step in job["steps"] if "uses" in step]

    assert actions
    assert [action for action in actions if not ACTION.fullmatch(action)] == []
