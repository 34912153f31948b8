"""The cells that write and read artifacts, run in Python processes of their own."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.kits.step_runs import Python, python, read, written

_STEP = Path("artifacts") / "nb" / "one"


@pytest.fixture(scope="module")
def processes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Python, Python]]:
    folder = tmp_path_factory.mktemp("cells")
    with python(folder) as writer, python(folder) as reader:
        yield writer, reader


@pytest.fixture
def writer(processes: tuple[Python, Python], tmp_path: Path) -> Python:
    return processes[0].within(tmp_path)


@pytest.fixture
def reader(processes: tuple[Python, Python], tmp_path: Path) -> Python:
    return processes[1].within(tmp_path)


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Python]:
    """A process whose modules a test may change."""
    with python(tmp_path) as process:
        yield process


def _files(folder: Path) -> set[str]:
    return {path.name for path in (folder / _STEP).iterdir()}


_ALWAYS = {"manifest.json", "values.json", "objects.pkl"}


def test_write_takes_a_format_that_fits_each_value(writer: Python) -> None:
    code = """
import numpy, pandas
plain = {"a": [1, 2.5, None, True, "é"]}
big = numpy.arange(100_000.)
frame = pandas.DataFrame({"x": [1, 2], "y": ["a", None]})
small = (numpy.arange(3), {1, 2})
"""

    ran = writer.run(written(code, ["plain", "big", "frame", "small"]))

    assert ran.error is None
    assert _files(writer.folder) == {*_ALWAYS, "big.npy", "frame.parquet"}
    values = json.loads((writer.folder / _STEP / "values.json").read_text("utf-8"))
    assert values == {"plain": {"a": [1, 2.5, None, True, "é"]}}
    manifest = json.loads((writer.folder / _STEP / "manifest.json").read_text("utf-8"))
    assert manifest["names"]["big"]["kind"] == "numpy.ndarray (100000,)"
    assert 800_000 < manifest["names"]["big"]["bytes"] < 801_000
    assert [group["names"] for group in manifest["objects"]] == [["big"], ["frame"], ["small"]]


def test_write_prints_a_line_a_name_with_its_size(writer: Python) -> None:
    ran = writer.run(written("import numpy\nn = 1\nbig = numpy.zeros(10**6)", ["n", "big"]))

    assert ran.printed == "n: int, 1 bytes\nbig: numpy.ndarray (1000000,), 8 MB\n"


def test_read_loads_nothing_else_when_other_names_share_nothing(
    writer: Python, reader: Python
) -> None:
    writer.run(written("import numpy\na = numpy.zeros(9)\nb = numpy.ones(10**5)", ["a", "b"]))
    (writer.folder / _STEP / "b.npy").unlink()

    ran = reader.run(read("result = [len(a), 'b' in globals()]", ["a"]))

    assert (ran.error, ran.result) == (None, [9, False])


def test_names_of_one_object_stay_one_when_they_are_read_together(
    writer: Python, reader: Python
) -> None:
    writer.run(written("a = [1]\nb = {'in': [a]}\nc = (b, a)", ["a", "b", "c"]))

    ran = reader.run(read("a.append(2)\nresult = [b['in'][0], c[0] is b, c[1]]", ["a", "b", "c"]))

    assert ran.result == [[1, 2], True, [1, 2]]


def test_views_of_a_dictionary_show_it_when_they_have_crossed(
    writer: Python, reader: Python
) -> None:
    code = "a = {'x': 1}\nviews = [a.keys(), a.values(), a.items()]"
    writer.run(written(code, ["a", "views"]))

    ran = reader.run(read("a['y'] = 2\nresult = [list(view) for view in views]", ["a", "views"]))

    assert (ran.error, ran.result) == (None, [["x", "y"], [1, 2], [["x", 1], ["y", 2]]])


def test_functions_draw_from_the_generator_of_all_when_they_have_crossed(
    writer: Python, reader: Python
) -> None:
    head = "import random\nimport numpy\n"
    words = "generators=['random', 'numpy']"
    made = "random.seed(7)\nnumpy.random.seed(8)\ndraw = [random.random, random.choice]\n"
    made += "also = numpy.random.normal\nmine = random.Random(9).random\n"
    drawn = "\nresult = [draw[0](), draw[1]([1, 2, 3]), also(), mine(), random.random()]\n"
    before = writer.run(written(head + made, ["draw", "also", "mine"], words) + drawn)

    after = reader.run(read(drawn, ["draw", "also", "mine"], words, head=head))

    assert (before.error, after.error) == (None, None)
    assert after.result == before.result


def test_views_see_changes_of_each_other_when_they_have_crossed(
    writer: Python, reader: Python
) -> None:
    code = "import numpy\nwhole = numpy.arange(20_000.).reshape(100, 200)\npart = whole[5:, ::3]"
    writer.run(written(code, ["part", "whole"]))

    ran = reader.run(read("whole[5, 3] = -1\nresult = part[0, 1]", ["part", "whole"]))

    assert (ran.error, ran.result) == (None, -1)
    assert {"part-memory.npy"} == _files(writer.folder) - _ALWAYS


def test_arrays_made_of_the_same_bytes_share_them_when_they_have_crossed(
    writer: Python, reader: Python
) -> None:
    code = (
        "import numpy\nheld = bytearray(80)\na, b = numpy.frombuffer(held), numpy.frombuffer(held)"
    )
    writer.run(written(code, ["a", "b"]))

    assert reader.run(read("a[3] = 7\nresult = b[3]", ["a", "b"])).result == 7


def test_part_of_a_large_array_is_written_alone_when_the_rest_does_not_cross(
    writer: Python, reader: Python
) -> None:
    code = "import numpy\nwhole = numpy.zeros((1000, 1000))\ncolumn = whole[:, 3]"

    writer.run(written(code, ["column"]))

    assert (writer.folder / _STEP / "column.npy").stat().st_size == 8_128
    assert reader.run(read("result = len(column)", ["column"])).result == 1000


@pytest.mark.parametrize("order", ["C", "F", "[::2]"])
def test_layout_of_an_array_stays_when_it_crosses(
    writer: Python, reader: Python, order: str
) -> None:
    array = "numpy.arange(90_000.).reshape(300, 300)"
    made = f"{array}[::2]" if order == "[::2]" else f"numpy.array({array}, order={order!r})"
    code = f"import numpy\na = {made}\nresult = list(a.strides)"
    before = writer.run(written(code, ["a"]))

    after = reader.run(read("result = list(a.strides)", ["a"]))

    assert after.result == before.result


def test_layout_of_a_frame_stays_when_it_crosses(writer: Python, reader: Python) -> None:
    # Sums over rows and columns depend on it, in their last digits.
    code = """
import numpy, pandas
rows = numpy.random.default_rng(1).normal(size=(3000, 7))
frame = pandas.DataFrame(rows, columns=list("abcdefg"), copy=False)
"""
    check = "result = [frame.values.strides[0], float(frame.values.sum()).hex()]"
    before = writer.run(written(code, ["frame"]) + check)

    after = reader.run(read(check, ["frame"]))

    assert "frame.parquet" not in _files(writer.folder)
    assert (after.error, after.result) == (None, before.result)


def test_plain_value_keeps_what_is_one_in_it(writer: Python, reader: Python) -> None:
    writer.run(written("row = [1]\nrows = [row, row]\ndel row", ["rows"]))

    ran = reader.run(read("rows[0].append(2)\nresult = rows", ["rows"]))

    assert ran.result == [[1, 2], [1, 2]]


def test_name_stays_unbound_when_the_run_did_not_bind_it(writer: Python, reader: Python) -> None:
    ran = writer.run(written("if False:\n    b = 1\na = 1", ["a", "b"]))

    assert ran.printed == "a: int, 1 bytes\n"
    ran = reader.run(read("result = [a, 'b' in globals()]", ["a", "b"]))
    assert (ran.error, ran.result) == (None, [1, False])


def test_read_says_which_step_to_run_when_there_is_nothing(reader: Python) -> None:
    ran = reader.run(read("", ["a"], step="load"))

    path = Path("artifacts/nb/load")
    assert ran.message == (
        f"RuntimeError: There is nothing from the step load at {path}: run load first."
    )


def test_read_says_which_step_to_run_again_when_its_artifact_lacks_a_name(
    writer: Python, reader: Python
) -> None:
    writer.run(written("a = 1", ["a"]))

    ran = reader.run(read("", ["a", "b"]))

    assert ran.message == (
        "RuntimeError: What the step one wrote is of an older split: run one again."
    )


@pytest.mark.parametrize(
    ("made", "kind", "reason"),
    [
        ("(n for n in [1])", "builtins.generator", "cannot pickle 'generator' object"),
        ("open('notes.txt', 'w')", "_io.TextIOWrapper", "an open file stays in its process"),
        ("[open('notes.txt', 'w')]", "builtins.list", "an open file stays in its process"),
        ("__import__('threading').Lock()", "_thread.lock", "cannot pickle '_thread.lock' object"),
        ("memoryview(b'a')", "builtins.memoryview", "a memoryview stays in its process"),
        ("__import__('socket').socket()", "socket.socket", "cannot pickle 'socket' object"),
        ("cached", "functools._lru_cache_wrapper", "a _lru_cache_wrapper stays in its process"),
    ],
)
def test_write_names_the_variable_when_it_cannot_be_written(
    writer: Python, made: str, kind: str, reason: str
) -> None:
    writer.run(written("good = [1]", ["good"]))
    head = "import functools\n@functools.lru_cache\ndef cached(): pass\n"

    ran = writer.run(written(f"{head}good = [2]\nbad = {made}", ["good", "bad"]))

    assert ran.message == (
        f"RuntimeError: bad ({kind}, from cell 3) cannot be written for later steps: {reason}."
        " Make it in the step that uses it (move that code, or cut elsewhere), or keep what it is"
        " made of: numbers, tables, a path."
    )
    assert ran.error is not None
    assert "During handling" not in ran.error
    assert json.loads((writer.folder / _STEP / "values.json").read_text()) == {"good": [1]}
    assert [path.name for path in (writer.folder / _STEP).parent.iterdir()] == ["one"]


@pytest.mark.parametrize(
    ("failure", "message"),
    [
        (
            "OSError(28, 'No space left')",
            "RuntimeError: big (numpy.ndarray, from cell 3) cannot be written for later steps:"
            " [Errno 28] No space left. Make room, or write elsewhere, and run this again.",
        ),
        ("KeyboardInterrupt", "KeyboardInterrupt"),
    ],
)
def test_artifact_stays_as_it_was_when_writing_is_cut_off(
    fresh: Python, failure: str, message: str
) -> None:
    fresh.run(written("import numpy\nn = 1\nbig = numpy.zeros(9)", ["n", "big"]))
    before = _files(fresh.folder)
    code = f"""
import numpy
def save(path, array):
    with open(path, "wb") as file:
        file.write(b"half of it")
    raise {failure}
numpy.save, n, big = save, 2, numpy.ones(9)
"""

    ran = fresh.run(written(code, ["n", "big"]))

    assert ran.message == message
    assert json.loads((fresh.folder / _STEP / "values.json").read_text()) == {"n": 1}
    assert _files(fresh.folder) == before
    assert [path.name for path in (fresh.folder / _STEP).parent.iterdir()] == ["one"]


def test_write_ends_what_failed_with_one_full_stop(writer: Python) -> None:
    ran = writer.run(written("a = []\nfor n in range(9999):\n    a = [a]", ["a"]))

    assert "recursion" in ran.message
    assert ".." not in ran.message


def test_artifact_is_replaced_whole_when_the_step_runs_again(writer: Python) -> None:
    writer.run(written("import numpy\na = numpy.zeros(10**5)", ["a"]))

    ran = writer.run(written("a = 1", ["a"]))

    assert ran.error is None
    assert _files(writer.folder) == _ALWAYS
    assert [path.name for path in (writer.folder / _STEP).parent.iterdir()] == ["one"]


def test_classes_of_both_steps_are_found_by_name(writer: Python, reader: Python) -> None:
    head = """
class Model:
    class Part:
        pass

    def __init__(self):
        self.part = Model.Part()

score = lambda model: 1
"""
    words = "by_name=['Model', 'score', 'missing']"
    writer.run(written(f"{head}m = Model()\nf = [score]", ["m", "f"], words))

    code = "result = [type(m) is Model, type(m.part) is Model.Part, f[0] is score]"
    ran = reader.run(read(code, ["m", "f"], head=head))

    assert (ran.error, ran.result) == (None, [True, True, True])


def test_class_crosses_with_its_object_when_the_reader_has_none(
    writer: Python, reader: Python
) -> None:
    code = "class Model:\n    def double(self):\n        return 2 * self.n\nm = Model()\nm.n = 4"
    writer.run(written(code, ["m"]))

    assert reader.run(read("result = m.double()", ["m"])).result == 8


def test_function_that_was_defined_anew_crosses_as_it_was(writer: Python, reader: Python) -> None:
    code = "def f(): return 1\nold = [f]\ndef f(): return 2\n"
    writer.run(written(code, ["old"], "by_name=['f']"))

    assert reader.run(read("result = old[0]()", ["old"], head="def f(): return 2")).result == 1


def test_random_generators_go_on_where_they_were(writer: Python, reader: Python) -> None:
    head = "import random\nimport numpy\n"
    words = "generators=['random', 'numpy', 'torch']"
    seed = "random.seed(7)\nnumpy.random.seed(8)\nnumpy.random.normal()\nn = 1\n"
    draw = "\nresult = [random.random(), numpy.random.normal(), numpy.random.random()]\n"
    before = writer.run(written(head + seed, ["n"], words) + draw)

    after = reader.run(read(draw, ["n"], words, head=head))

    assert before.error is None
    assert after.result == before.result


def test_generators_are_left_alone_when_only_names_are_read(writer: Python, reader: Python) -> None:
    writer.run(written("import random\nrandom.seed(7)\nn = 1", ["n"], "generators=['random']"))

    head = "import random\nrandom.seed(1)\nfirst = random.random()\nrandom.seed(1)\n"
    assert reader.run(read("result = random.random() == first", ["n"], head=head)).result is True


@pytest.mark.parametrize("copies_on_write", [True, False])
def test_frames_see_of_each_other_what_they_saw(
    writer: Python, reader: Python, copies_on_write: bool
) -> None:
    # From pandas 3 on it always copies on write.
    head = f"""
import pandas
if int(pandas.__version__[0]) < 3:
    pandas.set_option("mode.copy_on_write", {copies_on_write})
"""
    code = """
one = pandas.DataFrame({"x": pandas.array([1, None]), "y": [1.5, 2.5], "z": [0.5, 0.5]})
two = one.copy(deep=False)
column = one["y"]
"""
    names = ["one", "two", "column"]
    change = "one.loc[0, 'y'] = -1\none.loc[0, 'x'] = 9\n"
    check = f"{change}result = [float(column[0]), float(two.y[0]), int(two.x[0])]"

    before = writer.run(written(head + code, names) + check)
    after = reader.run(read(check, names, head=head))

    assert before.error is None
    assert (after.error, after.result) == (None, before.result)


def test_frame_and_its_objects_stay_one_when_they_cross(writer: Python, reader: Python) -> None:
    code = "import pandas\nd = {'n': 1}\nf = pandas.DataFrame({'o': [d, float('nan')]})"
    writer.run(written(code, ["d", "f"]))

    assert reader.run(read("result = f.o[0] is d", ["d", "f"])).result is True


def test_groups_stay_apart_when_they_share_only_what_is_fixed(writer: Python) -> None:
    code = "import numpy\na, b = numpy.zeros(3), [numpy.ones(3), 'x', 5, None, (), max, len]"

    writer.run(written(code, ["a", "b"]))

    manifest = json.loads((writer.folder / _STEP / "manifest.json").read_text("utf-8"))
    assert [group["names"] for group in manifest["objects"]] == [["a"], ["b"]]


def test_large_text_crosses_in_frames_and_in_objects(writer: Python, reader: Python) -> None:
    code = """
import pandas
frame = pandas.DataFrame({"x": [f"text {n}" for n in range(50_000)]})
held = (frame.copy(), frame["x"].rename("s"), "long" * 10**5, b"long" * 10**5)
"""
    check = "result = [len(frame), held[0].x[49_999], held[1][7], len(held[2]), len(held[3])]"
    before = writer.run(written(code, ["frame", "held"]) + check)

    after = reader.run(read(check, ["frame", "held"]))

    assert before.error is None
    assert (after.error, after.result) == (None, before.result)


def test_files_of_names_that_differ_in_case_are_two(writer: Python, reader: Python) -> None:
    code = "import numpy\nx = numpy.zeros(3)\nX = numpy.ones(3)"

    writer.run(written(code, ["x", "X"]))

    assert _files(writer.folder) == {*_ALWAYS, "x.npy", "X-2.npy"}
    assert reader.run(read("result = [x[0], X[0]]", ["x", "X"])).result == [0, 1]
