"""Workflows that tag what was merged: shown, written, and found."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from aidevsecops_ext.app.write_release_workflow import (
    is_tagged_on_merge,
    is_workflow_missing,
    plan_release_workflow,
    write_release_workflow,
)
from aidevsecops_ext.domain.errors import CancelledError, ErrorCode, RefusedError
from aidevsecops_ext.domain.forge import ForgeKind
from aidevsecops_ext.domain.release_proposal import Proposal
from tests.fakes.forge import FakeForge
from tests.fakes.git import ORIGIN
from tests.kits.release_plans import FakeReleases

GITHUB, GITLAB = ".github/workflows/release.yml", ".gitlab/release.gitlab-ci.yml"


@pytest.fixture
def kit() -> FakeReleases:
    return FakeReleases()


@pytest.mark.parametrize(
    ("kind", "paths"),
    [
        (ForgeKind.GITHUB, [GITHUB]),
        (ForgeKind.GITLAB, [GITLAB, ".gitlab-ci.yml"]),
        (ForgeKind.GITEA, [".gitea/workflows/release.yml"]),
    ],
)
def test_workflow_is_that_of_the_remotes_forge(
    kit: FakeReleases, kind: ForgeKind, paths: list[str]
) -> None:
    kit.forges.known = FakeForge(kind)

    plan = plan_release_workflow(None, kit.ports, kit.cancel)
    write_release_workflow(plan, kit.ports)
    again = plan_release_workflow(None, kit.ports, kit.cancel)

    assert [file.path for file in plan.changes] == paths
    assert plan.notes == ()
    assert "aidevsecops release tag-merged" in kit.files.texts[paths[0]]
    assert again.changes == ()


@pytest.mark.parametrize(
    ("default", "branch", "said"),
    [("trunk", "main", "[trunk]"), (None, "1.x", "[1.x]"), (None, "a: b", "[main]")],
)
def test_workflow_is_of_the_branch_that_releases_are_made_of(
    kit: FakeReleases, default: str | None, branch: str, said: str
) -> None:
    remote = replace(ORIGIN, default_branch=default)
    kit.git.base = replace(kit.git.base, branch=branch, remote=remote)

    plan = plan_release_workflow(ForgeKind.GITHUB, kit.ports, kit.cancel)

    assert f"branches: {said}\n" in plan.files[0].text
    assert "@" not in plan.files[0].text.replace("actions/checkout@", "").replace(
        "actions/setup-python@", ""
    ).replace("[bot]@", "")


@pytest.mark.parametrize(
    ("text", "note_count"), [("stages: [a]\n", 1), (f"include: [{{local: {GITLAB}}}]\n", 0)]
)
def test_pipeline_of_gitlab_that_is_there_stays(
    kit: FakeReleases, text: str, note_count: int
) -> None:
    kit.files.texts[".gitlab-ci.yml"] = text

    plan = plan_release_workflow(ForgeKind.GITLAB, kit.ports, kit.cancel)
    write_release_workflow(plan, kit.ports)

    assert len(plan.notes) == note_count
    assert kit.files.texts[".gitlab-ci.yml"] == text


def test_workflow_that_is_there_is_shown_with_how_it_would_change(kit: FakeReleases) -> None:
    kit.files.texts[GITHUB] = "name: Mine\n"

    plan = plan_release_workflow(ForgeKind.GITHUB, kit.ports, kit.cancel)

    assert "-name: Mine\n" in plan.changes[0].diff()


@pytest.mark.parametrize("has_remote", [True, False])
def test_workflow_is_refused_when_no_forge_is_known(has_remote: bool) -> None:
    kit = FakeReleases(has_remote=has_remote)
    kit.forges.known = None

    with pytest.raises(RefusedError) as caught:
        plan_release_workflow(None, kit.ports, kit.cancel)

    assert caught.value.code is ErrorCode.RELEASE_NO_FORGE


@pytest.mark.parametrize("kind", [*ForgeKind])
def test_workflow_is_found_once_it_is_there(kit: FakeReleases, kind: ForgeKind) -> None:
    before = is_tagged_on_merge(kit.ports, kit.cancel)
    write_release_workflow(plan_release_workflow(kind, kit.ports, kit.cancel), kit.ports)
    kit.git.add("Workflow")

    assert not before
    assert is_tagged_on_merge(kit.ports, kit.cancel)


def test_nothing_is_offered_where_it_cannot_be_told(kit: FakeReleases) -> None:
    kit.git.fail("tracked", RefusedError(ErrorCode.RELEASE_NO_GIT, "No."), CancelledError())

    assert is_tagged_on_merge(kit.ports, kit.cancel)
    with pytest.raises(CancelledError):
        is_tagged_on_merge(kit.ports, kit.cancel)


def test_workflow_is_missing_until_it_is_written_and_while_something_is_proposed(
    kit: FakeReleases,
) -> None:
    proposal = Proposal("v1.1.0", "main", "Release", "", (), "https://example.org/a")
    record = kit.cut(kit.plan(proposal=proposal))
    of_none = is_workflow_missing(replace(record, proposal=None), kit.ports, kit.cancel)
    before = is_workflow_missing(record, kit.ports, kit.cancel)
    kit.git.fail("state", RefusedError(ErrorCode.RELEASE_NO_GIT, "No."), CancelledError())
    unknown = is_workflow_missing(record, kit.ports, kit.cancel)
    with pytest.raises(CancelledError):
        is_workflow_missing(record, kit.ports, kit.cancel)
    plan = plan_release_workflow(None, kit.ports, kit.cancel)
    write_release_workflow(plan, kit.ports)
    written = is_workflow_missing(record, kit.ports, kit.cancel)
    kit.git.add("Workflow")
    committed = is_workflow_missing(record, kit.ports, kit.cancel)

    assert (of_none, before, unknown, written, committed) == (False, True, False, False, False)
    assert (
        plan.digest
        == plan_release_workflow(ForgeKind.GITHUB, FakeReleases().ports, kit.cancel).digest
    )
    assert plan.digest != plan_release_workflow(None, kit.ports, kit.cancel).digest
