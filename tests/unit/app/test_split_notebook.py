"""Splits as they are previewed."""

from __future__ import annotations

import json

import pytest

from aidevsecops_ext.domain.cut import ChosenStep, CutBy
from aidevsecops_ext.domain.errors import CancelledError, ErrorCode, NotFoundError, RefusedError
from aidevsecops_ext.domain.json_value import Json
from aidevsecops_ext.domain.split import SplitCode
from aidevsecops_ext.domain.split_preview import Split
from aidevsecops_ext.domain.step_record import StepState
from aidevsecops_ext.formats.notebook_json import parse_json
from aidevsecops_ext.formats.split_answers import split_json
from aidevsecops_ext.formats.step_text import with_verified
from tests.fakes.cancel import FakeCancelToken
from tests.kits.split_notebooks import CHURN, split_source
from tests.kits.splits import SplitKit

FILES = ("work/churn-load.ipynb", "work/churn-train.ipynb", "work/churn-say.ipynb")


@pytest.fixture
def kit() -> SplitKit:
    return SplitKit()


def states(split: Split) -> list[StepState]:
    return [step.file.state for step in split.steps]


def answer(split: Split, cells: tuple[str, ...] = CHURN) -> dict[str, Json]:
    return split_json(split, parse_json(split_source(cells), "nb.ipynb"), lambda path: f"<{path}>")


def test_split_puts_the_steps_beside_the_notebook(kit: SplitKit) -> None:
    split = kit.preview()

    assert tuple(file.path for file in split.files) == FILES
    assert states(split) == [StepState.NEW] * 3
    assert (split.by, split.level, split.out) == (CutBy.HEADING, 2, "work")
    assert split.counts == {1: 1, 2: 3}
    assert (split.can_apply, split.verified, split.tags) == (True, None, ())
    assert kit.files.texts == {}


@pytest.mark.parametrize(
    ("out", "path"), [(".", "churn-load.ipynb"), ("a/./b/", "a/b/churn-load.ipynb")]
)
def test_split_puts_the_steps_into_another_folder_when_asked(
    kit: SplitKit, out: str, path: str
) -> None:
    assert kit.preview(kit.request(out=out)).files[0].path == path


def test_split_has_tags_that_record_it_when_it_is_chosen_by_hand(kit: SplitKit) -> None:
    chosen = (ChosenStep("one", (1, 3)), ChosenStep("two", (5, 7)))

    split = kit.preview(kit.request(steps=chosen))

    assert split.by is CutBy.HAND
    assert [(edit.index, edit.tags) for edit in split.tags] == [
        (1, ("step:one",)),
        (5, ("step:two",)),
    ]


LEVELS = ("# A", "## B", ">b = 1", "### C", ">c = b", "## D", ">d = c")
TAGGED = {2: ["step:one"], 6: ["step:two"]}
BY_LEVEL: Json = {"by": "heading", "level": 3}


def names(split: Split) -> list[str]:
    return [step.plan.name for step in split.steps]


def test_split_is_the_same_again_when_its_level_is_recorded(kit: SplitKit) -> None:
    chosen = kit.preview(kit.request(LEVELS, level=3))

    again = kit.preview(kit.request(LEVELS, recorded={"cut": BY_LEVEL}))

    assert names(kit.preview(kit.request(LEVELS))) == ["b", "d"]
    assert names(chosen) == names(again) == ["b", "c", "d"]
    assert chosen.metadata == {"aidevsecops": {"cut": BY_LEVEL}}
    assert (again.by, again.level, again.metadata) == (CutBy.HEADING, 3, {})
    assert answer(chosen)["edit"] == {"metadata": {"aidevsecops": {"cut": BY_LEVEL}}}
    assert [file.text for file in again.files] == [file.text for file in chosen.files]


def test_split_is_at_headings_when_a_level_is_chosen_of_a_tagged_notebook(kit: SplitKit) -> None:
    assert names(kit.preview(kit.request(LEVELS, TAGGED))) == ["one", "two"]
    assert names(kit.preview(kit.request(LEVELS, TAGGED, level=3))) == ["b", "c", "d"]


@pytest.mark.parametrize(
    ("options", "tags", "recorded", "metadata"),
    [
        ({"by": "heading"}, TAGGED, {}, {"aidevsecops": {"cut": {"by": "heading"}}}),
        ({"by": "heading"}, {}, {}, {}),
        ({"by": "heading"}, {}, {"cut": BY_LEVEL}, {"aidevsecops": None}),
        ({"by": "tag"}, TAGGED, {"cut": BY_LEVEL, "lock": 1}, {"aidevsecops": {"lock": 1}}),
        ({"level": 3}, {}, {"cut": BY_LEVEL}, {}),
        ({}, TAGGED, {"cut": BY_LEVEL}, {}),
        ({"steps": (ChosenStep("x", (2,)),)}, {}, {"cut": BY_LEVEL}, {"aidevsecops": None}),
    ],
)
def test_split_records_what_is_chosen_and_nothing_else(
    kit: SplitKit,
    options: dict[str, str],
    tags: dict[int, list[str]],
    recorded: dict[str, Json],
    metadata: dict[str, Json],
) -> None:
    split = kit.preview(kit.request(LEVELS, tags, recorded=recorded, **options))

    assert split.metadata == metadata


@pytest.mark.parametrize(
    ("record", "level"),
    [
        ({"by": "heading"}, 2),
        ({"by": "heading", "level": 1}, 1),
        ({"by": "heading", "level": True}, 2),
        ({"by": "heading", "level": 7}, 2),
        ({"by": "heading", "level": "3"}, 2),
    ],
)
def test_split_reads_what_is_recorded_as_far_as_it_makes_sense(
    kit: SplitKit, record: Json, level: int
) -> None:
    split = kit.preview(kit.request(LEVELS, TAGGED, recorded={"cut": record}))

    assert (split.by, split.level) == (CutBy.HEADING, level)


@pytest.mark.parametrize("record", [{"by": "tag"}, [], 3, None])
def test_split_is_as_suggested_when_what_is_recorded_makes_no_sense(
    kit: SplitKit, record: Json
) -> None:
    split = kit.preview(kit.request(LEVELS, TAGGED, recorded={"cut": record}))

    assert split.by is CutBy.TAG


def test_split_names_an_overlay_for_each_step(kit: SplitKit) -> None:
    split = kit.preview(kit.request(overlays=True))

    assert [step.overlay for step in split.steps] == [
        "overlays/load",
        "overlays/train",
        "overlays/say",
    ]


def test_split_names_an_overlay_else_when_it_is_of_another_notebook(kit: SplitKit) -> None:
    kit.files.texts["other.ipynb"] = "{}"
    kit.files.texts["overlays/train/Pipfile"] = (
        "# Written by aidevsecops.\n# notebook: other.ipynb\n# step: train\n# lock: sha256:1\n"
    )

    split = kit.preview(kit.request(overlays=True))

    assert split.steps[1].overlay == "overlays/churn-train"
    assert [warning.code for warning in split.warnings] == [SplitCode.NAME_CHANGED]
    assert "other.ipynb" in split.warnings[0].message


def test_split_names_an_overlay_with_a_number_when_all_else_is_taken(kit: SplitKit) -> None:
    claim = "# Written by aidevsecops.\n# notebook: {}/churn.ipynb\n# step: a\n# lock: sha256:1\n"
    kit.files.texts |= {"other/churn.ipynb": "{}", "third/churn.ipynb": "{}"}
    kit.files.texts["overlays/a/Pipfile"] = claim.format("other")
    kit.files.texts["overlays/churn-a/Pipfile"] = claim.format("third")
    cells = ("## A", ">a = 1", "## B", ">print(a)")

    split = kit.preview(kit.request(cells, overlays=True))

    assert [step.overlay for step in split.steps] == ["overlays/churn-a-2", "overlays/b"]
    assert "overlays/a is of other/churn.ipynb" in split.warnings[0].message


def test_split_sees_what_is_there(kit: SplitKit) -> None:
    for file in kit.preview().files:
        kit.files.texts[file.path] = file.text
    kit.files.texts[FILES[1]] = kit.files.texts[FILES[1]].replace("model =", "other =")
    cells = (*CHURN[:7], ">print(json.dumps(model), 1)")

    split = kit.preview(kit.request(cells))

    assert states(split) == [StepState.UNCHANGED, StepState.EDITED, StepState.CHANGED]
    assert split.can_apply
    assert "-other = " in split.files[1].diff
    assert "+print(json.dumps(model), 1)" in split.files[2].diff
    assert split.files[0].diff == ""


def test_split_takes_no_step_of_a_notebook_of_the_same_name(kit: SplitKit) -> None:
    ours = kit.request(path="a/churn.ipynb", out="steps")
    kit.apply(ours)

    theirs = kit.preview(
        kit.request(("## Load", ">a = 1", "## More", ">b = a"), path="b/churn.ipynb", out="steps")
    )

    assert states(kit.preview(ours)) == [StepState.UNCHANGED] * 3
    assert states(theirs) == [StepState.FOREIGN, StepState.NEW]
    assert theirs.warnings == ()
    assert not theirs.can_apply


def test_split_cannot_be_made_when_files_are_of_something_else(kit: SplitKit) -> None:
    files = kit.preview().files
    kit.files.texts[FILES[0]] = files[0].text.replace('"churn.ipynb"', '"other.ipynb"')
    kit.files.texts[FILES[1]] = files[0].text
    kit.files.texts[FILES[2]] = "nothing of ours"

    split = kit.preview()

    assert states(split) == [StepState.FOREIGN] * 3
    assert [file.diff for file in split.files] == ["", "", ""]
    assert not split.can_apply


def test_split_is_verified_when_all_its_steps_say_so(kit: SplitKit) -> None:
    for file in kit.preview().files:
        kit.files.texts[file.path] = with_verified(file.text, True)

    whole = kit.preview()
    kit.files.texts[FILES[0]] = with_verified(kit.files.texts[FILES[0]], None)
    part = kit.preview()

    assert (whole.verified, part.verified) == (True, None)


def test_split_names_what_earlier_splits_left_behind(kit: SplitKit) -> None:
    for file in kit.preview().files:
        kit.files.texts[file.path] = file.text
    kit.files.texts["work/churn-notes.ipynb"] = "{}"
    kit.files.texts["work/churn-gone.ipynb"] = ""
    kit.files.errors["work/churn-gone.ipynb"] = NotFoundError(ErrorCode.NOTEBOOK_NOT_FOUND, "Gone.")

    split = kit.preview(kit.request((*CHURN[:6], "## Tell", CHURN[7])))

    assert [warning.code for warning in split.warnings] == [SplitCode.LEFT_BEHIND]
    assert FILES[2] in split.warnings[0].message


def test_split_has_a_module_when_asked_and_several_steps_share_functions(kit: SplitKit) -> None:
    cells = ("## One", ">def twice(x):\n    return 2 * x\na = twice(1)", "## Two", ">b = twice(a)")

    split = kit.preview(kit.request(cells, module=True))
    none = kit.preview(kit.request(("## One", ">a = 1", "## Two", ">b = a"), module=True))

    assert split.module is not None
    assert split.module.path == "work/churn_steps.py"
    assert split.files[-1] == split.module
    assert none.module is None


@pytest.mark.parametrize(
    ("change", "state"),
    [
        (lambda text: text, StepState.UNCHANGED),
        (lambda text: text.replace("2 * x", "3 * x"), StepState.EDITED),
        (lambda text: text.replace("for churn.ipynb", "for other.ipynb"), StepState.FOREIGN),
        (lambda _: "def mine(): ...\n", StepState.FOREIGN),
    ],
)
def test_module_is_compared_with_what_is_there(
    kit: SplitKit, change: object, state: StepState
) -> None:
    assert callable(change)
    cells = ("## One", ">def twice(x):\n    return 2 * x\na = twice(1)", "## Two", ">b = twice(a)")
    module = kit.preview(kit.request(cells, module=True)).module
    assert module is not None
    kit.files.texts[module.path] = change(module.text)

    found = kit.preview(kit.request(cells, module=True)).module

    assert found is not None
    assert found.state is state


def test_module_has_changed_when_the_function_has(kit: SplitKit) -> None:
    cells = ("## One", ">def twice(x):\n    return 2 * x\na = twice(1)", "## Two", ">b = twice(a)")
    module = kit.preview(kit.request(cells, module=True)).module
    assert module is not None
    kit.files.texts[module.path] = module.text
    other = (cells[0], cells[1].replace("2 * x", "x + x"), *cells[2:])

    found = kit.preview(kit.request(other, module=True)).module

    assert found is not None
    assert found.state is StepState.CHANGED
    assert "+    return x + x" in found.diff


def test_digest_is_another_when_something_else_is_recorded(kit: SplitKit) -> None:
    assert kit.preview().digest != kit.preview(kit.request(level=2)).digest


def test_digest_is_another_when_the_split_is(kit: SplitKit) -> None:
    whole = kit.preview().digest

    assert kit.preview().digest == whole
    assert kit.preview(kit.request(out="x")).digest != whole
    assert kit.preview(kit.request((*CHURN, ">more = 1"))).digest != whole
    assert kit.preview(kit.request(overlays=True)).digest != whole


def test_split_is_refused_when_the_notebook_is_of_another_language(kit: SplitKit) -> None:
    source = split_source(kernelspec={"name": "ir", "language": "R"})
    request = kit.request()
    other = type(request)(request.path, parse_json(source, "nb.ipynb"), source)

    with pytest.raises(RefusedError):
        kit.preview(other)


def test_split_is_cancelled_when_somebody_says_so(kit: SplitKit) -> None:
    kit.cancel = FakeCancelToken(is_cancelled=True)

    with pytest.raises(CancelledError):
        kit.preview()


def test_answer_has_every_path_as_it_is_shown(kit: SplitKit) -> None:
    found = answer(kit.preview(kit.request(overlays=True)))
    text = json.dumps(found)

    assert found["notebook"] == "<work/churn.ipynb>"
    assert found["out"] == "<work>"
    assert '"notebook": "<work/churn-load.ipynb>"' in text
    assert '"overlay": "<overlays/load>"' in text
    assert '"path": "<work/churn-load.ipynb>"' in text


def test_answer_says_what_each_cell_is(kit: SplitKit) -> None:
    cells = (">import json", ">a = 1", ">", ">b = a")
    tags = {0: ["imports"], 1: ["step:one"], 2: ["skip"], 3: ["step:two"]}
    split = kit.preview(kit.request(cells, tags))

    found = split_json(split, parse_json(split_source(cells, tags), "nb.ipynb"))

    assert found["cells"] == [
        {"index": 0, "kind": "code", "step": None, "role": "imports", "first_line": "import json"},
        {"index": 1, "kind": "code", "step": "one", "role": "source", "first_line": "a = 1"},
        {"index": 2, "kind": "code", "step": None, "role": "skip", "first_line": ""},
        {"index": 3, "kind": "code", "step": "two", "role": "source", "first_line": "b = a"},
    ]
    assert found["out"] == "work"


def test_answer_has_an_empty_folder_when_steps_are_at_the_root(kit: SplitKit) -> None:
    assert answer(kit.preview(kit.request(out=".")))["out"] == ""


def test_warnings_are_in_the_order_of_the_cells() -> None:
    kit = SplitKit()
    cells = ("## A", ">import nobodys_one", "## B", ">import nobodys_two\nimport nobodys_one")

    split = kit.preview(kit.request(cells))

    places = [warning.cell for warning in split.warnings if warning.cell is not None]
    assert places == sorted(places)


@pytest.mark.parametrize("out", ["/etc", "..", "work/../../x"])
def test_steps_outside_of_what_may_be_used_are_refused_before_they_are_made(
    kit: SplitKit, out: str
) -> None:
    with pytest.raises(RefusedError) as caught:
        kit.preview(kit.request(out=out))

    assert caught.value.code is ErrorCode.NOTEBOOK_OUTSIDE_ROOT


@pytest.mark.parametrize("out", ["work/plain", "work/plain/in"])
def test_steps_are_refused_where_a_file_stands(kit: SplitKit, out: str) -> None:
    kit.files.texts["work/plain"] = ""

    with pytest.raises(RefusedError, match=r"^work/plain is a file"):
        kit.preview(kit.request(out=out))
