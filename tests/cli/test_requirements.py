"""``aidevsecops requirements``."""

from __future__ import annotations

import json

import pytest

from tests.cli.conftest import Terminal
from tests.kits.notebooks import notebook_text

OWN = "https://own.example/simple"
FORK = {"git": "https://git.example/f.git"}


def declared_in(terminal: Terminal) -> object:
    text = (terminal.folder / "nb.ipynb").read_text(encoding="utf-8")
    return json.loads(json.loads(text)["metadata"]["requirements"])


def test_requirements_lists_what_is_declared_when_nothing_is_to_change(
    terminal: Terminal,
) -> None:
    pipfile = {
        "packages": {"numpy": {"version": "<2", "index": "own"}, "fork": FORK},
        "dev-packages": {"pytest": "*"},
        "source": [{"name": "own", "url": OWN}],
        "requires": {"python_version": "3.11"},
    }
    path = terminal.write("nb.ipynb", notebook_text(requirements=json.dumps(pipfile)))
    before = path.read_bytes()

    result = terminal.run("requirements", "nb.ipynb")

    assert result.stdout.splitlines() == [
        "nb.ipynb",
        "  numpy<2  own",
        "  pytest        dev",
        "  fork          cannot be locked: it comes from a Git repository, which a lock with "
        "hashes cannot hold",
        "  index: own https://own.example/simple",
        "  python: 3.11",
    ]
    assert path.read_bytes() == before


def test_requirements_writes_only_the_edit_when_one_is_added(terminal: Terminal) -> None:
    text = notebook_text(["import numpy"], zeta=1).replace("\n", "\r\n").rstrip()
    path = terminal.write("nb.ipynb", text)

    result = terminal.run("requirements", "nb.ipynb", "--add", "NumPy[x]>=1.2; os_name == 'nt'")

    assert result.exit_code == 0
    assert declared_in(terminal) == {
        "packages": {"numpy": {"version": ">=1.2", "extras": ["x"], "markers": 'os_name == "nt"'}},
        "dev-packages": {},
        "source": [],
    }
    after = path.read_bytes().decode()
    member = json.dumps(json.loads(after)["metadata"]["requirements"])
    assert after.replace(f'  "requirements": {member},\r\n', "") == text


def test_requirements_adds_removes_and_names_an_index_when_asked_at_once(
    terminal: Terminal,
) -> None:
    pipfile = {"packages": {"numpy": "*", "old": "*"}, "dev-packages": {}}
    terminal.write("nb.ipynb", notebook_text(requirements=json.dumps(pipfile)))

    answer = terminal.json(
        *("requirements", "nb.ipynb", "--dev", "-a", "pytest", "-r", "old", "-i", OWN)
    )

    assert declared_in(terminal) == {
        "packages": {"numpy": "*"},
        "dev-packages": {"pytest": {"version": "*", "index": "own.example"}},
        "source": [
            {"url": "https://index.example/simple", "verify_ssl": True, "name": "pypi"},
            {"url": OWN, "verify_ssl": True, "name": "own.example"},
        ],
    }
    assert (answer["notebook"], answer["changed"], answer["dry_run"]) == ("nb.ipynb", True, False)
    assert answer["requirements"] == [
        {
            "name": name,
            "specifier": "",
            "extras": [],
            "markers": "",
            "index": index,
            "dev": is_dev,
        }
        for name, index, is_dev in (("numpy", None, False), ("pytest", "own.example", True))
    ]


def test_requirements_records_an_index_when_nothing_is_added(terminal: Terminal) -> None:
    terminal.write("nb.ipynb", notebook_text())

    answer = terminal.json("requirements", "nb.ipynb", "--index", OWN)

    assert answer["indexes"] == [
        {"name": "pypi", "url": "https://index.example/simple", "verify_ssl": True},
        {"name": "own.example", "url": OWN, "verify_ssl": True},
    ]


def test_requirements_writes_nothing_when_it_is_a_dry_run(terminal: Terminal) -> None:
    path = terminal.write("nb.ipynb", notebook_text())
    before = path.stat().st_mtime_ns

    result = terminal.run("requirements", "nb.ipynb", "--add", "numpy", "--dry-run")

    assert result.stdout.splitlines() == ["nb.ipynb (would change)", "  numpy"]
    assert (path.read_text(), path.stat().st_mtime_ns) == (notebook_text(), before)


def test_requirements_leaves_the_file_when_all_is_as_asked(terminal: Terminal) -> None:
    path = terminal.write("nb.ipynb", notebook_text(requirements='{"packages": {"numpy": "*"}}'))
    before = path.stat()

    result = terminal.run("requirements", "nb.ipynb", "--add", "numpy")

    assert result.stdout.splitlines()[0] == "nb.ipynb"
    assert path.stat().st_mtime_ns == before.st_mtime_ns
    assert path.stat().st_ino == before.st_ino


@pytest.mark.parametrize(
    ("arguments", "exit_code", "words"),
    [
        (["--add", "numpy 1.0"], 2, "The requirement 'numpy 1.0' is not valid"),
        (["--add", "x @ https://files.example/x.whl"], 2, "a hashed lock cannot hold it"),
        (["--remove", "nunpy"], 2, "Did you mean numpy?"),
        (["--add", "a", "--index", "internal"], 2, "has no index 'internal'"),
        (["--index", "https://me:pw@own.example/simple"], 3, "user name or password"),
    ],
)
def test_requirements_refuses_and_leaves_the_file_when_the_change_is_wrong(
    terminal: Terminal, arguments: list[str], exit_code: int, words: str
) -> None:
    path = terminal.write("nb.ipynb", notebook_text(requirements='{"packages": {"numpy": "*"}}'))
    before = path.read_bytes()

    result = terminal.run("requirements", "nb.ipynb", *arguments)

    assert (result.exit_code, words in result.stderr) == (exit_code, True)
    assert path.read_bytes() == before


def test_requirements_answers_the_error_in_json_when_it_fails(terminal: Terminal) -> None:
    terminal.write("nb.ipynb", notebook_text())

    answer = terminal.json("requirements", "nb.ipynb", "--remove", "numpy")

    assert answer == {
        "notebook": "nb.ipynb",
        "error": {
            "code": "requirements.unknown",
            "message": "The notebook declares no requirement 'numpy'.",
            "hint": "The notebook declares none.",
            "details": {"name": "numpy"},
        },
    }


def test_requirements_refuses_when_the_name_is_of_several_notebooks(terminal: Terminal) -> None:
    terminal.write("a.ipynb", notebook_text())
    terminal.write("b.ipynb", notebook_text())

    result = terminal.run("requirements", ".")

    assert result.exit_code == 2
    assert ". names 2 notebooks; name one." in result.stderr
