from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aidevsecops_ext.domain.cut import ChosenStep, Cut, CutBy, CutRequest
from aidevsecops_ext.domain.errors import ErrorCode, RefusedError, UserError
from aidevsecops_ext.domain.notebook import Notebook
from aidevsecops_ext.domain.split import SplitCode
from aidevsecops_ext.domain.step_tagging import tag_edits
from aidevsecops_ext.domain.step_tags import CellRole
from aidevsecops_ext.domain.steps import count_steps, cut
from tests.kits.cut_notebooks import notebook_of, with_tags


def by(kind: CutBy, notebook: Notebook, level: int | None = None) -> Cut:
    return cut(notebook, CutRequest(kind, level))


def by_hand(notebook: Notebook, *steps: tuple[str, list[int]]) -> Cut:
    chosen = tuple(ChosenStep(name, tuple(cells)) for name, cells in steps)
    return cut(notebook, CutRequest(CutBy.HAND, steps=chosen))


def cells_of(done: Cut) -> dict[str, tuple[int, ...]]:
    return {step.name: step.cells for step in done.steps}


def codes_of(done: Cut) -> list[SplitCode]:
    return [warning.code for warning in done.warnings]


def test_cut_puts_what_stands_before_the_first_heading_into_the_first_step() -> None:
    notebook = notebook_of("# Title", "a = 1", "## Load", "b = 1", "## Train", "md:text", "c = 1")

    done = by(CutBy.HEADING, notebook)

    assert cells_of(done) == {"load": (0, 1, 2, 3), "train": (4, 5, 6)}
    assert (done.by, done.level, done.warnings) == (CutBy.HEADING, 2, ())
    assert [step.title for step in done.steps] == ["Load", "Train"]


def test_cut_makes_steps_of_titles_when_there_are_several() -> None:
    notebook = notebook_of("# One", "a = 1", "# Two", "## Load", "b = 1", "## Train", "c = 1")

    assert cells_of(by(CutBy.HEADING, notebook, 2)) == {
        "one": (0, 1),
        "load": (2, 3, 4),
        "train": (5, 6),
    }


def test_cut_names_a_step_after_the_last_heading_of_a_cell() -> None:
    notebook = notebook_of("# Title\n## Intro\n## Load", "a = 1", "## Train\n### Fit", "b = 1")

    assert list(cells_of(by(CutBy.HEADING, notebook))) == ["load", "train"]


@pytest.mark.parametrize(
    ("cells", "level"),
    [
        (["# A", "a = 1", "# B", "b = 1"], 1),
        (["# A", "## A", "a = 1", "## B", "b = 1"], 2),
        (["# A", "### A", "a = 1", "### B", "b = 1"], 3),
        ([text for n in range(14) for text in (f"# A{n}", "a = 1")], 1),
        (["## A", "a = 1"], 2),
        (["a = 1"], None),
    ],
)
def test_cut_chooses_the_level_that_gives_a_sensible_number(
    cells: list[str], level: int | None
) -> None:
    assert by(CutBy.AUTO, notebook_of(*cells)).level == level


def test_count_steps_says_what_each_level_would_give() -> None:
    notebook = notebook_of("# T", "## A", "a = 1", "### B", "b = 1", "## C", "c = 1", "### D")

    assert count_steps(notebook) == {1: 1, 2: 2, 3: 3}


def test_cut_tells_of_sections_that_have_no_code_of_their_own() -> None:
    notebook = notebook_of(
        "## Why", "## Libraries", "import a", "## Load", "b = 1", "## End", "# a\n\n%who\n"
    )

    done = by(CutBy.HEADING, notebook, 2)

    assert cells_of(done) == {"load": (0, 1, 2, 3, 4, 5, 6)}
    assert codes_of(done) == [SplitCode.EMPTY_STEP] * 3 + [SplitCode.FEW_STEPS]
    assert [warning.cell for warning in done.warnings] == [0, 1, 5, None]


@pytest.mark.parametrize("code", ["import a\nb = 1", "from a import b\nb(", "import a; b = 1"])
def test_cut_makes_a_step_of_imports_with_more(code: str) -> None:
    notebook = notebook_of("## Libraries", code, "## Load", "b = 1")

    assert len(by(CutBy.HEADING, notebook).steps) == 2


def test_cut_refuses_more_than_a_thousand_steps() -> None:
    cells = [text for number in range(1_001) for text in (f"# Part {number}", f"a = {number}")]

    with pytest.raises(RefusedError, match="would have 1,001 steps") as caught:
        by(CutBy.HEADING, notebook_of(*cells))

    assert caught.value.code == ErrorCode.SPLIT_IMPOSSIBLE
    assert len(by(CutBy.HEADING, notebook_of(*cells[2:])).steps) == 1_000


def test_cut_gives_no_step_when_there_is_no_code() -> None:
    done = by(CutBy.AUTO, notebook_of("# Title", "raw:x"))

    assert done.steps == ()
    assert codes_of(done) == [SplitCode.EMPTY_STEP, SplitCode.FEW_STEPS]


def test_cut_gives_one_step_when_there_is_no_heading() -> None:
    done = by(CutBy.AUTO, notebook_of("a = 1", "raw:x", "b = 1"))

    assert cells_of(done) == {"notebook": (0, 2)}
    assert codes_of(done) == [SplitCode.FEW_STEPS]


def test_cut_calls_the_only_step_by_the_title() -> None:
    assert cells_of(by(CutBy.HEADING, notebook_of("# My way", "a = 1"), 2)) == {"my_way": (0, 1)}


def test_cut_keeps_names_when_a_section_is_added() -> None:
    before = notebook_of("## 1. Load", "a = 1", "## 2. Train", "b = 1")
    after = notebook_of("## 1. Load", "a = 1", "## 2. Clean", "c = 1", "## 3. Train", "b = 1")

    assert set(cells_of(by(CutBy.HEADING, before))) <= set(cells_of(by(CutBy.HEADING, after)))


def test_cut_leaves_parameters_and_skipped_cells_out_of_sections() -> None:
    notebook = notebook_of(
        ("n = 1", "parameters"), "## A", "a = 1", "## B", ("b = 1", "skip"), "c = 1"
    )

    done = by(CutBy.HEADING, notebook)

    assert cells_of(done) == {"a": (1, 2), "b": (3, 5)}
    assert done.cells_with(CellRole.PARAMETERS, CellRole.SKIP) == (0, 4)


def test_cut_reads_the_tags_of_kale() -> None:
    notebook = notebook_of(
        ("import a", "imports"),
        "import b",
        ("n = 1", "pipeline-parameters"),
        "# Title",
        ("a = 1", "step:load", "limit:nvidia.com/gpu:1", "image:python:3.11"),
        "b = 1",
        ("def f(): ...", "functions"),
        ("c = 1", "skip"),
        "def g(): ...",
        ("d = 1", "block:train", "prev:load"),
        ("e = 1", "step:load"),
        ("print(d)", "pipeline-metrics"),
        "md:end",
    )

    done = by(CutBy.AUTO, notebook)

    assert cells_of(done) == {"load": (3, 4, 5, 10, 11, 12), "train": (9,)}
    assert done.cells_with(CellRole.IMPORTS) == (0, 1)
    assert done.cells_with(CellRole.PARAMETERS) == (2,)
    assert done.cells_with(CellRole.FUNCTIONS) == (6, 8)
    assert done.cells_with(CellRole.SKIP) == (7,)
    assert [(edge.source, edge.target) for edge in done.edges] == [("load", "train")]
    assert "cell 10" in done.edges[0].reasons[0]
    assert done.warnings == ()


def test_cut_puts_untagged_cells_before_the_first_step_into_it() -> None:
    assert cells_of(by(CutBy.AUTO, notebook_of("a = 1", ("b = 1", "step:b"), ("", "step:c")))) == {
        "b": (0, 1),
        "c": (2,),
    }


@pytest.mark.parametrize(
    ("tags", "name", "said"),
    [
        (("step:Load data",), "load_data", "begin with a small letter"),
        (("step:" + "a" * 41,), "a" * 40, "at most 40"),
        (("step:a", "step:b"), "a", "several"),
        (("step:a", "prev:nowhere"), "a", "no step"),
        (("step:a", "prev:a"), "a", "itself"),
        (("step:", "block:a"), "a", None),
    ],
)
def test_cut_tells_of_tags_that_are_not_as_kale_wants_them(
    tags: tuple[str, ...], name: str, said: str | None
) -> None:
    done = by(CutBy.TAG, notebook_of(("a = 1", *tags), ("b = 1", "step:last")))

    assert [step.name for step in done.steps] == [name, "last"]
    assert codes_of(done) == ([SplitCode.BAD_TAG] if said else [])
    assert all((said or "") in warning.message for warning in done.warnings)


def test_cut_tells_of_a_previous_tag_without_a_step() -> None:
    done = by(CutBy.TAG, notebook_of(("a = 1", "step:a"), ("b = 1", "step:b"), ("c", "prev:a")))

    assert [(each.code, each.cell) for each in done.warnings] == [(SplitCode.BAD_TAG, 2)]


def test_cut_refuses_previous_tags_in_a_circle() -> None:
    notebook = notebook_of(
        ("a = 1", "step:a", "prev:b"), ("b = 1", "step:b", "prev:a"), ("c = 1", "step:c")
    )

    with pytest.raises(RefusedError, match="a: cells 1; b: cells 2") as caught:
        by(CutBy.TAG, notebook)

    assert caught.value.details == {"steps": ["a", "b"]}


def test_cut_makes_steps_of_training_and_wrapper() -> None:
    notebook = notebook_of(("a = 1", "Train"), "b = 1", ("c = 1", "skip"), ("d = 1", "Wrapper"))

    done = by(CutBy.AUTO, notebook)

    assert cells_of(done) == {"train": (0,), "wrapper": (3,)}
    assert done.cells_with(CellRole.SKIP) == (1, 2)
    assert codes_of(done) == [SplitCode.CELLS_LEFT_OUT]
    assert done.warnings[0].message.endswith("left out: cell 2.")


def test_cut_by_tag_gives_no_step_when_there_is_no_tag() -> None:
    done = by(CutBy.TAG, notebook_of("a = 1"))

    assert (done.steps, codes_of(done)) == ((), [SplitCode.FEW_STEPS])


def test_cut_by_hand_takes_the_cells_that_it_is_given() -> None:
    notebook = notebook_of(
        "# T", "a = 1", "b = 1", ("n = 1", "parameters"), ("import a", "imports"), "c = 1", "md:x"
    )

    done = by_hand(notebook, ("load", [1]), ("train", [5, 3]))

    assert cells_of(done) == {"load": (0, 1), "train": (5, 6)}
    assert done.cells_with(CellRole.SKIP) == (2,)
    assert done.cells_with(CellRole.PARAMETERS) == (3,)
    assert done.cells_with(CellRole.IMPORTS) == (4,)


def test_cut_by_hand_tells_of_names_that_it_changes_and_steps_without_code() -> None:
    notebook = notebook_of("a = 1", "b = 1", "# T")

    done = by_hand(notebook, ("My step", [0]), ("my_step", [1]), ("none", [2]))

    assert list(cells_of(done)) == ["my_step", "my_step_2"]
    assert codes_of(done) == [SplitCode.NAME_CHANGED] * 2 + [SplitCode.EMPTY_STEP]


@pytest.mark.parametrize("cells", [[0, 2], [-1], [0, 0]])
def test_cut_by_hand_refuses_cells_that_cannot_be(cells: list[int]) -> None:
    with pytest.raises(UserError, match="cannot be cut"):
        by_hand(notebook_of("a = 1", "b = 1"), ("a", cells))


TAGS = st.sampled_from(
    [
        "imports",
        "functions",
        "skip",
        "parameters",
        "pipeline-parameters",
        "step:a",
        "step:Bad name",
        "block:b",
        "prev:a",
        "prev:b",
        "limit:cpu:1",
        "mine",
        "Train",
    ]
)
CELLS = st.lists(
    st.tuples(
        st.sampled_from(["x = 1", "import a", "", "# T", "md:t", "raw:x"]),
        st.lists(TAGS, max_size=3),
    ),
    min_size=1,
    max_size=10,
)


def test_tag_edits_keep_what_a_step_waits_for_when_that_step_comes_before() -> None:
    notebook = notebook_of(
        ("a = 1", "step:a"), ("b = 1", "step:b", "prev:a", "prev:gone"), ("c = 1",)
    )
    chosen = by_hand(notebook, ("a", [0]), ("b", [1]), ("c", [2]))

    edits = tag_edits(notebook, chosen.steps)

    assert [edit.tags for edit in edits] == [("step:b", "prev:a"), ("step:c",)]


@given(CELLS, st.data())
def test_cutting_by_the_tags_of_a_choice_gives_the_choice(
    cells: list[tuple[str, list[str]]], data: st.DataObject
) -> None:
    notebook = notebook_of(*((source, *tags) for source, tags in cells))
    given_to = [data.draw(st.sampled_from(["a", "b", "c", None])) for _ in cells]
    chosen = by_hand(
        notebook,
        *((name, [i for i, to in enumerate(given_to) if to == name]) for name in ("a", "b", "c")),
    )

    tagged = with_tags(notebook, tag_edits(notebook, chosen.steps))

    again = by(CutBy.TAG, tagged)
    assert cells_of(again) == cells_of(chosen)
    assert again.roles == chosen.roles or not chosen.steps
    assert tag_edits(tagged, chosen.steps) == ()
    for before, after in zip(notebook.cells, tagged.cells, strict=True):
        assert [tag for tag in before.tags if tag in {"limit:cpu:1", "mine", "Train"}] == [
            tag for tag in after.tags if tag in {"limit:cpu:1", "mine", "Train"}
        ]
