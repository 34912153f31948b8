from __future__ import annotations

import json
from collections.abc import Mapping

import pytest
from msgspec.structs import replace

from aidevsecops_ext.app.report_verification import report_verification
from aidevsecops_ext.app.verification_ports import VerificationPorts
from aidevsecops_ext.app.verify_split import StepToVerify, VerifyRequest, verify_split
from aidevsecops_ext.domain.errors import CancelledError
from aidevsecops_ext.domain.json_value import Json
from aidevsecops_ext.domain.lock import Lock
from aidevsecops_ext.domain.notebook_run import (
    Fingerprint,
    NotebookRun,
    RunEnd,
    RunFailure,
)
from aidevsecops_ext.domain.verification import Likeness, OutputDiff, Verification
from aidevsecops_ext.formats.cell_roles import code_cells
from tests.fakes.clock import FakeClock
from tests.fakes.notebook_runs import FakeNotebookRuns
from tests.kits.kernels import SIX, KernelKit
from tests.kits.outputs import stream

ONE = Fingerprint("int", "d1", "d1", "1")
TWO = Fingerprint("int", "d2", "d2", "2")


def notebook(*cells: tuple[str, int | None]) -> str:
    """A notebook, whose cells run those of another one where a number says so."""
    made: list[Json] = [
        {
            "cell_type": "code",
            "metadata": {
                "aidevsecops": {"role": "read" if origin is None else "source", "cell": origin},
            },
            "source": source,
        }
        for source, origin in cells
    ]
    return json.dumps({"cells": made})


SOURCE = notebook(("import os", None), ("a = 1", None), ("b = a", None), ("skipped", None))
LOAD = StepToVerify("load", "nb-load.ipynb", notebook(("a = 1", 1)), ("a",))
USE = StepToVerify(
    "use", "nb-use.ipynb", notebook(("read", None), ("b = a", 2)), ("a", "b"), ("load",)
)
REQUEST = VerifyRequest(
    "nb.ipynb",
    SOURCE,
    (LOAD, USE),
    kernel_name="py",
    artifacts=("artifacts/nb",),
    left_out=frozenset({3}),
)


def run_of(
    outputs: Mapping[int, tuple[Json, ...]],
    failure: RunFailure | None = None,
    **values: Fingerprint,
) -> NotebookRun:
    """A run that left these."""
    end = RunEnd.DONE if failure is None else RunEnd.FAILED
    return NotebookRun(end, 1.0, outputs, failure, values)


WHOLE = run_of({0: (), 1: (stream("1"),), 2: (), 3: ()}, a=ONE, b=ONE)
LOADED, USED = run_of({0: (stream("1"),)}), run_of({0: (), 1: ()}, a=ONE, b=ONE)


def runs_of(
    *whole: NotebookRun,
    load: NotebookRun = LOADED,
    use: NotebookRun = USED,
    changes: tuple[Mapping[str, str | None], ...] = (),
) -> FakeNotebookRuns:
    """The runs of the notebook, and those of its steps."""
    by_path = {"nb.ipynb": [*whole], "nb-load.ipynb": [load], "nb-use.ipynb": [use]}
    return FakeNotebookRuns(by_path, changes)


def verify(
    runs: FakeNotebookRuns,
    request: VerifyRequest = REQUEST,
    kit: KernelKit | None = None,
    parallel: int = 1,
) -> Verification:
    """The verification of a request with such runs."""
    kit = kit or KernelKit()
    ports = VerificationPorts(runs, kit.ports, FakeClock(5.0), parallel)
    return verify_split(request, ports, kit.progress, kit.cancel)


def test_split_is_verified_when_everything_is_the_same() -> None:
    runs = runs_of(WHOLE, changes=({"out": "1", "artifacts/nb/a": "2"}, {"out": "1"}))

    found = verify(runs)

    assert (found.is_verified, found.difference_count) == (True, 0)
    assert [one.name for one in found.compared] == ["a = 1", "b = a", "a", "b", "out"]
    assert [(one.cell, one.name) for one in found.left_out] == [(0, "import os"), (3, "skipped")]
    assert found.left_out[1].reason == "It is left out of the steps."
    assert found.notes == runs.copy.notes
    assert [one.step for one in found.runs] == [None, "load", "use"]
    assert {one.where for one in found.runs} == {"the notebook's kernel"}
    assert runs.asked_kernels == ["py"]


def test_cell_that_nobody_can_read_is_compared_all_the_same() -> None:
    source = notebook(("import os", None), ("a is 1 (", None), ("b = a", None))
    load = StepToVerify("load", "nb-load.ipynb", notebook(("a is 1 (", 1)), ("a",))
    request = replace(REQUEST, text=source, steps=(load, USE))

    found = verify(runs_of(WHOLE), request)

    assert [one.name for one in found.cells] == ["a is 1 (", "b = a"]
    assert {one.outcome for one in found.cells} == {Likeness.SAME}


def test_all_names_are_read_in_every_run() -> None:
    runs = runs_of(WHOLE)

    verify(runs)

    assert {request.names for request in runs.requests} == {("a", "b")}


def test_copy_has_the_module_of_the_definitions_and_no_artifacts() -> None:
    runs = runs_of(WHOLE)
    request = VerifyRequest(
        "nb.ipynb",
        SOURCE,
        (LOAD, USE),
        artifacts=("artifacts/nb",),
        modules={"lib/nb_steps.py": "def f(): ..."},
    )

    verify(runs, request)

    (copied,) = runs.copied
    assert copied.left_out == ("artifacts/nb",)
    assert copied.others == ("nb-load.ipynb", "nb-use.ipynb", "lib/nb_steps.py")
    assert copied.texts == {"lib/nb_steps.py": "def f(): ..."}
    assert {request.modules for request in runs.requests} == {("nb_steps",)}
    assert runs.copy.reset_count == 1


def test_difference_is_one_when_the_notebook_repeats_itself() -> None:
    runs = runs_of(WHOLE, use=run_of({1: ()}, a=ONE, b=TWO))

    found = verify(runs)

    assert found.verdict is Likeness.DIFFERENT
    assert [one.name for one in found.compared if one.outcome is Likeness.DIFFERENT] == ["b"]
    assert [request.path for request in runs.requests].count("nb.ipynb") == 2


def test_difference_is_none_when_the_notebook_differs_at_each_run() -> None:
    again = run_of({0: (), 1: (stream("1"),), 2: (), 3: ()}, a=ONE, b=Fingerprint("int", "d9"))
    runs = runs_of(WHOLE, again, use=run_of({1: ()}, a=ONE, b=TWO))

    found = verify(runs)

    assert found.verdict is Likeness.SAME
    assert [o.name for o in found.compared if o.outcome is Likeness.NOT_CHECKABLE] == ["b"]


def test_control_does_not_count_when_it_fails() -> None:
    failed = run_of({0: ()}, RunFailure(1, "OSError", "no network"))
    runs = runs_of(WHOLE, failed, use=run_of({1: ()}, a=ONE, b=TWO))

    found = verify(runs)

    assert found.verdict is Likeness.DIFFERENT


def test_notebook_is_run_once_when_no_control_is_wanted() -> None:
    runs = runs_of(WHOLE, load=run_of({0: (stream("took 1 s"),)}))
    request = VerifyRequest("nb.ipynb", SOURCE, (LOAD, USE), has_control=False)

    found = verify(runs, request)

    assert found.verdict is Likeness.DIFFERENT
    assert [request.path for request in runs.requests].count("nb.ipynb") == 1


def test_output_is_run_again_when_only_times_differ() -> None:
    whole, again = (run_of({0: (), 1: (stream(f"took {n} s"),), 2: ()}, a=ONE, b=ONE) for n in "12")
    runs = runs_of(whole, again, load=run_of({0: (stream("took 3 s"),)}))

    found = verify(runs)

    assert found.verdict is Likeness.SAME


def test_nothing_else_runs_when_the_notebook_fails() -> None:
    runs = runs_of(run_of({0: ()}, RunFailure(1, "KeyError", "x")))

    found = verify(runs)

    assert found.verdict is Likeness.NOT_CHECKABLE
    assert found.summary.startswith("The notebook itself fails in cell 2 (KeyError: x)")
    assert [one.step for one in found.runs] == [None]


def test_notebook_runs_without_the_cells_left_out_when_one_of_them_fails() -> None:
    failed = run_of({0: ()}, RunFailure(3, "ModuleNotFoundError", "No module named 'widgets'"))
    runs = runs_of(failed, WHOLE)

    found = verify(runs)

    assert found.is_verified
    assert [cell.name for cell in code_cells(runs.requests[1].text)] == [
        "import os",
        "a = 1",
        "b = a",
    ]
    assert runs.copy.reset_count == 2
    assert found.notes[-1].startswith("Cell 4, which is left out of the steps, fails in the")
    assert [one.end for one in found.runs[:2]] == [RunEnd.FAILED, RunEnd.DONE]


def test_later_steps_do_not_run_when_one_fails() -> None:
    runs = runs_of(WHOLE, load=run_of({0: ()}, RunFailure(0, "KeyError", "x")))

    found = verify(runs)

    assert found.verdict is Likeness.DIFFERENT
    assert found.summary.startswith("The step load fails")
    assert [one.message for one in found.cells] == [
        "It fails in the step: KeyError: x",
        "The step use was not run.",
    ]
    assert found.files == ()


@pytest.mark.parametrize("parallel", [0, 1, 2])
def test_steps_run_after_those_that_they_wait_for(parallel: int) -> None:
    runs = runs_of(WHOLE)
    backwards = VerifyRequest("nb.ipynb", SOURCE, (USE, LOAD))

    verify(runs, backwards, parallel=parallel)

    paths = [request.path for request in runs.requests]
    assert paths == ["nb.ipynb", "nb-load.ipynb", "nb-use.ipynb"]


def test_steps_run_all_the_same_when_they_wait_for_each_other() -> None:
    runs = runs_of(WHOLE)
    load = StepToVerify("load", "nb-load.ipynb", LOAD.text, ("a",), ("use", "gone"))

    verify(runs, VerifyRequest("nb.ipynb", SOURCE, (load, USE)))

    assert [request.path for request in runs.requests[1:]] == ["nb-load.ipynb", "nb-use.ipynb"]


def test_each_runs_in_the_environment_of_its_lock() -> None:
    lock = Lock((SIX,), "hash", python_version="3.11")
    steps = (
        StepToVerify("load", "nb-load.ipynb", LOAD.text, ("a",), (), lock),
        StepToVerify("use", "nb-use.ipynb", USE.text, ("b",), ("load",), Lock((), "", (), "3.12")),
    )
    kit = KernelKit()
    runs = runs_of(WHOLE)

    found = verify(runs, VerifyRequest("nb.ipynb", SOURCE, steps, lock), kit)

    pythons = [request.kernel.python for request in runs.requests]
    assert pythons[0] == pythons[1] != pythons[2]
    assert [len(request.packages) for request in kit.environments.requests] == [1, 0]
    assert runs.asked_kernels == []
    assert found.runs[2].where.endswith(", Python 3.12")


def test_progress_counts_all_cells() -> None:
    kit = KernelKit()

    verify(runs_of(WHOLE), kit=kit)

    told = [(text, part) for text, part in kit.progress.messages if part is not None]
    assert told[0] == ("Running the notebook: cell 1 of 1", 1 / 7)
    assert told[1][0] == "Running the step load: cell 1 of 1"


def test_nothing_is_found_when_cancelled() -> None:
    kit = KernelKit()
    kit.cancel.cancel()

    with pytest.raises(CancelledError):
        verify(runs_of(WHOLE), kit=kit)


class _Diffs:
    def __init__(self) -> None:
        self.asked: list[tuple[tuple[Json, ...], tuple[Json, ...]]] = []

    def compare(self, before: tuple[Json, ...], after: tuple[Json, ...]) -> tuple[OutputDiff, ...]:
        self.asked.append((before, after))
        return (OutputDiff(before[0], after[0]),)


def test_report_compares_the_outputs_that_differ() -> None:
    found = verify(runs_of(WHOLE, load=run_of({0: (stream("2"),)})))
    diffs = _Diffs()

    page = report_verification(found, diffs)

    assert diffs.asked == [((stream("1"),), (stream("2"),))]
    assert "<pre>2</pre>" in page
