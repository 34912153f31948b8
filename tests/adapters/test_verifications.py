"""Splits verified in real kernels: what is lost on the way to a step is found."""

from __future__ import annotations

import base64
import struct
import sys
from pathlib import Path

import pytest

from aidevsecops_ext.adapters.clock import SystemClock
from aidevsecops_ext.adapters.nbdime_diffs import NbdimeDiffs
from aidevsecops_ext.app.report_verification import report_verification
from aidevsecops_ext.app.verification_ports import VerificationPorts
from aidevsecops_ext.app.verify_split import StepToVerify, VerifyRequest, verify_split
from aidevsecops_ext.domain.errors import ErrorCode, ToolMissingError
from aidevsecops_ext.domain.verification import Likeness, OutputDiff, Verification
from aidevsecops_ext.jobs.cancel import CancelSource
from tests.fakes.progress import FakeProgress
from tests.kits.kernels import KernelKit
from tests.kits.notebooks import notebook_text
from tests.kits.outputs import result, shown, stream
from tests.kits.runs import runs_in, step_text

_DRAW = "import matplotlib.pyplot as plt\nplt.plot(numbers)\nplt.show()"
SOURCE = notebook_text(
    [
        "import numpy as np",
        "np.random.seed(7)\nnumbers = np.random.rand(4)\npair = [numbers, numbers]",
        "print(np.random.rand(2).round(6))\nopen('out.txt', 'w').write(str(numbers))",
        _DRAW,
        "import time\nbegan = time.time()\nprint(f'done at {began}')",
    ]
)
_LOAD = """
import pickle
with open('artifacts/all.pickle', 'rb') as file:
    numbers, pair, state = pickle.load(file)
"""
_STATE = "np.random.set_state(state)"
_SAVE = """
import os, pickle
os.makedirs('artifacts', exist_ok=True)
with open('artifacts/all.pickle', 'wb') as file:
    pickle.dump((numbers, pair, np.random.get_state()), file)
"""


def verify(root: Path, *, load: str = _LOAD + _STATE, draw: str = _DRAW) -> Verification:
    """The verification of a notebook in two steps, of which the second one begins with ``load``."""
    first = step_text(
        ("import numpy as np", "imports", None),
        ("np.random.seed(7)\nnumbers = np.random.rand(4)\npair = [numbers, numbers]", "source", 1),
        (_SAVE, "write", None),
    )
    second = step_text(
        ("import time, numpy as np\nimport matplotlib.pyplot as plt", "imports", None),
        (load, "read", None),
        (
            "print(np.random.rand(2).round(6))\nopen('out.txt', 'w').write(str(numbers))",
            "source",
            2,
        ),
        (draw, "source", 3),
        ("began = time.time()\nprint(f'done at {began}')", "source", 4),
    )
    request = VerifyRequest(
        "nb.ipynb",
        SOURCE,
        (
            StepToVerify("make", "nb-make.ipynb", first, ("numbers", "pair")),
            StepToVerify("use", "nb-use.ipynb", second, ("numbers", "pair", "began"), ("make",)),
        ),
        artifacts=("artifacts",),
    )
    ports = VerificationPorts(runs_in(root), KernelKit().ports, SystemClock())
    return verify_split(request, ports, FakeProgress(), CancelSource())


def outcomes(found: Verification) -> dict[str, str]:
    """How each cell (by its number), variable and file came out."""
    return {
        str(one.cell) if one.cell is not None else one.name: one.outcome.value
        for one in found.compared
    }


@pytest.mark.slow
@pytest.mark.timeout(240)
class TestRealKernels:
    def test_split_is_the_same_when_everything_crosses(self, tmp_path: Path) -> None:
        found = verify(tmp_path)

        assert (found.verdict, found.summary) == (Likeness.SAME, found.summary)
        assert outcomes(found) == {
            **{"1": "same", "2": "same", "3": "same", "4": "same"},
            **{"numbers": "same", "pair": "same", "began": "not-checkable", "out.txt": "same"},
        }
        assert [one.cell for one in found.left_out] == [0]
        assert [*tmp_path.iterdir()] == []

    def test_difference_is_found_when_the_random_state_is_lost(self, tmp_path: Path) -> None:
        found = verify(tmp_path, load=_LOAD)

        assert found.verdict is Likeness.DIFFERENT
        different = [key for key, outcome in outcomes(found).items() if outcome == "different"]
        assert different == ["2"]
        page = report_verification(found, NbdimeDiffs())
        assert "<del>- [" in page
        assert "<ins>+ [" in page

    def test_difference_is_found_when_two_names_are_no_more_one_object(
        self, tmp_path: Path
    ) -> None:
        found = verify(tmp_path, load=f"{_LOAD}{_STATE}\npair = [n.copy() for n in pair]")

        assert outcomes(found)["pair"] == "different"
        assert outcomes(found)["numbers and pair"] == "different"

    def test_difference_is_found_when_a_picture_is_another(self, tmp_path: Path) -> None:
        found = verify(tmp_path, draw=_DRAW.replace("numbers", "numbers * 2"))

        assert [key for key, one in outcomes(found).items() if one == "different"] == ["3"]

    def test_failing_step_is_named(self, tmp_path: Path) -> None:
        found = verify(tmp_path, load="1 / 0")

        assert found.summary == (
            "The step use fails where the notebook does not (ZeroDivisionError: division by zero)."
        )
        assert outcomes(found)["1"] == "same"
        assert outcomes(found)["2"] == "not-checkable"


def _picture() -> str:
    return base64.b64encode(struct.pack(">I", 1)).decode()


@pytest.mark.slow
@pytest.mark.timeout(240)
def test_split_is_the_same_when_steps_run_at_the_same_time(tmp_path: Path) -> None:
    codes = ["left = sum(range(9))\nprint(left)", "right = 'abc'.upper()\nprint(right)"]
    steps = tuple(
        StepToVerify(
            name, f"nb-{name}.ipynb", step_text((codes[cell], "source", cell)), (variable,)
        )
        for cell, (name, variable) in enumerate([("a", "left"), ("b", "right")])
    )
    request = VerifyRequest("nb.ipynb", notebook_text(codes), steps, artifacts=("artifacts",))
    ports = VerificationPorts(runs_in(tmp_path), KernelKit().ports, SystemClock(), 2)

    found = verify_split(request, ports, FakeProgress(), CancelSource())

    assert found.verdict is Likeness.SAME
    assert len(found.cells) == 2
    assert {each.name for each in found.variables} == {"left", "right"}


def test_outputs_are_paired_when_some_are_missing_or_new() -> None:
    diffs = NbdimeDiffs()
    kept, other = stream(["a\n", "b 0.5\n", "c\n"]), stream("a\nb 0.6\nc\nd\n")

    changed = diffs.compare((kept,), (other, shown({"text/plain": "z"})))
    gone = diffs.compare((stream("x"), result("1"), result("2")), (result("1"), result("2")))
    same = diffs.compare((result("1"),), (result("1"),))
    new = diffs.compare((), (result("1"),))
    odd = diffs.compare((stream("one is 0.1\n"),), (stream("whatever\n"),))

    lines = ((" ", "a\n"), ("+", "b 0.6\n"), ("-", "b 0.5\n"), (" ", "c\n"), ("+", "d\n"))
    assert changed[0] == OutputDiff(kept, other, {"text": lines})
    assert changed[1].before is None
    assert [(one.before is None, one.after is None) for one in gone] == [
        (False, True),
        (False, False),
        (False, False),
    ]
    assert same == (OutputDiff(result("1"), result("1")),)
    assert odd[0].lines == {"text": (("+", "whatever\n"), ("-", "one is 0.1\n"))}
    assert new == (OutputDiff(None, result("1")),)


def test_lines_are_marked_when_shown_text_differs() -> None:
    before = shown({"text/plain": "a\nb\nc\nd", "image/png": _picture(), "application/json": {}})
    after = shown({"text/plain": "a\nc\nD", "image/png": _picture(), "application/json": {"a": 1}})

    (found,) = NbdimeDiffs().compare((before,), (after,))

    assert set(found.lines) == {"text/plain"}
    joined = "".join(line for mark, line in found.lines["text/plain"] if mark != "-")
    assert joined == "a\nc\nD"
    assert "".join(line for mark, line in found.lines["text/plain"] if mark != "+") == "a\nb\nc\nd"


def test_only_lines_around_a_difference_are_shown_when_a_text_is_long() -> None:
    lines = [f"{number}\n" for number in range(2_000)]
    changed = [*lines[:1_000], "x\n", *lines[1_001:]]

    (found,) = NbdimeDiffs().compare((stream("".join(lines)),), (stream("".join(changed)),))
    (other,) = NbdimeDiffs().compare((stream("".join(lines)),), (stream("x\n" * 3_000),))

    assert [mark + line for mark, line in found.lines["text"]] == [
        *(" … 997 lines before are the same\n", " 997\n", " 998\n", " 999\n"),
        *("+x\n", "-1000\n", " 1001\n", " 1002\n", " 1003\n"),
        " … 996 lines after are the same\n",
    ]
    assert other.lines["text"][-2:] == (("-", "… 1500 lines more\n"), ("+", "… 2500 lines more\n"))


def test_report_says_what_to_install_when_nbdime_is_missing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "nbdime", None)

    with pytest.raises(ToolMissingError) as caught:
        NbdimeDiffs().compare((), ())

    assert caught.value.code is ErrorCode.VERIFY_NO_NBDIME
    assert "aidevsecops-ext[verify]" in caught.value.hint
