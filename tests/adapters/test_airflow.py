"""Tests of Airflow's REST API, of versions 2 and 3, by a contract fake on loopback."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from aidevsecops_ext.adapters.airflow import AirflowService
from aidevsecops_ext.domain.errors import (
    AidevsecopsError,
    CancelledError,
    ErrorCode,
    NotFoundError,
    OutsideFailedError,
    RefusedError,
)
from aidevsecops_ext.domain.pipeline_run import RunState, StepState
from aidevsecops_ext.domain.remote_run import NO_STATUS, NOT_FOUND_YET, PAUSED
from aidevsecops_ext.domain.runtime import EngineKind, RuntimeConfiguration
from tests.fakes.cancel import FakeCancelToken
from tests.kits.airflow_service import DAG, serve_airflow
from tests.kits.loopback import Said, serve

ACCOUNT = {"api_username": "me", "api_password": "secret-of-me"}
both_versions = pytest.mark.parametrize("version", [2, 3])


def _service(url: str, **account: str) -> AirflowService:
    metadata = {"api_endpoint": f"{url}/", **account}
    runtime = RuntimeConfiguration("dags", "DAGs", EngineKind.AIRFLOW, metadata)
    return AirflowService(runtime, timeout=20)


def _error(asked: Callable[[], object]) -> AidevsecopsError:
    with pytest.raises(AidevsecopsError) as caught:
        asked()
    return caught.value


@both_versions
def test_a_run_is_followed_to_its_end(version: int) -> None:
    cancel = FakeCancelToken()
    with serve_airflow(version=version) as airflow:
        service = _service(airflow.served.url, **ACCOUNT)
        service.check(cancel)
        begun = service.read(DAG, cancel)
        airflow.state, airflow.tasks = "failed", {"a": "success", "b": "failed", "c": None}
        ended = service.read(DAG, cancel)

    assert (begun.state, begun.tasks, begun.note) == (RunState.RUNNING, {}, "")
    assert (ended.state, ended.ended_at) == (RunState.FAILED, 1795280409.25)
    assert [task.state for task in ended.tasks.values()] == [
        StepState.SUCCEEDED,
        StepState.FAILED,
        StepState.WAITING,
    ]


@both_versions
def test_a_run_is_stopped_and_tried_again(version: int) -> None:
    tasks = {"a": "success", "b": "failed", "c": "skipped"}
    with serve_airflow(version=version, state="running", tasks=tasks) as airflow:
        service = _service(airflow.served.url, **ACCOUNT)
        early = _error(lambda: service.retry(DAG, FakeCancelToken()))
        service.stop(DAG, FakeCancelToken())
        stopped = airflow.state
        service.retry(DAG, FakeCancelToken())

    assert early.message == "Airflow calls the run running, and not failed."
    assert (stopped, airflow.state, airflow.cleared) == ("failed", "queued", ["b", "c"])


def test_all_tasks_of_a_long_run_are_read() -> None:
    tasks = {f"t{number}": "success" for number in range(201)}
    with serve_airflow(state="success", tasks=tasks) as airflow:
        run = _service(airflow.served.url, **ACCOUNT).read(DAG, FakeCancelToken())

    assert (run.state, len(run.tasks)) == (RunState.SUCCEEDED, 201)


@pytest.mark.parametrize(
    ("options", "note"),
    [
        ({"has_dag": False}, NOT_FOUND_YET),
        ({"state": None}, NOT_FOUND_YET),
        ({"state": None, "is_paused": True}, PAUSED),
    ],
)
def test_a_run_that_has_not_begun_says_why(options: dict[str, object], note: str) -> None:
    with serve_airflow(**options) as airflow:
        service = _service(airflow.served.url, **ACCOUNT)
        run = service.read(DAG, FakeCancelToken())
        error = _error(lambda: service.stop(DAG, FakeCancelToken()))

    assert (run.state, run.note) == (RunState.RUNNING, note)
    assert isinstance(error, NotFoundError)


@both_versions
def test_without_an_account_the_state_is_unknown_and_airflow_is_there(version: int) -> None:
    with serve_airflow(version=version) as airflow:
        service = _service(airflow.served.url)
        service.check(FakeCancelToken())
        run = service.read(DAG, FakeCancelToken())

    assert (run.state, run.note, run.tasks) == (RunState.UNKNOWN, NO_STATUS, {})


def test_an_airflow_that_lets_everybody_in_is_asked_without_an_account() -> None:
    with serve_airflow(password="", state="running") as airflow:
        run = _service(airflow.served.url).read(DAG, FakeCancelToken())

    assert run.state is RunState.RUNNING


@both_versions
def test_an_account_that_is_wrong_is_said_without_its_password(version: int) -> None:
    with serve_airflow(version=version) as airflow:
        service = _service(airflow.served.url, api_username="me", api_password="another-secret")
        errors = [
            _error(lambda: service.check(FakeCancelToken())),
            _error(lambda: service.read(DAG, FakeCancelToken())),
        ]

    assert {error.code for error in errors} == {ErrorCode.SERVICE_REFUSED}
    assert "does not let us in: " in errors[0].message
    assert "another-secret" not in "".join(
        f"{error}{error.hint}{error.details}" for error in errors
    )


def test_a_token_may_stand_in_place_of_an_account() -> None:
    with serve_airflow(state="success") as airflow:
        service = _service(airflow.served.url, api_password="header.of-the-account.signature")
        run = service.read(DAG, FakeCancelToken())

    assert run.state is RunState.SUCCEEDED


@pytest.mark.parametrize(
    ("status", "body", "kind", "said"),
    [
        (200, b"<html>", OutsideFailedError, "a page, and no data"),
        (404, b"{}", OutsideFailedError, "it has no REST API of Airflow 2 or 3"),
        (409, b'{"detail": "Not\\nnow."}', RefusedError, "does not do that: Not now."),
        (302, b"", RefusedError, "does not let us in."),
        (503, b"", OutsideFailedError, "status 503"),
    ],
)
def test_something_else_at_the_address_is_said(
    status: int, body: bytes, kind: type[AidevsecopsError], said: str
) -> None:
    with serve(lambda _: Said(status, body)) as served:
        error = _error(lambda: _service(served.url).check(FakeCancelToken()))

    assert isinstance(error, kind)
    assert said in error.message


def test_a_run_that_is_gone_cannot_be_stopped() -> None:
    with serve_airflow(has_dag=False, password="") as airflow:
        error = _error(lambda: _service(airflow.served.url).stop("x/y", FakeCancelToken()))

    assert error.message.endswith("has nothing of that kind: The DAG was not found.")


def test_who_cancels_is_not_told_of_an_unknown_state() -> None:
    with serve_airflow() as airflow, pytest.raises(CancelledError):
        _service(airflow.served.url).read(DAG, FakeCancelToken(is_cancelled=True))


def test_the_account_goes_to_airflow_only_where_it_is_needed() -> None:
    with serve_airflow() as airflow:
        _service(airflow.served.url, **ACCOUNT).check(FakeCancelToken())

    assert [heard.path for heard, _ in airflow.served.exchanges] == [
        "/api/v2/monitor/health",
        "/auth/token",
        "/api/v2/dags",
    ]
    assert "authorization" not in airflow.served.exchanges[0][0].headers
