from __future__ import annotations

import pytest

from aidevsecops_ext.domain.errors import ErrorCode, RefusedError
from tests.kits.plans import codes_of, plan


@pytest.mark.parametrize(
    "steps",
    [
        ("open('a.txt', 'w').write('1')", "print(open('a.txt').read())"),
        ("import pandas as pd\nx = pd.DataFrame()\nx.to_csv('a.csv')", "pd.read_csv('./a.csv')"),
        ("path = 'a'\nopen(path + '.txt', mode='w')", "name = 'a'\nopen(f'{name}.txt')"),
        (
            "from pathlib import Path\nDATA = Path('d')\n(DATA / 'a').write_text('1')",
            "(Path('d') / 'a').read_text()",
        ),
        ("import numpy as np\nnp.savez('a.npz', [1])", "import numpy as np\nnp.load('a.npz')"),
        ("import joblib\njoblib.dump(1, 'a')", "import joblib\njoblib.load('a')"),
        ("!wget -O a.csv http://x", "open('a.csv')"),
        ("!echo 1 > a", "!wc < a"),
        (f"!echo {'1' * 60_000} > a", "!wc < a"),
        ("%%writefile a.py\nx = 1", "open('a.py')"),
        ("open('a')", "open('a', 'w')"),
        ("open('a', 'w')", "open('a', 'w')"),
        ("import shutil\nopen('a', 'w')", "shutil.copy('a', 'b')"),
        ("!cp b a", "!cat ./a"),
        ("!make", "open('a')"),
        ("import os\nopen(os.listdir()[0], 'w')", "open('a')"),
        ("open('a', 'w')", "import os\nopen(os.listdir()[0])"),
        ("open('a')", "!make"),
        ("def save():\n    open('a', 'w')", "save()", "open('a')"),
        ("from pathlib import Path\nopen('a', 'w')", "Path('a').open().read()"),
        ("%%bash\nmake", "open('a')"),
        ("!make 'a > b", "open('b')"),
        ("open('a', 'w')\nopen('a')", "open('a')\nopen('a', 'w')\nopen('a', 'w')"),
        ("import os\nopen(os.path.join('d', 'a'), 'w')", "open('d/a')"),
    ],
)
def test_plan_keeps_the_order_of_steps_that_use_the_same_file(steps: tuple[str, ...]) -> None:
    found = plan(*steps)

    pair = (f"s{len(steps) - 2}", f"s{len(steps) - 1}")
    edge = next(edge for edge in found.edges if (edge.source, edge.target) == pair)
    assert edge.reasons
    assert found.steps[-1].upstream[-1] == pair[0]


def test_plan_leaves_apart_steps_that_use_different_files() -> None:
    found = plan(
        "open('a', 'w')",
        "open('b')",
        "import io\nopen('https://x')",
        "!date",
        "%%writefile",
        "import io, pandas as pd\nbuffer = io.StringIO()\npd.DataFrame().to_csv(buffer)",
        "import pandas as pd\npd.DataFrame().to_csv()",
        "path = f'{__name__}.txt' + (1 if __name__ else 2)",
        "open = len\nx = '%s' % open([])",
    )

    assert found.edges == ()
    assert (found.steps[0].files.writes, found.steps[1].files.reads) == (("a",), ("b",))


def test_plan_tells_of_paths_that_are_not_written_down() -> None:
    assert codes_of(plan("import sys\nopen(sys.argv[1])", "x = 1")) == ["files.unknown-path"]


_OS = "import os, os.path, shutil, glob\n"
_PATH = "from pathlib import Path\n"
_NUMPY = "import numpy as np\n"


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ("open('a/b', 'w')", _OS + "print(os.listdir('a'))"),
        ("open('a', 'w')", _OS + "print(os.listdir())"),
        ("open('a/b.csv', 'w')", _OS + "print(glob.glob('a/*.csv'))"),
        ("open('a.csv', 'w')", _OS + "print(glob.glob('*.csv'))"),
        ("open('/a/b', 'w')", _OS + "print(list(os.walk('/a')))"),
        ("open('a', 'w')", _OS + "print(os.path.exists('a'))"),
        ("open('a', 'w')", "from os.path import isfile as here\nprint(here('a'))"),
        ("open('a', 'w')", _PATH + "print(Path('a').exists())"),
        ("open('a', 'w')", _PATH + "print(list(Path('.').glob('*')))"),
        ("open('a', 'w')", _PATH + "print(list(Path('x').parent.iterdir()))"),
        ("open('a', 'w')", _OS + "os.remove('a')"),
        ("print(open('a').read())", _PATH + "Path('a').unlink()"),
        (_PATH + "Path('a').touch()", "open('a')"),
        (_PATH + "Path('b').rename('a')", "open('a')"),
        ("open('b')", _PATH + "Path('b').replace(target='a')"),
        (_OS + "os.makedirs('a/b', exist_ok=True)", "open('a/b/c', 'w')"),
        (_PATH + "Path('a').mkdir()", "open('a/b', 'w')"),
        (_OS + "shutil.copytree('a', 'b')", "open('b/c')"),
        ("open('a/b', 'w')", _OS + "shutil.copytree('a', 'c')"),
        (_OS + "shutil.move('a', 'b')", "open('b')"),
        ("open('a')", _OS + "os.rename('a', 'b')"),
        ("open('a/b', 'w')", _OS + "shutil.rmtree('a')"),
        ("import zipfile\nzipfile.ZipFile('a').extractall('b')", "open('b/c')"),
        ("import tarfile\ntarfile.open('a').extract('c', path='b')", "open('b/c')"),
        ("import tarfile\ntarfile.open('a').extractall()", "open('c')"),
        (_OS + "shutil.unpack_archive('a.zip', extract_dir='b')", "open('b/c')"),
        (_NUMPY + "np.save('a', [])", _NUMPY + "np.load('a.npy')"),
        (_NUMPY + "np.savez('a', [])", _NUMPY + "np.load('a.npz')"),
        (_NUMPY + "np.zeros(3).tofile('a')", _NUMPY + "np.fromfile('a')"),
        (_NUMPY + "np.memmap('a', mode='w+', shape=3)", _NUMPY + "np.memmap(filename='a')"),
        ("from PIL import Image\nx = Image.new('L', (1, 1))\nx.save('a')", "open('a')"),
        ("open('a', 'w')", "def f(x):\n    x.load('a')\nf"),
        ("import sqlite3\nsqlite3.connect('a')", "import sqlite3\nsqlite3.connect('a')"),
        ("open('a', 'w')", "import sqlalchemy as s\ne = s.create_engine('sqlite:///a')"),
        ("import shelve\nshelve.open('a')", "import shelve\nshelve.open('a')"),
        ("import logging\nlogging.basicConfig(filename='a')", "open('a')"),
        ("import subprocess\nsubprocess.run('echo 1 > a', shell=True)", "open('a')"),
        ("import subprocess\nsubprocess.run(['touch', 'a'])", "open('a')"),
        ("import subprocess\nsubprocess.run(['python', 'a.py'])", "open('a')"),
        ("import subprocess as s, sys\ns.run([sys.executable, 'a.py'])", "open('a')"),
        (_OS + "os.system('make')", "open('a')"),
        ("import linecache\nopen('a', 'w')", "import linecache\nlinecache.getline('a', 1)"),
        ("import fitz\nfitz.open('a', 'w')", "open('a')"),
        ("path: str = 'a'\nopen(path, 'w')", "open('a')"),
        (_OS + "open(os.path.join(os.getcwd(), 'a'), 'w')", "open('a')"),
        (_OS + "open(os.path.abspath('a'), 'w')", _PATH + "open(Path('a').resolve())"),
        (_PATH + "open(Path.cwd() / 'a', 'w')", _PATH + "open(Path('x', '..').joinpath('a'))"),
        (_OS + "open(os.path.abspath('/a'), 'w')", "open('/a')"),
        (_OS + "os.chdir('a')\nopen('b', 'w')", "open('../a/b')"),
        (_OS + "%cd a\nopen('b', 'w')", _OS + "os.chdir('..')\nopen('a/b')"),
        (_OS + "os.chdir(os.sep)\nopen('b', 'w')", "open('c')"),
        (_OS + "%cd $HOME\nopen('b', 'w')", "open('c')"),
        (_OS + "if os:\n    os.chdir('a')\nopen('b', 'w')", "open('c')"),
        (_OS + "home = os.getcwd()\nos.chdir('a')\nopen(home + '/b', 'w')", "open('../b')"),
        ("!touch a", "open('a')"),
        ("print(open('a').read())", "!rm a"),
        ("!mkdir -p a", "open('a/b', 'w')"),
        ("!mkdir a && cp b c a/", "open('a/c')"),
        ("open('b')", "!mv b c"),
        ("!echo 1 | tee a", "open('a')"),
        ("open('a', 'w')", "!ls"),
        ("open('a', 'w')", "x = !ls *"),
        ("open('a/b', 'w')", "!cd a && ls"),
        ("!cd $HOME; touch a", "open('b')"),
        ("open('a/b', 'w')", "!find a -name b"),
        ("!python a.py > log 2>&1", "open('model')"),
        ("!TOKEN=1 sudo touch a", "open('a')"),
        ("!wget -q http://x/y/a?b=1", "open('a')"),
        ("!wget -P a http://x/b", "open('a/b')"),
        ("!wget http://x", "open('a')"),
        ("!curl -LO http://x/a", "open('a')"),
        ("!curl http://x/a > a", "open('a')"),
        ("!git clone http://x/a.git", "open('a/b')"),
        ("!git clone http://x/a.git b", "open('b/c')"),
        ("!sed -i s/1/2/ a", "open('a')"),
        ("open('a.x', 'w')", "!sort < a.x | uniq -c"),
        ("open('a.x', 'w')", "!cat b.x a.x 2> /dev/null"),
        ("!touch {x}", "open('a')"),
        ("!echo $(date) > a", "open('a')"),
        ("import subprocess\nsubprocess.run(['make', 1])", "open('a')"),
        ("import subprocess\nsubprocess.run(*['make'])", "open('a')"),
        ("%mkdir a", "open('a/b', 'w')"),
        ("get_ipython().system('touch a')", "open('a')"),
        ("get_ipython().run_cell_magic('writefile', 'a', 'x')", "open('a')"),
        ("%%writefile features.py\nx = 1", "import features"),
        ("%%writefile src/features.py\nx = 1", "import sys\nfrom src.features import x"),
        ("open('features.py', 'w')", "import importlib\nimportlib.import_module('features')"),
    ],
)
def test_plan_keeps_the_order_of_whoever_makes_and_whoever_uses_a_file(
    first: str, then: str
) -> None:
    found = plan(first, f"{then}\nprint()")

    assert [(edge.source, edge.target) for edge in found.edges] == [("s0", "s1")]


@pytest.mark.parametrize(
    "then",
    [
        _OS + "os.makedirs('a', exist_ok=True)",
        "open('b/c', 'w')",
        "open('a/c', 'w')",
        _OS + "os.chdir('a')\nopen('c')",
        "import sqlite3\nsqlite3.connect(':memory:')",
        "import sqlite3\nsqlite3.connect()",
        "import logging\nlogging.basicConfig()",
        "import pandas as pd\nx = pd.Series(['b'])\nx.str.extract('a')",
        "x = {}\nx.load(x)\nx.rename(a=x)",
        "import webbrowser\nwebbrowser.open('https://a')",
        "!curl -s https://x/a",
        "!wget -O - https://x/a",
        "!cat a 2>/dev/null; cd a; cat <",
        "!(date); cat << END",
        "!date 1>&2",
        "!grep -c b",
        "%cd",
        "import importlib\nimportlib.import_module(__name__)",
        "import subprocess\nsubprocess.run(('date', '-u'))",
    ],
)
def test_plan_leaves_apart_steps_that_do_not_meet_in_a_file(then: str) -> None:
    found = plan("open('a/b', 'w')", then)

    assert found.edges == ()


def test_plan_takes_no_path_for_another_one_of_the_same_name() -> None:
    found = plan(
        "path = 'a'\ndef load(path):\n    return open(path)",
        "open('b', 'w')",
        "for path in ['b']:\n    open(path)",
        "print([open(path) for path in ['b']])",
        "print(load('b'))",
    )

    after = [edge.target for edge in found.edges if edge.source == "s1"]
    assert after == ["s2", "s3", "s4"]


def test_plan_looks_for_files_where_a_name_stands_for_when_a_function_is_called() -> None:
    found = plan("out = 'a'\ndef save():\n    open(out, 'w')", "out = 'b'\nsave()", "open('b')")

    assert found.steps[1].files.writes == ("b",)
    assert found.steps[2].upstream == ("s1",)


def test_plan_names_files_as_seen_from_the_notebook() -> None:
    found = plan(
        "import os\nos.makedirs('a')\nos.chdir('a')\nopen('b', 'w')\nos.listdir()\nos.remove('b')",
        "import os\nopen('../c')\nos.chdir('..')\nos.listdir()",
    )

    assert [(step.files.reads, step.files.writes) for step in found.steps] == [
        (("a",), ("a/b",)),
        (("c",), ()),
    ]


def test_plan_has_a_step_that_goes_to_a_folder_again_run_after_who_makes_it() -> None:
    found = plan("import os\nos.mkdir('a')", "import os\nos.chdir('a')", "import os\nos.getcwd()")

    assert found.steps[2].upstream == ("s0",)


@pytest.mark.parametrize(
    "write",
    [
        "%%writefile features.py\nx = 1",
        "!wget https://x/features.py",
        "!git clone https://x/features",
        "open('features.py', 'w')",
    ],
)
def test_plan_imports_a_module_only_after_it_is_written(write: str) -> None:
    found = plan(f"{write}", ("import features", "step:s0"), "features.x")

    assert [cell.source for cell in found.steps[0].body] == [write, "import features"]
    assert found.steps[1].upstream == ("s0",)


@pytest.mark.parametrize("write", ["!make", "%%bash\nmake"])
def test_plan_leaves_an_import_behind_what_may_write_its_module(write: str) -> None:
    found = plan(write, ("import features", "step:s0"), ("features.x", "step:s0"))

    assert [cell.source for cell in found.steps[0].body] == [write, "import features", "features.x"]


def test_plan_orders_steps_whose_cells_take_turns_by_files_that_nobody_knows() -> None:
    with pytest.raises(RefusedError) as caught:
        plan(("!make", "step:a"), ("open('x')", "step:b"), ("!make", "step:a"))

    assert caught.value.code is ErrorCode.SPLIT_CYCLE


@pytest.mark.parametrize(
    ("source", "program"),
    [
        ("!oc get pods", "oc"),
        ("x = 1\n!cd a && kubectl apply -f a.yaml", "kubectl"),
        ("%%bash\nmake", "the bash script"),
        ("%%!\nmake", "the shell script"),
        ("!{tool} --all", "the program that is called here"),
        ("!sed -i s/a/b/ a.txt", "sed"),
        ("!wget -i list.txt", "wget"),
        ("import subprocess\nsubprocess.run(['dvc', 'repro'])", "dvc"),
        ("import subprocess, sys\nsubprocess.run([*sys.argv])", "the program that is called here"),
    ],
)
def test_warning_names_the_program_when_its_files_cannot_be_seen(source: str, program: str) -> None:
    found = plan("open('a', 'w')", f"tool = 'a'\n{source}" if "{tool}" in source else source)

    warning = found.warnings[-1]
    line = source.count("\n") + 1 + ("{tool}" in source)
    text = f"Which files {program} reads or writes cannot be seen, so the steps that use files keep"
    assert warning.message == f"{text} their order."
    assert (warning.cell, warning.line) == (1, 1 if "%%" in source else line)
    reason = f"s1 runs {program}, which may write any file, and s0 uses one."
    assert found.edges[0].reasons[-1] == reason


@pytest.mark.parametrize(
    ("command", "does"), [("!cat ./$x", "read"), ("!cp b.txt ./$x", "written")]
)
def test_warning_says_that_a_path_is_unknown_when_a_known_program_has_it(
    command: str, does: str
) -> None:
    found = plan("open('a', 'w')", f"x = 'a'\n{command}")

    assert f"The path of the file that is {does} here" in found.warnings[-1].message
    assert "a file whose name is not known" in found.edges[0].reasons[0]
