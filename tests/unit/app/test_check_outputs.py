from __future__ import annotations

import json

import pytest

from aidevsecops_ext.app.check_outputs import check_outputs
from aidevsecops_ext.domain.errors import ErrorCode, NotFoundError
from aidevsecops_ext.domain.json_value import Json
from aidevsecops_ext.domain.release import Check, CheckStatus
from aidevsecops_ext.domain.release_settings import OutputsPolicy
from aidevsecops_ext.formats.step_text import StepMetadata
from aidevsecops_ext.formats.step_text import notebook_text as step_text
from tests.fakes.cancel import FakeCancelToken
from tests.fakes.content import content_ports
from tests.fakes.files import FakeFiles

PRINTED: Json = {"output_type": "stream", "name": "stdout", "text": "1"}
RAISED: Json = {"output_type": "error", "ename": "E", "evalue": "", "traceback": []}


def notebook(*outputs: Json, count: int | None = 1) -> str:
    cells: list[Json] = [
        {
            "cell_type": "code",
            "execution_count": count,
            "metadata": {},
            "outputs": [] if output is None else [output],
            "source": "a",
        }
        for output in outputs
    ]
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


def check(policy: OutputsPolicy, **texts: str) -> Check:
    files = FakeFiles({f"{name}.ipynb": text for name, text in texts.items()})
    return check_outputs(policy, content_ports(files), FakeCancelToken())


@pytest.mark.parametrize("policy", OutputsPolicy)
def test_outputs_pass_when_there_are_no_notebooks(policy: OutputsPolicy) -> None:
    found = check(policy)

    assert (found.status, found.message) == (CheckStatus.PASSED, "There are no notebooks.")


def test_outputs_pass_when_anything_goes() -> None:
    assert check(OutputsPolicy.ANY, a=notebook(PRINTED)).status is CheckStatus.PASSED


def test_outputs_fail_when_they_should_be_stripped() -> None:
    found = check(
        OutputsPolicy.STRIPPED,
        a=notebook(PRINTED, None, RAISED),
        b=notebook(None),
        c=notebook(PRINTED),
        d="{",
    )

    assert found.status is CheckStatus.FAILED
    assert found.message == (
        "Notebooks have outputs: a.ipynb (cells 1, 3), c.ipynb (cell 1), d.ipynb (cannot be read)."
    )
    assert "Clear" in found.fix


def test_outputs_pass_when_they_are_stripped() -> None:
    found = check(OutputsPolicy.STRIPPED, a=notebook(None))

    assert (found.status, found.message) == (CheckStatus.PASSED, "No notebook has outputs.")


def test_outputs_fail_when_they_should_be_kept() -> None:
    step = step_text(
        [json.loads(notebook(None, count=None))["cells"][0]], {}, StepMetadata("a", "b", ())
    )

    found = check(
        OutputsPolicy.KEPT,
        a=notebook(None, None, count=None),
        b=notebook(RAISED),
        c=notebook(PRINTED, None),
        d="{",
        step=step,
    )

    assert found.status is CheckStatus.FAILED
    assert found.message == (
        "Notebooks are not run as a whole: a.ipynb (cells 1, 2 not run), "
        "b.ipynb (an error in cell 1), d.ipynb (cannot be read)."
    )
    assert "Run all" in found.fix


def test_outputs_pass_when_they_are_kept() -> None:
    found = check(OutputsPolicy.KEPT, a=notebook(PRINTED, None))

    assert (found.status, found.message) == (CheckStatus.PASSED, "All notebooks were run.")


def test_outputs_leave_out_a_notebook_that_was_deleted() -> None:
    gone = NotFoundError(ErrorCode.NOTEBOOK_NOT_FOUND, "gone")
    files = FakeFiles({"a.ipynb": ""}, {"a.ipynb": gone})

    found = check_outputs(OutputsPolicy.STRIPPED, content_ports(files), FakeCancelToken())

    assert found.status is CheckStatus.PASSED
