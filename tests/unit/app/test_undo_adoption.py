"""Taking an adoption back: what was made goes, what was changed since stays."""

from __future__ import annotations

import json

import pytest

from aidevsecops_ext.app.adopt_project import AdoptRequest, adopt_project, plan_adoption
from aidevsecops_ext.app.undo_adoption import AdoptionUndo, plan_undo, undo_adoption
from aidevsecops_ext.domain.errors import ConflictError, ErrorCode, UserError
from aidevsecops_ext.formats.project_answers import adoption_undo_json, health_json
from tests.fakes.cancel import FakeCancelToken
from tests.kits.notebooks import notebook_text
from tests.kits.projects import Project


def adopt(project: Project, *paths: str) -> None:
    ports, cancel = project.adopt_ports(), FakeCancelToken()
    plan = plan_adoption(AdoptRequest("3.11"), ports, cancel)
    adopt_project(plan, ports, cancel, frozenset(paths) if paths else None)


def undo(project: Project) -> AdoptionUndo:
    plan = plan_undo(project.adopt_ports())
    undo_adoption(plan, project.adopt_ports())
    return plan


def test_all_that_was_made_goes_and_nothing_else() -> None:
    before = {"a.ipynb": "{}", "OWNERS": "mine"}
    project = Project(before)
    adopt(project)

    done = undo(project)

    assert project.files.texts == before
    assert ".thoth.yaml" in done.removed
    assert done.kept == ()


def test_file_that_was_changed_stays_and_is_the_users_from_then_on() -> None:
    project = Project()
    adopt(project)
    project.files.texts["OWNERS"] += "# ours\n"

    done, again = undo(project), undo(project)

    assert [*project.files.texts] == ["OWNERS"]
    assert done.kept == ("OWNERS",)
    assert again == AdoptionUndo()


def test_file_that_cannot_be_read_stays() -> None:
    project = Project()
    adopt(project, "OWNERS", ".thoth.yaml")
    project.files.errors["OWNERS"] = UserError(ErrorCode.NOTEBOOK_INVALID, "It is not UTF-8.")

    assert undo(project).kept == ("OWNERS",)


def test_file_that_is_gone_is_not_spoken_of() -> None:
    project = Project()
    adopt(project, "OWNERS", ".thoth.yaml")
    del project.files.texts["OWNERS"]

    done = undo(project)

    assert (done.removed, done.kept) == ((".thoth.yaml",), ())


def test_what_was_adopted_twice_goes_as_a_whole() -> None:
    project = Project()
    adopt(project, "OWNERS")
    adopt(project, ".thoth.yaml")

    assert {*undo(project).removed} == {"OWNERS", ".thoth.yaml"}


def test_nothing_goes_where_a_file_was_changed_after_it_was_looked_at() -> None:
    project = Project()
    adopt(project, "OWNERS", ".thoth.yaml")
    plan = plan_undo(project.adopt_ports())
    project.files.texts["OWNERS"] += "# ours\n"

    with pytest.raises(ConflictError):
        undo_adoption(plan, project.adopt_ports())

    assert {*project.files.texts} == {"OWNERS", ".thoth.yaml"}
    assert undo(project).kept == ("OWNERS",)


def test_answer_names_what_goes_and_what_stays() -> None:
    expected = {"path": "churn", "removed": [".thoth.yaml"], "kept": ["OWNERS"]}

    assert adoption_undo_json("churn", (".thoth.yaml",), ("OWNERS",)) == expected


def test_answer_names_all_notebooks_that_are_due() -> None:
    unlocked = notebook_text(["import sklearn"])
    health = Project({"a.ipynb": unlocked, "b.ipynb": unlocked}).health()

    assert '"paths": ["a.ipynb", "b.ipynb"]' in json.dumps(health_json(health, "churn"))
