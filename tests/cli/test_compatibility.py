"""What files of jupyterlab-requirements and thamos really hold, and what becomes of it.

Each test is one trap. Others of them are tested where their rule lives: values that were encoded
several times in ``formats/test_horus_metadata.py``, odd names and versions in
``formats/test_thoth_yaml.py``, overlays in ``app/test_find_overlays.py`` and
``app/test_choose_overlay.py``, variables in ``adapters/test_expanded_files.py``.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from aidevsecops_ext.domain.json_value import Json
from aidevsecops_ext.domain.lock import LockedPackage
from tests.kits.notebooks import locked_metadata, notebook_text

from .conftest import Terminal

A = LockedPackage("a", "1", ("sha256:11",))
SPACED = {
    key: json.dumps(json.loads(str(value))) if key.startswith("requirements") else value
    for key, value in locked_metadata({"a": "*"}, (A,)).items()
}
HORUS_CONFIG = """\
host: khemenu.thoth-station.ninja
tls_verify: false
requirements_format: pipenv
virtualenv: false
own: key
runtime_environments:
  - name: rhel:8
    operating_system: {name: rhel, version: "8"}
    python_version: 3.10
    recommendation_type: latest
    hardware: null
    labels: ~
    platform: null
    unknown: key
  - name: training
    operating_system: {name: null, version: null}
    python_version: "3.9"
managers:
  - name: pipfile-requirements
  - name: version
    configuration: {limit_latest_versions: 5, maintainers: [somebody]}
"""


def metadata_of(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))["metadata"]


def test_json_with_and_without_blanks_is_read_and_left_alone(terminal: Terminal) -> None:
    text = notebook_text(["import a"], **SPACED)
    path = terminal.write("nb.ipynb", text)

    checked = terminal.run("check", "nb.ipynb")
    terminal.run("requirements", "nb.ipynb", "--remove", "nothing")

    assert checked.exit_code == 0, checked.output
    assert path.read_text(encoding="utf-8") == text


def test_value_that_was_encoded_twice_is_written_once(terminal: Terminal) -> None:
    twice = json.dumps(locked_metadata({"a": "*"}, (A,))["requirements"])
    path = terminal.write("nb.ipynb", notebook_text(requirements=twice))

    shown = terminal.json("requirements", "nb.ipynb")
    terminal.run("requirements", "nb.ipynb", "--add", "b")

    assert [entry["name"] for entry in shown["requirements"]] == ["a"]
    assert json.loads(metadata_of(path)["requirements"])["packages"].keys() == {"a", "b"}


def test_notebook_on_one_line_stays_on_one_line(terminal: Terminal) -> None:
    text = json.dumps(json.loads(notebook_text(["import a"], other=[1.0, "é"])))
    path = terminal.write("nb.ipynb", text)

    terminal.run("requirements", "nb.ipynb", "--add", "b")

    after = path.read_text(encoding="utf-8")
    assert "\n" not in after
    assert after.startswith(text[: text.index('"other"')])
    assert '[1.0, "\\u00e9"]' in after


@pytest.mark.parametrize("sources", [[], None])
def test_lock_without_sources_is_checked_and_exported(terminal: Terminal, sources: Json) -> None:
    metadata = locked_metadata({"a": "*"}, (A,))
    lockfile = json.loads(str(metadata["requirements_lock"]))
    lockfile["_meta"]["sources"] = sources
    metadata["requirements_lock"] = json.dumps(lockfile)
    terminal.write("nb.ipynb", notebook_text(["import a"], **metadata))

    checked = terminal.json("check", "nb.ipynb")
    exported = terminal.run("export", "nb.ipynb", "--format", "requirements", "--out", "-")

    assert checked[0]["status"] == "fresh"
    assert "a==1" in exported.stdout


def test_drifted_lock_of_another_hash_is_stale(terminal: Terminal) -> None:
    metadata = locked_metadata({"a": "*"}, (A,))
    metadata["requirements"] = str(metadata["requirements"]).replace('"a":"*"', '"a":">=2"')
    terminal.write("nb.ipynb", notebook_text(["import a"], **metadata))

    checked = terminal.run("check", "nb.ipynb")

    assert checked.exit_code == 1
    assert "stale" in checked.stdout


def test_lock_is_for_the_required_python_when_the_kernel_had_another(terminal: Terminal) -> None:
    language: Json = {"name": "python", "version": "3.9.14"}
    metadata = locked_metadata({"a": "*"}, (A,), "3.8")
    path = terminal.write(
        "nb.ipynb", notebook_text(["import a"], **{**metadata, "language_info": language})
    )

    locked = terminal.run("lock", "nb.ipynb")

    assert locked.exit_code == 0, locked.output
    [asked] = terminal.resolver.requests
    assert asked.target.python_version == "3.8"
    assert metadata_of(path)["language_info"] == language


@pytest.mark.parametrize("metadata", [{}, {"kernelspec": {}}, {"language_info": None}])
def test_notebook_without_kernelspec_or_language_is_python(
    terminal: Terminal, metadata: dict[str, Json]
) -> None:
    path = terminal.write("nb.ipynb", notebook_text(["import json"], **metadata))

    checked = terminal.json("check", "nb.ipynb")
    locked = terminal.run("lock", "nb.ipynb")

    assert checked[0]["status"] == "unlocked"
    assert locked.exit_code == 0, locked.output
    assert metadata_of(path).get("kernelspec") == metadata.get("kernelspec")


@pytest.mark.parametrize("kernel", ["jupyterlab-requirements", "tf-training", "python3"])
def test_name_of_the_kernel_need_not_be_that_of_an_environment(
    terminal: Terminal, kernel: str
) -> None:
    path = terminal.write("nb.ipynb", notebook_text((), kernelspec={"name": kernel}))
    terminal.write(".thoth.yaml", HORUS_CONFIG)

    locked = terminal.run("lock", "nb.ipynb", "--runtime-environment", "training")

    assert locked.exit_code == 0, locked.output
    assert metadata_of(path)["kernelspec"] == {"name": kernel}


def test_analysis_id_in_its_old_spelling_goes_with_the_lock_that_it_was_of(
    terminal: Terminal,
) -> None:
    path = terminal.write(
        "nb.ipynb",
        notebook_text((), adviser_analysis_id="adviser-1", dependency_resolution_engine="thoth"),
    )

    terminal.run("lock", "nb.ipynb")

    assert "adviser_analysis_id" not in metadata_of(path)
    assert metadata_of(path)["dependency_resolution_engine"] == "pipenv"


def test_analysis_id_is_emptied_when_another_lock_is_imported(terminal: Terminal) -> None:
    path = terminal.write(
        "nb.ipynb", notebook_text((), adviser_analysis_id="old", thoth_analysis_id="adviser-1")
    )
    terminal.write("requirements.txt", "a==1 --hash=sha256:11\n")

    terminal.run("import", "nb.ipynb", "--from", "requirements.txt")

    assert metadata_of(path)["thoth_analysis_id"] == ""
    assert "adviser_analysis_id" not in metadata_of(path)


def test_options_of_the_thoth_section_are_kept(terminal: Terminal) -> None:
    wanted = {"packages": {}, "thoth": {"allow_prereleases": True, "disable_index_adjustment": 1}}
    path = terminal.write("nb.ipynb", notebook_text((), requirements=json.dumps(wanted)))

    terminal.run("lock", "nb.ipynb")

    [asked] = terminal.resolver.requests
    assert asked.allow_prereleases
    assert json.loads(metadata_of(path)["requirements"])["thoth"] == wanted["thoth"]


@pytest.mark.parametrize(("name", "python"), [("rhel:8", "3.10"), ("training", "3.9")])
def test_environment_of_a_file_that_breaks_its_schema_is_locked_for(
    terminal: Terminal, name: str, python: str
) -> None:
    terminal.write("nb.ipynb", notebook_text(()))
    terminal.write(".thoth.yaml", HORUS_CONFIG)

    locked = terminal.run("lock", "nb.ipynb", "--runtime-environment", name)

    assert locked.exit_code == 0, locked.output
    [asked] = terminal.resolver.requests
    assert asked.target.python_version == python


def test_first_of_two_environments_of_one_name_counts(terminal: Terminal) -> None:
    terminal.write("nb.ipynb", notebook_text(()))
    terminal.write(
        ".thoth.yaml",
        "runtime_environments:\n"
        "  - {name: a, python_version: '3.9'}\n  - {name: a, python_version: '3.12'}\n",
    )

    terminal.run("lock", "nb.ipynb", "--runtime-environment", "a")

    [asked] = terminal.resolver.requests
    assert asked.target.python_version == "3.9"


def test_variable_of_thamos_chooses_the_environment(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal.write("nb.ipynb", notebook_text(()))
    terminal.write(".thoth.yaml", HORUS_CONFIG.replace("rhel:8", "{OUR_NAME}"))
    monkeypatch.setenv("THAMOS_RUNTIME_ENVIRONMENT", "serving")
    monkeypatch.setenv("THAMOS_CONFIG_EXPAND_ENV", "1")
    monkeypatch.setenv("OUR_NAME", "serving")

    locked = terminal.run("lock", "nb.ipynb")

    assert locked.exit_code == 0, locked.output
    [asked] = terminal.resolver.requests
    assert asked.target.python_version == "3.10"
