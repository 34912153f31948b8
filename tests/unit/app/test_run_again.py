"""Pipelines that run again: what need not run, from where on, and what is put back."""

from __future__ import annotations

import pytest

from aidevsecops_ext.domain.errors import ErrorCode, RefusedError
from aidevsecops_ext.domain.pipeline import NodeKind, Parameter
from aidevsecops_ext.domain.pipeline_run import RunState
from tests.kits.notebooks import notebook_text
from tests.kits.pipeline_runs import World, node, reasons_of, states_of

RAN = "20260102-030400-0000"


def project() -> World:
    """Two steps that hand on a file, and one beside them."""
    world = World(
        (
            node("load", outputs=("clean.csv",), dependencies=("raw.csv",)),
            node("train", "load", outputs=("model/*",), parameters=("N",)),
            node("plot", file="plot.py"),
        ),
        {"plot.py": "import helper\n"},
        parameters=(Parameter("N", "Integer", "3"), Parameter("UNUSED")),
    )
    world.data.digests["raw.csv"] = "r1"
    world.steps.leaves = {
        "load.ipynb": {"clean.csv": "c1"},
        "train.ipynb": {"model/a": "m1", "model/b": "m2"},
    }
    world.modules.paths["helper"] = "helper.py"
    world.files.texts["helper.py"] = "x = 1\n"
    world.data.digests["helper.py"] = "h1"
    return world


def test_nothing_runs_when_nothing_changed() -> None:
    world = project()
    world.run()
    world.steps.works.clear()

    run = world.run(only_changed=True)

    assert (run.state, world.steps.works) == (RunState.SUCCEEDED, [])
    assert set(states_of(run).values()) == {"cached"}
    assert set(reasons_of(run).values()) == {f"unchanged since run {RAN}"}
    assert [file.path for file in run.steps[1].outputs] == ["model/a", "model/b"]
    assert world.folders.folders[0].taken == [
        f"runs/{RAN}/{name}.log" for name in ("load", "train", "plot")
    ]
    assert ("load is unchanged", None) in world.progress.messages
    assert world.run(only_changed=True).steps[0].ran_in == RAN


def test_changed_input_runs_its_step_and_those_that_take_what_it_leaves() -> None:
    world = project()
    world.run()
    world.data.digests["raw.csv"] = "r2"
    world.steps.leaves["load.ipynb"] = {"clean.csv": "c2"}

    run = world.run(only_changed=True)

    assert states_of(run) == {"load": "succeeded", "train": "succeeded", "plot": "cached"}
    assert reasons_of(run)["load"] == "input raw.csv changed"
    assert reasons_of(run)["train"] == "input clean.csv changed"


def test_step_is_not_run_again_when_those_before_it_leave_the_same() -> None:
    world = project()
    world.run()
    world.data.digests["raw.csv"] = "r2"

    run = world.run(only_changed=True)

    assert states_of(run) == {"load": "succeeded", "train": "cached", "plot": "cached"}


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        (["print('load')", "y = 1"], "code changed: cell 2"),
        (["z = 1"], "code changed: cell 1"),
    ],
)
def test_changed_code_is_named(cells: list[str], reason: str) -> None:
    world = project()
    world.run()
    world.files.texts["load.ipynb"] = notebook_text(cells)

    assert reasons_of(world.run(only_changed=True))["load"] == reason


def test_changed_script_module_and_parameter_are_named() -> None:
    world = project()
    world.run()
    world.data.digests["helper.py"] = "h2"
    world.files.texts["plot.py"] = "import helper # more\n"

    run = world.run(only_changed=True, parameters={"N": "4"})

    assert reasons_of(run)["train"] == "parameter N changed"
    assert reasons_of(run)["plot"] == "code changed; module helper.py changed"


def test_step_that_failed_or_is_new_runs() -> None:
    world = project()
    world.steps.ends["load.ipynb"] = RuntimeError()
    with pytest.raises(RuntimeError):
        world.run(parallel=1)
    world.steps.ends.clear()

    run = world.run(only_changed=True)

    assert reasons_of(run)["train"] == "it has not run before"
    world.steps.leaves["load.ipynb"] = {}
    del world.data.digests["clean.csv"]
    assert world.run().steps[0].error is not None
    world.steps.leaves["load.ipynb"] = {"clean.csv": "c1"}
    world.folders.folders = world.folders.folders[:1]
    assert reasons_of(world.run(only_changed=True))["load"] == "it failed before"


def test_step_after_one_without_outputs_runs_when_that_one_ran() -> None:
    world = World((node("a"), node("b", "a")))
    world.run()
    assert set(states_of(world.run(only_changed=True)).values()) == {"cached"}
    world.files.texts["a.ipynb"] = notebook_text(["other = 1"])

    run = world.run(only_changed=True)

    assert reasons_of(run)["b"] == "a, which declares no outputs, ran again"


def test_output_that_vanished_is_put_back() -> None:
    world = project()
    world.run()
    del world.data.digests["model/a"]
    world.data.digests["model/b"] = "other"

    run = world.run(only_changed=True)

    assert reasons_of(run)["train"] == f"unchanged since run {RAN}; put back: model/a, model/b"
    assert (world.data.digests["model/a"], world.data.digests["model/b"]) == ("m1", "m2")


def test_step_runs_again_when_what_it_left_cannot_be_put_back() -> None:
    world = project()
    world.run()
    del world.data.digests["model/a"]
    world.folders.prepare = lambda folder: folder.lost_copies.add("model/a")

    run = world.run(only_changed=True)

    assert states_of(run)["train"] == "succeeded"
    assert reasons_of(run)["train"] == "output model/a is gone"


def test_step_that_does_not_leave_what_it_declares_has_failed() -> None:
    world = World((node("a", outputs=("gone.txt", "some/*", "folder")),))
    world.files.texts["folder/x"] = "1"

    error = world.run().steps[0].error

    assert error is not None
    assert error.sentence == "MissingOutput: The step was to leave gone.txt, and did not."


def test_output_that_is_too_large_to_keep_is_noted() -> None:
    world = World((node("a", outputs=("big.bin",)),))
    world.steps.leaves["a.ipynb"] = {"big.bin": "b"}
    world.folders.prepare = lambda folder: folder.large.add("big.bin")

    assert world.run().steps[0].notes == ("Too large to keep a copy of: big.bin.",)


@pytest.mark.parametrize(
    ("name", "text", "note"),
    [
        (
            "a.ipynb",
            notebook_text(["new = 1"]),
            "a.ipynb changed since the run began; what ran is how it was then.",
        ),
        ("p.py", "new = 1\n", "p.py changed while the pipeline ran."),
        ("p.py", None, "p.py is gone by now."),
    ],
)
def test_file_that_changes_while_the_pipeline_runs_is_noted(
    name: str, text: str | None, note: str
) -> None:
    world = World((node("a"), node("p", file="p.py")))

    def change(_: object) -> None:
        if text is None:
            del world.files.texts[name]
        else:
            world.files.texts[name] = text

    world.steps.meanwhile[name] = change

    run = world.run(parallel=1)

    assert [step.notes for step in run.steps if step.notes] == [(note,)]
    assert "new" not in world.steps.works[0].text


def test_run_begins_with_a_step() -> None:
    world = project()
    world.run()
    del world.data.digests["clean.csv"]
    world.steps.works.clear()

    run = world.run(from_step="train")

    assert states_of(run) == {"load": "skipped", "train": "succeeded", "plot": "skipped"}
    assert reasons_of(run)["load"] == "the run begins with train"
    assert [work.file for work in world.steps.works] == ["train.ipynb"]
    assert world.data.digests["clean.csv"] == "c1"
    # What is left out counts as it is for the next one.
    assert states_of(world.run(only_changed=True, from_step="train"))["train"] == "cached"


def test_run_that_begins_with_a_step_runs_all_after_it() -> None:
    world = World((node("a"), node("b", "a"), node("c", "b"), node("d")))

    run = world.run(from_step="b")

    expected = {"a": "skipped", "b": "succeeded", "c": "succeeded", "d": "skipped"}
    assert states_of(run) == expected


def test_run_that_begins_with_a_step_needs_what_is_before_it() -> None:
    world = project()

    run = world.run(from_step="train")

    assert run.error is not None
    assert run.error.code == ErrorCode.RUN_FILE_MISSING.value
    assert "clean.csv (load)" in run.error.message
    assert world.steps.works == []


def test_pattern_that_leads_out_of_the_root_ends_the_run() -> None:
    world = World((node("a", dependencies=("/etc/*",)),))

    run = world.run()

    assert run.error is not None
    assert run.error.code == ErrorCode.NOTEBOOK_OUTSIDE_ROOT.value


def test_inputs_are_files_and_folders_and_what_is_not_there() -> None:
    world = World((node("a", dependencies=("folder", "gone.csv", "x*")),))
    world.data.digests |= {"folder/1": "a", "x1": "b"}
    world.run()
    world.data.digests |= {"folder/2": "c", "gone.csv": "d"}
    del world.data.digests["x1"]

    reason = reasons_of(world.run(only_changed=True))["a"]

    assert set(reason.split("; ")) == {
        "input folder/2 is new",
        "input gone.csv is new",
        "input x1 is gone",
    }


def test_secrets_are_no_reason_to_run_again() -> None:
    world = World(
        (node("a", environment={"DB_PASSWORD": "1"}, parameters=("KEY",)),),
        parameters=(Parameter("KEY"),),
    )
    world.run(parameters={"KEY": "1"})

    assert states_of(world.run(only_changed=True, parameters={"KEY": "2"}))["a"] == "cached"


def test_code_that_is_not_python_is_no_obstacle() -> None:
    r = notebook_text(["library(x)"], kernelspec={"name": "ir", "language": "R"})
    world = World(
        (node("a"), node("b"), node("c", file="c.R", kind=NodeKind.R)),
        {"b.ipynb": r, "c.R": "x <- 1"},
    )
    world.files.texts["a.ipynb"] = notebook_text(["def (:", "", "import helper"])
    world.run()

    assert set(states_of(world.run(only_changed=True)).values()) == {"cached"}


def test_refusals_name_what_is_wrong() -> None:
    world = World((node("a"),))
    del world.files.texts["a.ipynb"]

    with pytest.raises(RefusedError, match=r"not there: a.ipynb \(a\)") as raised:
        world.run()

    assert raised.value.code is ErrorCode.RUN_FILE_MISSING
