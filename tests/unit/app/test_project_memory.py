"""A project that is looked at again: only what changed is read, and nothing old is told."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest

from aidevsecops_ext.app.describe_project import describe_project
from aidevsecops_ext.app.ports import FileText, FolderEntries
from aidevsecops_ext.app.project_look import Look
from aidevsecops_ext.app.project_memory import ProjectMemory, Remembered
from aidevsecops_ext.app.read_locks import read_locks
from aidevsecops_ext.domain.errors import CancelledError, ErrorCode, NotFoundError
from aidevsecops_ext.domain.lock import LockedPackage
from aidevsecops_ext.domain.project_health import LinkName
from aidevsecops_ext.formats.custody import Custody
from tests.fakes.cancel import FakeCancelToken
from tests.fakes.files import FakeFiles
from tests.kits.notebooks import locked_metadata, notebook_text
from tests.kits.overlays import overlay_texts
from tests.kits.projects import NOW, Project

LOCKED = locked_metadata({"six": "*"}, [LockedPackage("six", "1.16", ("sha256:aa",))])
FRESH = notebook_text(["import six"], **LOCKED)
UNLOCKED = notebook_text(["import six"])


class CountedFiles(FakeFiles):
    """Files that count how often each notebook is read."""

    def __init__(self, texts: dict[str, str]) -> None:
        super().__init__(texts)
        self.reads: list[str] = []

    def read(self, path: str) -> FileText:
        if path.endswith(".ipynb"):
            self.reads.append(path)
        return super().read(path)


def _said(project: Project) -> str:
    return project.link(LinkName.NOTEBOOKS).summary


def test_second_look_reads_only_the_notebook_that_was_written_since() -> None:
    files = CountedFiles({"a.ipynb": UNLOCKED, "b.ipynb": UNLOCKED, "c.ipynb": FRESH})
    project = Project(files=files)
    first = _said(project)
    files.reads.clear()
    files.texts["b.ipynb"] = FRESH

    second = _said(project)

    assert (first, second) == ("1 of 3 notebooks locked.", "2 of 3 notebooks locked.")
    assert files.reads == ["b.ipynb"]


def test_notebook_that_was_written_a_moment_ago_is_read_again() -> None:
    files = CountedFiles({"a.ipynb": UNLOCKED, "b.ipynb": UNLOCKED})
    project = Project(files=files)
    files.changed["a.ipynb"] = NOW - 1
    _said(project)
    files.reads.clear()

    _said(project)

    assert files.reads == ["a.ipynb"]


def _write_module(project: Project) -> None:
    project.files.texts["helper.py"] = "import requests\n"


def _add_module(project: Project) -> None:
    project.modules.paths["numpy"] = "numpy.py"
    project.files.texts["numpy.py"] = ""


def _install(project: Project) -> None:
    project.installed.known["yaml"] = "six"


@pytest.mark.parametrize(
    ("source", "change", "said"),
    [
        ("import six, helper", _write_module, "0 of 1 notebook locked; 1 lock out of date."),
        ("import six, yaml", _install, "1 of 1 notebook locked."),
        ("import six, numpy", _add_module, "1 of 1 notebook locked."),
    ],
    ids=["module", "kernel", "new-module"],
)
def test_notebook_is_judged_again_when_something_beside_it_changed(
    source: str, change: Callable[[Project], None], said: str
) -> None:
    project = Project({"a.ipynb": notebook_text([source], **LOCKED), "helper.py": ""})
    project.modules.paths["helper"] = "helper.py"
    before = _said(project)

    change(project)

    assert _said(project) == said
    assert before != said


def test_overlays_are_judged_again_when_one_comes_to_be() -> None:
    project = Project({"a.ipynb": UNLOCKED})
    before = project.link(LinkName.OVERLAYS).summary
    project.files.texts |= overlay_texts("numpy==2.0.0")

    after = project.link(LinkName.OVERLAYS).summary

    assert before == "There are no overlays."
    assert after != before


def test_locks_are_left_out_of_the_advisories_where_the_settings_are_not_valid() -> None:
    project = Project({"a.ipynb": FRESH, ".aidevsecops.toml": "["})

    assert project.link(LinkName.ADVISORIES).summary == "There are no locked packages."


def test_look_ends_when_it_is_cancelled_among_the_overlays() -> None:
    custody = Custody(notebook="a.ipynb", lock="", step="one", step_notebook="a.ipynb")
    project = Project({"a.ipynb": UNLOCKED, **overlay_texts(custody=custody)})

    with pytest.raises(CancelledError):
        read_locks(project.ports(), FakeCancelToken(is_cancelled=True))

    assert project.seen.notebooks.names == frozenset()


def test_notebooks_that_are_gone_are_forgotten() -> None:
    project = Project({"a.ipynb": UNLOCKED, "b.ipynb": UNLOCKED})
    _said(project)
    del project.files.texts["b.ipynb"]

    assert _said(project) == "0 of 1 notebook locked."
    assert project.seen.notebooks.names == {"a.ipynb"}


def test_memory_keeps_no_more_than_its_limit() -> None:
    memory, look = Remembered[str](limit=2), Look(Project().ports())

    told = [memory.get(name, look, name.upper) for name in "abc"]

    assert told == ["A", "B", "C"]
    assert memory.names == {"a", "b"}


def test_conclusion_does_not_hold_when_a_question_cannot_be_answered_any_more() -> None:
    project = Project({"src/a.txt": ""})
    look = Look(project.ports())
    _, notes = look.noted(lambda: look.entries("src"))
    project.files.entries = _refuse  # type: ignore[method-assign]

    assert look.holds(notes)
    assert not Look(project.ports()).holds(notes)


def test_conclusion_from_a_folder_that_could_not_be_read_is_not_kept() -> None:
    project = Project()
    project.files.entries = _refuse  # type: ignore[method-assign]
    look = Look(project.ports())

    def conclude() -> str:
        with pytest.raises(NotFoundError):
            look.entries("src")
        return "nothing"

    told, notes = look.noted(conclude)

    assert told == "nothing"
    assert not notes.is_whole


def test_look_passes_on_what_is_written() -> None:
    project = Project({"a.txt": "old"})
    look = Look(project.ports())

    look.replace("a.txt", "new", look.read("a.txt").revision)

    assert project.files.texts["a.txt"] == "new"


def test_who_waits_for_another_look_can_be_cancelled() -> None:
    memory, cancel = ProjectMemory(), FakeCancelToken(is_cancelled=True)
    with memory.turn(FakeCancelToken()), pytest.raises(CancelledError), memory.turn(cancel):
        raise AssertionError


def test_two_who_look_at_once_read_each_notebook_once() -> None:
    files = CountedFiles({f"{n}.ipynb": UNLOCKED for n in range(20)})
    project = Project(files=files)
    ports = [project.ports(), project.ports()]
    threads = [
        threading.Thread(target=describe_project, args=(each, FakeCancelToken())) for each in ports
    ]

    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(files.reads) == sorted(files.texts)


def _refuse(path: str) -> FolderEntries:
    raise NotFoundError(ErrorCode.NOTEBOOK_NOT_FOUND, f"{path} is gone.")
