"""Folders of runs: records that stay true, copies of outputs, wishes to stop, and logs."""

from __future__ import annotations

import json
import os
import subprocess
import threading
from pathlib import Path

import pytest
from msgspec.structs import replace

from aidevsecops_ext.adapters import project_data
from aidevsecops_ext.adapters.project_data import RootedData
from aidevsecops_ext.adapters.run_folders import RootedRunFolders
from aidevsecops_ext.app.run_ports import StepPlace
from aidevsecops_ext.domain.errors import (
    ConflictError,
    ErrorCode,
    NotFoundError,
    OutsideFailedError,
    RefusedError,
)
from aidevsecops_ext.domain.pipeline_run import (
    KeptFile,
    PipelineRun,
    RunKind,
    RunState,
    StepRun,
    StepState,
)
from tests.kits.processes import script

PIPELINE = "project/churn.pipeline"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A root with a project in it."""
    (tmp_path / "project" / "data").mkdir(parents=True)
    (tmp_path / PIPELINE).write_text("{}")
    (tmp_path / "project" / "data" / "x.csv").write_text("1\n")
    return tmp_path


def folders_in(root: Path, kept: int = 5, limit: int = 1000) -> RootedRunFolders:
    """The folders of runs below a root."""
    return RootedRunFolders(root, kept=kept, limit=limit)


def make_run(folders: RootedRunFolders, state: RunState = RunState.SUCCEEDED) -> PipelineRun:
    """A run that ended, or whose program is gone."""
    with folders.begin(PIPELINE, RunKind.LOCAL) as folder:
        step = StepRun("a", "a", "project/a.ipynb", state=StepState.RUNNING)
        run = PipelineRun(folder.id, PIPELINE, "churn", folder.path, state=state, steps=(step,))
        folder.save(run)
    return run


def test_record_is_found_again_by_name_and_by_pipeline(root: Path) -> None:
    folders = folders_in(root)

    run = make_run(folders)

    assert folders.find(run.id) == run
    assert folders_in(root).find(run.id, PIPELINE) == run
    assert folders_in(root).find_all() == folders.find_all(PIPELINE) == (run,)
    assert folders.find_all("project/other.pipeline") == ()
    assert folders_in(root / "project").find(run.id).pipeline == "churn.pipeline"
    ignored = root / "project" / "runs" / "churn" / ".gitignore"
    assert ignored.read_text().splitlines()[-1] == "*"
    assert list((root / run.folder).glob(".res*")) == []


@pytest.mark.parametrize("name", ["20260102-030405-a1b2", "../churn", "x"])
def test_run_that_is_not_there_is_not_found(root: Path, name: str) -> None:
    with pytest.raises(NotFoundError) as raised:
        folders_in(root).find(name)

    assert raised.value.code is ErrorCode.RUN_NOT_FOUND


def test_run_whose_program_is_gone_reads_as_lost(root: Path) -> None:
    folders = folders_in(root)

    lost = folders.find(make_run(folders, RunState.RUNNING).id)

    assert (lost.state, lost.error and lost.error.code) == (RunState.FAILED, "run.lost")
    assert lost.steps[0].state is StepState.FAILED


def test_run_that_goes_on_is_not_lost_and_keeps_others_away(root: Path) -> None:
    folders = folders_in(root)
    with folders.begin(PIPELINE, RunKind.LOCAL) as folder:
        folder.save(PipelineRun(folder.id, PIPELINE, "churn", folder.path))

        assert folders.find(folder.id).state is RunState.RUNNING
        with pytest.raises(ConflictError, match=folder.id), folders.begin(PIPELINE, RunKind.LOCAL):
            pass
        # One elsewhere is no obstacle.
        with folders.begin(PIPELINE, RunKind.KUBEFLOW) as other:
            remote = PipelineRun(other.id, PIPELINE, "churn", other.path, kind=RunKind.KUBEFLOW)
            other.save(remote)
    assert folders.find(remote.id).state is RunState.RUNNING


def test_record_of_a_remote_run_is_updated(root: Path) -> None:
    folders = folders_in(root)
    run = make_run(folders)

    folders.update(replace(run, notes=("new",)))

    assert folders.find(run.id).notes == ("new",)


def test_only_the_newest_runs_are_kept(root: Path) -> None:
    folders = folders_in(root, kept=2)

    ids = [make_run(folders).id for _ in range(4)]

    left = {path.name for path in (root / "project/runs/churn").iterdir() if path.is_dir()}
    assert left == {*ids[2:]}
    assert [run.id for run in folders.find_all()] == [ids[3], ids[2]]


def test_run_finds_the_one_before_it_where_one_is_kept(root: Path) -> None:
    folders = folders_in(root, kept=1)
    first = make_run(folders)

    with folders.begin(PIPELINE, RunKind.LOCAL) as folder:
        assert folders.find_all() == (first,)
        folder.save(replace(first, id=folder.id, folder=folder.path))

    assert [run.id for run in folders.find_all()] == [folder.id]


def test_broken_record_is_left_out(root: Path) -> None:
    folders = folders_in(root)
    run = make_run(folders)
    (root / run.folder / "run.json").write_bytes(b"\xff{")

    assert folders.find_all() == ()


def test_folder_that_cannot_be_written_is_an_error(root: Path) -> None:
    (root / "project" / "runs").write_text("a file")

    with (
        pytest.raises(OutsideFailedError) as raised,
        folders_in(root).begin(PIPELINE, RunKind.LOCAL),
    ):
        pass

    assert raised.value.code is ErrorCode.RUN_WRITE_FAILED


def test_record_that_cannot_be_written_is_an_error(root: Path) -> None:
    with folders_in(root).begin(PIPELINE, RunKind.LOCAL) as folder:
        record = root / folder.path / "run.json"
        record.mkdir()

        with pytest.raises(OutsideFailedError, match="cannot be written"):
            folder.save(PipelineRun(folder.id, PIPELINE, "churn", folder.path))


def test_run_is_asked_to_stop(root: Path) -> None:
    folders, asked = folders_in(root), threading.Event()
    with folders.begin(PIPELINE, RunKind.LOCAL) as folder:
        run = PipelineRun(folder.id, PIPELINE, "churn", folder.path)
        forget = folder.on_stop_asked(lambda: None)
        folder.on_stop_asked(asked.set)
        forget()

        folders.ask_to_stop(run)

        assert asked.wait(20)
    with pytest.raises(OutsideFailedError):
        folders.ask_to_stop(replace(run, folder="gone"))


def test_steps_have_files_of_their_own(root: Path) -> None:
    with folders_in(root).begin(PIPELINE, RunKind.LOCAL) as folder:
        names = ["Load data", "load/data", "..", "a" * 200]

        places = [folder.place_of(name, is_notebook=True) for name in names]

        files = [Path(place.notebook).name for place in places]
        assert files == ["Load-data.ipynb", "load-data-2.ipynb", "step.ipynb", f"{'a' * 60}.ipynb"]
        assert folder.place_of("Load data", is_notebook=False) == StepPlace("", places[0].log)


def test_outputs_are_kept_and_put_back(root: Path) -> None:
    with folders_in(root).begin(PIPELINE, RunKind.LOCAL) as folder:
        [kept] = folder.keep("a", ["project/data/x.csv"], {})
        (root / "project/data/x.csv").write_text("changed in place")

        assert kept.kept == f"{folder.path}/outputs/a/data/x.csv"
        assert (root / kept.kept).read_text() == "1\n"
        assert folder.put_back(kept)
        assert (root / "project/data/x.csv").read_text() == "1\n"
        assert not folder.put_back(replace(kept, digest="other"))
        assert not folder.put_back(replace(kept, kept=None))
        assert not folder.put_back(replace(kept, kept="gone"))
        assert sorted(path.name for path in (root / "project/data").iterdir()) == ["x.csv"]
        (root / "blocked").write_text("a file")
        with pytest.raises(OutsideFailedError):
            folder.put_back(replace(kept, path="blocked/x.csv"))


def test_runs_share_copies_of_the_same_output(root: Path) -> None:
    folders = folders_in(root)
    with folders.begin(PIPELINE, RunKind.LOCAL) as folder:
        [first] = folder.keep("a", ["project/data/x.csv"], {})
    assert first.kept is not None
    with folders.begin(PIPELINE, RunKind.LOCAL) as folder:
        [second] = folder.keep("a", ["project/data/x.csv"], {first.digest: first.kept})
        [third] = folder.keep("b", ["project/data/x.csv"], {first.digest: "gone"})

    assert second.kept is not None
    assert third.kept is not None
    assert os.path.samefile(root / first.kept, root / second.kept)
    assert not os.path.samefile(root / first.kept, root / third.kept)


def test_output_that_is_too_large_is_not_copied(root: Path) -> None:
    (root / "outside.bin").write_bytes(b"x" * 90)
    with folders_in(root, limit=100).begin(PIPELINE, RunKind.LOCAL) as folder:
        kept = folder.keep("a", ["outside.bin", "project/data/x.csv"], {})
        late = folder.keep("b", ["outside.bin"], {})

        with pytest.raises(OutsideFailedError):
            folder.keep("a", ["gone"], {})

    assert [bool(file.kept) for file in (*kept, *late)] == [True, True, False]
    assert kept[0].kept == f"{folder.path}/outputs/a/outside.bin"
    assert isinstance(late[0], KeptFile)


def test_what_an_earlier_run_showed_is_taken_over(root: Path) -> None:
    with folders_in(root).begin(PIPELINE, RunKind.LOCAL) as folder:
        (root / "old.log").write_text("hello")
        place = folder.place_of("a", is_notebook=True)

        folder.take_over(StepPlace("gone.ipynb", "old.log"), place)

        assert (root / place.log).read_text() == "hello"
        assert not (root / place.notebook).exists()
        with pytest.raises(OutsideFailedError):
            folder.take_over(StepPlace("", "old.log"), StepPlace("", "no/such/folder.log"))


def test_log_is_read_line_by_line_as_it_grows(root: Path) -> None:
    folders = folders_in(root)
    log = root / "a.log"
    log.write_bytes(b"one\ntw")

    first = folders.read_log("a.log", 0)
    log.write_bytes(b"one\ntwo\n\nthr\xff")
    second = folders.read_log("a.log", first.next_offset)
    third = folders.read_log("a.log", second.next_offset)

    assert (first.lines, first.is_last) == (("one",), False)
    assert (second.lines, second.next_offset) == (("two", ""), 9)
    assert (third.lines, third.is_last) == (("thr\ufffd",), True)
    assert folders.read_log("gone.log", 5).next_offset == 5


def test_patterns_name_files_below_the_root(root: Path) -> None:
    data = RootedData(root)
    for name in ("a.csv", "deep/b.csv", "deep/er/c.txt", "runs/churn/20260102-030405-a1b2/a.csv"):
        path = root / "project" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    (root / "project" / "out").symlink_to("/etc")

    def match(*patterns: str, is_deep: bool = False) -> tuple[str, ...]:
        return data.match("project", patterns, is_deep=is_deep)

    assert match("*.csv") == ("project/a.csv",)
    assert match("*.csv", is_deep=True) == (
        "project/a.csv",
        "project/data/x.csv",
        "project/deep/b.csv",
    )
    assert match("deep", "gone.txt") == ("project/deep/b.csv", "project/deep/er/c.txt")
    assert match("out/hostname") == match("runs") == ()
    assert match("../project/a.csv") == ("project/a.csv",)
    for pattern in ("../../x", "/etc/hostname"):
        with pytest.raises(RefusedError):
            match(pattern)


def test_stamps_are_of_files_that_steps_may_leave(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = RootedData(root)
    hidden = (".x", ".git/a", "a/__pycache__/b.pyc", "env/pyvenv.cfg", "node_modules/b")
    for name in (*hidden, "r/20260102-030405-a1b2/a", "a/b.csv"):
        path = root / "new" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    before = data.stamps("new")

    (root / "new" / "a" / "b.csv").write_text("longer than that")
    after = data.stamps("new")
    monkeypatch.setattr(project_data, "_MANY", 0)

    assert before is not None
    assert after is not None
    assert [*before] == [*after] == ["new/a/b.csv"]
    assert before != after
    assert data.stamps("new") is None
    assert data.stamps("gone") == {}


def test_digest_is_of_files_below_the_root_only(root: Path) -> None:
    data = RootedData(root)
    (root / "link").symlink_to("/etc/hostname")

    digest = data.digest("project/data/x.csv")

    assert digest == "4355a46b19d348dc2f57c046f8ef63d4538ebb936000f3c9ee954a27460dd865"
    assert data.digest("project/data") is data.digest("gone") is data.digest("link") is None


def test_record_says_nothing_of_where_the_project_is(root: Path) -> None:
    run = make_run(folders_in(root))

    record = json.loads((root / run.folder / "run.json").read_text())

    assert record["pipeline"] == "churn.pipeline"
    assert str(root) not in json.dumps(record)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there are fresh processes by fork only")
def test_records_are_read_by_several_threads_at_once() -> None:
    subprocess.run(script("read_at_once"), check=True, timeout=60)
