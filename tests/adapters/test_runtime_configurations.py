"""Tests of the folders that hold runtime configurations."""

from __future__ import annotations

from pathlib import Path

import pytest

from aidevsecops_ext.adapters.runtime_configurations import JupyterRuntimes
from aidevsecops_ext.domain.errors import ErrorCode, NotFoundError, UserError
from aidevsecops_ext.domain.runtime import EngineKind
from tests.kits.runtimes import use_data_folder, write_runtime


@pytest.fixture(autouse=True)
def data(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    use_data_folder(monkeypatch, tmp_path / "data")
    return tmp_path / "data"


def test_runtimes_are_found_by_both_names(data: Path) -> None:
    write_runtime(data, "my_kfp", api_endpoint="http://kfp.example.org/pipeline")
    write_runtime(data, "dags", "airflow")

    runtimes = JupyterRuntimes()

    assert [one.name for one in runtimes.find_all()] == ["dags", "my_kfp"]
    assert runtimes.find("my_kfp") == runtimes.find("my kfp")
    assert runtimes.find("dags").kind is EngineKind.AIRFLOW


def test_runtimes_of_the_environment_come_first(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_runtime(data, "my_kfp", api_endpoint="http://old.example.org")
    write_runtime(tmp_path / "mine", "my_kfp", api_endpoint="http://new.example.org")
    monkeypatch.setenv("ELYRA_METADATA_PATH", str(tmp_path / "mine"))

    assert JupyterRuntimes().find("my_kfp").api_endpoint == "http://new.example.org"


def test_runtimes_name_those_that_there_are(data: Path) -> None:
    with pytest.raises(NotFoundError, match="no runtime configuration 'x'") as none:
        JupyterRuntimes().find("x")
    write_runtime(data, "my_kfp")
    with pytest.raises(NotFoundError) as other:
        JupyterRuntimes().find("x")

    assert none.value.code is ErrorCode.RUNTIME_NOT_FOUND
    assert "runtime add" in none.value.hint
    assert other.value.hint == "There is: my_kfp."


def test_runtimes_leave_out_what_cannot_be_understood(data: Path) -> None:
    broken = write_runtime(data, "broken", "argo")

    with pytest.raises(UserError, match="engine 'argo'") as caught:
        JupyterRuntimes().find("broken")

    assert caught.value.code is ErrorCode.RUNTIME_INVALID
    assert str(broken) in caught.value.hint
    assert JupyterRuntimes().find_all() == ()
