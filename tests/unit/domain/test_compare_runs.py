from __future__ import annotations

from collections.abc import Mapping

import pytest
from msgspec.structs import replace

from aidevsecops_ext.domain.compare_runs import (
    CellPair,
    Runs,
    compare_cells,
    compare_files,
    compare_variables,
    summary_of,
    verdict_of,
)
from aidevsecops_ext.domain.json_value import Json
from aidevsecops_ext.domain.notebook_run import (
    UNREAD,
    Fingerprint,
    NotebookRun,
    RunEnd,
    RunFailure,
)
from aidevsecops_ext.domain.verification import Comparison, Likeness
from tests.kits.outputs import stream

SAME, DIFFERENT, UNKNOWN = Likeness.SAME, Likeness.DIFFERENT, Likeness.NOT_CHECKABLE
ONE = Fingerprint("float", "d1", "r1", "1.0")
OTHER = Fingerprint("float", "d2", "r2", "2.0")
NEAR = Fingerprint("float", "d3", "r1", "1.0")
HIDDEN = Fingerprint("float", "d4", "r4", "1.0")
WHOLE = Fingerprint("int", "d5", "r5", "1")
PARTLY = Fingerprint("Box", "d6", "r6", "Box()", ("_thread.lock cannot be compared",))
GONE = Fingerprint()
UNREADABLE = Fingerprint(kind=UNREAD, gaps=("the values were not read in time",))
FAILURE = RunFailure(1, "ValueError", "no such column\nmore")


def run_of(
    outputs: Mapping[int, tuple[Json, ...]] | None = None,
    failure: RunFailure | None = None,
    shared: tuple[tuple[str, str], ...] = (),
    **variables: Fingerprint,
) -> NotebookRun:
    """A run that left these."""
    return NotebookRun(
        end=RunEnd.FAILED if failure else RunEnd.DONE,
        outputs=outputs or {},
        failure=failure,
        variables=variables,
        shared=frozenset(shared),
    )


def test_cells_are_compared_in_the_order_of_the_notebook() -> None:
    original = run_of({0: (stream("a"),), 3: (stream("b"),)})
    steps = {"one": run_of({5: (stream("a"),)}), "two": run_of({4: (stream("c"),)})}
    pairs = (CellPair(3, "print(b)", "two", 4), CellPair(0, "print(a)", "one", 5))

    first, second = compare_cells(Runs(original, steps, pairs))

    assert (first.cell, first.name, first.step, first.outcome) == (0, "print(a)", "one", SAME)
    assert (second.cell, second.outcome) == (3, DIFFERENT)
    assert (second.before, second.after) == ((stream("b"),), (stream("c"),))


@pytest.mark.parametrize(
    ("original", "step", "outcome", "message"),
    [
        (run_of(), run_of(), UNKNOWN, "The notebook stopped before this cell."),
        (run_of({0: ()}), None, UNKNOWN, "The step one was not run."),
        (run_of({0: ()}), run_of(), UNKNOWN, "The step one stopped before this cell."),
        (
            run_of({0: ()}),
            run_of({1: ()}, FAILURE),
            DIFFERENT,
            "It fails in the step: ValueError: no such column",
        ),
    ],
)
def test_cell_says_why_when_a_side_is_missing(
    original: NotebookRun, step: NotebookRun | None, outcome: Likeness, message: str
) -> None:
    steps = {} if step is None else {"one": step}

    (found,) = compare_cells(Runs(original, steps, (CellPair(0, "x", "one", 1),)))

    assert (found.outcome, found.message) == (outcome, message)


def test_cell_cannot_be_checked_when_the_notebook_itself_varies() -> None:
    original, control = run_of({0: (stream("1"),)}), run_of({0: (stream("2"),)})
    steps = {"one": run_of({0: (stream("3"),)})}

    (found,) = compare_cells(Runs(original, steps, (CellPair(0, "x", "one", 0),), control=control))

    assert found.outcome is UNKNOWN


@pytest.mark.parametrize(
    ("before", "after", "control", "outcome", "message"),
    [
        (ONE, ONE, None, SAME, ""),
        (ONE, OTHER, None, DIFFERENT, "It was 1.0 and is 2.0."),
        (ONE, OTHER, ONE, DIFFERENT, "It was 1.0 and is 2.0."),
        (ONE, OTHER, NEAR, UNKNOWN, "The notebook itself leaves another value at each run."),
        (ONE, OTHER, WHOLE, UNKNOWN, "The notebook itself leaves another value at each run."),
        (ONE, NEAR, None, DIFFERENT, "Only beyond the ninth digit: numbers differ within 1e-9."),
        (ONE, HIDDEN, None, DIFFERENT, "The values differ where their short forms do not show it."),
        (ONE, WHOLE, None, DIFFERENT, "It was of the type float and is int."),
        (ONE, GONE, None, DIFFERENT, "The notebook leaves it, the step does not."),
        (GONE, ONE, ONE, DIFFERENT, "The step leaves it, the notebook does not."),
        (PARTLY, PARTLY, None, UNKNOWN, "_thread.lock cannot be compared; the rest is the same."),
        (UNREADABLE, ONE, None, UNKNOWN, "The values were not read in time."),
        (ONE, UNREADABLE, None, UNKNOWN, "The values were not read in time."),
    ],
)
def test_variable_is_compared_by_its_fingerprint(
    before: Fingerprint,
    after: Fingerprint,
    control: Fingerprint | None,
    outcome: Likeness,
    message: str,
) -> None:
    runs = Runs(
        run_of(x=before),
        {"one": run_of(x=after)},
        (),
        {"x": "one"},
        control=None if control is None else run_of(x=control),
    )

    (found,) = compare_variables(runs)

    assert (found.name, found.step, found.outcome, found.message) == ("x", "one", outcome, message)
    assert (found.before, found.after) == ((before.shown,), (after.shown,))


_X, _ONE = {"x": "one"}, Fingerprint("module", "m", "m", "<module>")


@pytest.mark.parametrize(
    ("before", "after", "control", "message"),
    [
        ((), (), None, ""),
        ((("x", "y"),), (("x", "y"),), None, ""),
        ((("x", "y"),), (), None, "only in the notebook."),
        ((), (("x", "y"),), None, "only in the step."),
        ((("x", "y"),), (), (("x", "y"),), "only in the notebook."),
        ((("x", "y"),), (), (), ""),
        ((("x", "z"),), (), None, ""),
    ],
)
def test_sharing_is_compared_among_the_names_of_a_step(
    before: tuple[tuple[str, str], ...],
    after: tuple[tuple[str, str], ...],
    control: tuple[tuple[str, str], ...] | None,
    message: str,
) -> None:
    runs = Runs(
        run_of(shared=before, x=ONE, y=ONE, z=ONE),
        {"one": run_of(shared=after, x=ONE, y=ONE), "two": run_of(z=ONE)},
        (),
        {"x": "one", "y": "one", "z": "two"},
        control=None if control is None else run_of(shared=control, x=ONE, y=ONE, z=ONE),
    )

    found = [one for one in compare_variables(runs) if one.name == "x and y"]

    assert [one.outcome for one in found] == ([DIFFERENT] if message else [])
    assert all(one.message.endswith(message) for one in found)


def test_name_is_looked_for_in_other_steps_when_its_holder_does_not_need_it() -> None:
    runs = Runs(
        run_of(x=ONE),
        {"one": run_of(x=ONE), "two": run_of(x=OTHER), "three": run_of()},
        (),
        {"x": "three"},
    )

    (found,) = compare_variables(runs)

    assert (found.step, found.outcome) == ("two", DIFFERENT)


@pytest.mark.parametrize(("before", "after"), [(GONE, GONE), (_ONE, GONE), (_ONE, _ONE)])
def test_name_is_not_listed_when_there_is_nothing_to_compare(
    before: Fingerprint, after: Fingerprint
) -> None:
    runs = Runs(run_of(x=before), {"one": run_of(x=after)}, (), _X)

    assert compare_variables(runs) == ()


def test_name_that_was_deleted_is_not_taken_from_an_earlier_step() -> None:
    runs = Runs(run_of(), {"one": run_of(x=ONE), "two": run_of()}, (), {"x": "two"})

    assert compare_variables(runs) == ()


def test_name_is_not_compared_when_its_step_was_not_run() -> None:
    assert compare_variables(Runs(run_of(x=ONE), {}, (), _X)) == ()


def test_files_are_compared_by_their_content() -> None:
    original = NotebookRun(RunEnd.DONE, files={"a": "1", "b": "1", "c": "1", "d": None, "f": "1"})
    control = NotebookRun(RunEnd.DONE, files={"a": "1", "b": "1", "c": "1", "d": None, "f": "9"})
    files = {"a": "1", "b": "2", "d": None, "e": "1", "f": "2"}

    found = compare_files(Runs(original, {}, (), {}, files, control))

    assert [(one.name, one.outcome) for one in found] == [
        ("a", SAME),
        ("b", DIFFERENT),
        ("c", DIFFERENT),
        ("d", SAME),
        ("e", DIFFERENT),
        ("f", UNKNOWN),
    ]
    assert [one.message for one in found[1:5]] == [
        "The content is another.",
        "The notebook writes it, the steps do not.",
        "",
        "The steps write it, the notebook does not.",
    ]
    assert (found[3].before, found[2].after) == (("it was deleted",), ())


def outcomes(*kinds: Likeness) -> tuple[Comparison, ...]:
    """Things that were compared."""
    return tuple(Comparison("x", kind) for kind in kinds)


@pytest.mark.parametrize(
    ("cells", "others", "verdict"),
    [
        (outcomes(SAME), outcomes(SAME, UNKNOWN), SAME),
        (outcomes(), outcomes(SAME), SAME),
        (outcomes(SAME), outcomes(DIFFERENT), DIFFERENT),
        (outcomes(SAME, UNKNOWN), outcomes(), UNKNOWN),
        (outcomes(), outcomes(UNKNOWN), UNKNOWN),
        (outcomes(), outcomes(), UNKNOWN),
        (outcomes(UNKNOWN), outcomes(DIFFERENT), DIFFERENT),
    ],
)
def test_verdict_counts_what_could_be_compared(
    cells: tuple[Comparison, ...], others: tuple[Comparison, ...], verdict: Likeness
) -> None:
    runs = Runs(run_of(), {"one": run_of()}, ())

    assert verdict_of(runs, cells, others) is verdict
    assert summary_of(verdict, runs, (*cells, *others))


def test_verdict_is_different_when_a_step_fails() -> None:
    runs = Runs(run_of(), {"one": run_of(failure=FAILURE)}, ())

    verdict = verdict_of(runs, outcomes(SAME), ())

    assert verdict is DIFFERENT
    assert summary_of(verdict, runs, ()) == (
        "The step one fails where the notebook does not (ValueError: no such column)."
    )


@pytest.mark.parametrize(("cell", "where"), [(1, " in cell 2"), (None, "")])
def test_verdict_is_not_checkable_when_the_notebook_fails(cell: int | None, where: str) -> None:
    runs = Runs(run_of(failure=RunFailure(cell, "KeyError", "")), {}, ())

    verdict = verdict_of(runs, outcomes(DIFFERENT), ())

    assert verdict is UNKNOWN
    assert summary_of(verdict, runs, ()) == (
        f"The notebook itself fails{where} (KeyError): nothing was compared."
    )


def test_cells_that_use_what_varies_cannot_be_checked_when_two_runs_agree_by_chance() -> None:
    original = run_of({0: (stream("0.98"),), 1: (stream("a"),)}, model=ONE, plan=WHOLE)
    control = run_of({0: (stream("0.98"),), 1: (stream("a"),)}, model=OTHER, plan=WHOLE)
    steps = {"one": run_of({0: (stream("0.96"),), 1: (stream("b"),)})}
    pairs = (
        CellPair(0, "score", "one", 0, names=frozenset({"model"})),
        CellPair(1, "show", "one", 1, names=frozenset({"plan"})),
    )

    first, second = compare_cells(Runs(original, steps, pairs, control=control))

    assert first.outcome is UNKNOWN
    assert first.message.endswith("It uses model, which is another at each run of the notebook.")
    assert second.outcome is DIFFERENT


@pytest.mark.parametrize(
    ("path", "outcome"),
    [
        ("models/m-2602-abc123de/model.pt", UNKNOWN),
        ("models/m-2602-abc123de/other.pt", DIFFERENT),
    ],
)
def test_files_cannot_be_checked_when_each_run_gives_them_other_names(
    path: str, outcome: Likeness
) -> None:
    original = replace(run_of(), files={"models/m-2601-0123456a/model.pt": "1"})
    control = replace(run_of(), files={"models/m-2603-9876543f/model.pt": "2"})

    found = compare_files(Runs(original, {}, (), files={path: "3"}, control=control))

    assert {one.name: one.outcome for one in found} == {
        "models/m-2601-0123456a/model.pt": UNKNOWN,
        path: outcome,
    }
