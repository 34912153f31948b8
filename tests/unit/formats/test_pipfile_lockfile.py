"""Pipfile.lock, read and written."""

from __future__ import annotations

import json

import pytest

from aidevsecops_ext.domain.errors import UserError
from aidevsecops_ext.domain.json_value import Json
from aidevsecops_ext.domain.lock import Lock, LockedPackage
from aidevsecops_ext.domain.requirements import Index
from aidevsecops_ext.formats.pipfile import lock_of, lockfile_of

LOCK = Lock(
    packages=(
        LockedPackage("zope-interface", "7.0", ("sha256:b", "sha256:a")),
        LockedPackage(
            "Requests",
            "2.32.3",
            ("sha256:c",),
            "python_version >= '3.8'",
            ("socks", "a"),
            "internal",
        ),
        LockedPackage("pytest", "9.0", ("sha256:d",), is_dev=True),
    ),
    requirements_hash="f" * 64,
    indexes=(Index("pypi", "https://index.example/simple"),),
    python_version="3.11",
)
SOURCE: Json = {"name": "pypi", "url": "https://index.example/simple", "verify_ssl": True}


def test_lockfile_of_writes_the_format_of_pipenv_when_given_a_lock() -> None:
    written = lockfile_of(LOCK, {"requires": {"python_version": "3.11"}, "source": [SOURCE]})

    assert written == {
        "_meta": {
            "hash": {"sha256": "f" * 64},
            "pipfile-spec": 6,
            "requires": {"python_version": "3.11"},
            "sources": [SOURCE],
        },
        "default": {
            "requests": {
                "extras": ["a", "socks"],
                "hashes": ["sha256:c"],
                "index": "internal",
                "markers": "python_version >= '3.8'",
                "version": "==2.32.3",
            },
            "zope-interface": {"hashes": ["sha256:a", "sha256:b"], "version": "==7.0"},
        },
        "develop": {"pytest": {"hashes": ["sha256:d"], "version": "==9.0"}},
    }
    assert list(written["default"]) == ["requests", "zope-interface"]  # type: ignore[arg-type]


def test_lock_of_reads_back_what_was_written() -> None:
    written = lockfile_of(LOCK, {"requires": {"python_version": "3.11"}})

    again = lock_of(json.loads(json.dumps(written)))

    assert lockfile_of(again, {"requires": {"python_version": "3.11"}}) == written
    assert again.python_version == "3.11"
    assert again.indexes == LOCK.indexes


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (
            {"url": "https://me:secret@index.example/simple", "name": "own"},
            {"url": "https://index.example/simple", "name": "own"},
        ),
        (
            {"url": "https://${USER}:${PASSWORD}@index.example/simple"},
            {"url": "https://${USER}:${PASSWORD}@index.example/simple"},
        ),
        ("odd", "odd"),
    ],
)
def test_lockfile_of_leaves_passwords_out_when_a_source_has_one(
    source: Json, expected: Json
) -> None:
    written = lockfile_of(LOCK, {"source": source})

    meta = written["_meta"]
    assert isinstance(meta, dict)
    assert meta["sources"] == [expected]
    assert meta["requires"] == {}


def test_lock_of_answers_what_there_is_when_parts_are_missing_or_odd() -> None:
    lock = lock_of(
        {
            "_meta": {"hash": {"sha256": 5}, "requires": {"python_version": 3}, "sources": []},
            "default": {
                "a": {"git": "https://git.example/a.git", "hashes": "odd"},
                "b": {"version": "==1.0", "hashes": ["sha256:b", 3], "index": 4},
            },
        }
    )

    assert lock == Lock(
        (LockedPackage("a", ""), LockedPackage("b", "1.0", ("sha256:b",))), requirements_hash=""
    )


def test_lock_of_answers_an_empty_lock_when_there_is_nothing() -> None:
    assert lock_of({}) == Lock((), "")


@pytest.mark.parametrize(
    ("lockfile", "key"),
    [({"_meta": []}, "_meta"), ({"default": "x"}, "default"), ({"develop": {"a": "==1"}}, "a")],
)
def test_lock_of_refuses_naming_the_key_when_something_is_not_a_table(
    lockfile: dict[str, Json], key: str
) -> None:
    with pytest.raises(UserError, match=f"'{key}' is not a table"):
        lock_of(lockfile)
