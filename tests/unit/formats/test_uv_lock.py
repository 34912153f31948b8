"""``uv.lock``, of scripts (juv's notebooks) and of projects."""

from __future__ import annotations

import pytest

from aidevsecops_ext.domain.errors import RefusedError
from aidevsecops_ext.domain.lock import Lock, LockedPackage
from aidevsecops_ext.domain.requirements import Index, Requirement
from aidevsecops_ext.formats.uv_lock import read_uv_lock

HEAD = 'version = 1\nrevision = 3\nrequires-python = "==3.11.*"\n'
SCRIPT = (
    HEAD
    + """
[manifest]
requirements = [
  { name = "click", specifier = ">=8" },
  { name = "tool", extras = ["x"], marker = "os_name == 'nt'" },
]

[[package]]
name = "click"
version = "8.1"
source = { registry = "https://index.example/simple" }
dependencies = [
  { name = "colorama", marker = "sys_platform == 'win32'" },
  { name = "click" },
]
sdist = { url = "https://files.example/c.tar.gz", hash = "sha256:22" }
wheels = [{ url = "https://files.example/c.whl", hash = "sha256:11" }]

[[package]]
name = "colorama"
version = "0.4"
source = { registry = "https://index.example/simple" }
dependencies = [
  { name = "deep" },
  { name = "tool", marker = "python_version < '3' or os_name == 'x'" },
]

[[package]]
name = "deep"
version = "1"
source = { registry = "https://index.example/simple" }

[[package]]
name = "tool"
version = "2"
source = { registry = "https://index.example/simple" }
dependencies = [{ name = "deep", marker = "os_name == 'nt'" }]

[package.optional-dependencies]
x = [{ name = "colorama" }]

[[package]]
name = "fork"
version = "1"
source = { git = "https://git.example/fork" }
"""
)
WINDOWS = "sys_platform == 'win32'"


def test_read_uv_lock_gives_what_is_asked_for_and_the_lock_of_a_script() -> None:
    reading = read_uv_lock(SCRIPT)

    index = Index("index.example", "https://index.example/simple")
    assert reading.asked is not None
    assert reading.asked.requirements == (
        Requirement("click", ">=8"),
        Requirement("tool", extras=("x",), markers="os_name == 'nt'"),
    )
    assert reading.asked.python_version == "3.11"
    assert reading.lock is not None
    assert reading.lock.indexes == (index,)
    assert reading.lock.packages[0] == LockedPackage(
        "click", "8.1", ("sha256:11", "sha256:22"), index="index.example"
    )
    assert reading.lost == ("fork is left out: it comes from no package index.",)


def test_read_uv_lock_marks_what_only_some_platforms_need() -> None:
    lock = read_uv_lock(SCRIPT).lock

    assert lock is not None
    markers = {package.name: package.markers for package in lock.packages}
    both = f"{WINDOWS} and (python_version < '3' or os_name == 'x')"
    assert markers["click"] == ""
    assert WINDOWS in markers["colorama"]
    assert "os_name == 'nt'" in markers["deep"]
    assert f"({both})" in markers["tool"]


def test_read_uv_lock_reads_a_project_that_is_locked() -> None:
    text = (
        HEAD
        + """
[[package]]
name = "mine"
version = "0"
source = { virtual = "." }
dependencies = [{ name = "a" }, { name = "w", marker = "os_name == 'nt'" }]
[package.metadata]
requires-dist = [{ name = "a", specifier = ">=1" }]

[[package]]
name = "a"
version = "1"
source = { registry = "/local/index" }

[[package]]
name = "w"
version = "2"
source = { registry = "/local/index" }
"""
    )

    reading = read_uv_lock(text)

    assert reading.asked is not None
    assert reading.asked.requirements == (Requirement("a", ">=1"),)
    packages = (LockedPackage("a", "1"), LockedPackage("w", "2", markers="os_name == 'nt'"))
    assert reading.lock == Lock(packages, "", (), "3.11")


def test_read_uv_lock_asks_for_nothing_when_it_does_not_say() -> None:
    assert read_uv_lock("version = 1").asked is None


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("version = 2", "another version of its format"),
        (SCRIPT + SCRIPT[SCRIPT.index("[[package]]") :], "several versions of click"),
    ],
)
def test_read_uv_lock_is_refused_when_a_notebook_cannot_hold_it(text: str, reason: str) -> None:
    with pytest.raises(RefusedError, match=reason):
        read_uv_lock(text)
