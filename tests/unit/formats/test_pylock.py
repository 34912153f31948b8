"""``pylock.toml``."""

from __future__ import annotations

import pytest

from aidevsecops_ext.domain.errors import ErrorCode, RefusedError, UserError
from aidevsecops_ext.domain.exchange import PackageFile
from aidevsecops_ext.domain.lock import Lock, LockedPackage
from aidevsecops_ext.domain.requirements import Index
from aidevsecops_ext.formats.pylock import (
    is_pylock_name,
    read_files,
    read_pylock,
    write_pylock,
)

OWN = Index("own.example", "https://own.example/simple")
WHEEL = PackageFile("https://files.example/a-1-py3-none-any.whl#x", "sha256:11", 5)
SDIST = PackageFile("https://files.example/a-1.tar.gz", "sha256:22", is_wheel=False)
OTHER = PackageFile("https://files.example/a-1-cp39.whl", "sha256:99")
LOCK = Lock(
    (
        LockedPackage("b", "2", (), "os_name == 'nt'"),
        LockedPackage("a", "1", ("sha256:11", "sha256:22"), index="own.example"),
    ),
    "",
    (OWN,),
    "3.11",
)
TEXT = """\
lock-version = "1.0"
created-by = "aidevsecops"
requires-python = "==3.11.*"

[[packages]]
name = "a"
version = "1"
index = "https://own.example/simple"
sdist = { name = "a-1.tar.gz", url = "https://files.example/a-1.tar.gz", hashes = { sha256 = "22" } }
wheels = [
  { name = "a-1-py3-none-any.whl", url = "https://files.example/a-1-py3-none-any.whl#x", size = 5, hashes = { sha256 = "11" } },
]

[[packages]]
name = "b"
version = "2"
marker = "os_name == 'nt'"
index = "https://own.example/simple"
"""  # noqa: E501


@pytest.mark.parametrize(
    ("name", "is_one"),
    [
        ("pylock.toml", True),
        ("pylock.training.toml", True),
        ("pylock.a.b.toml", False),
        ("uv.lock", False),
    ],
)
def test_is_pylock_name_knows_the_names_of_the_standard(name: str, *, is_one: bool) -> None:
    assert is_pylock_name(name) is is_one


def test_write_pylock_writes_only_the_files_that_are_locked() -> None:
    assert write_pylock(LOCK, {"a": (WHEEL, SDIST, OTHER)}) == TEXT


def test_write_pylock_names_no_index_when_the_lock_has_none() -> None:
    text = write_pylock(Lock((LockedPackage("a", "1"),), ""), {})

    assert "index" not in text
    assert "requires-python" not in text


def test_read_pylock_gives_back_what_was_written() -> None:
    reading = read_pylock(TEXT)

    assert reading.lost == ()
    assert reading.asked is None
    assert reading.lock == Lock(
        (
            LockedPackage("a", "1", ("sha256:11", "sha256:22"), index="own.example"),
            LockedPackage("b", "2", (), "os_name == 'nt'", index="own.example"),
        ),
        "",
        (OWN,),
        "3.11",
    )


def test_read_files_gives_the_addresses() -> None:
    assert read_files(TEXT) == {"a": (SDIST, WHEEL), "b": ()}


@pytest.mark.parametrize("version", ["2.0", "0.9", ""])
def test_read_pylock_is_refused_when_the_major_version_is_unknown(version: str) -> None:
    with pytest.raises(RefusedError, match="version 1 is known") as raised:
        read_pylock(f'lock-version = "{version}"')

    assert raised.value.code is ErrorCode.FORMAT_UNSUPPORTED


def test_read_pylock_is_refused_when_a_package_has_several_versions() -> None:
    again = '[[packages]]\nname = "a"\nversion = "3"\n'

    with pytest.raises(RefusedError, match="several entries for a"):
        read_pylock(TEXT + again)


def test_read_pylock_is_refused_when_it_is_not_toml() -> None:
    with pytest.raises(UserError, match="pylock.toml cannot be read: it is not TOML"):
        read_pylock("[")


def test_read_pylock_says_what_is_lost() -> None:
    text = """
lock-version = "1.1"
environments = ["os_name == 'nt'"]
[[packages]]
name = "git"
version = "1"
vcs = { type = "git", url = "https://git.example/x" }
[[packages]]
name = "a"
version = "1"
attestation-identities = [{ kind = "x" }]
"""

    assert read_pylock(text, "pylock.x.toml").lost == (
        "pylock.x.toml is of version 1.1 of its format; what is new in it is not kept.",
        "git is left out: it comes from no package index.",
        "Who attested the files is not kept.",
        "'environments' is not kept.",
    )
