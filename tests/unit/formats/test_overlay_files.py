"""The files of an overlay, and what both faces say of overlays."""

from __future__ import annotations

import json

import pytest
from msgspec.structs import replace

from aidevsecops_ext.domain.errors import UserError
from aidevsecops_ext.domain.exchange import PackageFile
from aidevsecops_ext.domain.json_value import Json
from aidevsecops_ext.domain.lock import (
    CheckDetail,
    CheckResult,
    Lock,
    LockedPackage,
    LockStatus,
    VersionChange,
)
from aidevsecops_ext.domain.lock_digest import lock_digest
from aidevsecops_ext.domain.overlay_list import OverlayListing, OverlayRecord, OverlayState
from aidevsecops_ext.domain.overlay_name import OVERLAY_FILES
from aidevsecops_ext.domain.requirements import Requirement
from aidevsecops_ext.formats import pipfile
from aidevsecops_ext.formats.custody import Custody, read_custody, read_custody_table
from aidevsecops_ext.formats.overlay_answers import (
    file_json,
    listing_json,
    overlay_check_json,
    overlay_json,
)
from aidevsecops_ext.formats.overlay_files import OverlaySource, overlay_files
from aidevsecops_ext.formats.pylock import read_pylock
from aidevsecops_ext.formats.requirements_lock import read_requirements
from aidevsecops_ext.formats.toml_text import read_json

SIX = LockedPackage("six", "1.16", ("sha256:aa",))
DEV = LockedPackage("pytest", "9", ("sha256:bb",), is_dev=True)
FILES = {"six": (PackageFile("https://index.example/six-1.16-py3-none-any.whl", "sha256:aa"),)}
PIPFILE: dict[str, Json] = {"packages": {"six": "*"}, "requires": {"python_version": "3.11"}}
CUSTODY = Custody("nb.ipynb", "", "train", None, (2,))
TEXT = """\
# mine
[packages]
Six = "*"  # needed
"""


def lock_of(*packages: LockedPackage) -> Lock:
    return Lock(packages, pipfile.hash_of(PIPFILE), (), "3.11")


def test_all_files_hold_one_lock_and_name_it() -> None:
    lock = lock_of(SIX, DEV)

    texts = overlay_files(OverlaySource("overlays/train", PIPFILE, lock, FILES, CUSTODY))

    assert tuple(texts) == OVERLAY_FILES
    assert pipfile.read_pipfile(texts["Pipfile"]) == PIPFILE
    locked = pipfile.lock_of(read_json(texts["Pipfile.lock"], "Pipfile.lock"))
    assert lock_digest(locked) == lock_digest(lock)
    read = read_pylock(texts["pylock.toml"]).lock
    installed = read_requirements(texts["requirements.txt"]).lock
    assert read is not None
    assert installed is not None
    assert [p.key for p in read.packages] == [p.key for p in installed.packages] == ["six"]
    for name in ("Pipfile", "requirements.txt", "Containerfile"):
        found = read_custody(texts[name])
        assert found is not None
        assert (found.notebook, found.step, found.lock) == ("nb.ipynb", "train", lock_digest(lock))
    table = read_custody_table(texts["pylock.toml"])
    assert table is not None
    assert (table.lock, table.cells) == (lock_digest(lock), (2,))


def test_files_of_other_tools_stay_as_they_are() -> None:
    lockfile: dict[str, Json] = {"_meta": {"own": 1}, "default": {}}

    texts = overlay_files(
        OverlaySource(
            "o", PIPFILE, lock_of(SIX), FILES, CUSTODY, pipfile_text=TEXT, lockfile=lockfile
        )
    )

    assert texts["Pipfile"] == TEXT
    assert read_json(texts["Pipfile.lock"], "Pipfile.lock") == lockfile


def test_pipfile_gains_what_is_missing_and_keeps_its_text() -> None:
    added = (
        Requirement("Rich", ">=13", extras=("jupyter",)),
        Requirement("x"),
    )

    assert pipfile.with_missing(TEXT, ()) == TEXT
    text = pipfile.with_missing(TEXT, added)

    assert text == f'{TEXT}rich = {{version = ">=13", extras = ["jupyter"]}}\nx = "*"\n'
    assert pipfile.with_missing("", added[1:]) == '[packages]\nx = "*"\n'
    with pytest.raises(UserError):
        pipfile.with_missing("packages = 1", added)


def test_answers_say_all_of_overlays() -> None:
    record = OverlayRecord("train", "overlays/train", OverlayState.FRESH, "nb.ipynb", "train")

    listed = listing_json(OverlayListing((record,), ("odd",)))
    made = overlay_json(
        "train", "o", lock_of(SIX), (Requirement("six"),), (VersionChange("six", "1", "2"),)
    )
    result = CheckResult(LockStatus.STALE, (CheckDetail("missing", "No.", "six", (1,)),))
    checked = overlay_check_json("o/Pipfile", result, None)

    assert listed == {
        "overlays": [
            {
                "name": "train",
                "folder": "overlays/train",
                "state": "fresh",
                "notebook": "nb.ipynb",
                "step": "train",
                "step_notebook": None,
                "python_version": None,
                "packages": 0,
                "lock_hash": None,
                "reasons": [],
            }
        ],
        "problems": ["odd"],
    }
    assert made == {
        "name": "train",
        "folder": "o",
        "python_version": "3.11",
        "packages": 1,
        "requirements": ["six"],
        "overridden": [{"name": "six", "others": "1", "own": "2"}],
    }
    assert checked == {
        "overlay": "o/Pipfile",
        "notebook": None,
        "status": "stale",
        "details": [{"code": "missing", "message": "No.", "name": "six", "cells": [1]}],
    }
    assert file_json("p", "created", "t", "d") == {
        "path": "p",
        "state": "created",
        "text": "t",
        "diff": "d",
    }


def test_files_hold_no_password_of_an_index() -> None:
    address = "https://jo:hunter2@index.example/simple"
    asked: dict[str, Json] = {"packages": {"six": "*"}, "source": [{"name": "m", "url": address}]}
    lock = replace(lock_of(SIX), requirements_hash=pipfile.hash_of(asked))
    as_it_is: Json = {"_meta": {"hash": {"sha256": lock.requirements_hash}, "sources": []}}
    assert isinstance(as_it_is, dict)

    for lockfile in (None, as_it_is):
        source = OverlaySource("overlays/train", asked, lock, FILES, CUSTODY, lockfile=lockfile)
        texts = overlay_files(source)

        assert "hunter2" not in "".join(texts.values())
        digest = json.loads(texts["Pipfile.lock"])["_meta"]["hash"]["sha256"]
        assert pipfile.is_hash_of(pipfile.read_pipfile(texts["Pipfile"]), digest)
