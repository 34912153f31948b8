"""``THAMOS_CONFIG_EXPAND_ENV=1``: variables of the environment in ``.thoth.yaml``."""

from __future__ import annotations

from pathlib import Path

import pytest

from aidevsecops_ext.adapters.expanded_files import ExpandedFiles
from aidevsecops_ext.app.choose_target import find_targets
from aidevsecops_ext.config import Settings
from aidevsecops_ext.domain.target import Target
from aidevsecops_ext.wiring import Services
from tests.fakes.files import FakeFiles

TEXT = """\
host: {THOTH_HOST}
runtime_environments:
  - name: training
    operating_system: {name: ubi, version: "9"}
    python_version: "{OUR_PYTHON}"
"""


def files_in(tmp_path: Path) -> Services:
    (tmp_path / ".thoth.yaml").write_text(TEXT)
    (tmp_path / "other.yaml").write_text(TEXT)
    return Services(tmp_path, Settings())


def test_variables_are_expanded_when_thamos_is_told_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("THAMOS_CONFIG_EXPAND_ENV", "1")
    monkeypatch.setenv("OUR_PYTHON", "3.12")
    files = files_in(tmp_path).files

    found = find_targets("nb.ipynb", files, "3.9")

    assert found.environments[0].target == Target("3.12", "x86_64-manylinux_2_34")
    assert files.read("other.yaml").text == TEXT


@pytest.mark.parametrize("switch", [None, "", "0"])
def test_variables_stay_when_thamos_is_not_told_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, switch: str | None
) -> None:
    monkeypatch.delenv("THAMOS_CONFIG_EXPAND_ENV", raising=False)
    if switch is not None:
        monkeypatch.setenv("THAMOS_CONFIG_EXPAND_ENV", switch)
    monkeypatch.setenv("OUR_PYTHON", "3.12")

    assert files_in(tmp_path).files.read(".thoth.yaml").text == TEXT


def test_variable_that_is_not_set_is_told_and_not_fatal() -> None:
    files = ExpandedFiles(FakeFiles({".thoth.yaml": TEXT}), {})

    found = find_targets("nb.ipynb", files, "3.9")

    assert found.environments[0].target.python_version == "3.9"
    assert "{OUR_PYTHON}" in found.problems[0]


def test_everything_else_is_as_it_was() -> None:
    inner = FakeFiles({"a/.thoth.yaml": TEXT})
    files = ExpandedFiles(inner, {"THOTH_HOST": "advice.example"})

    files.replace("a/.thoth.yaml", "x: {THOTH_HOST}", files.read("a/.thoth.yaml").revision)

    assert inner.texts == {"a/.thoth.yaml": "x: {THOTH_HOST}"}
    assert files.read("a/.thoth.yaml").text == "x: advice.example"
    assert files.is_file("a/.thoth.yaml")
    assert files.is_folder("a")
    assert files.entries("a").files == (".thoth.yaml",)
