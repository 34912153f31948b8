"""How pipelines, images and releases of a project are."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from aidevsecops_ext.domain.changelog import ChangelogEntry
from aidevsecops_ext.domain.errors import (
    CancelledError,
    ErrorCode,
    OutsideFailedError,
    RefusedError,
)
from aidevsecops_ext.domain.pipeline_run import (
    PipelineRun,
    RunError,
    RunKind,
    RunState,
    StepError,
    StepRun,
    StepState,
)
from aidevsecops_ext.domain.project_health import (
    Link,
    LinkName,
    LinkState,
    NextAction,
    NextCommand,
)
from aidevsecops_ext.domain.release_record import ReleaseRecord
from aidevsecops_ext.domain.repository import ChangedFile, FileState, Tag
from tests.kits.notebooks import notebook_text
from tests.kits.pipelines import node, text
from tests.kits.projects import Project

FLOW = text(node("load"))
FEATURE = ChangelogEntry("Answer sooner", "c2", "feat: answer sooner", commit_type="feat")
TAG = Tag("v1.0.0", "c0", "t1")
VERSION = {"version.py": '__version__ = "1.0.0"\n'}
CI = """\
overlays:
  - name: train
    build: {registry: quay.io, registry-org: o, registry-project: train}
"""
RECORD = ReleaseRecord(
    version="1.1.0", tag="v1.1.0", head="c0", branch="main", notes="", files=(), begun_at=0.0
)


def run(name: str, state: RunState, *steps: StepRun, error: RunError | None = None) -> PipelineRun:
    return PipelineRun(
        "20260102-030405-0000", name, name, "runs", state=state, steps=steps, error=error
    )


def pipeline_link(*runs: PipelineRun, files: tuple[str, ...] = ("a.pipeline",)) -> Link:
    project = Project(dict.fromkeys(files, FLOW))
    for each in reversed(runs):
        with project.runs.begin(each.pipeline, RunKind.LOCAL) as folder:
            folder.save(each)
    return project.link(LinkName.PIPELINE)


def test_pipeline_is_made_of_a_notebook_when_there_is_none() -> None:
    empty = Project().link(LinkName.PIPELINE)
    link = Project({"a.ipynb": notebook_text()}).link(LinkName.PIPELINE)

    assert (empty.state, empty.next) == (LinkState.NONE, None)
    assert link.next == NextAction(NextCommand.CREATE_PIPELINE, {"path": "a.ipynb"})


def test_pipeline_that_cannot_be_read_is_a_problem() -> None:
    link = Project({"a.pipeline": "{", "b.pipeline": FLOW}).link(LinkName.PIPELINE)

    assert (link.state, link.summary) == (LinkState.PROBLEM, "1 pipeline cannot be read.")
    assert link.next == NextAction(NextCommand.CHECK_PIPELINE, {"path": "a.pipeline"})


def test_pipeline_that_never_ran_is_due() -> None:
    one = pipeline_link()
    cancelled = run("a.pipeline", RunState.CANCELLED)
    two = pipeline_link(cancelled, files=("a.pipeline", "b.pipeline"))

    assert (one.state, one.summary) == (LinkState.ATTENTION, "a.pipeline was not run to its end.")
    assert one.next == NextAction(NextCommand.RUN_PIPELINE, {"path": "a.pipeline"})
    assert two.summary == "2 of 2 pipelines not run to the end."


def test_pipeline_whose_last_run_succeeded_is_good() -> None:
    done = run("a.pipeline", RunState.SUCCEEDED)
    other = run("b.pipeline", RunState.SUCCEEDED)

    one = pipeline_link(done, run("a.pipeline", RunState.FAILED))
    two = pipeline_link(done, other, files=("a.pipeline", "b.pipeline"))

    assert (one.state, one.summary) == (LinkState.GOOD, "The last run succeeded.")
    assert two.summary == "All 2 pipelines succeeded."


def test_pipeline_that_runs_says_how_far_it_is() -> None:
    steps = [StepRun("1", "load", "l.ipynb", state=StepState.SUCCEEDED)]
    steps += [StepRun("2", "train", "t.ipynb", state=StepState.RUNNING)]

    link = pipeline_link(run("a.pipeline", RunState.RUNNING, *steps))

    assert (link.state, link.summary) == (LinkState.GOOD, "a.pipeline is running: 1 of 2 steps.")


def test_pipeline_whose_last_run_failed_says_why() -> None:
    broken = StepRun("1", "load", "l.ipynb", error=StepError("ValueError", "no column"))
    one = pipeline_link(run("a.pipeline", RunState.FAILED, broken))
    lost = run("a.pipeline", RunState.FAILED, error=RunError("run.lost", "It was lost."))
    bare = run("b.pipeline", RunState.FAILED)
    two = pipeline_link(lost, bare, files=("a.pipeline", "b.pipeline"))

    assert (one.state, one.summary) == (LinkState.PROBLEM, "The last run of a.pipeline failed.")
    assert one.details == ("a.pipeline: step load: ValueError: no column",)
    assert one.next is not None
    assert one.next.command is NextCommand.SHOW_RUN
    assert two.summary == "The last run of 2 of 2 pipelines failed."
    assert two.details == ("a.pipeline: It was lost.", "b.pipeline: it failed.")


def test_images_are_none_when_a_release_builds_none() -> None:
    assert Project().link(LinkName.IMAGES).state is LinkState.NONE


def test_images_are_built_by_the_first_release() -> None:
    link = Project({".aicoe-ci.yaml": CI}).link(LinkName.IMAGES)

    assert link.summary == "The first release builds 1 image."
    assert link.next == NextAction(NextCommand.CUT_RELEASE)


def test_images_are_behind_when_a_pipeline_runs_in_older_ones() -> None:
    flow = text(node("load", runtime_image="quay.io/o/train:v0.9.0"))
    project = Project({".aicoe-ci.yaml": CI, "a.pipeline": flow, "bad.pipeline": "{"})
    project.git.tag_list = [TAG]

    link = project.link(LinkName.IMAGES)

    assert (link.state, link.summary) == (
        LinkState.ATTENTION,
        "1 image behind the release v1.0.0.",
    )
    assert link.next == NextAction(NextCommand.CHECK_PIPELINE, {"path": "a.pipeline"})
    assert link.details == ("a.pipeline runs in quay.io/o/train:v0.9.0.",)


@pytest.mark.parametrize("lock", ["old", "new"])
def test_images_are_behind_when_an_overlay_changed_since(lock: str) -> None:
    project = Project({".aicoe-ci.yaml": CI, "overlays/train/Pipfile.lock": "old", "a.py": ""})
    project.git.tag_list = [TAG]
    project.files.texts["overlays/train/Pipfile.lock"] = lock

    link = project.link(LinkName.IMAGES)

    if lock == "old":
        assert (link.state, link.summary) == (LinkState.GOOD, "1 image of v1.0.0.")
    else:
        assert (link.state, link.summary) == (
            LinkState.ATTENTION,
            "1 overlay changed since v1.0.0.",
        )
        assert link.next == NextAction(NextCommand.CUT_RELEASE)


def test_images_are_good_when_no_overlay_is_there() -> None:
    project = Project({".aicoe-ci.yaml": CI})
    project.git.tag_list = [TAG]

    assert project.link(LinkName.IMAGES).state is LinkState.GOOD


def test_release_has_to_be_of_something_that_is_committed() -> None:
    project = Project()
    project.git.history.clear()

    link = project.link(LinkName.RELEASE)

    assert (link.state, link.next) == (LinkState.NONE, NextAction(NextCommand.COMMIT_FILES))


def test_release_is_unknown_when_git_fails() -> None:
    project = Project()
    failed = OutsideFailedError(ErrorCode.RELEASE_GIT_FAILED, "git failed.")
    project.git.fail("tags", failed)

    assert project.link(LinkName.RELEASE).summary == "git failed."


def test_release_is_unknown_when_git_refuses() -> None:
    project = Project()
    refused = RefusedError(ErrorCode.RELEASE_NO_REPOSITORY, "It is another user's.")
    project.git.fail("state", None, refused)

    assert project.link(LinkName.RELEASE).summary == "It is another user's."


def test_release_that_cannot_be_planned_says_why() -> None:
    project = Project(
        {"version.py": '__version__ = "1.0.0"\n', "setup.py": "__version__ = '2.0.0'"}
    )
    project.changes.entries = (FEATURE,)

    link = project.link(LinkName.RELEASE)

    assert link.state is LinkState.ATTENTION
    assert "say different versions" in link.details[0]


def test_release_names_the_first_version_when_nothing_says_one() -> None:
    project = Project()
    project.changes.entries = (FEATURE,)

    link = project.link(LinkName.RELEASE)

    assert link.next == NextAction(NextCommand.CUT_RELEASE, {"version": "0.1.0"})


def test_release_tells_how_many_changes_wait() -> None:
    project = Project(VERSION)
    project.git.tag_list = [TAG]
    project.changes.entries = (FEATURE,)

    link = project.link(LinkName.RELEASE)

    assert (link.state, link.summary) == (
        LinkState.ATTENTION,
        "1 change since v1.0.0; next is 1.1.0.",
    )
    assert link.next == NextAction(NextCommand.CUT_RELEASE)


@pytest.mark.parametrize(("count", "said"), [(1, "1 check fails"), (2, "2 checks fail")])
def test_release_tells_what_keeps_it_from_being_made(count: int, said: str) -> None:
    project = Project(VERSION)
    project.changes.entries = (FEATURE,)
    changed = (ChangedFile("a.py", FileState.MODIFIED),)
    project.git.base = replace(
        project.git.base, changed=changed, **({"branch": None} if count == 2 else {})
    )

    link = project.link(LinkName.RELEASE)

    assert link.summary == f"1 change, nothing released yet; next is 1.1.0; {said}."
    assert "Not committed: a.py." in link.details


@pytest.mark.parametrize(
    ("tags", "state", "summary"),
    [
        ([TAG], LinkState.GOOD, "All is released as v1.0.0."),
        ([], LinkState.NONE, "Nothing to tell changed."),
    ],
)
def test_release_has_nothing_to_do(tags: list[Tag], state: LinkState, summary: str) -> None:
    project = Project(VERSION)
    project.git.tag_list = tags

    link = project.link(LinkName.RELEASE)

    assert (link.state, link.summary, link.next) == (state, summary, None)


@pytest.mark.parametrize("error", ["", "The remote was away."])
def test_release_that_was_begun_is_to_be_gone_on_with(error: str) -> None:
    project = Project(VERSION)
    project.journal.records = [replace(RECORD, error=error)]

    link = project.link(LinkName.RELEASE)

    assert (link.state, link.next) == (
        LinkState.PROBLEM,
        NextAction(NextCommand.RESUME_RELEASE),
    )
    assert link.details == ((error,) if error else ())


def test_release_that_is_being_made_is_waited_for() -> None:
    project = Project(VERSION)

    with project.journal.locked():
        assert project.link(LinkName.RELEASE).summary == "A release is being made."


def test_release_is_not_planned_when_cancelled() -> None:
    project = Project(VERSION)
    project.changes.entries = (FEATURE,)
    project.git.fail("tracked", None, CancelledError())

    with pytest.raises(CancelledError):
        project.health()
