"""A notebook's tagged cells as a model for Seldon."""

from __future__ import annotations

import json
from collections.abc import Mapping

import pytest

from aidevsecops_ext.app.export_seldon import SeldonExport, SeldonRequest, export_seldon
from aidevsecops_ext.app.preview_files import changes_of
from aidevsecops_ext.domain.errors import ErrorCode, RefusedError
from aidevsecops_ext.domain.json_value import Json
from aidevsecops_ext.domain.lock import LockedPackage
from aidevsecops_ext.formats.notebook_json import parse
from aidevsecops_ext.formats.seldon_files import IMAGE
from tests.fakes.files import FakeFiles
from tests.kits.notebooks import locked_metadata, notebook_text

PATH = "w/fraud.ipynb"
TRAIN = ("Train", "import joblib\nmodel = 1\njoblib.dump(model, 'model.pkl')")
WRAPPER = (
    "Wrapper",
    "import joblib\nclass Fraud:\n"
    "    def __init__(self):\n        self.m = joblib.load('model.pkl')\n"
    "    def predict(self, X, features_names):\n        return self.m",
)
LOCKED = locked_metadata({"six": "*"}, (LockedPackage("six", "1.16", ("sha256:aa",)),))
DEPLOYMENT = json.dumps(
    {
        "kind": "SeldonDeployment",
        "spec": {
            "predictors": [
                {
                    "graph": {"name": "m"},
                    "componentSpecs": [{"spec": {"containers": [{"name": "m", "image": IMAGE}]}}],
                }
            ]
        },
    }
)


def text_of(*cells: tuple[str, str], metadata: dict[str, Json] | None = None) -> str:
    value = json.loads(notebook_text([source for _, source in cells], **(metadata or {})))
    for cell, (tag, _) in zip(value["cells"], cells, strict=True):
        cell["metadata"] = {"tags": [tag]}
    return json.dumps(value)


def export(files: FakeFiles, folder: str | None = None) -> SeldonExport:
    notebook = parse(files.texts[PATH], PATH)
    return export_seldon(SeldonRequest(PATH, notebook, folder), files)


def repository(
    *cells: tuple[str, str], locked: bool = True, texts: Mapping[str, str] | None = None
) -> FakeFiles:
    text = text_of(*(cells or (TRAIN, WRAPPER)), metadata=LOCKED if locked else None)
    return FakeFiles({PATH: text, "w/deploy/model_deployment.json": DEPLOYMENT, **(texts or {})})


def test_export_writes_all_that_a_build_needs() -> None:
    found = export(repository())

    texts = {file.path: file.text for file in found.files}
    assert list(texts) == [
        "w/train.py",
        "w/Fraud.py",
        "w/requirements.txt",
        "w/deploy/environment",
        "w/deploy/.s2iignore",
    ]
    assert "joblib.dump(model, 'model.pkl')" in texts["w/train.py"]
    assert "# notebook: w/fraud.ipynb\n# cells: 2 (counted from 1)" in texts["w/Fraud.py"]
    assert "six==1.16" in texts["w/requirements.txt"]
    assert texts["w/deploy/environment"].startswith("MODEL_NAME=Fraud\n")
    assert (found.model, found.models) == ("Fraud", ("model.pkl",))
    assert (found.gaps, found.notes, found.foreign) == ((), (), ())


def test_export_of_the_same_changes_nothing() -> None:
    files = repository()
    for change in changes_of(export(files).files):
        files.texts[change.path] = change.text

    again = export(files)

    assert {file.state for file in again.files} == {"unchanged"}
    assert len(again.files) == 4


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("w/train.py", "print(1)\n"),
        ("w/train.py", "# notebook: other.ipynb\n"),
        ("w/train.py", "# notebook: w/fraud.ipynb\n# as-written: sha256:00\nmine = 1\n"),
        ("w/requirements.txt", "six\n"),
    ],
)
def test_files_of_somebody_else_are_named(path: str, text: str) -> None:
    assert export(repository(texts={path: text})).foreign == (path,)


def test_settings_gain_what_is_missing() -> None:
    found = export(repository(texts={"w/deploy/environment": "API_TYPE=GRPC\nMODEL_NAME=Other\n"}))

    text = next(file.text for file in found.files if file.path == "w/deploy/environment")
    assert text == "API_TYPE=GRPC\nMODEL_NAME=Other\nSERVICE_TYPE=MODEL\nPERSISTENCE=0\n"
    assert found.foreign == ()
    assert found.gaps == ("w/deploy/environment has MODEL_NAME=Other, and the class is Fraud.",)


def test_missing_pieces_are_named() -> None:
    files = repository(
        ("Train", "import joblib\njoblib.dump(df, 'other.sav')\nprint(gone)"),
        ("x", "df = 1"),
        (WRAPPER[0], WRAPPER[1].replace("__init__(self)", "__init__(self, size)")),
        locked=False,
    )
    del files.texts["w/deploy/model_deployment.json"]

    found = export(files, folder="out")

    assert [file.path for file in found.files][:2] == ["out/train.py", "out/Fraud.py"]
    assert list(found.gaps) == [
        "The cells tagged Train read 'df', which none of them defines. Tag cell 2 too.",
        "The cells tagged Train read 'gone', which none of them defines. No other cell does "
        "either.",
        "The class loads model.pkl, and train.py writes other.sav.",
        "There is no out/requirements.txt: lock the notebook, and export again.",
        "There is no out/deploy/model_deployment.json (or .yaml): write a SeldonDeployment whose "
        "container has the image ${SELDON_IMAGE_REPLACE}.",
    ]
    assert found.notes == (
        "Fraud is made with size: the deployment's graph has to give parameters.",
    )


def test_deployment_is_checked_wherever_it_is() -> None:
    texts = {"w/requirements.txt": "six\n", "w/model_deployment.yml": "["}
    files = repository(locked=False, texts=texts)

    [gap] = export(files).gaps

    assert gap.startswith("w/model_deployment.yml: it is neither YAML nor JSON")


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        ((WRAPPER,), "No cell is tagged Train."),
        ((TRAIN,), "No cell is tagged Wrapper."),
        ((("Train", "x = 1"), WRAPPER), "write no model"),
        ((TRAIN, ("Wrapper", "x = 1")), "define no class"),
        ((("Train", "x ="), WRAPPER), "cannot be read: cell 1 is not Python"),
    ],
)
def test_export_is_refused_when_there_is_no_model(
    cells: tuple[tuple[str, str], ...], message: str
) -> None:
    with pytest.raises(RefusedError) as caught:
        export(repository(*cells))

    assert caught.value.code is ErrorCode.SELDON_INCOMPLETE
    assert message in caught.value.message
    assert caught.value.hint
