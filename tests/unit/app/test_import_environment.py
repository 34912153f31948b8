"""Imports of the files of other tools."""

from __future__ import annotations

import json

import pytest
from msgspec.structs import replace

from aidevsecops_ext.app.import_environment import companion_of, import_environment
from aidevsecops_ext.domain.errors import ErrorCode, RefusedError, UserError
from aidevsecops_ext.domain.exchange import Import, NamedText
from aidevsecops_ext.domain.json_value import Json
from aidevsecops_ext.domain.lock import Lock, LockedPackage
from aidevsecops_ext.domain.notebook import Notebook
from aidevsecops_ext.domain.requirements import Requirement, RequirementSet
from aidevsecops_ext.formats.cyclonedx import write_bill
from aidevsecops_ext.formats.notebook_json import parse
from aidevsecops_ext.formats.pipfile import is_hash_of
from tests.kits.notebooks import locked_metadata, notebook, notebook_text

A = LockedPackage("a", "1", ("sha256:11",))
REQUIREMENTS = NamedText("work/requirements.txt", "a==1 --hash=sha256:11\n")
UV_LOCK = """\
version = 1
requires-python = ">=3.11"
[manifest]
requirements = [{ name = "a" }]
[[package]]
name = "a"
version = "1"
source = { registry = "https://index.example/simple" }
wheels = [{ url = "https://files.example/a.whl", hash = "sha256:11" }]
"""
BLOCK = '# /// script\n# dependencies = ["a>=1"]\n# ///\nimport a\n'


def read(opened: Notebook, *files: NamedText) -> Import:
    return import_environment(opened, files)


def recorded(imported: Import, key: str = "requirements") -> dict[str, Json]:
    value = imported.edit.metadata[key]
    assert isinstance(value, str)
    found: dict[str, Json] = json.loads(value)
    return found


def test_companion_is_the_other_file_of_pipenv() -> None:
    assert companion_of("Pipfile") == "Pipfile.lock"
    assert companion_of("Pipfile.lock") == "Pipfile"
    assert companion_of("pylock.toml") is None


def test_import_of_a_lock_asks_for_every_package_when_nothing_is_declared() -> None:
    imported = read(notebook(), REQUIREMENTS)

    assert recorded(imported)["packages"] == {"a": "==1"}
    lock = recorded(imported, "requirements_lock")
    assert lock["default"] == {"a": {"hashes": ["sha256:11"], "version": "==1"}}
    assert (imported.requirement_count, imported.package_count) == (1, 1)
    assert imported.lost == (
        "The file does not say what is asked for: every package in it is recorded so.",
    )


def test_import_of_a_lock_is_fresh_for_what_is_recorded() -> None:
    imported = read(notebook(), REQUIREMENTS)

    meta = recorded(imported, "requirements_lock")["_meta"]
    assert isinstance(meta, dict)
    digest = meta["hash"]
    assert isinstance(digest, dict)
    assert is_hash_of(recorded(imported), str(digest["sha256"]))


def test_import_of_a_lock_keeps_what_is_declared_when_it_fits() -> None:
    opened = notebook([], requirements=json.dumps({"packages": {"A": ">=1"}}))

    imported = read(opened, REQUIREMENTS)

    assert "requirements" not in imported.edit.metadata
    assert imported.package_count == 1
    assert imported.lost == ()


@pytest.mark.parametrize("declared", [{"a": "<1"}, {"b": "*"}, {}])
def test_import_of_a_lock_replaces_what_is_declared_when_it_does_not_fit(
    declared: dict[str, str],
) -> None:
    source = [{"name": "own", "url": "https://own.example/simple"}]
    pipfile = {"packages": declared, "source": source, "requires": {"python_version": "3.12"}}

    imported = read(notebook([], requirements=json.dumps(pipfile)), REQUIREMENTS)

    assert recorded(imported)["packages"] == {"a": "==1"}
    assert recorded(imported)["source"] == source
    assert recorded(imported)["requires"] == {"python_version": "3.12"}


def test_import_removes_the_old_lock_when_the_file_has_none() -> None:
    metadata: dict[str, Json] = {
        **locked_metadata({"b": "*"}, (A,)),
        "aidevsecops": {"lock": {"engine": "uv"}, "other": 1},
        "thoth_analysis_id": "adviser-1",
    }
    project = '[project]\ndependencies = ["a"]\n[tool.uv]\nprerelease = "allow"\n'

    imported = read(notebook([], **metadata), NamedText("pyproject.toml", project))

    assert recorded(imported)["packages"] == {"a": "*"}
    assert recorded(imported)["pipenv"] == {"allow_prereleases": True}
    assert imported.edit.metadata["requirements_lock"] is None
    assert imported.edit.metadata["aidevsecops"] == {"other": 1}
    assert imported.edit.metadata["thoth_analysis_id"] == ""
    assert imported.package_count == 0


def test_import_removes_our_own_key_when_only_the_lock_was_in_it() -> None:
    opened = notebook([], aidevsecops={"lock": {"engine": "uv"}})

    assert read(opened, REQUIREMENTS).edit.metadata["aidevsecops"] is None


def test_import_changes_nothing_when_the_notebook_says_the_same() -> None:
    opened = notebook()
    once = notebook([], **dict(read(opened, REQUIREMENTS).edit.metadata))

    assert read(once, REQUIREMENTS).edit.is_empty


def test_import_of_a_pipenv_lock_alone_keeps_what_is_declared() -> None:
    opened = notebook([], **locked_metadata({"a": "*"}, (A,)))
    lock = str(opened.metadata["requirements_lock"])

    imported = read(opened, NamedText("Pipfile.lock", lock))

    assert "requirements" not in imported.edit.metadata
    assert imported.package_count == 1


def test_import_of_a_pipfile_alone_has_no_lock() -> None:
    imported = read(notebook(), NamedText("Pipfile", '[packages]\na = "*"\n'))

    assert recorded(imported) == {"packages": {"a": "*"}}
    assert "requirements_lock" not in imported.edit.metadata


def test_import_writes_anew_what_is_not_json() -> None:
    opened = notebook([], dependency_resolution_engine="thoth", requirements_lock="")

    imported = read(opened, REQUIREMENTS)

    assert imported.edit.metadata["dependency_resolution_engine"] == "pipenv"
    assert recorded(imported, "requirements_lock")["default"]


def test_import_of_pylock_names_its_indexes() -> None:
    text = """
lock-version = "1.0"
[[packages]]
name = "a"
version = "1"
index = "https://own.example/simple"
wheels = [{ url = "https://files.example/a.whl", hashes = { sha256 = "11" } }]
"""

    imported = read(notebook(), NamedText("pylock.training.toml", text))

    assert recorded(imported)["packages"] == {"a": {"version": "==1", "index": "own.example"}}


@pytest.mark.parametrize("name", ["uv.lock", "script.py.lock"])
def test_import_of_uv_lock_takes_what_is_asked_for_from_it(name: str) -> None:
    imported = read(notebook(), NamedText(name, UV_LOCK))

    assert recorded(imported)["packages"] == {"a": "*"}
    assert imported.package_count == 1


@pytest.mark.parametrize(
    ("sources", "lock", "packages", "count"),
    [
        ([BLOCK], UV_LOCK, {"a": ">=1"}, 1),
        (["1", BLOCK], "", {"a": ">=1"}, 0),
        ([], UV_LOCK, {"a": "*"}, 1),
    ],
)
def test_import_of_a_juv_notebook_reads_its_cell_and_its_lock(
    sources: list[str], lock: str, packages: dict[str, str], count: int
) -> None:
    text = notebook_text(sources, **({"uv.lock": lock} if lock else {}))

    imported = read(parse(text, "nb.ipynb"), NamedText("nb.ipynb", text))

    assert recorded(imported)["packages"] == packages
    assert imported.package_count == count


@pytest.mark.parametrize("is_locked", [True, False])
def test_import_takes_the_lock_of_juv_when_another_notebook_has_none_of_its_own(
    *, is_locked: bool
) -> None:
    metadata = locked_metadata({"a": "==1"}, (A, replace(A, name="b")))
    if not is_locked:
        del metadata["requirements_lock"]
    text = notebook_text([BLOCK], **{**metadata, "uv.lock": UV_LOCK})

    imported = read(notebook(), NamedText("other.ipynb", text))

    assert recorded(imported)["packages"] == {"a": "==1" if is_locked else ">=1"}
    assert imported.package_count == (2 if is_locked else 1)


@pytest.mark.parametrize("is_locked", [True, False])
def test_import_of_another_notebook_takes_what_it_records(*, is_locked: bool) -> None:
    metadata = locked_metadata({"a": "*"}, (A,))
    if not is_locked:
        del metadata["requirements_lock"]

    imported = read(notebook(), NamedText("other.ipynb", notebook_text((), **metadata)))

    assert recorded(imported)["packages"] == {"a": "*"}
    assert imported.package_count == int(is_locked)


def test_import_of_a_script_takes_its_block() -> None:
    assert recorded(read(notebook(), NamedText("x.py", BLOCK)))["packages"] == {"a": ">=1"}


def test_import_of_a_bill_takes_what_it_lists() -> None:
    needed = LockedPackage("b", "2", ("sha256:22",))
    asked = RequirementSet((Requirement("a"),))
    bill = write_bill(Lock((A, needed), ""), asked, "nb.ipynb", 0)

    imported = read(notebook(), NamedText("work/nb.cdx.json", bill))

    assert recorded(imported)["packages"] == {"a": "==1"}
    assert recorded(imported, "requirements_lock")["default"] == {
        "a": {"hashes": ["sha256:11"], "version": "==1"},
        "b": {"hashes": ["sha256:22"], "version": "==2"},
    }
    assert imported.lost == ()


def test_import_is_refused_when_a_script_or_notebook_says_nothing() -> None:
    for name, text in (("x.py", "import a"), ("x.ipynb", notebook_text())):
        with pytest.raises(UserError, match="it has no script block"):
            read(notebook(), NamedText(name, text))


def test_import_is_refused_when_the_kind_is_unknown() -> None:
    with pytest.raises(RefusedError) as raised:
        read(notebook(), NamedText("poetry.lock", ""))

    assert raised.value.code is ErrorCode.FORMAT_UNSUPPORTED
