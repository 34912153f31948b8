"""IPython cells as plain Python: magics go, lines and strings stay."""

from __future__ import annotations

import sysconfig
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aidevsecops_ext.domain.imports import is_python
from aidevsecops_ext.domain.ipython import Command, WrittenFile, read_cell
from aidevsecops_ext.domain.ipython_magics import RunFile


@pytest.mark.parametrize(
    ("source", "python"),
    [
        ("x = 1", "x = 1"),
        ("%matplotlib inline\nimport x", "pass\nimport x"),
        ("if a:\n    %cd x\nelse:\n    !ls", "if a:\n    pass\nelse:\n    pass"),
        ("x = !ls\n%%", "x = None; pass\npass"),
        ("x, y = %foo 1", "x, y = None; pass"),
        ("files = !ls -a  # all", "files = None; pass"),
        ("y = %time f(1)", "y = None; f(1)"),
        ("y = %time for i in x: print(i)", "y = None; pass"),
        ("x = f(a=1, b='%s' % c)\n!ls", "x = f(a=1, b='%s' % c)\npass"),
        ("a != b; c %= 3; d == e\n!ls", "a != b; c %= 3; d == e\npass"),
        ("foo?\nfoo.bar??\n?foo\n%time?", "pass\npass\npass\npass"),
        ("foo?  # what is it", "pass"),
        ("x = 'a?'\n!ls", "x = 'a?'\npass"),
        ("x = foo(?)", "x = foo(?)"),
        ("x = f(a= %b)\n!ls", "x = f(a= %b)\npass"),
        ("x == %b\n!ls", "x == %b\npass"),
        ("%timeit f(x)", "f(x)"),
        ("%timeit -n 10 -r3 -o f(x)", "f(x)"),
        ("%time --no-raise-error import a", "import a"),
        ("%prun -l 5 -s cumulative f(x)", "f(x)"),
        ("%memit", "pass"),
        ("%timeit f(", "pass"),
        ("for i in x:\n    %timeit -n1 f(i)\n", "for i in x:\n    f(i)\n"),
        ("%time x = !ls", "x = None; pass"),
        ("%time %time import a", "import a"),
        ("%pylab inline", "import numpy, matplotlib"),
        ("%load_ext tensorboard\n%reload_ext autoreload", "import tensorboard\npass"),
        ("%load_ext aidevsecops_ext", "pass"),
        ("%aimport a, b.c -d", "import a, b.c"),
        ("%run -m pack.mod", "import pack.mod"),
        ("%run\n%run -i", "pass\npass"),
        ("%time \\\nf(x)\ny", "f(x)\n\ny"),
        ("!ls \\\n  -a \\\n  b\ny", "pass\n\n\ny"),
        ("!ls \\", "pass"),
        ("%%time\nimport a", "\nimport a"),
        ("# note\n\n%%time\nimport a", "\n\n\nimport a"),
        ("%%timeit -n 3 import q\nq()", "import q\nq()"),
        ("%%timeit import (\nq()", "\nq()"),
        ("%%time", ""),
        ("%%capture out\n!ls\n%%prun\nf()", "\npass\npass\nf()"),
        ("%%capture\n%%time\nimport a", "\n\nimport a"),
        ("%%python3\nimport a", "\nimport a"),
        ("%%script python3\nimport a", "\nimport a"),
        ("%%script perl\nimport a", "\n"),
        ("%%script\nimport a", "\n"),
        ("%%html\n<b>", "\n"),
        ("%%R\nimport(a)", "\n"),
        ("%%mystery\nimport a", "\nimport a"),
        ("%%mystery\nselect 1 from b", "\n"),
        ("%%bash\nls", "\n"),
        ("%%writefile a.py\nimport a", "\n"),
        ("    import a\n    %cd b\n    c", "import a\npass\nc"),
        (">>> import a\n>>> def f():\n...     pass\n1", "import a\ndef f():\n    pass\n1"),
        ("import a\r\n%cd x\r\ny", "import a\npass\ny"),
        ("pip install x", "pass"),
        ("cd x\nmatplotlib inline\nls = 3", "pass\npass\nls = 3"),
        ("cat = 1\ncat in x\n%cd", "cat = 1\ncat in x\npass"),
        ("f(\n  a,\n  %b\n)\n!x", "f(\n  a,\n  %b\n)\npass"),
        ("x = 1 + \\\n  2\n!ls", "x = 1 + \\\n  2\npass"),
        ("x = '''\n!ls\n%cd\n'''\n!ls", "x = '''\n!ls\n%cd\n'''\npass"),
        ('x = """a\n\\""" !ls\n%cd """\n!ls', 'x = """a\n\\""" !ls\n%cd """\npass'),
        ("x = 'a\\\n%b'\n!ls", "x = 'a\\\n%b'\npass"),
        ("x = 'broken\n!ls", "x = 'broken\npass"),
        ("x = ')'  # (\n!ls", "x = ')'  # (\npass"),
        (")\n!ls", ")\npass"),
        ("print 'python 2'\n!ls", "print 'python 2'\npass"),
        ("   ", "   "),
        (">>> # x", "# x"),
        ("%", "pass"),
    ],
)
def test_read_cell_gives_plain_python(source: str, python: str) -> None:
    read = read_cell(source)

    assert read.python == python


@pytest.mark.parametrize(
    ("source", "commands"),
    [
        ("!pip install a", [("pip install a", 1)]),
        ("x\n!!ls", [("ls", 2)]),
        ("%pip install a", [("pip install a", 1)]),
        ("%conda install a", [("conda install a", 1)]),
        ("%sx ls -a", [("ls -a", 1)]),
        ("x = !ls\ny = %sx pwd", [("ls", 1), ("pwd", 2)]),
        ("!pip install \\\n  a \\\n  b\n!ls", [("pip install a b", 1), ("ls", 4)]),
        ("pip install a", [("pip install a", 1)]),
        ("%time !pip install a", [("pip install a", 1)]),
        ("x\n%time y = !ls", [("ls", 2)]),
        ("%%capture\n\n!pip install a", [("pip install a", 3)]),
        ("%%bash\npip install \\\n a\n\nls", [("pip install a", 2), ("ls", 5)]),
        ("\n%%script bash\nls", [("ls", 3)]),
        ("%%script --bg bash\nls", [("ls", 2)]),
        ("% pip install a", [("pip install a", 1)]),
        ("%%!\nls", [("ls", 2)]),
        ("'''\n!ls\n'''\n", []),
        ("%cd x", []),
    ],
)
def test_read_cell_gives_commands_with_their_lines(
    source: str, commands: list[tuple[str, int]]
) -> None:
    read = read_cell(source)

    assert list(read.commands) == [Command(text, line) for text, line in commands]


@pytest.mark.parametrize(
    ("source", "written"),
    [
        ("%%writefile a/b.py\nimport x\ny", WrittenFile("a/b.py", "import x\ny", False)),
        ("%%file -a 'a b.py'\nx", WrittenFile("a b.py", "x", True)),
        ("%%writefile --append a.py", WrittenFile("a.py", "", True)),
        ("%%writefile 'broken\nx", WrittenFile("'broken", "x", False)),
        ("%%writefile\nx", None),
        ("x", None),
    ],
)
def test_read_cell_gives_the_file_that_the_cell_writes(
    source: str, written: WrittenFile | None
) -> None:
    read = read_cell(source)

    assert read.written == written


@pytest.mark.parametrize(
    ("source", "runs"),
    [
        ("%run a.py", [RunFile("a.py")]),
        ("x\n%run -i 'a b.ipynb' arg", [RunFile("a b.ipynb")]),
        ("x\n%time %run a.py", [RunFile("a.py")]),
        ("%%time\n%run a.py", [RunFile("a.py")]),
        ("%run a.txt", []),
    ],
)
def test_read_cell_gives_the_files_that_the_cell_runs(source: str, runs: list[RunFile]) -> None:
    read = read_cell(source)

    assert list(read.runs) == runs


@pytest.mark.parametrize("source", ["%time " * 5000 + "x", "%%time\n" * 5000 + "x"])
def test_read_cell_stops_when_magics_are_nested_too_deeply(source: str) -> None:
    read = read_cell(source)

    assert read.python.count("\n") == source.count("\n")


_FRAGMENTS = st.sampled_from(
    ["%", "%%", "!", "?", "??", "=", "'", '"', "'''", '"""', "\\", "\n", "\r\n", "\t", " ", "    "]
    + ["(", ")", "#", ">>> ", "x", "time", "timeit", "bash", "writefile a.py", "pip install a"]
    + ["import a", "def f():", "if x:", "pass", "-n 3 ", "run ", "capture", "\0", "\x0c", "\u2028"]
)
_CELLS = st.lists(_FRAGMENTS, max_size=25).map("".join) | st.text(max_size=60)


@given(_CELLS)
def test_read_cell_keeps_the_count_of_lines_whatever_it_reads(source: str) -> None:
    read = read_cell(source)

    assert read.python.count("\n") == source.count("\n")


@given(_CELLS)
def test_read_cell_leaves_plain_python_as_it_is(source: str) -> None:
    read = read_cell(source)

    assert read.python == source or not is_python(source)


@given(st.lists(st.sampled_from(["x = 1", "%cd a", "!ls", "y?", "z = !ls", "'''\n%a\n'''"])))
def test_read_cell_makes_python_when_magics_stand_between_statements(lines: list[str]) -> None:
    read = read_cell("\n".join(lines))

    assert is_python(read.python)


def test_read_cell_leaves_the_standard_library_as_it_is() -> None:
    folder = Path(sysconfig.get_path("stdlib"))
    sources = [path.read_text("utf-8") for path in sorted(folder.glob("[a-f]*.py"))]

    changed = [source for source in sources if read_cell(source).python != source]

    assert len(sources) > 20
    assert changed == []
