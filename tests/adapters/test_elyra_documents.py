"""What is written for Elyra, read by the real Elyra."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from aidevsecops_ext.adapters.elyra import ElyraEngine
from aidevsecops_ext.adapters.runtime_configurations import JupyterRuntimes
from aidevsecops_ext.adapters.runtime_images import JupyterImages
from aidevsecops_ext.app.add_runtime import AddRuntimeRequest, add_runtime
from aidevsecops_ext.app.create_pipeline import CreateRequest, create_pipeline
from aidevsecops_ext.app.engine_ports import EngineWork
from aidevsecops_ext.config import Settings
from aidevsecops_ext.domain.engine import IssueLevel
from aidevsecops_ext.domain.runtime import EngineKind
from aidevsecops_ext.domain.runtime_image import PullPolicy, RuntimeImage
from aidevsecops_ext.wiring import Services
from tests.fakes.cancel import FakeCancelToken
from tests.kits.elyra import PYTHON, needs_elyra, run_elyra
from tests.kits.pipeline_projects import PipelineKit
from tests.kits.pipelines import old_node, text
from tests.kits.runtimes import use_data_folder
from tests.kits.split_notebooks import CHURN, split_text

pytestmark = needs_elyra

KUBEFLOW = {
    "api_endpoint": "https://kfp.example.org/pipeline",
    "cos_endpoint": "https://s3.example.org",
    "cos_bucket": "runs",
    "cos_username": "minio",
}
SECRETS = {"cos_password": "very-secret"}
SCRIPT = """
import json
from elyra.metadata.manager import MetadataManager
found = {}
for space in ("runtimes", "runtime-images"):
    manager = MetadataManager(schemaspace=space)
    # Elyra validates each file against its schema.
    found[space] = {each.name: each.reason or "valid" for each in manager.get_all(True)}
print("FOUND " + json.dumps(found))
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a notebook that was split, and an old pipeline."""
    use_data_folder(monkeypatch, tmp_path / ".jupyter_data_dir")
    kit = PipelineKit()
    kit.split("churn.ipynb", split_text(CHURN))
    volume, secret = "/mnt/my-data=claim", "KEY=store:key"
    old = old_node(
        "churn",
        runtime_image="example.org/o/a:v1",
        env_vars=["A=x,y"],
        mounted_volumes=[volume],
        kubernetes_secrets=[secret],
        kubernetes_pod_annotations=["prometheus.io/scrape=true"],
        kubernetes_tolerations=["T=example.org/gpu:Exists::NoExecute"],
    )
    kit.files.texts["old.pipeline"] = text(old, version=3)
    for path, content in kit.files.texts.items():
        (tmp_path / path).write_text(content)
    return tmp_path


def test_elyra_finds_nothing_wrong_with_what_is_made(project: Path) -> None:
    services = Services(project, Settings(elyra_python=str(PYTHON)))
    cancel = FakeCancelToken()
    # One question takes seconds: the nodes of a split beside one that was migrated.
    names, image = ("churn.ipynb",), "example.org/o/a:v1"
    request = CreateRequest(names, "old.pipeline", image=image, is_forced=True)
    made = create_pipeline(request, services.pipeline_ports(), cancel)
    runtime = add_runtime(
        AddRuntimeRequest("My KFP", EngineKind.KUBEFLOW, KUBEFLOW, SECRETS), JupyterRuntimes()
    )
    engine = ElyraEngine(project, str(PYTHON), timeout=50)

    issues = engine.validate(EngineWork("old.pipeline", made.document.content, runtime), cancel)

    assert len(made.document.pipeline.nodes) == 4
    assert [issue.sentence for issue in issues if issue.level is IssueLevel.ERROR] == []


def test_elyra_takes_images_and_runtimes_for_valid(project: Path) -> None:
    image = RuntimeImage("a", "A", "example.org/o/a:v1", "It.", ("x",), PullPolicy.NEVER, "secret")
    JupyterImages().write(image, is_new=True)
    airflow = {
        **KUBEFLOW,
        "github_api_endpoint": "https://api.github.example",
        "github_repo": "o/dags",
        "github_branch": "main",
    }
    runtimes = JupyterRuntimes()
    add_runtime(AddRuntimeRequest("k", EngineKind.KUBEFLOW, KUBEFLOW, SECRETS), runtimes)
    token = {**SECRETS, "github_repo_token": "t"}
    add_runtime(AddRuntimeRequest("f", EngineKind.AIRFLOW, airflow, token), runtimes)

    answer = run_elyra("python", "-c", SCRIPT, cwd=project)

    assert answer.returncode == 0, answer.stderr
    line = next(each for each in answer.stdout.splitlines() if each.startswith("FOUND "))
    found = json.loads(line.removeprefix("FOUND "))
    assert found["runtimes"] == {"k": "valid", "f": "valid"}
    assert found["runtime-images"]["a"] == "valid"
