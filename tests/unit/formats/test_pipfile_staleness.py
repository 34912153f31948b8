"""What changed since a lock was made."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from aidevsecops_ext.domain.json_value import Json
from aidevsecops_ext.domain.lock import Lock, LockedPackage
from aidevsecops_ext.domain.requirements import Index, Requirement
from aidevsecops_ext.formats.pipfile import (
    changes_since_lock,
    empty_pipfile,
    hash_of,
    lockfile_of,
    names_of,
    with_index,
    with_requirement,
    without_requirement,
)

Pipfile = dict[str, Json]

INDEX = Index("pypi", "https://index.example/simple")
PIPFILE: Pipfile = {
    **empty_pipfile((INDEX,), "3.11"),
    "packages": {"numpy": "*", "pandas": ">=2", "six": "==1.16.0"},
    "dev-packages": {"pytest": "*"},
}
PACKAGES = (
    LockedPackage("numpy", "1.26.4"),
    LockedPackage("pandas", "2.2.0"),
    LockedPackage("python-dateutil", "2.9.0"),
    LockedPackage("six", "1.16.0"),
    LockedPackage("pytest", "9.0", is_dev=True),
)
LOCKFILE = lockfile_of(Lock(PACKAGES, hash_of(PIPFILE)), PIPFILE)


def adding(*requirements: Requirement) -> Callable[[Pipfile], Pipfile]:
    def change(pipfile: Pipfile) -> Pipfile:
        for requirement in requirements:
            pipfile = with_requirement(pipfile, requirement)
        return pipfile

    return change


def removing(*names: str) -> Callable[[Pipfile], Pipfile]:
    def change(pipfile: Pipfile) -> Pipfile:
        for name in names:
            pipfile = without_requirement(pipfile, name)
        return pipfile

    return change


def python(version: str) -> Callable[[Pipfile], Pipfile]:
    return lambda pipfile: {**pipfile, "requires": {"python_version": version}}


def together(*changes: Callable[[Pipfile], Pipfile]) -> Callable[[Pipfile], Pipfile]:
    def change(pipfile: Pipfile) -> Pipfile:
        for each in changes:
            pipfile = each(pipfile)
        return pipfile

    return change


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (adding(), []),
        (adding(Requirement("rich", ">10")), [("requirement-added", "rich")]),
        (adding(Requirement("rich", is_dev=True)), [("requirement-added", "rich")]),
        # Already locked for another's sake, so only the hash can tell that it is new.
        (
            adding(Requirement("python-dateutil", ">2")),
            [("requirement-added", "python-dateutil")],
        ),
        # Locked at a version that fits still, so only the hash can tell that it changed.
        (adding(Requirement("numpy", ">1")), [("requirement-changed", "numpy")]),
        (adding(Requirement("six", ">=1.16")), [("requirement-changed", "six")]),
        (adding(Requirement("numpy", index="pypi")), [("requirement-changed", "numpy")]),
        # What was asked before cannot be guessed, but the locked version no longer fits.
        (adding(Requirement("pandas", ">=3")), [("requirement-changed", "pandas")]),
        (adding(Requirement("pandas", ">=2.1")), [("requirements-changed", None)]),
        (removing("numpy"), [("requirement-removed", "numpy")]),
        (removing("six"), [("requirement-removed", "six")]),
        (removing("pytest"), [("requirement-removed", "pytest")]),
        (removing("pandas"), [("requirements-changed", None)]),
        (python("3.12"), [("python-changed", None)]),
        (
            lambda pipfile: with_index(pipfile, Index("own", "https://own.example/simple")),
            [("indexes-changed", None)],
        ),
        (
            together(python("3.12"), removing("numpy")),
            [("python-changed", None), ("requirement-removed", "numpy")],
        ),
        (
            together(python("3.12"), adding(Requirement("pandas", ">=2.1"))),
            [("python-changed", None), ("requirements-changed", None)],
        ),
        (
            adding(Requirement("rich"), Requirement("click"), Requirement("pandas", "<2")),
            [
                ("requirement-changed", "pandas"),
                ("requirement-added", "rich"),
                ("requirement-added", "click"),
            ],
        ),
        (
            adding(Requirement("rich"), Requirement("click", markers="os_name == 'nt'")),
            [("requirement-added", "rich")],
        ),
    ],
)
def test_changes_since_lock_names_what_changed(
    change: Callable[[Pipfile], Pipfile], expected: list[tuple[str, str | None]]
) -> None:
    pipfile = change(json.loads(json.dumps(PIPFILE)))

    found = changes_since_lock(pipfile, LOCKFILE)

    assert [(detail.code, detail.name) for detail in found] == expected


def test_changes_since_lock_says_both_versions_when_the_python_changed() -> None:
    newer, anyhow = python("3.12")(PIPFILE), {**PIPFILE, "requires": {}}

    messages = [changes_since_lock(pipfile, LOCKFILE)[0].message for pipfile in (newer, anyhow)]

    assert messages == [
        "The lock was made for Python 3.11, the notebook now asks for 3.12.",
        "The lock was made for Python 3.11, the notebook now asks for any version.",
    ]


def test_changes_since_lock_says_so_when_the_lock_has_no_hash() -> None:
    (detail,) = changes_since_lock(PIPFILE, {"default": {}})

    assert detail.code == "hash-missing"


def test_changes_since_lock_answers_when_the_sections_are_odd() -> None:
    lockfile: Pipfile = {"_meta": {"hash": {"sha256": "0"}, "requires": {}, "sources": None}}

    found = changes_since_lock({"requires": {"python_version": "3.9"}}, lockfile)

    assert [detail.code for detail in found] == ["python-changed", "requirements-changed"]


def test_names_of_gives_every_name_when_some_are_not_valid() -> None:
    assert names_of({"packages": {"a b": 1}, "dev-packages": {"c": "^1"}}) == ("a b", "c")


def test_change_among_hundreds_of_requirements_is_not_searched_for() -> None:
    # To undo one after the other would hash all of them as many times: minutes for thousands.
    many: Pipfile = {**PIPFILE, "packages": {f"package-{number}": "*" for number in range(500)}}
    names = [*(f"package-{number}" for number in range(501)), "pytest"]
    locked = tuple(LockedPackage(name, "1.0", is_dev=name == "pytest") for name in names)
    lockfile = lockfile_of(Lock(locked, hash_of(many)), many)
    more = with_requirement(many, Requirement("package-500"))

    assert [change.code for change in changes_since_lock(more, lockfile)] == [
        "requirements-changed"
    ]
