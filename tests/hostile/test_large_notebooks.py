"""Notebooks of a hundred megabytes, in one piece or in many: they are read, or refused unread."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

_ROOT = Path(__file__).parents[2]
_MOST_MEGABYTES = 500
_PROGRAM = """\
import json
from pathlib import Path
from aidevsecops_ext.adapters.files import RootedFiles
from aidevsecops_ext.app.open_notebook import open_notebook
from aidevsecops_ext.config import Settings
from aidevsecops_ext.domain.errors import AidevsecopsError

def peak():
    # What getrusage tells begins with the peak of the process that started this one.
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) // 1024 for line in lines if line.startswith("VmHWM"))

before = peak()
try:
    files = RootedFiles(Path.cwd(), Settings().max_notebook_bytes)
    found = len(open_notebook("nb.ipynb", files).notebook.cells)
except AidevsecopsError as error:
    found = error.code.value
print(json.dumps([found, peak() - before]))
"""

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(600),
    pytest.mark.skipif(
        sys.platform != "linux", reason="memory is counted in other units elsewhere"
    ),
]


def _hole(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(4_000_000_000)


def _output(kind: str, data: str) -> Callable[[Path], None]:
    """A notebook with one cell and one output."""

    def write(path: Path) -> None:
        output = {"data": {kind: data}, "metadata": {}, "output_type": "display_data"}
        cell = {"cell_type": "code", "metadata": {}, "outputs": [output], "source": "x = 1"}
        notebook = {"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
        path.write_text(json.dumps(notebook, ensure_ascii=False), encoding="utf-8")

    return write


def _cells(count: int) -> Callable[[Path], None]:
    def write(path: Path) -> None:
        cells = ",".join(['{"cell_type":"raw","metadata":{},"source":"a"}'] * count)
        path.write_text(f'{{"cells":[{cells}],"metadata":{{}},"nbformat":4}}')

    return write


@pytest.mark.parametrize(
    ("write", "found"),
    [
        pytest.param(_hole, "notebook.too-large", id="four gigabytes"),
        pytest.param(_output("image/png", "A" * 100_000_000), "notebook.too-large", id="100 MB"),
        pytest.param(_output("image/png", "A" * 49_000_000), 1, id="49 MB of a picture"),
        pytest.param(_output("text/html", "<b>é</b>" * 5_400_000), 1, id="48 MB of HTML"),
        pytest.param(_cells(100_000), 100_000, id="a hundred thousand cells"),
        pytest.param(_cells(1_000_000), "notebook.invalid", id="a million cells"),
    ],
)
def test_large_notebook_takes_no_more_memory_than_it_may(
    tmp_path: Path, write: Callable[[Path], None], found: int | str
) -> None:
    write(tmp_path / "nb.ipynb")

    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM],
        cwd=tmp_path,
        env={"PYTHONPATH": str(_ROOT)},
        capture_output=True,
        text=True,
    )

    assert done.returncode == 0, done.stderr
    answer, megabytes = json.loads(done.stdout)
    assert answer == found
    assert 0 < megabytes < _MOST_MEGABYTES
