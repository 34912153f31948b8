"""Tests of submitting and exporting pipelines."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from aidevsecops_ext.app.export_pipeline import (
    PipelineExport,
    PipelineExportRequest,
    export_pipeline,
)
from aidevsecops_ext.app.submit_pipeline import SubmitPorts, SubmitRequest, submit_pipeline
from aidevsecops_ext.domain.engine import (
    EngineIssue,
    Exported,
    ExportFormat,
    IssueLevel,
    Submitted,
)
from aidevsecops_ext.domain.errors import (
    AidevsecopsError,
    CancelledError,
    ErrorCode,
    NotFoundError,
    OutsideFailedError,
    RefusedError,
)
from aidevsecops_ext.domain.pipeline_run import PipelineRun, RunKind, RunState, StepState
from aidevsecops_ext.domain.remote_run import NO_STATUS
from aidevsecops_ext.domain.runtime import EngineKind, RuntimeConfiguration
from aidevsecops_ext.formats.toml_text import table_of, tables_of
from tests.fakes.cancel import FakeCancelToken
from tests.fakes.clock import FakeClock
from tests.fakes.engine_service import (
    FakeDagRepository,
    FakeEngineService,
    FakeObjectStorage,
    FakePipelineEngine,
)
from tests.fakes.files import FakeFiles
from tests.fakes.progress import FakeProgress
from tests.fakes.runs import FakeRunFolders
from tests.fakes.runtimes import FakeRuntimes
from tests.kits.pipelines import node, text

_KEYS = {"cos_username": "steps-user", "cos_password": "hunter2"}
_KFP = RuntimeConfiguration(
    "my_kfp", "My KFP", EngineKind.KUBEFLOW, {"api_endpoint": "http://kfp.example.org", **_KEYS}
)
_ROLE = RuntimeConfiguration(
    "role",
    "Role",
    EngineKind.KUBEFLOW,
    {
        "api_endpoint": "http://kfp.example.org",
        "cos_auth_type": "AWS_IAM_ROLES_FOR_SERVICE_ACCOUNTS",
    },
)
_DAGS = RuntimeConfiguration(
    "dags", "DAGs", EngineKind.AIRFLOW, {"api_endpoint": "http://airflow.example.org", **_KEYS}
)
_ASKED = RuntimeConfiguration(
    "asked", "Asked", EngineKind.AIRFLOW, {**_DAGS.metadata, "api_password": "token-of-me"}
)
_NOWHERE = RuntimeConfiguration("nowhere", "Nowhere", EngineKind.KUBEFLOW, {})
_LIMIT = {"name": "limit", "default_value": {"type": "Integer", "value": 3}}
_DONE = Submitted(
    run_id="r1",
    run_url="http://kfp.example.org/#/runs/details/r1",
    storage_url="http://s3.example.org",
    storage_path="/steps/demo-1121",
    tasks={"load": "load", "run-a-file": "load"},
)


@dataclass
class Site:
    """What is behind the ports."""

    document: str
    engine: FakePipelineEngine = field(default_factory=FakePipelineEngine)
    service: FakeEngineService = field(default_factory=FakeEngineService)
    storage: FakeObjectStorage = field(default_factory=FakeObjectStorage)
    dags: FakeDagRepository = field(default_factory=FakeDagRepository)
    folders: FakeRunFolders = field(default_factory=FakeRunFolders)
    files: FakeFiles = field(init=False)

    def __post_init__(self) -> None:
        self.files = FakeFiles({"steps/demo.pipeline": self.document})
        self.engine.submitted = _DONE

    @property
    def ports(self) -> SubmitPorts:
        return SubmitPorts(
            files=self.files,
            runtimes=FakeRuntimes(_KFP, _ROLE, _DAGS, _ASKED, _NOWHERE),
            engine=self.engine,
            service_of=lambda _: self.service,
            storage_of=lambda _: self.storage,
            repository_of=lambda _: self.dags,
            folders=self.folders,
            clock=FakeClock(100.0),
        )

    def submit(self, runtime: str = "my_kfp", secret: str = "", **values: str) -> PipelineRun:
        request = SubmitRequest("steps/demo.pipeline", runtime, values, secret)
        return submit_pipeline(request, self.ports, FakeProgress(), FakeCancelToken())

    def export(self, runtime: str = "my_kfp", **asked: object) -> PipelineExport:
        request = PipelineExportRequest("steps/demo.pipeline", runtime, **asked)  # type: ignore[arg-type]
        return export_pipeline(request, self.ports, FakeProgress(), FakeCancelToken())


def _site(**app_data: object) -> Site:
    return Site(text(node("load", runtime_image="i"), node("train", "load"), **app_data))  # type: ignore[arg-type]


def test_submit_keeps_a_record_of_the_run() -> None:
    site = _site()
    site.engine.submitted = Submitted(
        **{name: getattr(_DONE, name) for name in ("run_id", "run_url", "storage_path")},
        storage_url="http://s3.example.org",
        tasks=_DONE.tasks,
        issues=(EngineIssue(IssueLevel.WARNING, "odd"),),
    )

    run = site.submit(secret="keys")

    assert site.folders.runs == {run.id: run}
    assert (run.kind, run.state, run.started_at) == (RunKind.KUBEFLOW, RunState.RUNNING, 100.0)
    assert [(step.name, step.file, step.upstream, step.where) for step in run.steps] == [
        ("load", "steps/load.ipynb", (), "i"),
        ("train", "steps/train.ipynb", ("load",), ""),
    ]
    assert run.links == {
        "run": "http://kfp.example.org/#/runs/details/r1",
        "storage": "http://s3.example.org/steps/demo-1121",
    }
    assert run.remote is not None
    assert (run.remote.runtime, run.remote.id, run.remote.storage) == (
        "my_kfp",
        "r1",
        "steps/demo-1121",
    )
    assert run.notes == ("odd",)
    assert site.engine.asked[0].secret == "keys"


def test_submit_knows_a_dag_by_its_folder() -> None:
    site = _site()
    site.engine.submitted = Submitted(git_url="https://git.example.org", storage_path="/b/demo-1")

    run = site.submit("asked", secret="keys")

    assert run.kind is RunKind.AIRFLOW
    assert run.remote is not None
    assert run.remote.id == "demo-1"
    assert run.links == {
        "run": "http://airflow.example.org/dags/demo-1",
        "dag": "https://git.example.org",
        "storage": "/b/demo-1",
    }
    assert (run.state, run.notes) == (RunState.RUNNING, ())


def test_submit_to_an_airflow_that_tells_nothing_has_an_unknown_state() -> None:
    site = _site()
    site.service.error = RefusedError(ErrorCode.SERVICE_REFUSED, "Only a browser gets there.")

    run = site.submit("dags", secret="keys")

    assert (run.state, run.notes) == (RunState.UNKNOWN, (NO_STATUS,))


def test_submit_says_who_can_read_the_keys() -> None:
    [note] = _site().submit().notes

    assert "--secret NAME" in note
    assert _site().submit("role").notes == ()


def test_submit_says_which_outputs_share_a_name() -> None:
    again = node("again", filename="../other/load.ipynb")
    custom = node("custom", op="catalog:0123", filename="")
    site = Site(text(node("load"), again, custom))

    notes = site.submit(secret="keys").notes

    assert [note.partition(":")[0] for note in notes] == [
        "Several steps run a file called load.ipynb"
    ]


def test_submit_gives_values_to_parameters() -> None:
    site = _site(properties={"pipeline_parameters": [_LIMIT, {"name": "API_TOKEN"}]})

    run = site.submit(limit="7", API_TOKEN="hunter2")

    [pipeline] = tables_of(site.engine.asked[0].content, "pipelines")
    parameters = tables_of(table_of(pipeline, "app_data", "properties"), "pipeline_parameters")
    assert parameters[0]["default_value"] == {"type": "Integer", "value": 7}
    assert run.parameters == {"limit": "7", "API_TOKEN": "***"}


@pytest.mark.parametrize(
    ("runtime", "document", "code"),
    [
        ("none", text(node("load")), ErrorCode.RUNTIME_NOT_FOUND),
        ("nowhere", text(node("load")), ErrorCode.RUNTIME_INVALID),
        ("my_kfp", text(node("a", "b"), node("b", "a")), ErrorCode.PIPELINE_CYCLE),
        (
            "my_kfp",
            text(node("a", filename="../../a.ipynb")),
            ErrorCode.NOTEBOOK_OUTSIDE_ROOT,
        ),
        (
            "my_kfp",
            text(node("a"), runtime_type="APACHE_AIRFLOW"),
            ErrorCode.PIPELINE_OTHER_ENGINE,
        ),
    ],
)
def test_submit_refuses_what_cannot_run_there(runtime: str, document: str, code: ErrorCode) -> None:
    site = Site(document)

    with pytest.raises(AidevsecopsError) as caught:
        site.submit(runtime)

    assert caught.value.code is code
    assert site.engine.asked == []
    assert site.folders.runs == {}


def test_submit_asks_engine_and_storage_first() -> None:
    shut, full = _site(), _site()
    shut.service.error = RefusedError(ErrorCode.SERVICE_REFUSED, "no")
    full.storage.error = RefusedError(ErrorCode.STORAGE_REFUSED, "no")

    for site in (shut, full):
        with pytest.raises(RefusedError):
            site.submit()

    assert shut.engine.asked == full.engine.asked == []


def test_submit_asks_the_repository_of_dags_first() -> None:
    site = _site()
    site.dags.error = RefusedError(ErrorCode.SERVICE_REFUSED, "no")

    with pytest.raises(RefusedError):
        site.submit("dags")

    assert site.engine.asked == []


def test_submit_leaves_making_a_bucket_to_elyra() -> None:
    site = _site()
    site.storage.error = NotFoundError(ErrorCode.STORAGE_NOT_FOUND, "no bucket")

    assert site.submit().remote is not None


@pytest.mark.parametrize(
    ("error", "state", "step", "code"),
    [
        (
            OutsideFailedError(ErrorCode.ELYRA_FAILED, "no", hint="look"),
            RunState.FAILED,
            StepState.SKIPPED,
            "elyra.failed",
        ),
        (CancelledError(), RunState.CANCELLED, StepState.CANCELLED, None),
    ],
)
def test_submit_that_fails_leaves_a_true_record(
    error: AidevsecopsError, state: RunState, step: StepState, code: str | None
) -> None:
    site = _site()
    site.engine.error = error

    with pytest.raises(type(error)):
        site.submit()

    [run] = site.folders.runs.values()
    assert (run.state, run.ended_at) == (state, 100.0)
    assert {each.state for each in run.steps} == {step}
    assert (run.error.code if run.error else None) == code
    assert any("all the same" in note for note in run.notes) is isinstance(error, CancelledError)


def test_export_writes_beside_the_pipeline() -> None:
    site = _site()
    site.engine.exported = Exported("# PIPELINE", (EngineIssue(IssueLevel.WARNING, "odd"),))

    beside = site.export(secret="keys")
    elsewhere = site.export("dags", secret="keys", out="dags/x.py")

    assert (beside.file.path, beside.file.text) == ("steps/demo.yaml", "# PIPELINE")
    assert not beside.has_keys
    assert [issue.sentence for issue in beside.issues] == ["odd"]
    assert elsewhere.file.path == "dags/x.py"


def test_export_refuses_to_show_keys() -> None:
    site = _site()
    site.engine.exported = Exported("password: hunter2")

    with pytest.raises(RefusedError) as plain:
        site.export()
    with pytest.raises(RefusedError) as leaky:
        site.export(secret="keys")
    shown = site.export(has_credentials=True)

    assert plain.value.code is leaky.value.code is ErrorCode.PIPELINE_HOLDS_KEYS
    assert shown.has_keys


def test_export_of_a_dag_is_python() -> None:
    with pytest.raises(AidevsecopsError, match="not YAML"):
        _site().export("dags", format=ExportFormat.YAML)
