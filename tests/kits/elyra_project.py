"""A small project with a pipeline of three steps, and who runs it."""

from __future__ import annotations

import json
from pathlib import Path

from tests.kits import pipelines
from tests.kits.notebooks import notebook_text

PIPELINE = "steps/demo.pipeline"
IMAGE = "quay.io/example/steps:v1.2.0"


def make_project(folder: Path, **first: object) -> Path:
    """The folder with ``steps/demo.pipeline``: load, then train, then a script that reports."""
    steps = folder / "steps"
    steps.mkdir(parents=True)
    (steps / "load.ipynb").write_text(notebook_text(["open('data.csv', 'w').write('a')"]))
    (steps / "train.ipynb").write_text(notebook_text(["print(open('data.csv').read())"]))
    (steps / "report.py").write_text("print('done')\n")
    load = {"outputs": ["data.csv"], "env_vars": [{"env_var": "MODE", "value": "fast"}], **first}
    document = pipelines.document(
        pipelines.node("load", runtime_image=IMAGE, **load),  # type: ignore[arg-type]
        pipelines.node("train", "load", runtime_image=IMAGE),
        pipelines.node(
            "report",
            "train",
            op="execute-python-node",
            runtime_image=IMAGE,
            filename="report.py",
        ),
    )
    (folder / PIPELINE).write_text(json.dumps(document, indent=1), encoding="utf-8")
    return folder
