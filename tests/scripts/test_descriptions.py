"""GitHub's description, cut to what tests ask about; where it cannot be had, that is said."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import os
import tarfile
from pathlib import Path

import pytest

from scripts import descriptions
from scripts.descriptions import FILE, MEMBER, VARIABLE, cut, provide_descriptions
from scripts.machine import Machine
from scripts.parts import Run

OWN = "/repos/{owner}/{repo}/releases"
DESCRIPTION = {
    "openapi": "3.0.3",
    "paths": {
        OWN: {"get": {"responses": {"200": {"$ref": "#/components/responses/list"}}}},
        "/user": {"get": {}},
        "/users": {"get": {"schema": {"$ref": "#/components/schemas/other"}}},
    },
    "components": {
        "responses": {"list": {"items": [{"$ref": "#/components/schemas/release"}]}},
        "schemas": {
            "release": {"properties": {"of": {"$ref": "#/components/schemas/release"}}},
            "other": {},
        },
    },
}
CUT = {
    "openapi": "3.0.3",
    "paths": {path: DESCRIPTION["paths"][path] for path in (OWN, "/user")},  # type: ignore[index]
    "components": {
        "responses": DESCRIPTION["components"]["responses"],  # type: ignore[index]
        "schemas": {"release": DESCRIPTION["components"]["schemas"]["release"]},  # type: ignore[index]
    },
}


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    """A machine whose npm has one small package, and writes down when it is asked for it."""
    monkeypatch.delenv(VARIABLE, raising=False)
    package = tmp_path / "package.tgz"
    with tarfile.open(package, "w:gz") as archive:
        for name in ("package/README.md", MEMBER, "package/more.json"):
            content = json.dumps(DESCRIPTION).encode()
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    digest = hashlib.sha512(package.read_bytes()).digest()
    monkeypatch.setattr(descriptions, "INTEGRITY", base64.b64encode(digest).decode())
    made = Machine(Run("make unit"), tmp_path / ".venv")
    made.venv.mkdir()
    npm = tmp_path / "bin/npm"
    npm.parent.mkdir()
    npm.write_text(f"#!/bin/sh\necho asked >> {tmp_path}/asked\ncp {package} .\n")
    npm.chmod(0o755)
    made.run.environment["PATH"] = f"{npm.parent}:/usr/bin:/bin"
    return made


def test_cut_keeps_what_is_said_of_a_repository_and_all_that_it_refers_to() -> None:
    assert cut(DESCRIPTION) == CUT


def test_description_is_fetched_once(machine: Machine, tmp_path: Path) -> None:
    first = provide_descriptions(machine)
    again = provide_descriptions(machine)

    assert (first, again) == (None, "up to date")
    folder = Path(machine.run.environment[VARIABLE])
    assert json.loads((folder / FILE).read_text(encoding="utf-8")) == CUT
    assert (tmp_path / "asked").read_text(encoding="utf-8") == "asked\n"


def test_description_in_a_folder_that_somebody_names_is_taken(
    machine: Machine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / FILE).touch()
    monkeypatch.setenv(VARIABLE, str(tmp_path))

    assert provide_descriptions(machine) == f"that in {VARIABLE}"
    assert VARIABLE not in machine.run.environment


def test_folder_that_somebody_names_without_it_stays_beside_what_is_fetched(
    machine: Machine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, str(tmp_path))

    assert provide_descriptions(machine) is None
    named, fetched = machine.run.environment[VARIABLE].split(os.pathsep)
    assert named == str(tmp_path)
    assert Path(fetched, FILE).is_file()


def test_what_cannot_be_had_is_said(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(descriptions, "INTEGRITY", "another")
    other = provide_descriptions(machine)
    (machine.venv.parent / "bin/npm").write_text("#!/bin/sh\nexit 1\n")
    failed = provide_descriptions(machine)

    assert other is not None
    assert other.endswith("is another one than it was.")
    assert failed == "left out, so nothing is held against it: npm ended with exit status 1."
    assert VARIABLE not in machine.run.environment
