from __future__ import annotations

import base64

import pytest

from aidevsecops_ext.domain.cell_outputs import OutputSide, compare_outputs
from aidevsecops_ext.domain.json_value import Json
from aidevsecops_ext.domain.verification import Likeness
from tests.kits.outputs import error, result, shown, stream

WIDGET = "application/vnd.jupyter.widget-view+json"
SAME, DIFFERENT, UNKNOWN = Likeness.SAME, Likeness.DIFFERENT, Likeness.NOT_CHECKABLE


def picture(content: str) -> Json:
    """A picture of some sort."""
    return shown({"image/png": base64.b64encode(content.encode()).decode()})


def compare(
    before: list[Json], after: list[Json], control: list[Json] | None = None
) -> tuple[Likeness, str]:
    """The comparison of two cells, perhaps with a second run of the first."""
    return compare_outputs(
        OutputSide(tuple(before)),
        OutputSide(tuple(after)),
        None if control is None else OutputSide(tuple(control)),
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ([], []),
        ([stream("a"), stream("b")], [stream("ab")]),
        ([stream("a"), stream("e", "stderr")], [stream("e", "stderr"), stream("a")]),
        ([stream("")], []),
        ([stream(["a\n", "b"])], [stream("a\nb")]),
        ([result("<A at 0x7f3a5c001200>")], [result("<A at 0x7f0000000000>")]),
        ([shown({"image/png": "YQ=="})], [shown({"image/png": "YQ==\n"})]),
        ([error("ValueError", "no")], [error("ValueError", "no", ["line 5"])]),
        (
            [shown({"application/json": {"a": 1, "b": 2}})],
            [shown({"application/json": {"b": 2, "a": 1}})],
        ),
        (
            [
                shown(
                    {
                        "application/vnd.jupyter.widget-view+json": {"model_id": "a"},
                        "text/plain": "x",
                    }
                )
            ],
            [
                shown(
                    {
                        "application/vnd.jupyter.widget-view+json": {"model_id": "b"},
                        "text/plain": "x",
                    }
                )
            ],
        ),
        ([shown({"text/html": '<a id="T_0a1b2">'})], [shown({"text/html": '<a id="T_ccccc">'})]),
        (["nonsense"], [{"output_type": "display_data", "data": None}]),
    ],
)
def test_outputs_are_the_same_when_only_their_form_differs(
    before: list[Json], after: list[Json]
) -> None:
    assert compare(before, after) == (SAME, "")


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ([stream("a 1\n")], [stream("a 2\n")], "In standard output, line 1 was"),
        ([stream("e", "stderr")], [stream("f", "stderr")], "In standard error, line 1"),
        ([result("0.1")], [result("0.2")], "In the result (text/plain), line 1"),
        ([error("ValueError", "no")], [error("KeyError", "no")], "In the error, line 1"),
        (
            [shown({"image/png": "YQ=="})],
            [shown({"image/png": "Yg=="})],
            "What is shown (image/png) differs.",
        ),
        (
            [shown({"a/json": {"a": 1}})],
            [shown({"a/json": {"a": 2}})],
            "What is shown (a/json) differs.",
        ),
        ([stream("a")], [], "The outputs differ: standard output is missing."),
        ([], [stream("a")], "The outputs differ: standard output came along."),
        (
            [result("1")],
            [stream("1")],
            "The outputs differ: the result (text/plain) is missing and standard",
        ),
        (
            [shown({"text/plain": "a"})],
            [shown({"text/plain": "a"})] * 2,
            "The outputs differ: there were 1 outputs and are 2.",
        ),
    ],
)
def test_outputs_are_different_when_what_they_say_is(
    before: list[Json], after: list[Json], message: str
) -> None:
    outcome, said = compare(before, after)

    assert outcome is DIFFERENT
    assert said.startswith(message)


def test_outputs_are_different_with_control_when_the_notebook_repeats_them() -> None:
    outcome, _ = compare([stream("a 1")], [stream("a 2")], [stream("a 1")])

    assert outcome is DIFFERENT
    assert (
        compare(
            [shown({"image/png": "YQ=="})],
            [shown({"image/png": "Yg=="})],
            [shown({"image/png": "YQ=="})],
        )[0]
        is DIFFERENT
    )


def test_warnings_do_not_count_when_they_come_in_other_cells() -> None:
    warning = "/lib/x.py:1: UserWarning: careful\n  f()\n"

    gone = compare([stream("a"), stream(warning, "stderr")], [stream("a")])
    beside = compare([stream(warning + "x\n", "stderr")], [stream("x\n", "stderr")])
    hiding = compare([stream("a"), stream(warning, "stderr")], [stream("b")])

    assert (gone[0], beside[0], hiding[0]) == (SAME, SAME, DIFFERENT)
    assert "warning" in gone[1]
    assert "warning" in beside[1]


def test_times_prove_nothing_when_the_notebook_was_not_run_again() -> None:
    outcome, message = compare([stream("took 3.1 s")], [stream("took 3.2 s")])

    assert outcome is UNKNOWN
    assert "not tried" in message


def test_times_are_the_same_when_they_differ_at_each_run_of_the_notebook() -> None:
    outcome, message = compare(
        [stream("took 3.1 s, 0.9")], [stream("took 3.2 s, 0.9")], [stream("took 3.3 s, 0.9")]
    )

    assert (outcome, "at each run" in message) == (SAME, True)


def test_durations_are_the_same_when_the_cell_reads_a_clock() -> None:
    def timed(text: str, again: str) -> Likeness:
        side, other = (OutputSide((stream(one),), is_timed=True) for one in (text, again))
        return compare_outputs(side, other, side)[0]

    assert timed("took 0.1 s, 0.9", "took 0.2 s, 0.9") is SAME
    assert timed("took 0.1 s, 0.9", "took 0.2 s, 0.8") is DIFFERENT
    assert timed("on 2026-01-01", "on 2026-01-02") is DIFFERENT
    assert (
        compare_outputs(OutputSide((picture("a"),), is_timed=True), OutputSide((picture("b"),)))[0]
        is DIFFERENT
    )


def test_results_are_different_when_they_stand_beside_times() -> None:
    outcome, _ = compare(
        [stream("took 3.1 s, 0.9")], [stream("took 3.2 s, 0.8")], [stream("took 3.3 s, 0.9")]
    )

    assert outcome is DIFFERENT


def test_results_cannot_be_checked_when_they_differ_at_each_run_of_the_notebook() -> None:
    text = compare([stream("0.1\n")], [stream("0.2\n")], [stream("0.3\n")])
    drawn = compare([picture("a")], [picture("b")], [picture("c")])
    shape = compare([stream("0.1")], [result("0.1")], [])
    longer = compare([stream("0.1\n")], [stream("0.2\n")], [stream("0.3\n0.4\n")])
    other_shape = compare([stream("0.1")], [stream("0.2")], [])

    assert [text[0], drawn[0], shape[0], longer[0], other_shape[0]] == [UNKNOWN] * 5
    assert "at each run" in text[1]


def test_line_is_different_when_the_notebook_repeats_it_among_others_that_vary() -> None:
    outcome, message = compare(
        [stream("rows 5\nscore 0.1\n")],
        [stream("rows 6\nscore 0.2\n")],
        [stream("rows 5\nscore 0.3\n")],
    )

    assert outcome is DIFFERENT
    assert "line 1" in message


def test_difference_wins_when_another_part_cannot_be_checked() -> None:
    outcome, _ = compare([stream("took 3.1 s"), result("1")], [stream("took 3.2 s"), result("2")])

    assert outcome is DIFFERENT
