"""Files that models are written to and read from by functions of libraries."""

from __future__ import annotations

import pytest

from tests.kits.plans import plan


@pytest.mark.parametrize(
    ("source", "files"),
    [
        ("from sklearn.externals import joblib\njoblib.dump(model, 'm.sav')", (set(), {"m.sav"})),
        ("from sklearn.externals import joblib\njoblib.load('m.sav')", ({"m.sav"}, set())),
        (
            "import tensorflow as tf\ntf.keras.models.save_model(model, 'm.keras')",
            (set(), {"m.keras"}),
        ),
        ("from keras.models import save_model\nsave_model(model, 'm.h5')", (set(), {"m.h5"})),
        ("import torch\ntorch.save(model, 'm.pt')", (set(), {"m.pt"})),
        ("import torch\ntorch.jit.save(model, 'm.ts')", (set(), {"m.ts"})),
        ("import torch\ntorch.jit.load('m.ts')", ({"m.ts"}, set())),
        ("import torch\ntorch.onnx.export(model, (1,), 'm.onnx')", (set(), {"m.onnx"})),
        ("import torch\ntorch.onnx.export(model, (1,), f='m.onnx')", (set(), {"m.onnx"})),
        ("model.save('m.keras')", (set(), {"m.keras"})),
    ],
)
def test_plan_knows_the_files_of_models(source: str, files: tuple[set[str], set[str]]) -> None:
    (_, step) = plan("model = 1", source).steps

    assert (set(step.files.reads), set(step.files.writes)) == files
