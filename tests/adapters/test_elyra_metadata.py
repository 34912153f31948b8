"""Files of Elyra's in a real data folder of Jupyter."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from aidevsecops_ext.adapters.elyra_metadata import (
    IMAGES,
    RUNTIMES,
    metadata_files,
    metadata_folders,
    write_metadata,
)
from aidevsecops_ext.adapters.runtime_configurations import JupyterRuntimes
from aidevsecops_ext.adapters.runtime_images import JupyterImages
from aidevsecops_ext.domain.errors import (
    ConflictError,
    ErrorCode,
    OutsideFailedError,
    RefusedError,
)
from aidevsecops_ext.domain.runtime import EngineKind, RuntimeConfiguration
from aidevsecops_ext.domain.runtime_image import RuntimeImage
from tests.kits.runtimes import use_data_folder


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The data folder, which is not there yet."""
    use_data_folder(monkeypatch, tmp_path / "jupyter")
    return tmp_path / "jupyter"


def test_a_file_is_written_for_its_owner_alone(data: Path) -> None:
    path = write_metadata(RUNTIMES, "a", "{}", is_new=True)

    assert path == data / "metadata" / "runtimes" / "a.json"
    assert path.read_text() == "{}"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert os.listdir(path.parent) == ["a.json"]


def test_a_file_is_replaced_unless_it_has_to_be_new(data: Path) -> None:
    path = write_metadata(IMAGES, "a", "1", is_new=True)

    with pytest.raises(ConflictError):
        write_metadata(IMAGES, "a", "2", is_new=True)
    is_kept = path.read_text() == "1"
    write_metadata(IMAGES, "a", "2", is_new=False)

    assert is_kept
    assert path.read_text() == "2"
    assert os.listdir(data / "metadata" / "runtime-images") == ["a.json"]


def test_secrets_are_not_written_into_a_work_tree(data: Path) -> None:
    (data.parent / ".git").mkdir()

    with pytest.raises(RefusedError) as caught:
        write_metadata(RUNTIMES, "a", "secret", is_new=True)
    write_metadata(IMAGES, "a", "{}", is_new=True)

    assert caught.value.code is ErrorCode.RUNTIME_IN_REPOSITORY
    assert not (data / "metadata" / "runtimes").exists()


def test_a_folder_that_cannot_be_made_is_said(data: Path) -> None:
    data.write_text("in the way")

    with pytest.raises(OutsideFailedError) as caught:
        write_metadata(IMAGES, "a", "{}", is_new=False)

    assert caught.value.code is ErrorCode.METADATA_WRITE_FAILED


def test_the_first_file_of_a_name_counts(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_metadata(IMAGES, "a", "{}", is_new=True)
    write_metadata(IMAGES, "b", "{}", is_new=True)
    monkeypatch.setenv("ELYRA_METADATA_PATH", str(tmp_path / "other"))
    first = write_metadata(IMAGES, "a", "{}", is_new=True)

    assert metadata_folders(IMAGES)[0] == tmp_path / "other" / "metadata" / "runtime-images"
    found = metadata_files(IMAGES)
    assert [found["a"], found["b"].parent] == [first, data / "metadata" / "runtime-images"]


def test_images_are_registered_and_found(data: Path) -> None:
    images = JupyterImages()
    image = RuntimeImage("a", "A", "o/a:v1")
    images.write(image, is_new=True)
    (data / "metadata" / "runtime-images" / "broken.json").write_text("{")

    assert image in images.find_all()
    assert "o/a:v1" in images.names()
    assert not any(each.name == "broken" for each in images.find_all())


def test_runtimes_are_written_and_found(data: Path) -> None:
    runtime = RuntimeConfiguration("r", "R", EngineKind.KUBEFLOW, {"cos_bucket": "runs"})

    JupyterRuntimes().write(runtime, is_new=True)

    assert data.exists()
    assert JupyterRuntimes().find("r") == runtime
