"""Tests of Kubeflow Pipelines' API, by a contract fake on loopback."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from aidevsecops_ext.adapters.kfp import KubeflowService
from aidevsecops_ext.domain.errors import (
    AidevsecopsError,
    ErrorCode,
    NotFoundError,
    OutsideFailedError,
    RefusedError,
)
from aidevsecops_ext.domain.pipeline_run import RunState, StepState
from aidevsecops_ext.domain.runtime import EngineKind, RuntimeConfiguration
from tests.fakes.cancel import FakeCancelToken
from tests.fakes.engine_service import FakePipelineEngine
from tests.kits.kfp_contract import faults_of, needs_kfp_api
from tests.kits.kfp_service import KubeflowPipelines, serve_kubeflow
from tests.kits.loopback import Heard, Said, serve

_TOKEN = "token-of-kubeflow"


@pytest.fixture
def kubeflow() -> Iterator[KubeflowPipelines]:
    with serve_kubeflow(_TOKEN) as service:
        service.runs["run-0"] = {"run_id": "run-0", "display_name": "demo", "state": "PENDING"}
        yield service


def _service(endpoint: str, **metadata: str) -> KubeflowService:
    known = {"auth_type": "EXISTING_BEARER_TOKEN", "api_password": _TOKEN, **metadata}
    runtime = RuntimeConfiguration(
        "my_kfp", "My KFP", EngineKind.KUBEFLOW, {"api_endpoint": endpoint, **known}
    )
    return KubeflowService(runtime, FakePipelineEngine(), timeout=20)


def _error(service: KubeflowService, run_id: str = "") -> AidevsecopsError:
    asked = partial(service.read, run_id) if run_id else service.check
    with pytest.raises(AidevsecopsError) as caught:
        asked(FakeCancelToken())
    return caught.value


@needs_kfp_api
def test_kubeflow_is_asked_as_it_describes(kubeflow: KubeflowPipelines) -> None:
    service, cancel = _service(kubeflow.endpoint), FakeCancelToken()

    service.check(cancel)
    first = service.read("run-0", cancel)
    kubeflow.tell(
        "run-0", "FAILED", {"a": {"state": "FAILED", "error": {"code": 2, "message": "no"}}}, "no"
    )
    failed = service.read("run-0", cancel)
    service.retry("run-0", cancel)
    again = service.read("run-0", cancel)
    service.stop("run-0", cancel)

    assert [run.state for run in (first, failed, again)] == [
        RunState.RUNNING,
        RunState.FAILED,
        RunState.RUNNING,
    ]
    assert (failed.tasks["a"].state, failed.tasks["a"].message) == (StepState.FAILED, "no")
    assert kubeflow.runs["run-0"]["state"] == "CANCELING"
    assert faults_of(kubeflow.served) == []


def test_kubeflow_says_what_it_does_not_have_or_do(kubeflow: KubeflowPipelines) -> None:
    service = _service(kubeflow.endpoint)

    gone = _error(service, "run-9")
    with pytest.raises(RefusedError, match="Only failed runs") as early:
        service.retry("run-0", FakeCancelToken())

    assert isinstance(gone, NotFoundError)
    assert gone.code is ErrorCode.SERVICE_NOT_FOUND
    assert early.value.code is ErrorCode.SERVICE_REFUSED


def test_kubeflow_says_when_the_token_is_wrong(kubeflow: KubeflowPipelines) -> None:
    error = _error(_service(kubeflow.endpoint, api_password="another-token"))

    assert isinstance(error, RefusedError)
    assert "does not let us in: Request not authenticated" in error.message
    assert "another-token" not in f"{error.message}{error.hint}{error.details}"


@pytest.mark.parametrize(
    ("auth_type", "header", "value"),
    [
        ("NO_AUTHENTICATION", "authorization", None),
        ("", "authorization", None),
        ("EXISTING_BEARER_TOKEN", "authorization", f"Bearer {_TOKEN}"),
        ("KUBERNETES_SERVICE_ACCOUNT_TOKEN", "authorization", "Bearer of-the-pod"),
        ("DEX_STATIC_PASSWORDS", "cookie", "session=of-my_kfp"),
    ],
)
def test_kubeflow_is_told_who_asks(
    auth_type: str,
    header: str,
    value: str | None,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (tmp_path / "token").write_text("of-the-pod\n")
    monkeypatch.setenv("KF_PIPELINES_SA_TOKEN_PATH", str(tmp_path / "token"))

    with serve(lambda _: Said(200, b"{}")) as served:
        _service(f"{served.url}/pipeline/", auth_type=auth_type).check(FakeCancelToken())

    assert [heard.path for heard, _ in served.exchanges] == [
        "/pipeline/apis/v2beta1/healthz",
        "/pipeline/apis/v2beta1/experiments",
    ]
    assert {heard.headers.get(header) for heard, _ in served.exchanges} == {value}


def test_kubeflow_of_a_pod_is_not_asked_from_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KF_PIPELINES_SA_TOKEN_PATH", str(tmp_path / "none"))
    service = _service("http://kfp.example.org", auth_type="KUBERNETES_SERVICE_ACCOUNT_TOKEN")

    assert "in a pod of the cluster only" in _error(service).hint


@pytest.mark.parametrize(
    ("said", "kind", "words"),
    [
        (Said(302, headers={"Location": "/dex"}), RefusedError, "a page to log in"),
        (Said(200, b"<html>"), OutsideFailedError, "a page, and no data"),
        (Said(500, b'{"error": "database is down"}'), OutsideFailedError, "database is down"),
        (Said(503, b"<html>"), OutsideFailedError, "status 503"),
    ],
)
def test_kubeflow_that_is_something_else_is_told_of(
    said: Said, kind: type[AidevsecopsError], words: str
) -> None:
    with serve(lambda _: said) as served:
        error = _error(_service(served.url))

    assert isinstance(error, kind)
    assert words in error.message


def test_kubeflow_that_tells_of_no_run_is_told_of() -> None:
    def answer(_heard: Heard) -> Said:
        return Said(200, b"{}")

    with serve(answer) as served:
        assert "names no run" in _error(_service(served.url), "run-0").message
