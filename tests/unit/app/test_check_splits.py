from __future__ import annotations

import json

import pytest

from aidevsecops_ext.app.check_splits import check_splits
from aidevsecops_ext.app.split_notebook import SplitRequest, split_notebook
from aidevsecops_ext.domain.errors import CancelledError, ErrorCode, OutsideFailedError
from aidevsecops_ext.domain.release import Check, CheckStatus
from aidevsecops_ext.formats.notebook_json import parse
from aidevsecops_ext.formats.step_text import with_verified
from tests.fakes.cancel import FakeCancelToken
from tests.fakes.content import content_ports
from tests.fakes.files import FakeFiles
from tests.kits.notebooks import notebook_text

SOURCES = (
    "# One\n",
    "def f():\n    return 1",
    "a = f()",
    "# Two\n",
    "b = a + f()",
    "# Three\n",
    "b",
)


def source_text(*sources: str) -> str:
    value = json.loads(notebook_text(sources))
    for cell in value["cells"]:
        if cell["source"] and cell["source"][0].startswith("# "):
            cell["cell_type"] = "markdown"
            del cell["outputs"], cell["execution_count"]
    return json.dumps(value)


TEXT = source_text(*SOURCES)


def made(
    *, out: str | None = None, has_module: bool = False, verified: bool | None = True
) -> dict[str, str]:
    """The notebook and its steps, as a split writes them."""
    files = FakeFiles({"w/a.ipynb": TEXT})
    request = SplitRequest(
        "w/a.ipynb",
        parse(TEXT, "w/a.ipynb"),
        json.loads(TEXT),
        out=out,
        has_overlays=False,
        has_module=has_module,
    )
    split = split_notebook(request, content_ports(files).discover, FakeCancelToken())
    steps = {step.file.path: with_verified(step.file.text, verified) for step in split.steps}
    return {**files.texts, **steps}


def check(texts: dict[str, str]) -> Check:
    return check_splits(content_ports(FakeFiles(texts)), FakeCancelToken())


def test_splits_pass_when_there_are_none() -> None:
    found = check({"w/a.ipynb": TEXT, "b.ipynb": "{"})

    assert (found.status, found.message) == (CheckStatus.PASSED, "There are no notebooks of steps.")


@pytest.mark.parametrize(("out", "has_module"), [(None, False), (".", False), ("s", True)])
def test_splits_pass_when_they_are_verified(out: str | None, has_module: bool) -> None:
    found = check(made(out=out, has_module=has_module))

    assert (found.status, found.message) == (
        CheckStatus.PASSED,
        "3 step notebooks are verified.",
    )


def test_splits_pass_when_there_is_one_step() -> None:
    texts = made()
    texts = {path: text for path, text in texts.items() if path in ("w/a.ipynb", "w/a-one.ipynb")}
    texts["w/a.ipynb"] = source_text(*SOURCES[:3])

    found = check(texts)

    assert "w/a-one.ipynb" in texts
    assert found.message == "1 step notebook is verified."


@pytest.mark.parametrize(
    ("verified", "expected"),
    [(None, "Not verified: w/a-one.ipynb"), (False, "Verified, and something differs: w/a-one")],
)
def test_splits_fail_when_they_are_not_verified(verified: bool | None, expected: str) -> None:
    found = check(made(verified=verified))

    assert found.status is CheckStatus.FAILED
    assert found.message.startswith(expected)
    assert found.fix == "Split and verify: aidevsecops split w/a.ipynb --verify"


def test_splits_fail_when_one_was_edited() -> None:
    texts = made()
    texts["w/a-two.ipynb"] = texts["w/a-two.ipynb"].replace("b = a + f()", "b = 2")

    found = check(texts)

    assert found.message == "Edited by hand: w/a-two.ipynb."
    assert "have a look" in found.fix


def test_splits_fail_when_the_notebook_changed() -> None:
    texts = made()
    texts["w/a.ipynb"] = TEXT.replace("b = a + f()", "b = a - f()")

    found = check(texts)

    assert found.message == "Out of date: w/a-two.ipynb."
    assert found.fix == "Split and verify: aidevsecops split w/a.ipynb --verify"


def test_splits_fail_when_a_step_is_missing_or_is_no_more() -> None:
    less, more = made(), made()
    del less["w/a-two.ipynb"]
    more["w/a.ipynb"] = source_text(*SOURCES[:5])

    assert check(less).message == "Out of date: w/a-two.ipynb."
    assert "w/a-three.ipynb" in check(more).message


def test_splits_fail_when_their_notebook_is_gone_or_cannot_be_split() -> None:
    orphans, broken = made(), made()
    del orphans["w/a.ipynb"]
    broken["w/a.ipynb"] = "{"

    assert check(orphans).message.startswith("Of a notebook that is gone: w/a-one.ipynb, ")
    assert check(orphans).fix.startswith("Delete what belongs to nothing: w/a-one.ipynb, ")
    assert check(broken).message.startswith("Cannot be split again: w/a.ipynb (w/a.ipynb is not")


def test_splits_leave_out_what_cannot_be_read() -> None:
    odd = OutsideFailedError(ErrorCode.NOTEBOOK_INVALID, "denied")
    ports = content_ports(FakeFiles({"a.ipynb": ""}, {"a.ipynb": odd}))

    assert check_splits(ports, FakeCancelToken()).status is CheckStatus.PASSED


class _CancelledLater(FakeCancelToken):
    """Cancelled when it has been asked a few times."""

    def __init__(self, times: int) -> None:
        super().__init__()
        self._left = times

    def raise_if_cancelled(self) -> None:
        self._left -= 1
        if self._left < 0:
            raise CancelledError


@pytest.mark.parametrize("times", [0, 4, 6])
def test_splits_end_when_cancelled(times: int) -> None:
    with pytest.raises(CancelledError):
        check_splits(content_ports(FakeFiles(made())), _CancelledLater(times))
