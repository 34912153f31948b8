"""Tests of Elyra: what is made of its answers, and the real one."""

from __future__ import annotations

import ast
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from aidevsecops_ext.adapters.elyra import ElyraEngine
from aidevsecops_ext.adapters.runtime_configurations import JupyterRuntimes
from aidevsecops_ext.app.engine_ports import EngineWork
from aidevsecops_ext.app.submission_files import list_stored
from aidevsecops_ext.app.submit_pipeline import SubmitRequest, submit_pipeline
from aidevsecops_ext.config import Settings
from aidevsecops_ext.domain.engine import ExportFormat, IssueLevel
from aidevsecops_ext.domain.errors import (
    AidevsecopsError,
    ErrorCode,
    OutsideFailedError,
    RefusedError,
    TimedOutError,
    ToolMissingError,
)
from aidevsecops_ext.domain.runtime import EngineKind, RuntimeConfiguration
from aidevsecops_ext.wiring import Services
from tests.fakes.cancel import FakeCancelToken
from tests.fakes.progress import FakeProgress
from tests.kits.dag_forge import BRANCH, REPOSITORY, DagForge, serve_dags
from tests.kits.elyra import PYTHON, needs_elyra
from tests.kits.elyra_project import PIPELINE, make_project
from tests.kits.kfp_contract import faults_of, needs_kfp_api
from tests.kits.kfp_service import KubeflowPipelines, serve_kubeflow
from tests.kits.object_storage import ObjectStorage, serve_storage
from tests.kits.runtimes import write_runtime

# Elyra alone takes seconds to be imported, and more beside other tests.
_takes_its_time = pytest.mark.timeout(240)

_SECRET = "hunter2-of-storage"
_RUNTIME = RuntimeConfiguration(
    "my_kfp", "My KFP", EngineKind.KUBEFLOW, {"cos_password": _SECRET, "cos_username": "steps"}
)
_WORK = EngineWork("steps/demo.pipeline", {"version": "3.0"}, _RUNTIME)


def _engine_that(folder: Path, script: str, *, timeout: float = 30) -> ElyraEngine:
    """An engine whose child does that instead; ``asked`` is the request, ``answer`` writes."""
    program = folder / "python"
    head = (
        f"#!{sys.executable} -I\nimport json, pathlib, sys, time\nasked = json.load(sys.stdin)\n"
        "def answer(value):\n    pathlib.Path(asked['answer']).write_text(json.dumps(value))\n"
    )
    program.write_text(head + script)
    program.chmod(0o755)
    return ElyraEngine(folder, str(program), timeout=timeout)


def _failure(engine: ElyraEngine, work: EngineWork = _WORK) -> AidevsecopsError:
    with pytest.raises(AidevsecopsError) as caught:
        engine.submit(work, FakeProgress(), FakeCancelToken())
    return caught.value


def test_elyra_is_asked_for_the_document_below_the_root(tmp_path: Path) -> None:
    engine = _engine_that(tmp_path, "answer({'issues': [], 'text': json.dumps(asked)})")
    work = replace(_WORK, secret="keys")

    exported = engine.export(work, ExportFormat.YAML, FakeProgress(), FakeCancelToken())

    asked: dict[str, Any] = json.loads(exported.text)
    assert asked.pop("answer").endswith("answer.json")
    assert asked == {
        "deed": "export",
        "root": str(tmp_path),
        "path": "steps/demo.pipeline",
        "content": {"version": "3.0"},
        "runtime": "my_kfp",
        "secret": "keys",
        "format": "yaml",
    }


def test_elyra_is_heard_without_secrets(tmp_path: Path) -> None:
    engine = _engine_that(tmp_path, f"print('uploads with {_SECRET}')\nanswer({{'run_id': 'r'}})")
    progress = FakeProgress()

    submitted = engine.submit(_WORK, progress, FakeCancelToken())

    assert submitted.run_id == "r"
    assert progress.lines == ["uploads with ***"]


def test_elyra_that_fails_is_told_of_without_secrets(tmp_path: Path) -> None:
    engine = _engine_that(tmp_path, f"print('{_SECRET}')\nanswer({{'error': 'no {_SECRET}.'}})")

    failure = _failure(engine)

    assert isinstance(failure, OutsideFailedError)
    assert failure.code is ErrorCode.ELYRA_FAILED
    assert failure.message == "Elyra failed: no ***."
    assert failure.details == {"explanation": "***"}


def test_elyra_that_says_nothing_has_failed(tmp_path: Path) -> None:
    failure = _failure(_engine_that(tmp_path, "print('Killed')"))

    assert failure.message == "Elyra failed: it ended without an answer."
    assert failure.details == {"explanation": "Killed"}


def test_elyra_that_takes_too_long_is_given_up(tmp_path: Path) -> None:
    # The engine is what sleeps: it is ended long before that is over.
    failure = _failure(_engine_that(tmp_path, "time.sleep(60)", timeout=0.5))

    assert isinstance(failure, TimedOutError)
    assert failure.code is ErrorCode.ELYRA_TIMED_OUT


def test_elyra_that_does_not_take_a_pipeline_is_told_of(tmp_path: Path) -> None:
    issues = [
        {"severity": 2, "message": "odd"},
        {"severity": 1, "message": "no file.", "data": {"nodeName": "load"}},
        {"severity": 1, "message": "no image"},
    ]

    failure = _failure(_engine_that(tmp_path, f"answer({{'issues': {issues}}})"))

    assert isinstance(failure, RefusedError)
    assert failure.message == (
        "Elyra does not take steps/demo.pipeline: load: no file (and 1 more)."
    )
    assert failure.details == {"issues": ["load: no file", "no image"]}


def test_elyra_that_is_not_there_is_told_of(tmp_path: Path) -> None:
    # The environment that the tests run in has none.
    here = _failure(ElyraEngine(tmp_path, "", timeout=30))
    nowhere = _failure(ElyraEngine(tmp_path, str(tmp_path / "none"), timeout=30))
    (tmp_path / "text").write_text("no program")
    no_program = _failure(ElyraEngine(tmp_path, str(tmp_path / "text"), timeout=30))

    assert isinstance(here, ToolMissingError)
    assert isinstance(nowhere, ToolMissingError)
    assert isinstance(no_program, ToolMissingError)
    assert sys.executable in here.message
    assert "aidevsecops-ext[elyra]" in here.hint


class _Site:
    """A project, and what it can be submitted to."""

    def __init__(
        self,
        root: Path,
        data: Path,
        storage: ObjectStorage,
        kubeflow: KubeflowPipelines,
        dags: DagForge,
    ) -> None:
        self.root = root
        self.dags = dags
        self.engine = ElyraEngine(root, str(PYTHON), timeout=200)
        self.storage = storage
        self.kubeflow = kubeflow
        stored = {
            "cos_endpoint": storage.url,
            "cos_bucket": "steps",
            "cos_auth_type": "USER_CREDENTIALS",
            "cos_username": storage.keys.access,
            "cos_password": storage.keys.secret,
        }
        write_runtime(
            data,
            "my_kfp",
            api_endpoint=kubeflow.endpoint,
            engine="Argo",
            auth_type="EXISTING_BEARER_TOKEN",
            api_username="anybody",
            api_password=kubeflow.token,
            **stored,
        )
        write_runtime(
            data,
            "dags",
            "airflow",
            api_endpoint="http://airflow.example.org",
            user_namespace="default",
            git_type="GITHUB",
            github_api_endpoint=dags.served.url,
            github_repo=REPOSITORY,
            github_branch=BRANCH,
            github_repo_token=dags.token,
            **stored,
        )

    def work(self, *, secret: str = "", runtime: str = "my_kfp") -> EngineWork:
        text = (self.root / PIPELINE).read_text(encoding="utf-8")
        found = JupyterRuntimes().find(runtime) if runtime else None
        return EngineWork(PIPELINE, json.loads(text), found, secret)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[_Site]:
    home = tmp_path_factory.mktemp("elyra")
    with (
        pytest.MonkeyPatch.context() as patch,
        serve_storage() as storage,
        serve_kubeflow(token="token-of-kubeflow") as kubeflow,
        serve_dags(home / "dags", "token-of-the-forge") as dags,
    ):
        patch.setenv("JUPYTER_DATA_DIR", str(home / "data"))
        patch.setenv("HOME", str(home))
        project = make_project(home / "project")
        yield _Site(project, home / "data", storage, kubeflow, dags)


@needs_elyra
@pytest.mark.slow
@_takes_its_time
def test_elyra_validates_what_is_not_right(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path / "data"))
    root = make_project(tmp_path / "project", filename="gone.ipynb")
    content = json.loads((root / PIPELINE).read_text(encoding="utf-8"))

    issues = ElyraEngine(root, str(PYTHON), timeout=200).validate(
        EngineWork(PIPELINE, content), FakeCancelToken()
    )

    found = {(issue.level, issue.node, issue.field, issue.value) for issue in issues}
    assert found == {(IssueLevel.ERROR, "load", "filename", "steps/gone.ipynb")}


@needs_elyra
@needs_kfp_api
@pytest.mark.slow
@_takes_its_time
def test_elyra_submits_to_kubeflow_pipelines(site: _Site) -> None:
    progress = FakeProgress()

    submitted = site.engine.submit(site.work(), progress, FakeCancelToken())

    names = site.kubeflow.task_names(submitted.run_id)
    assert submitted.run_url == f"{site.kubeflow.endpoint}/#/runs/details/{submitted.run_id}"
    assert {submitted.tasks[names[step]] for step in names} == {"load", "train", "report"}
    assert submitted.tasks["train"] == submitted.tasks[names["train"]] == "train"
    assert submitted.storage_path.startswith("/steps/demo-")
    assert any("uploaded" in line for line in progress.lines)
    assert site.storage.keys.secret not in "\n".join(progress.lines)
    assert faults_of(site.kubeflow.served) == []


@needs_elyra
@pytest.mark.slow
@_takes_its_time
def test_elyra_exports_with_a_secret_in_place_of_keys(site: _Site) -> None:
    work = site.work(secret="storage-keys")

    exported = site.engine.export(work, ExportFormat.YAML, FakeProgress(), FakeCancelToken())

    assert exported.text.startswith("# PIPELINE DEFINITION")
    assert "storage-keys" in exported.text
    assert site.storage.keys.secret not in exported.text
    assert site.storage.keys.access not in exported.text


@needs_elyra
@pytest.mark.slow
@_takes_its_time
def test_elyra_commits_a_dag_for_airflow(site: _Site) -> None:
    services = Services(site.root, Settings(elyra_python=str(PYTHON)))
    request = SubmitRequest(PIPELINE, "dags", secret="storage-keys")

    run = submit_pipeline(request, services.submit_ports(), FakeProgress(), FakeCancelToken())

    assert run.remote is not None
    dag = site.dags.repo.git("show", f"HEAD:{run.remote.id}.py")
    compile(dag, "dag.py", "exec")
    called = [one for one in ast.walk(ast.parse(dag)) if isinstance(one, ast.Call)]
    names = {
        word.value.value
        for call in called
        for word in call.keywords
        if word.arg in {"dag_id", "task_id"} and isinstance(word.value, ast.Constant)
    }
    assert names == {run.remote.id, "load", "train", "report"}
    assert "op_train << op_load" in dag
    assert "storage-keys" in dag
    assert site.storage.keys.secret not in dag
    assert run.links["dag"] == f"{site.dags.served.url}/{REPOSITORY}/tree/{BRANCH}"
    assert [
        found.key for found in list_stored(run, services.submit_ports(), FakeCancelToken())
    ] == [
        "load-load.tar.gz",
        "report-report.tar.gz",
        "train-train.tar.gz",
    ]
    assert services.run_folders.find(run.id) == run
