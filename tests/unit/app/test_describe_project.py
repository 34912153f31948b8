"""How a project is: notebooks, overlays, advisories; and that no part hides the others."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from aidevsecops_ext.app.describe_project import describe_project
from aidevsecops_ext.app.ports import FileText, FolderEntries
from aidevsecops_ext.domain.advisories import Advisory, AuditedPackage
from aidevsecops_ext.domain.errors import (
    CancelledError,
    ErrorCode,
    NotFoundError,
    OutsideFailedError,
)
from aidevsecops_ext.domain.json_value import Json
from aidevsecops_ext.domain.lock import LockedPackage
from aidevsecops_ext.domain.pipeline_run import PipelineRun
from aidevsecops_ext.domain.project_health import (
    LinkName,
    LinkState,
    NextAction,
    NextCommand,
)
from aidevsecops_ext.domain.repository import ChangedFile, FileState
from aidevsecops_ext.formats.custody import Custody
from aidevsecops_ext.formats.project_answers import health_json
from tests.fakes.cancel import FakeCancelToken
from tests.fakes.files import FakeFiles
from tests.fakes.runs import FakeProjectData, FakeRunFolders
from tests.kits.notebooks import locked_metadata, notebook_text
from tests.kits.overlays import overlay_texts
from tests.kits.pipelines import node, text
from tests.kits.projects import DAY, NOW, Project

SIX = LockedPackage("six", "1.16", ("sha256:aa",))
LOCKED = locked_metadata({"six": "*"}, [SIX])
FRESH = notebook_text(["import six"], **LOCKED)
UNLOCKED = notebook_text(["import six"])
JULIA: Json = {"name": "julia-1", "language": "julia"}
GOOD, ATTENTION, PROBLEM = LinkState.GOOD, LinkState.ATTENTION, LinkState.PROBLEM


def test_empty_folder_has_nothing_and_is_offered_to_be_adopted() -> None:
    health = Project(has_git=False).health()

    assert {link.state for link in health.links} == {LinkState.NONE}
    assert [link.name for link in health.links] == [*LinkName]
    assert health.git is None
    assert health.next is None
    assert health.adoption.is_offered
    assert not health.adoption.is_repository


@pytest.mark.parametrize(
    ("texts", "state", "summary", "action"),
    [
        ({"a.ipynb": FRESH}, GOOD, "1 of 1 notebook locked.", None),
        (
            {"a.ipynb": notebook_text(["import os"])},
            GOOD,
            "1 notebook; none needs a lock.",
            None,
        ),
        (
            {"a.ipynb": FRESH, "b.ipynb": UNLOCKED},
            ATTENTION,
            "1 of 2 notebooks locked.",
            NextAction(NextCommand.LOCK_NOTEBOOK, {"path": "b.ipynb"}),
        ),
        (
            {"a.ipynb": UNLOCKED, "b.ipynb": notebook_text(["%pip install attrs"], **LOCKED)},
            PROBLEM,
            "0 of 2 notebooks locked; 1 lock out of date.",
            NextAction(
                NextCommand.LOCK_NOTEBOOK,
                {"path": "b.ipynb", "within": "."},
                ("b.ipynb", "a.ipynb"),
            ),
        ),
        (
            {"a.ipynb": FRESH, "b.ipynb": "{"},
            PROBLEM,
            "1 notebook cannot be read.",
            NextAction(NextCommand.OPEN_FILE, {"path": "b.ipynb"}),
        ),
        (
            {"a.ipynb": notebook_text(["1"], **{**LOCKED, "requirements_lock": "{"})},
            PROBLEM,
            "1 notebook cannot be read.",
            NextAction(NextCommand.OPEN_FILE, {"path": "a.ipynb"}),
        ),
        (
            {"a.ipynb": notebook_text(["using X"], kernelspec=JULIA)},
            LinkState.NONE,
            "There are no Python notebooks.",
            None,
        ),
    ],
)
def test_notebooks_are_counted(
    texts: dict[str, str], state: LinkState, summary: str, action: NextAction | None
) -> None:
    link = Project(texts).link(LinkName.NOTEBOOKS)

    assert (link.state, link.summary, link.next) == (state, summary, action)


def test_notebooks_are_named_a_few_at_a_time() -> None:
    link = Project({f"{n}.ipynb": UNLOCKED for n in range(7)}).link(LinkName.NOTEBOOKS)

    assert link.details[0] == "0.ipynb is not locked."
    assert link.details[-1] == "And 2 more."


def test_notebook_counts_as_locked_when_an_overlay_has_its_lock() -> None:
    custody = Custody(notebook="a.ipynb", lock="", step="one", step_notebook="a-one.ipynb")
    texts = {"a-one.ipynb": UNLOCKED, "a.ipynb": FRESH, **overlay_texts(custody=custody)}

    assert Project(texts).link(LinkName.NOTEBOOKS).summary == "2 of 2 notebooks locked."


def test_overlays_are_fresh() -> None:
    link = Project(overlay_texts()).link(LinkName.OVERLAYS)

    assert (link.state, link.summary, link.next) == (GOOD, "1 of 1 overlay fresh.", None)


def test_overlays_are_offered_to_be_locked_when_stale() -> None:
    custody = Custody(notebook="a.ipynb", lock="", step="one")
    texts = {"a.ipynb": FRESH, **overlay_texts(custody=custody, is_stale=True)}

    link = Project(texts).link(LinkName.OVERLAYS)

    assert (link.state, link.summary) == (PROBLEM, "0 of 1 overlay fresh.")
    assert link.next == NextAction(
        NextCommand.LOCK_OVERLAY,
        {"folder": "overlays/train", "notebook": "a.ipynb", "step": "one"},
    )
    assert link.details[0].startswith("overlays/train is stale: ")


def test_overlays_are_checked_when_they_cannot_be_locked_or_something_is_off() -> None:
    invalid = Project({**overlay_texts(), "overlays/train/Pipfile": "["})
    strange = Project({**overlay_texts(), "Pipfile": ""})

    assert invalid.link(LinkName.OVERLAYS).next == NextAction(
        NextCommand.CHECK_OVERLAY, {"folder": "overlays/train"}
    )
    link = strange.link(LinkName.OVERLAYS)
    assert (link.state, link.summary) == (ATTENTION, "1 of 1 overlay fresh.")
    assert link.next == NextAction(NextCommand.CHECK_OVERLAY, {"folder": "."})


def test_overlay_without_a_lock_is_said_to_be_not_locked() -> None:
    texts = overlay_texts()
    del texts["overlays/train/Pipfile.lock"]

    assert Project(texts).link(LinkName.OVERLAYS).details == ("overlays/train is not locked.",)


def test_overlays_are_made_of_a_notebook_when_there_are_none() -> None:
    link = Project({"a.ipynb": FRESH}).link(LinkName.OVERLAYS)

    assert link.state is LinkState.NONE
    assert link.next == NextAction(NextCommand.SPLIT_NOTEBOOK, {"path": "a.ipynb"})


class _Failing(FakeFiles):
    """A folder that cannot be listed the second time, which is for its overlays."""

    asked = 0

    def entries(self, path: str) -> FolderEntries:
        self.asked += path == "."
        if path == "." and self.asked == 2:
            raise OutsideFailedError(ErrorCode.NOTEBOOK_UNREADABLE, "The disk is gone.")
        return super().entries(path)


def test_overlays_are_unknown_when_they_cannot_be_read_and_the_rest_is_told() -> None:
    project = Project(files=_Failing({"a.ipynb": FRESH, **overlay_texts()}))

    links = {link.name: link for link in project.health().links}

    overlays = links[LinkName.OVERLAYS]
    assert (overlays.state, overlays.summary) == (LinkState.UNKNOWN, "The disk is gone.")
    assert links[LinkName.NOTEBOOKS].state is GOOD


def test_advisories_are_not_looked_up_unasked() -> None:
    project = Project({"a.ipynb": FRESH, **overlay_texts("1.17")})

    first = project.link(LinkName.ADVISORIES)
    project.memory.keep([AuditedPackage("six", "1.16")], NOW)
    second = project.link(LinkName.ADVISORIES)

    assert (first.state, first.summary) == (LinkState.UNKNOWN, "Not looked up yet.")
    assert first.next == NextAction(NextCommand.AUDIT_PROJECT)
    assert second.summary == "1 package not looked up yet."


@pytest.mark.parametrize(
    ("age", "state", "summary"),
    [
        (0.5, GOOD, "Nothing is known against 1 lock; looked up today."),
        (1.5, GOOD, "Nothing is known against 1 lock; looked up 1 day ago."),
        (9.5, ATTENTION, "Nothing was known against 1 lock 9 days ago."),
    ],
)
def test_advisories_are_as_they_were_last_looked_up(
    age: float, state: LinkState, summary: str
) -> None:
    project = Project({"a.ipynb": FRESH})
    project.memory.keep([AuditedPackage("six", "1.16")], NOW - age * DAY)

    link = project.link(LinkName.ADVISORIES)

    assert (link.state, link.summary) == (state, summary)


def test_advisories_that_are_known_are_told() -> None:
    project = Project({"a.ipynb": FRESH, **overlay_texts()})
    project.memory.keep([AuditedPackage("six", "1.16", (Advisory("CVE-1"),))], NOW)

    link = project.link(LinkName.ADVISORIES)

    assert (link.state, link.summary) == (PROBLEM, "1 advisory against 1 package.")
    assert link.next == NextAction(NextCommand.AUDIT_PATH, {"path": "overlays/train"})
    assert "a.ipynb: six 1.16 (CVE-1)." in link.details


def test_advisories_have_nothing_to_be_against_without_locks() -> None:
    assert Project({"a.ipynb": UNLOCKED}).link(LinkName.ADVISORIES).state is LinkState.NONE


class _OddRuns(FakeRunFolders):
    """Runs that make us stumble."""

    def find_all(self, pipeline: str | None = None) -> tuple[PipelineRun, ...]:
        raise ValueError(pipeline or "odd")


def test_link_that_we_fail_to_understand_hides_no_other() -> None:
    project = Project({"a.ipynb": FRESH, "a.pipeline": text(node("a"))})
    project.runs = _OddRuns(FakeProjectData())

    links = {link.name: link for link in project.health().links}

    assert links[LinkName.PIPELINE].summary == "It could not be looked at (ValueError: odd)."
    assert links[LinkName.PIPELINE].state is LinkState.UNKNOWN
    assert links[LinkName.NOTEBOOKS].state is GOOD


class _Wide(FakeFiles):
    """A folder with very many others."""

    def entries(self, path: str) -> FolderEntries:
        return FolderEntries((), tuple(map(str, range(5_001))) if path == "." else ())


def test_links_are_unknown_in_a_folder_that_is_too_large() -> None:
    health = Project(files=_Wide()).health()

    assert {link.state for link in health.links} == {LinkState.UNKNOWN}
    assert "too large" in health.links[0].summary


class _Unreadable(FakeFiles):
    """A folder that nobody may look into."""

    def entries(self, path: str) -> FolderEntries:
        raise NotFoundError(ErrorCode.NOTEBOOK_NOT_FOUND, f"{path} is gone", hint="Look.")


def test_links_are_unknown_when_the_folder_cannot_be_read() -> None:
    link = Project(files=_Unreadable()).link(LinkName.PIPELINE)

    assert (link.state, link.summary, link.details) == (LinkState.UNKNOWN, ". is gone", ("Look.",))


def test_git_tells_what_of_the_chain_is_not_committed() -> None:
    project = Project({"new/a.ipynb": FRESH, "new/data.csv": "", ".thoth.yaml": ""})
    changed = [("b.ipynb", FileState.MODIFIED), ("big.csv", FileState.MODIFIED)]
    changed += [("new/", FileState.UNTRACKED)]
    files = tuple(ChangedFile(path, state) for path, state in changed)
    project.git.base = replace(project.git.base, changed=files, ahead=2)

    health = project.health()

    assert health.git is not None
    assert (health.git.branch, health.git.ahead) == ("main", 2)
    assert health.git.uncommitted == ("b.ipynb", "new/a.ipynb")
    assert not health.adoption.is_offered


def test_git_leaves_out_a_new_folder_that_cannot_be_read() -> None:
    project = Project(files=_Unreadable())
    new = (ChangedFile("new/", FileState.UNTRACKED),)
    project.git.base = replace(project.git.base, changed=new)

    health = project.health()

    assert health.git is not None
    assert health.git.uncommitted == ()


def test_git_says_why_it_knows_nothing() -> None:
    project = Project()
    failed = OutsideFailedError(ErrorCode.RELEASE_GIT_FAILED, "git failed.")
    project.git.fail("state", failed)

    health = project.health()

    assert health.git is not None
    assert health.git.problem == "git failed."


class _Stopping(FakeFiles):
    """Files that somebody gives up on once some of them were read."""

    def __init__(self, cancel: FakeCancelToken, count: int) -> None:
        super().__init__({"a.ipynb": FRESH, "a.pipeline": text(node("a")), **overlay_texts()})
        self._cancel = cancel
        self._left = count

    def read(self, path: str) -> FileText:
        self._left -= 1
        if self._left == 0:
            self._cancel.cancel()
        return super().read(path)


@pytest.mark.parametrize("count", range(1, 12))
def test_description_ends_when_cancelled(count: int) -> None:
    cancel = FakeCancelToken()
    project = Project(files=_Stopping(cancel, count))

    with pytest.raises(CancelledError):
        describe_project(project.ports(), cancel)


def test_description_ends_when_cancelled_before() -> None:
    cancel = FakeCancelToken()
    cancel.cancel()

    with pytest.raises(CancelledError):
        describe_project(Project().ports(), cancel)


def test_answer_says_which_link_is_next() -> None:
    project = Project({"a.ipynb": UNLOCKED})

    answer = health_json(project.health(), "work")

    assert (answer["path"], answer["name"], answer["next"]) == ("work", "churn", "notebooks")
    assert answer["adoption"] == {
        "offered": True,
        "repository": True,
        "missing": [".thoth.yaml", ".aicoe-ci.yaml", "OWNERS"],
    }
