"""Splits that are made, and verified."""

from __future__ import annotations

import json

import pytest

from aidevsecops_ext.app.verify_made_split import (
    VerifyMadePorts,
    VerifyMadeRequest,
    verify_made_split,
)
from aidevsecops_ext.domain.errors import (
    CancelledError,
    ConflictError,
    ErrorCode,
    NotFoundError,
    RefusedError,
)
from aidevsecops_ext.domain.json_value import Json
from aidevsecops_ext.domain.split import SplitCode
from aidevsecops_ext.domain.verification import Verification
from aidevsecops_ext.formats.notebook_json import parse_json
from aidevsecops_ext.formats.step_text import read_step_notebook, with_verified
from tests.fakes.progress import FakeProgress
from tests.kits.split_notebooks import CHURN, split_source, split_text
from tests.kits.splits import SplitKit

FILES = ("work/churn-load.ipynb", "work/churn-train.ipynb", "work/churn-say.ipynb")
SHARED = ("## One", ">def twice(x):\n    return 2 * x\na = twice(1)", "## Two", ">b = twice(a)")


@pytest.fixture
def kit() -> SplitKit:
    return SplitKit()


def marks(kit: SplitKit) -> list[bool | None]:
    """Whether the step notebooks say that they are verified."""
    records = [read_step_notebook(kit.files.texts[path]) for path in FILES]
    return [None if record is None else record.verified for record in records]


def edit(kit: SplitKit, path: str) -> None:
    """Edit a step notebook by hand."""
    notebook: dict[str, Json] = json.loads(kit.files.texts[path])
    cells = notebook["cells"]
    assert isinstance(cells, list)
    kit.files.texts[path] = json.dumps({**notebook, "cells": cells[:-1]})


def test_split_is_one_change(kit: SplitKit) -> None:
    made = kit.apply(kit.request(overlays=True))

    assert len(kit.changes.calls) == 1
    assert kit.changes.calls[0] == made.written
    assert set(FILES) < set(made.written)
    assert "overlays/train/pylock.toml" in made.written
    assert made.unchanged == ()
    assert (made.verified, made.verification) == (None, None)
    assert made.overlays is not None
    assert made.notes == made.overlays.notes
    assert [message for message, _ in kit.progress.messages][0] == "Looking for the steps"


def test_split_writes_nothing_when_all_is_there(kit: SplitKit) -> None:
    kit.apply(kit.request(overlays=True))

    made = kit.apply(kit.request(overlays=True))

    assert made.written == ()
    assert set(FILES) < set(made.unchanged)


def test_split_records_its_level_in_the_file_when_nobody_has_it_open(kit: SplitKit) -> None:
    path = "work/churn.ipynb"
    kit.files.texts[path] = split_text()
    revision = kit.files.read(path).revision

    made = kit.apply(kit.request(level=1), revision=revision)

    assert made.written[-1] == path
    recorded = json.loads(kit.files.texts[path])
    assert recorded["metadata"]["aidevsecops"] == {"cut": {"by": "heading", "level": 1}}
    assert recorded["cells"] == json.loads(split_text())["cells"]
    assert len(kit.changes.calls) == 1


def test_split_leaves_the_file_alone_when_nothing_is_chosen(kit: SplitKit) -> None:
    kit.files.texts["work/churn.ipynb"] = split_text()

    made = kit.apply(revision=kit.files.read("work/churn.ipynb").revision)

    assert made.written == FILES


def test_split_has_no_notes_when_it_has_no_overlays(kit: SplitKit) -> None:
    made = kit.apply()

    assert (made.notes, made.warnings, made.overlays) == ((), (), None)


def test_split_is_made_when_it_is_the_one_that_was_agreed_to(kit: SplitKit) -> None:
    digest = kit.preview().digest

    assert kit.apply(digest=digest).written == FILES


def test_split_is_refused_when_it_is_another_than_was_agreed_to(kit: SplitKit) -> None:
    digest = kit.preview().digest

    with pytest.raises(ConflictError, match="another one") as caught:
        kit.apply(kit.request((*CHURN, ">more = 1")), digest=digest)

    assert caught.value.code is ErrorCode.SPLIT_PREVIEW_OUTDATED
    assert kit.files.texts == {}


def test_split_is_refused_when_there_are_no_steps(kit: SplitKit) -> None:
    with pytest.raises(RefusedError, match="no code") as caught:
        kit.apply(kit.request(()))

    assert caught.value.code is ErrorCode.SPLIT_IMPOSSIBLE


def test_split_says_that_tags_are_missing_when_it_is_to_be_cut_by_them(kit: SplitKit) -> None:
    with pytest.raises(RefusedError, match="no cell with code belongs to a step by its tags"):
        kit.apply(kit.request(by="tag"))


def test_split_is_refused_when_a_warning_is_an_error(kit: SplitKit) -> None:
    with pytest.raises(RefusedError, match=r"cell 2") as caught:
        kit.apply(kit.request(("## A", ">a = (", "## B", ">b = 1")))

    assert caught.value.details == {"warnings": [SplitCode.UNREADABLE_CELL.value]}


def test_split_is_refused_when_a_file_is_of_something_else(kit: SplitKit) -> None:
    kit.files.texts[FILES[1]] = "mine"

    with pytest.raises(RefusedError, match="churn-train") as caught:
        kit.apply(is_forced=True)

    assert caught.value.code is ErrorCode.SPLIT_FILE_TAKEN
    assert set(kit.files.texts) == {FILES[1]}


def test_split_is_refused_when_a_step_was_edited_unless_forced(kit: SplitKit) -> None:
    kit.apply()
    before = dict(kit.files.texts)
    edit(kit, FILES[1])

    with pytest.raises(RefusedError, match="edited by hand") as caught:
        kit.apply()
    forced = kit.apply(is_forced=True)

    assert caught.value.code is ErrorCode.SPLIT_STEP_EDITED
    assert forced.written == (FILES[1],)
    assert kit.files.texts == before


def test_split_writes_nothing_when_it_is_cancelled_late(kit: SplitKit) -> None:
    class LateProgress(FakeProgress):
        def report(self, message: str, fraction: float | None = None) -> None:
            super().report(message, fraction)
            if message.startswith("Finding the addresses"):
                kit.cancel.cancel()

    kit.progress = LateProgress()

    with pytest.raises(CancelledError):
        kit.apply(kit.request(overlays=True))

    assert kit.files.texts == {}


def test_split_is_marked_when_its_steps_do_the_same(kit: SplitKit) -> None:
    made = kit.apply(is_verified=True)

    assert made.verified is True
    assert marks(kit) == [True, True, True]
    assert [request.path for request in kit.runs.requests] == ["work/churn.ipynb", *FILES]


def test_verification_leaves_out_what_changes_with_an_object_of_a_later_step(kit: SplitKit) -> None:
    cells = ("## A", ">a = [1]\nb = [a]", "## B", ">a.append(2)\ndef f(): return 1")

    kit.apply(kit.request(cells), is_verified=True)

    assert kit.runs.requests[0].names == ("a", "f")


def test_split_runs_in_the_overlays_when_there_are_any(kit: SplitKit) -> None:
    kit.apply(kit.request(overlays=True), is_verified=True)

    assert kit.runs.asked_kernels == []
    assert {request.kernel.python for request in kit.runs.requests} != {"/here/bin/python"}


def test_split_runs_with_its_module_when_it_has_one(kit: SplitKit) -> None:
    kit.apply(kit.request(SHARED, module=True), is_verified=True)

    [copied] = kit.runs.copied
    assert list(copied.texts) == ["work/churn_steps.py"]
    assert "work/churn_steps.py" in kit.files.texts


def test_split_is_marked_as_different_when_a_run_fails(kit: SplitKit) -> None:
    kit.runs.failing = FILES[1]

    made = kit.apply(is_verified=True)

    assert made.verified is False
    assert marks(kit) == [False, False, False]


def test_split_is_not_marked_when_the_notebook_does_not_run(kit: SplitKit) -> None:
    kit.runs.failing = "work/churn.ipynb"

    made = kit.apply(is_verified=True)

    assert made.verified is None
    assert marks(kit) == [None, None, None]


def test_split_takes_marks_away_when_one_of_its_steps_changes(kit: SplitKit) -> None:
    kit.apply(is_verified=True)

    made = kit.apply(kit.request((*CHURN[:7], ">print(json.dumps(model), 1)")))

    assert set(made.written) == set(FILES)
    assert marks(kit) == [None, None, None]


def test_split_keeps_marks_when_nothing_changes(kit: SplitKit) -> None:
    kit.apply(is_verified=True)

    assert kit.apply().written == ()
    assert marks(kit) == [True, True, True]


def verify(kit: SplitKit, out: str | None = None, cells: tuple[str, ...] = CHURN) -> Verification:
    source = split_source(cells)
    request = VerifyMadeRequest(
        "work/churn.ipynb", parse_json(source, "work/churn.ipynb"), split_text(cells), out
    )
    ports = VerifyMadePorts(kit.files, kit.changes, kit.verification)
    return verify_made_split(request, ports, kit.progress, kit.cancel)


def test_made_split_is_verified_as_it_is_now(kit: SplitKit) -> None:
    kit.apply()
    edit(kit, FILES[1])

    found = verify(kit)

    assert found.is_verified
    assert marks(kit) == [True, True, True]
    assert kit.runs.requests[2].text == with_verified(kit.files.texts[FILES[1]], None)


def test_made_split_runs_in_its_overlays_when_all_steps_have_one(kit: SplitKit) -> None:
    kit.apply(kit.request(overlays=True))

    verify(kit)

    assert kit.runs.asked_kernels == []


def test_made_split_runs_in_the_kernel_when_a_step_has_no_overlay(kit: SplitKit) -> None:
    kit.apply(kit.request(overlays=True))
    for path in [path for path in kit.files.texts if path.startswith("overlays/train/")]:
        del kit.files.texts[path]

    verify(kit)

    assert kit.runs.asked_kernels == ["python3"]


def test_made_split_is_left_alone_when_it_is_marked_already(kit: SplitKit) -> None:
    kit.apply(is_verified=True)

    verify(kit)

    assert kit.changes.calls[1:] == [()]


def test_made_split_passes_over_cells_that_are_not_python(kit: SplitKit) -> None:
    kit.apply(kit.request(("## A", ">a = 1", "## B", ">b = a")))
    path = "work/churn-b.ipynb"
    kit.files.texts[path] = kit.files.texts[path].replace("b = a", "b = (")

    verify(kit)

    assert kit.runs.requests[0].names == ("a",)


def test_made_split_passes_over_names_that_change_with_what_a_later_step_has(
    kit: SplitKit,
) -> None:
    cells = ("## A", ">a = [1]\nb = a", "## B", ">a.append(2)")
    kit.apply(kit.request(cells))

    verify(kit, cells=cells)

    assert kit.runs.requests[0].names == ("a",)


@pytest.mark.parametrize("out", [None, "elsewhere", "."])
def test_made_split_is_not_found_when_there_is_none(kit: SplitKit, out: str | None) -> None:
    kit.files.texts["work/churn-notes.ipynb"] = "{}"

    with pytest.raises(NotFoundError) as caught:
        verify(kit, out)

    assert caught.value.code is ErrorCode.SPLIT_NOT_MADE
