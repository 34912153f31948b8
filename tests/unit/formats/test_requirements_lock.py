"""``requirements.txt`` with and without hashes."""

from __future__ import annotations

from aidevsecops_ext.domain.lock import Lock, LockedPackage
from aidevsecops_ext.domain.requirements import Index, Requirement
from aidevsecops_ext.formats.requirements_lock import (
    read_requirements,
    undescribed,
    write_locked,
)

OWN = Index("own", "https://own.example/simple")
DEFAULT = Index("pypi", "https://index.example/simple")
PACKAGE = LockedPackage("b", "1.0", ("sha256:00", "sha256:11"), "os_name == 'nt'", ("x", "y"))


def test_write_locked_writes_hashes_extras_and_markers_in_order() -> None:
    lock = Lock(
        (PACKAGE, LockedPackage("A", "2", ("sha256:22",)), LockedPackage("d", "3", is_dev=True)), ""
    )

    assert write_locked(lock, is_dev=False) == (
        "a==2 \\\n    --hash=sha256:22\n"
        "b[x,y]==1.0 ; os_name == 'nt' \\\n    --hash=sha256:00 \\\n    --hash=sha256:11\n"
    )
    assert write_locked(lock, is_dev=True) == "d==3\n"


def test_write_locked_names_only_indexes_that_are_not_the_default() -> None:
    beside = write_locked(Lock((), "", (DEFAULT, OWN)), is_dev=False)
    instead = write_locked(Lock((), "", (OWN,)), is_dev=False)

    assert beside == "--extra-index-url https://own.example/simple\n"
    assert instead == "--index-url https://own.example/simple\n"


def test_undescribed_says_that_indexes_are_mixed_when_there_are_several() -> None:
    assert undescribed((OWN,)) == ()
    assert len(undescribed((DEFAULT, OWN))) == 1


def test_read_requirements_gives_a_lock_when_all_is_pinned_with_hashes() -> None:
    reading = read_requirements(write_locked(Lock((PACKAGE,), "", (OWN,)), is_dev=False))

    assert reading.asked is None
    assert reading.lock == Lock(
        (LockedPackage("b", "1.0", PACKAGE.hashes, 'os_name == "nt"', ("x", "y")),),
        "",
        (Index("own.example", OWN.url),),
    )
    assert reading.lost == ()


def test_read_requirements_gives_what_is_asked_for_when_something_is_not_pinned() -> None:
    text = """\ufeff
# a comment
-i https://me:secret@own.example/simple
a>=1  # why
b==2 --hash=sha256:00
A<3
-r other.txt
-e .
--pre
-
./local
c \\
"""

    reading = read_requirements(text)

    assert reading.lock is None
    assert reading.asked is not None
    assert reading.asked.requirements == (
        Requirement("a", ">=1"),
        Requirement("b", "==2"),
        Requirement("c"),
    )
    assert [index.url for index in reading.asked.indexes] == ["https://own.example/simple"]
    assert reading.lost == (
        "A is named more than once; 'a>=1' counts.",
        "The line '-r other.txt' is not taken over.",
        "The line '-e .' is not taken over.",
        "The line '--pre' is not taken over.",
        "The line '-' is not taken over.",
        "./local is a path; a hashed lock cannot hold it.",
    )
