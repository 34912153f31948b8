"""Adopting a project: what is missing is written as one change, what is there stays."""

from __future__ import annotations

import pytest
import yaml
from msgspec.structs import replace

from aidevsecops_ext.app.adopt_project import (
    AdoptionPlan,
    AdoptRequest,
    adopt_project,
    plan_adoption,
)
from aidevsecops_ext.domain.errors import (
    CancelledError,
    ConflictError,
    ErrorCode,
    OutsideFailedError,
    RefusedError,
)
from aidevsecops_ext.domain.forge import ForgeKind
from aidevsecops_ext.domain.project_health import LinkName, LinkState
from aidevsecops_ext.domain.repository import Remote, Tag
from aidevsecops_ext.formats.issue_template import is_issue_template, read_issue_template
from aidevsecops_ext.formats.project_answers import adoption_json
from aidevsecops_ext.formats.thoth_managers import approvers_of, managers_of
from tests.fakes.cancel import FakeCancelToken
from tests.fakes.files import FakeFiles
from tests.fakes.forge import FakeForge
from tests.kits.notebooks import notebook_text
from tests.kits.projects import Project

ASKED = AdoptRequest("3.11", approvers=("jo",))


def plan(project: Project, request: AdoptRequest = ASKED) -> AdoptionPlan:
    return plan_adoption(request, project.adopt_ports(), FakeCancelToken())


def adopt(project: Project, *paths: str) -> tuple[str, ...]:
    chosen = frozenset(paths) if paths else None
    return adopt_project(plan(project), project.adopt_ports(), FakeCancelToken(), chosen)


def texts(found: AdoptionPlan) -> dict[str, str]:
    return {file.path: file.text for file in found.files}


def test_new_folder_gets_the_whole_template_and_is_then_in_order() -> None:
    project = Project(has_git=False)

    written = adopt(project)

    assert project.begun == 1
    assert project.written.calls == [written]
    health = project.health()
    assert health.adoption.missing == ()
    overlays = next(link for link in health.links if link.name is LinkName.OVERLAYS)
    assert (overlays.state, overlays.details) == (LinkState.GOOD, ())
    assert overlays.summary == "1 of 1 overlay fresh."
    assert project.link(LinkName.NOTEBOOKS).state is LinkState.NONE


def test_repository_is_not_begun_again_and_nothing_is_written_twice() -> None:
    project = Project()

    first, second = adopt(project), adopt(project)

    assert project.begun == 0
    assert first
    assert second == ()
    assert len(project.written.calls) == 1


def test_files_that_are_there_stay() -> None:
    project = Project({"OWNERS": "mine", "README.rst": "", "Dockerfile": "FROM x"})

    found = plan(project)
    adopt(project)

    assert {"OWNERS", "README.rst", "Dockerfile"} <= {*found.kept}
    assert "Containerfile" not in texts(found)
    assert project.files.texts["OWNERS"] == "mine"


def test_home_folder_is_no_project_unless_somebody_made_it_a_repository() -> None:
    mere, made = Project(has_git=False), Project()
    mere.is_home = made.is_home = True

    with pytest.raises(RefusedError) as caught:
        plan(mere)

    assert caught.value.code is ErrorCode.PROJECT_IS_HOME
    assert not mere.health().adoption.is_offered
    assert made.health().adoption.is_offered
    assert plan(made).files


def test_only_what_was_chosen_is_written() -> None:
    project = Project()

    assert adopt(project, "OWNERS") == ("OWNERS",)
    assert [*project.files.texts] == ["OWNERS"]


def test_plan_that_was_agreed_to_has_to_be_the_same() -> None:
    project = Project()
    agreed = plan(project).digest

    plan(project).require(agreed)
    project.files.texts["OWNERS"] = ""

    with pytest.raises(ConflictError) as caught:
        plan(project).require(agreed)
    assert caught.value.code is ErrorCode.PROJECT_PREVIEW_OUTDATED


def test_owners_may_ask_bots() -> None:
    assert approvers_of(texts(plan(Project()))["OWNERS"]) == ("jo",)
    assert approvers_of(texts(plan(Project(), AdoptRequest("3.11")))["OWNERS"]) == ()


def test_environments_are_the_overlays_that_are_there() -> None:
    project = Project({"overlays/train/Pipfile": "", "overlays/notes/a.md": "", "a.py": ""})

    found = texts(plan(project))

    thoth = yaml.safe_load(found[".thoth.yaml"])
    assert [one["name"] for one in thoth["runtime_environments"]] == ["train"]
    assert thoth["overlays_dir"] == "overlays"
    builds = yaml.safe_load(found[".aicoe-ci.yaml"])["overlays"]
    assert [one["build"]["registry-project"] for one in builds] == ["churn-train"]
    assert "Containerfile" not in found
    assert "overlays/default/requirements.in" not in found


def test_requirements_of_the_root_stay_those_of_the_root() -> None:
    found = texts(plan(Project({"Pipfile": ""})))

    thoth = yaml.safe_load(found[".thoth.yaml"])
    assert "overlays_dir" not in thoth
    assert [one["name"] for one in thoth["runtime_environments"]] == ["default"]
    assert "overlays/default/requirements.in" not in found


def test_managers_are_those_of_bots() -> None:
    found = texts(plan(Project(), AdoptRequest("3.11", host="thoth.example.org")))

    thoth = found[".thoth.yaml"]
    assert yaml.safe_load(thoth)["host"] == "thoth.example.org"
    assert [*managers_of(thoth)] == ["version", "update"]


@pytest.mark.parametrize(
    ("files", "is_tagged", "is_written"),
    [
        ({}, False, True),
        ({}, True, False),
        ({"src/pkg/__init__.py": '__version__ = "1.0.0"\n'}, False, False),
        ({"app.py": "import os\n"}, False, True),
    ],
)
def test_version_is_written_where_nothing_says_one(
    files: dict[str, str], is_tagged: bool, is_written: bool
) -> None:
    project = Project(files)
    project.git.tag_list = [Tag("v1.0.0", "c0", "t1")] if is_tagged else []

    assert ("version.py" in texts(plan(project))) is is_written


def test_file_that_cannot_be_read_says_no_version() -> None:
    failed = OutsideFailedError(ErrorCode.NOTEBOOK_UNREADABLE, "No.")
    files = FakeFiles({"app.py": ""}, {"app.py": failed})

    assert "version.py" in texts(plan(Project(files=files)))


def test_folder_of_notebooks_is_not_made_where_notebooks_are_elsewhere() -> None:
    assert "notebooks/README.md" not in texts(plan(Project({"a.ipynb": notebook_text()})))
    assert "notebooks/README.md" in texts(plan(Project()))


@pytest.mark.parametrize(
    ("kind", "workflow", "template"),
    [
        (ForgeKind.GITHUB, ".github/workflows/locks.yml", ".github/ISSUE_TEMPLATE/"),
        (ForgeKind.GITEA, ".gitea/workflows/locks.yml", ".gitea/ISSUE_TEMPLATE/"),
        (ForgeKind.GITLAB, ".gitlab-ci.yml", ".gitlab/issue_templates/"),
    ],
)
def test_files_are_those_of_the_forge(kind: ForgeKind, workflow: str, template: str) -> None:
    project = Project()
    project.forges.known = FakeForge(kind)

    found = texts(plan(project))

    issues = [path for path in found if path.startswith(template)]
    assert len(issues) == 5
    assert yaml.safe_load(found[workflow])
    assert yaml.safe_load(found[".aicoe-ci.yaml"])["build"]["registry-org"] == "group"
    if kind is not ForgeKind.GITLAB:
        assert all(is_issue_template(path) for path in issues)
        patch = read_issue_template(found[f"{template}patch-release.md"])
        assert patch is not None
        assert (patch.title, patch.labels) == ("New patch release", ("bot",))
    else:
        assert found[f"{template}patch-release.md"].endswith(
            "/title New patch release\n/label ~bot\n"
        )


def test_branch_of_the_workflow_is_that_of_the_remote() -> None:
    project = Project()
    place = Remote("origin", "https://example.org/a", "main", default_branch="trunk")
    project.git.base = replace(project.git.base, remote=place, branch="topic")
    text = texts(plan(project))[".github/workflows/locks.yml"]
    project.git.base = replace(project.git.base, remote=None, branch="od d")
    other = texts(plan(project))[".github/workflows/locks.yml"]

    assert "branches: [trunk]" in text
    assert "branches: [main]" in other


def test_forge_that_is_not_known_is_no_obstacle() -> None:
    project = Project()
    project.forges.error = OutsideFailedError(ErrorCode.FORGE_FAILED, "No.")

    assert ".github/workflows/locks.yml" in texts(plan(project))

    project.forges.error = CancelledError()
    with pytest.raises(CancelledError):
        plan(project)


def test_answer_has_the_texts_of_the_files() -> None:
    found = plan(Project({"OWNERS": ""}))

    answer = adoption_json(".", found.files, found.kept, is_repository=found.is_repository)

    assert answer["kept"] == ["OWNERS"]
    assert answer["repository"] is True
    files = answer["files"]
    assert isinstance(files, list)
    assert files[0] == {"path": ".thoth.yaml", "text": texts(found)[".thoth.yaml"]}
