"""Whether all that a runtime configuration names answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import pytest

from aidevsecops_ext.app.check_runtime import CheckRuntimePorts, check_runtime
from aidevsecops_ext.domain.errors import (
    AidevsecopsError,
    CancelledError,
    ErrorCode,
    NotFoundError,
    RefusedError,
)
from aidevsecops_ext.domain.runtime import EngineKind, RuntimeConfiguration
from aidevsecops_ext.domain.runtime_check import RuntimeCheck
from aidevsecops_ext.formats.runtime_answers import checks_json
from aidevsecops_ext.formats.toml_text import tables_of
from tests.fakes.cancel import FakeCancelToken
from tests.fakes.progress import FakeProgress
from tests.fakes.runtimes import FakePart, FakeRuntimes

if TYPE_CHECKING:
    from aidevsecops_ext.domain.json_value import Json

METADATA: dict[str, Json] = {
    "api_endpoint": "https://kfp.example.org/pipeline/",
    "cos_endpoint": "https://s3.example.org",
    "cos_bucket": "runs",
    "github_repo": "o/dags",
    "github_api_endpoint": "https://forge.example.org",
}


def _check(
    kind: EngineKind,
    errors: dict[str, AidevsecopsError] | None = None,
    **metadata: Json,
) -> tuple[RuntimeCheck, ...]:
    runtime = RuntimeConfiguration("r", "R", kind, {**METADATA, **metadata})
    found = errors or {}
    parts = {name: cast("Any", FakePart(found.get(name))) for name in ("engine", "storage", "git")}
    ports = CheckRuntimePorts(
        FakeRuntimes(runtime),
        lambda _: parts["engine"],
        lambda _: parts["storage"],
        lambda _: parts["git"],
    )
    return check_runtime("r", ports, FakeProgress(), FakeCancelToken())


def _said(checks: tuple[RuntimeCheck, ...]) -> list[Json]:
    answer = checks_json("r", checks)["checks"]
    assert isinstance(answer, list)
    return [f"{each['part']} {each['status']}" for each in answer if isinstance(each, dict)]


def test_all_parts_are_asked() -> None:
    kubeflow, airflow = _check(EngineKind.KUBEFLOW), _check(EngineKind.AIRFLOW)

    assert _said(kubeflow) == ["engine passed", "storage passed"]
    assert _said(airflow) == ["engine passed", "repository passed", "storage passed"]
    assert kubeflow[1].place == "runs at https://s3.example.org"
    assert airflow[1].place == "o/dags at https://forge.example.org"


def test_airflow_that_answers_and_tells_nothing_of_runs_says_so() -> None:
    [silent, *_] = _check(EngineKind.AIRFLOW)
    [asked, *_] = _check(EngineKind.AIRFLOW, api_password="token-of-me")

    assert silent.note.endswith("without them the status of runs is unknown.")
    assert asked.note == ""
    [answer, *_] = tables_of(checks_json("r", [silent]), "checks")
    assert answer["reason"] == silent.note


def test_storage_that_only_steps_get_into_is_not_asked() -> None:
    checks = _check(EngineKind.KUBEFLOW, cos_auth_type="AWS_IAM_ROLES_FOR_SERVICE_ACCOUNTS")

    assert _said(checks) == ["engine passed", "storage skipped"]


def test_each_part_says_what_is_wrong_with_it() -> None:
    refused = RefusedError(ErrorCode.SERVICE_REFUSED, "Who are you?")
    gone = NotFoundError(ErrorCode.STORAGE_NOT_FOUND, "No bucket.")

    checks = _check(EngineKind.KUBEFLOW, {"engine": refused, "storage": gone})

    assert [check.error for check in checks] == [refused, gone]
    assert checks_json("r", checks)["passed"] is False


def test_who_cancels_is_not_told_of_an_error() -> None:
    with pytest.raises(CancelledError):
        _check(EngineKind.KUBEFLOW, {"storage": CancelledError()})
