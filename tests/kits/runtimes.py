"""Runtime configurations in a Jupyter data folder of a test."""

from __future__ import annotations

import json
from pathlib import Path

import pytest


def use_data_folder(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """Have Jupyter, and Elyra, keep its data there."""
    monkeypatch.delenv("ELYRA_METADATA_PATH", raising=False)
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(folder))


def write_runtime(folder: Path, name: str, kind: str = "kfp", **metadata: str) -> Path:
    """A configuration as Elyra writes it, in a Jupyter data folder."""
    types = {"kfp": "KUBEFLOW_PIPELINES", "airflow": "APACHE_AIRFLOW"}
    document = {
        "display_name": name.replace("_", " "),
        "schema_name": kind,
        "metadata": {"display_name": name, "runtime_type": types.get(kind), **metadata},
    }
    file = folder / "metadata" / "runtimes" / f"{name}.json"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(document), encoding="utf-8")
    return file
