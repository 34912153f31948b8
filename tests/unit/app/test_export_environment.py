"""Exports in every format, and the way back."""

from __future__ import annotations

import json
from typing import Any

import pytest

from aidevsecops_ext.app.export_environment import (
    ExportPorts,
    ExportRequest,
    export_environment,
)
from aidevsecops_ext.app.import_environment import import_environment
from aidevsecops_ext.domain.errors import ErrorCode, RefusedError
from aidevsecops_ext.domain.exchange import ExportedFiles, FileFormat, PackageFile
from aidevsecops_ext.domain.json_value import Json
from aidevsecops_ext.domain.lock import LockedPackage
from aidevsecops_ext.domain.notebook import Notebook
from aidevsecops_ext.formats import pipfile
from aidevsecops_ext.formats.notebook_json import parse
from tests.fakes.cancel import FakeCancelToken
from tests.fakes.clock import FakeClock
from tests.fakes.package_files import FakePackageFiles
from tests.fakes.package_index import FakePackageIndex
from tests.kits.notebooks import locked_metadata, notebook, notebook_text

A = LockedPackage("a", "1", ("sha256:11", "sha256:22"))
B = LockedPackage("b", "2", ("sha256:33",), "os_name == 'nt'", ("x",))
DEV = LockedPackage("t", "3", ("sha256:44",), is_dev=True)
FILES = {
    package.key: tuple(
        PackageFile(f"https://files.example/{value[-2:]}.whl", value) for value in package.hashes
    )
    for package in (A, B, DEV)
}


def export(
    file_format: FileFormat,
    opened: Notebook,
    files: FakePackageFiles | None = None,
    **given: Any,
) -> ExportedFiles:
    known = {"path": "work/nb.ipynb", "notebook": opened, "format": file_format}
    request = ExportRequest(**{**known, **given})
    ports = ExportPorts(FakePackageIndex(), files or FakePackageFiles(FILES), FakeClock())
    return export_environment(request, ports, FakeCancelToken())


def locked(*packages: LockedPackage, **more: Json) -> Notebook:
    return notebook([], **{**locked_metadata({"a": ">=1"}, packages or (A,)), **more})


def decoded(text: Json) -> Json:
    assert isinstance(text, str)
    value: Json = json.loads(text) if text.startswith("{") else text
    return value


def test_export_writes_both_files_of_pipenv_and_import_reads_them_back() -> None:
    opened = locked(A, B, DEV)

    exported = export(FileFormat.PIPFILE, opened)

    assert [file.name for file in exported.files] == ["Pipfile", "Pipfile.lock"]
    assert exported.lost == ()
    assert import_environment(opened, exported.files).edit.is_empty
    again = import_environment(notebook(), exported.files)
    assert {key: decoded(value) for key, value in again.edit.metadata.items()} == {
        key: decoded(value) for key, value in opened.metadata.items()
    }


def test_export_writes_a_pipfile_alone_when_there_is_no_lock() -> None:
    opened = notebook([], requirements=json.dumps({"packages": {}, "x": None}))

    exported = export(FileFormat.PIPFILE, opened)

    assert [file.name for file in exported.files] == ["Pipfile"]
    assert exported.lost == ("Nulls in the Pipfile are left out: TOML has none.",)


@pytest.mark.parametrize("file_format", [FileFormat.PYLOCK, FileFormat.REQUIREMENTS])
def test_export_of_a_lock_reads_back_as_the_same_lock(file_format: FileFormat) -> None:
    opened = locked(A, LockedPackage("b", "2", ("sha256:33",), "os_name == 'nt'"))
    exported = export(file_format, opened)

    back = import_environment(opened, exported.files)

    assert back.package_count == 2
    lock = back.edit.metadata.get("requirements_lock", opened.metadata["requirements_lock"])
    assert isinstance(lock, str)
    original = opened.metadata["requirements_lock"]
    assert isinstance(original, str)
    markers = lock.replace('os_name == \\"nt\\"', "os_name == 'nt'")
    assert json.loads(markers)["default"] == json.loads(original)["default"]


def test_export_writes_development_packages_into_a_file_of_their_own() -> None:
    exported = export(FileFormat.REQUIREMENTS, locked(A, DEV))

    assert [file.name for file in exported.files] == ["requirements.txt", "requirements-dev.txt"]
    assert "t==3" in exported.files[1].text


def test_export_says_what_requirements_do_not_keep_when_little_is_known() -> None:
    metadata = locked_metadata({}, (A,))
    lock = json.loads(str(metadata["requirements_lock"]))
    lock["_meta"]["requires"] = {}
    metadata["requirements_lock"] = json.dumps(lock)

    exported = export(FileFormat.REQUIREMENTS, notebook([], **metadata))

    assert exported.lost == ("Which packages are asked for, and which they need, is not kept.",)


def test_export_writes_the_addresses_of_the_locked_files() -> None:
    files = FakePackageFiles({**FILES, "a": FILES["a"][:1]})

    exported = export(FileFormat.PYLOCK, locked(A, B, DEV), files, path="nb.ipynb")

    assert "https://files.example/11.whl" in exported.files[0].text
    [asked] = files.asked
    assert asked.target.is_universal
    assert asked.target.python_version == "3.11"
    assert [r.to_pep508() for r in asked.requirements] == ["a==1", "b==2", "t==3"]
    assert exported.lost[1:] == (
        "1 of the locked files of a are left out: they are for other Pythons, or gone from the "
        "index.",
        "Which packages are only for development is not kept.",
        "Extras are not kept: the packages that they need are in the list.",
    )


def test_export_is_refused_when_no_index_has_the_locked_files() -> None:
    with pytest.raises(RefusedError) as raised:
        export(FileFormat.PYLOCK, locked(A), FakePackageFiles())

    assert raised.value.code is ErrorCode.FORMAT_FILES_MISSING


def test_export_is_refused_when_an_index_is_not_trusted() -> None:
    pipfile = {"packages": {"a": "*"}, "source": [{"name": "own", "url": "https://own.example/s"}]}
    files = FakePackageFiles(FILES)

    with pytest.raises(RefusedError) as raised:
        export(FileFormat.PYLOCK, locked(A, requirements=json.dumps(pipfile)), files)

    assert raised.value.code is ErrorCode.LOCK_UNTRUSTED_INDEX
    assert files.asked == []


@pytest.mark.parametrize(
    "file_format", [FileFormat.PYLOCK, FileFormat.REQUIREMENTS, FileFormat.SBOM]
)
def test_export_is_refused_when_exact_versions_are_needed_and_there_is_no_lock(
    file_format: FileFormat,
) -> None:
    with pytest.raises(RefusedError) as raised:
        export(file_format, notebook())

    assert raised.value.code is ErrorCode.FORMAT_NEEDS_LOCK


def test_export_says_that_the_lock_is_old_and_leaves_out_what_has_no_hashes() -> None:
    opened = locked(A, LockedPackage("git", ""), LockedPackage("bare", "1"))
    stale = notebook(
        [], **{**opened.metadata, "requirements": '{"packages": {"a": ">=1", "c": "*"}}'}
    )

    exported = export(FileFormat.SBOM, stale)

    assert exported.files[0].name == "nb.cdx.json"
    components = json.loads(exported.files[0].text)["components"]
    assert [component["name"] for component in components] == ["a"]
    assert exported.lost == (
        "bare is left out: it has no version on a package index, or no hashes.",
        "git is left out: it has no version on a package index, or no hashes.",
        "The notebook asks for something else by now: this is its old lock.",
    )


def test_export_edits_the_project_that_is_there() -> None:
    exported = export(
        FileFormat.PYPROJECT,
        locked(),
        beside={"pyproject.toml": '[project]\nname = "mine" # ours\n'},
    )

    [file] = exported.files
    assert file.name == "pyproject.toml"
    assert 'name = "mine" # ours' in file.text
    assert exported.lost == ("The lock is not kept: the format holds what is asked for.",)


def test_export_says_what_is_left_out_when_it_comes_from_elsewhere() -> None:
    pipfile = {"packages": {"f": {"git": "https://git.example/f"}}}

    exported = export(FileFormat.PEP723, notebook([], requirements=json.dumps(pipfile)))

    [sentence] = exported.lost
    assert sentence.startswith("f is left out: it comes from a Git repository")


def test_export_writes_a_script_with_a_block() -> None:
    new = export(FileFormat.PEP723, locked())
    old = export(FileFormat.PEP723, locked(), beside={"nb.py": "import a\n"})

    assert new.files[0].name == "nb.py"
    assert '"a>=1"' in new.files[0].text
    assert old.files[0].text == new.files[0].text + "import a\n"


def test_export_for_juv_puts_a_block_into_a_first_cell_and_drops_its_lock() -> None:
    metadata: dict[str, Json] = {**locked().metadata, "uv.lock": "version = 1"}
    text = notebook_text(["import a"], **metadata)

    exported = export(FileFormat.JUV, parse(text, "nb.ipynb"), text=text)

    [file] = exported.files
    written = parse(file.text, "nb.ipynb")
    assert file.name == "nb.ipynb"
    assert written.cells[0].source.startswith("# /// script\n")
    assert written.cells[1].source == "import a"
    assert "uv.lock" not in written.metadata


def test_export_for_juv_edits_the_block_that_is_there_once() -> None:
    text = notebook_text(
        ["# x", "# /// script\n# dependencies = []  # why\n# ///\n1"], **locked().metadata
    )

    first = export(FileFormat.JUV, parse(text, "nb.ipynb"), text=text).files[0].text
    second = export(FileFormat.JUV, parse(first, "nb.ipynb"), text=first).files[0].text

    source = parse(first, "nb.ipynb").cells[1].source
    assert '"a>=1"' in source
    assert "# why" in source
    assert second == first


def test_export_writes_thoth_yaml_when_a_configuration_is_recorded() -> None:
    config = '{"host":"advice.example","runtime_environments":[{"name":"rhel:8"}]}'

    exported = export(FileFormat.THOTH_YAML, locked(thoth_config=config))

    assert [file.name for file in exported.files] == [".thoth.yaml"]
    assert exported.lost == ("The name 'rhel:8' holds characters that Thoth does not allow.",)


def test_export_is_refused_when_no_thoth_configuration_is_recorded() -> None:
    with pytest.raises(RefusedError) as caught:
        export(FileFormat.THOTH_YAML, locked())

    assert caught.value.code is ErrorCode.FORMAT_NO_THOTH_CONFIG


def test_export_is_refused_when_the_notebook_is_not_python() -> None:
    with pytest.raises(RefusedError):
        export(FileFormat.PIPFILE, notebook([], kernelspec={"language": "R"}))


def test_export_asks_for_nothing_when_the_lock_is_empty_and_names_indexes_itself() -> None:
    metadata = locked_metadata({}, ())
    del metadata["requirements"]

    exported = export(FileFormat.PYLOCK, notebook([], **metadata))

    assert "[[packages]]" not in exported.files[0].text


def test_export_pipfile_leaves_out_passwords_of_indexes_and_its_lock_still_belongs_to_it() -> None:
    source: Json = [{"name": "mine", "url": "https://jo:hunter2@index.example/simple"}]
    asked: dict[str, Json] = {"packages": {"a": ">=1"}, "source": source}
    lockfile: dict[str, Json] = {
        "_meta": {"hash": {"sha256": pipfile.hash_of(asked)}, "sources": source},
        "default": {},
        "develop": {},
    }
    recorded = {"requirements": json.dumps(asked), "requirements_lock": json.dumps(lockfile)}

    exported = export(FileFormat.PIPFILE, notebook([], **recorded))

    written, locked_file = (file.text for file in exported.files)
    assert "hunter2" not in written + locked_file
    kept = json.loads(locked_file)["_meta"]["hash"]["sha256"]
    assert pipfile.is_hash_of(pipfile.read_pipfile(written), kept)
    assert exported.lost == (
        "User names and passwords in addresses of indexes are left out: keep them in the "
        "configuration of pip or uv, in .netrc, or write ${VARIABLE}.",
    )


@pytest.mark.parametrize("is_locked", [True, False])
def test_export_juv_leaves_out_passwords_of_indexes(is_locked: bool) -> None:
    source: Json = [{"name": "mine", "url": "https://jo:hunter2@index.example/simple"}]
    recorded = {"requirements": json.dumps({"packages": {"a": "*"}, "source": source})}
    if is_locked:
        recorded["requirements_lock"] = json.dumps({"_meta": {"sources": source}, "default": {}})
    text = notebook_text(["import a"], **recorded)

    exported = export(FileFormat.JUV, parse(text, "nb.ipynb"), text=text)

    (file,) = exported.files
    assert "hunter2" not in file.text
    assert "index.example/simple" in file.text
    assert any("User names and passwords" in sentence for sentence in exported.lost)
