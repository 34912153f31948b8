"""The workflows that tag what was merged fit the published schemas, and run."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from aidevsecops_ext.domain.forge import ForgeKind
from aidevsecops_ext.formats.release_workflows import release_workflow
from tests.kits.git_repo import bare_environment, clone, make_remote, make_repo

ROOT = Path(__file__).parents[2]
SCHEMAS = {
    ".github/workflows/release.yml": "github-workflows",
    ".gitea/workflows/release.yml": "github-workflows",
    ".gitlab/release.gitlab-ci.yml": "gitlab-ci",
    ".gitlab-ci.yml": "gitlab-ci",
}
OF_BOT = {".github/workflows/bot.yml": "github-workflows", ".gitlab-ci.yml": "gitlab-ci"}
TEXTS = {path: text for kind in ForgeKind for path, text in release_workflow(kind, "main").items()}
ACTION = re.compile(r"[\w./-]+@[0-9a-f]{40}")


def read(path: str) -> Any:
    return yaml.safe_load(TEXTS[path])


def jobs_of_the_bot() -> dict[str, str]:
    """The jobs that the documentation shows, by the file that they belong in."""
    page = (ROOT / "docs" / "how-to" / "bot.md").read_text()
    blocks = re.findall(r"^```yaml\n# (\S+\.yml).*?\n(.*?)^```$", page, re.M | re.S)
    return {path: text for path, text in blocks if "aidevsecops bot run" in text}


@pytest.mark.slow
@pytest.mark.parametrize("schema", ["github-workflows", "gitlab-ci"])
def test_workflows_are_valid(schema: str, tmp_path: Path) -> None:
    of_bot = [text for path, text in jobs_of_the_bot().items() if OF_BOT[path] == schema]
    texts = [text for path, text in TEXTS.items() if SCHEMAS[path] == schema]
    files = [tmp_path / f"{number}.yml" for number in range(len(texts) + len(of_bot))]
    for file, text in zip(files, [*texts, *of_bot], strict=True):
        file.write_text(text)

    # One process: it takes a while to start.
    result = subprocess.run(
        [sys.executable, "-m", "check_jsonschema", f"--builtin-schema=vendor.{schema}", *files],
        capture_output=True,
        text=True,
        check=False,
    )

    assert result.returncode == 0, result.stdout


def test_documentation_shows_a_job_of_the_bot_for_each() -> None:
    assert set(jobs_of_the_bot()) == set(OF_BOT)


def test_every_file_has_a_schema() -> None:
    assert set(TEXTS) == set(SCHEMAS)


@pytest.mark.parametrize("path", [path for path in SCHEMAS if "workflows" in path])
def test_workflow_names_actions_by_hash_and_has_the_whole_history(path: str) -> None:
    (job,) = read(path)["jobs"].values()
    checkout = job["steps"][0]

    actions = [step["uses"] for step in job["steps"] if "uses" in step]

    assert [action for action in actions if not ACTION.fullmatch(action)] == []
    assert checkout["with"] == {"fetch-depth": 0}
    # What is installed does not see the token.
    assert [list(step) for step in job["steps"] if "env" in step] == [["run", "env"]]


def test_job_of_gitlab_pushes_to_the_project_with_a_token_that_is_in_no_file(
    tmp_path: Path,
) -> None:
    home = bare_environment(tmp_path / "home")
    work = make_repo(tmp_path / "work", {"version.py": '__version__ = "1.0.0"\n'})
    remote = make_remote(tmp_path / "group" / "a.git", work)
    work.commit("Release of version 1.1.0", {"version.py": '__version__ = "1.1.0"\n'})
    work.git("push", "--quiet")
    runner = clone(remote, tmp_path / "runner")
    for key in ("user.name", "user.email"):
        runner.git("config", "--unset", key)
    runner.git("checkout", "--quiet", "--detach", "origin/main")
    job = read(".gitlab/release.gitlab-ci.yml")["tag-merged"]
    install, *before = job["before_script"]
    program = f"{sys.executable} -m aidevsecops_ext"
    script = [
        *before,
        "git config credential.helper",
        *(line.replace("aidevsecops", program, 1) for line in job["script"]),
    ]

    result = subprocess.run(
        ["bash", "-e"],
        input="\n".join(script),
        cwd=runner.folder,
        env={
            **home,
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "CI_PROJECT_URL": (tmp_path / "group" / "a").as_uri(),
            "GITLAB_USER_NAME": "Jo",
            "GITLAB_USER_EMAIL": "jo@example.org",
            "GITLAB_TOKEN": "in-no-file",
        },
        capture_output=True,
        text=True,
        check=False,
    )

    assert install == 'pip install "aidevsecops-ext[forges]"'
    assert result.returncode == 0, result.stderr
    assert 'echo "password=$GITLAB_TOKEN"' in result.stdout
    assert remote.git("rev-parse", "v1.1.0^{commit}") == work.head()
    assert "in-no-file" not in (runner.git_dir / "config").read_text()
