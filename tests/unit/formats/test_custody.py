"""Where generated files come from, and whether somebody edited them."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from aidevsecops_ext.domain.errors import UserError
from aidevsecops_ext.domain.exchange import PackageFile
from aidevsecops_ext.domain.lock import Lock, LockedPackage
from aidevsecops_ext.domain.requirements import Index
from aidevsecops_ext.formats.custody import (
    Custody,
    custody_lines,
    custody_table,
    is_edited,
    ranges_of,
    read_custody,
    read_custody_table,
    sealed,
)
from aidevsecops_ext.formats.pylock import write_pylock

WHOLE = Custody("nb.ipynb", "ab12")
STEP = Custody("a/nb é.ipynb", "ab12", "train", "a/nb-train.ipynb", (0, 3, 4, 5), "cd34")


def test_comment_says_where_a_file_comes_from() -> None:
    assert custody_lines(STEP) == (
        "# Written by aidevsecops, which writes it again when the notebook changes.\n"
        "# notebook: a/nb é.ipynb\n"
        "# step: train\n"
        "# step-notebook: a/nb-train.ipynb\n"
        "# cells: 1, 4-6 (counted from 1)\n"
        "# lock: sha256:ab12\n"
        "# requirements: sha256:cd34\n"
    )


@pytest.mark.parametrize("custody", [WHOLE, STEP, Custody("n.ipynb", "")])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_comment_reads_back(custody: Custody, end: str) -> None:
    text = f"{custody_lines(custody)}\nrest = 1\n".replace("\n", end)

    found = read_custody(text)

    assert found is not None
    assert (found.notebook, found.lock, found.step) == (
        custody.notebook,
        custody.lock,
        custody.step,
    )
    assert (found.step_notebook, found.requirements) == (
        custody.step_notebook,
        custody.requirements,
    )


@pytest.mark.parametrize("path", ["a\nimport os\n#.ipynb", 'q"\\.ipynb', "\x7f.ipynb"])
def test_comment_holds_any_path(path: str) -> None:
    text = custody_lines(Custody(path, "ab"))

    assert all(line.startswith("#") for line in text.splitlines())
    found = read_custody(text)
    assert found is not None
    assert found.notebook == path


def test_comment_of_somebody_else_is_none() -> None:
    assert read_custody("# a file\n") is None
    found = read_custody("# notebook: C:\\x\n# lock: sha256:1\n")
    assert found is not None
    assert found.notebook == "C:\\x"


@pytest.mark.parametrize("custody", [WHOLE, STEP])
def test_table_reads_back_with_cells_from_zero(custody: Custody) -> None:
    found = read_custody_table(custody_table(custody))

    assert found is not None
    assert found == replace(custody, requirements="")


def test_table_is_none_when_somebody_else_wrote_the_file() -> None:
    assert read_custody_table('lock-version = "1.0"\n') is None
    with pytest.raises(UserError):
        read_custody_table("[")


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_table_is_found_behind_a_lock(end: str) -> None:
    text = f"{_lock()}\n{custody_table(STEP)}".replace("\n", end)

    found = read_custody_table(text)

    assert found == replace(STEP, requirements="")


@pytest.mark.parametrize(
    "line", ["<<<<<<< HEAD\n", 'name = "a\n', "[[packages]\n", 'version = "1.0" x\n']
)
def test_table_behind_a_lock_that_is_broken_is_refused(line: str) -> None:
    lock = _lock()
    middle = lock.index("[[packages]]")
    text = f"{lock[:middle]}{line}{lock[middle:]}\n{custody_table(STEP)}"

    with pytest.raises(UserError):
        read_custody_table(text)


def test_table_in_a_file_that_somebody_rewrote_is_found_too() -> None:
    text = (
        f"a = '''\n[tool.aidevsecops]\nnotebook = 1'''\n{custody_table(WHOLE)}[other]\nx = 2024\n"
    )

    found = read_custody_table(text)

    assert found == WHOLE


def _lock() -> str:
    digest = "ab" * 32
    files = tuple(
        PackageFile(url, f"sha256:{digest}", size, is_wheel)
        for url, size, is_wheel in (
            ('https://example.org/a-1-py3-none-any.whl?"q"', 12, True),
            ("https://example.org/a-1.tar.gz", None, False),
        )
    )
    package = LockedPackage("a", "1", (f"sha256:{digest}",), 'os_name == "nt"', index="i")
    lock = Lock((package,), "", (Index("i", "https://example.org/simple"),), "3.11")
    return write_pylock(lock, {"a": files})


def test_edit_is_known_by_the_seal() -> None:
    text = sealed(WHOLE, "FROM x\nRUN y\n")

    assert not is_edited(text)
    assert not is_edited(text.replace("\n", "\r\n"))
    assert is_edited(text.replace("RUN", "USER 0\nRUN"))
    assert is_edited("FROM x\n")


def test_ranges_are_counted_as_people_do() -> None:
    assert ranges_of(()) == ""
    assert ranges_of((4, 0, 3, 3, 9)) == "1, 4-5, 10"
