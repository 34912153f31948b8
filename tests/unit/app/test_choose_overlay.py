"""Which overlay a notebook's environment belongs in."""

from __future__ import annotations

from typing import Any

import pytest

from aidevsecops_ext.app.choose_overlay import OverlayRequest, choose_overlay, find_notebooks_of
from aidevsecops_ext.domain.errors import (
    ErrorCode,
    OutsideFailedError,
    RefusedError,
    UserError,
)
from aidevsecops_ext.domain.json_value import Json
from aidevsecops_ext.domain.lock import LockedPackage
from aidevsecops_ext.formats.notebook_json import parse
from tests.fakes.files import FakeFiles
from tests.kits.notebooks import locked_metadata, notebook_text

A = LockedPackage("a", "1", ("sha256:11",))


def text_of(kernel: str | None = "train", *, python: str = "3.9", **more: Json) -> str:
    spec: dict[str, Json] = {"kernelspec": {"name": kernel}} if kernel else {}
    return notebook_text((), **{**locked_metadata({"a": "*"}, (A,), python), **spec, **more})


def choose(text: str, others: dict[str, str] | None = None, **given: Any) -> str:
    files = FakeFiles({"work/fine_tune_model.ipynb": text, **(others or {})})
    request = {"path": "work/fine_tune_model.ipynb", "notebook": parse(text, "nb"), **given}
    return choose_overlay(OverlayRequest(**request), files)


def test_overlay_is_called_like_the_kernel() -> None:
    assert choose(text_of()) == "overlays/train"


@pytest.mark.parametrize(
    ("others", "store", "folder"),
    [
        ({".thoth.yaml": "overlays_dir: envs"}, None, "envs/train"),
        ({"work/.thoth.yaml": "overlays_dir: envs"}, None, "work/envs/train"),
        ({".thoth.yaml": "host: x"}, None, "overlays/train"),
        ({".thoth.yaml": "overlays_dir: envs"}, "store", "store/overlays/train"),
    ],
)
def test_overlay_is_where_the_repository_says(
    others: dict[str, str], store: str | None, folder: str
) -> None:
    assert choose(text_of(), others, store=store) == folder


@pytest.mark.parametrize("kernel", [None, "python3", "jupyterlab-requirements", "Python3"])
def test_overlay_is_refused_with_a_name_when_the_kernel_is_everybodys(kernel: str | None) -> None:
    with pytest.raises(RefusedError) as caught:
        choose(text_of(kernel))

    assert caught.value.code is ErrorCode.FORMAT_OVERLAY_UNNAMED
    assert caught.value.details["suggestion"] == "fine-tune-model"
    assert choose(text_of(kernel), name="fine-tune-model") == "overlays/fine-tune-model"


@pytest.mark.parametrize("name", ["../up", ".hidden", "a/b", "a b"])
def test_overlay_is_refused_when_its_name_leads_elsewhere(name: str) -> None:
    with pytest.raises(UserError):
        choose(text_of(name))
    with pytest.raises(UserError):
        choose(text_of(), name=name)


def test_overlay_is_refused_when_two_notebooks_with_different_locks_claim_it() -> None:
    rival = {"work/preprocess_dataset.ipynb": text_of("preprocess-dataset", python="3.8")}

    with pytest.raises(RefusedError) as caught:
        choose(text_of("preprocess-dataset"), rival)

    assert caught.value.code is ErrorCode.FORMAT_OVERLAY_TAKEN
    assert caught.value.details == {
        "name": "preprocess-dataset",
        "notebooks": ["work/preprocess_dataset.ipynb"],
        "suggestion": "fine-tune-model",
    }
    assert choose(text_of("preprocess-dataset"), rival, is_forced=True).endswith("dataset")
    assert choose(text_of("preprocess-dataset"), rival, name="other") == "overlays/other"


@pytest.mark.parametrize(
    "rival",
    [
        text_of("train"),
        text_of("other", python="3.8"),
        notebook_text((), kernelspec={"name": "train"}),
        text_of("train", requirements="{broken"),
        '{"nbformat": 4, "metadata": {"kernelspec": {"name": "train"}}}',
    ],
)
def test_overlay_is_shared_when_no_other_lock_claims_it(rival: str) -> None:
    assert choose(text_of("train"), {"rival.ipynb": rival}) == "overlays/train"


def test_find_notebooks_of_is_empty_when_there_are_none() -> None:
    assert find_notebooks_of("train", FakeFiles({"a.txt": ""})) == ()


def test_find_notebooks_of_fails_when_a_folder_cannot_be_read() -> None:
    class Unreadable(FakeFiles):
        def entries(self, path: str) -> Any:
            raise OutsideFailedError(ErrorCode.NOTEBOOK_UNREADABLE, path)

    with pytest.raises(OutsideFailedError):
        find_notebooks_of("train", Unreadable())
