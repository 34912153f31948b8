"""The repository of Airflow's pipelines, asked over real HTTP."""

from __future__ import annotations

import pytest

from aidevsecops_ext.adapters.dag_repository import ForgeDagRepository
from aidevsecops_ext.domain.errors import (
    CancelledError,
    ErrorCode,
    NotFoundError,
    OutsideFailedError,
    RefusedError,
)
from aidevsecops_ext.domain.runtime import EngineKind, RuntimeConfiguration
from tests.fakes.cancel import FakeCancelToken
from tests.kits.loopback import Heard, Said, serve


def _repository(url: str, git_type: str = "GITHUB") -> ForgeDagRepository:
    metadata = {
        "github_api_endpoint": f"{url}/",
        "github_repo": "o/my dags",
        "github_branch": "feat/x",
        "github_repo_token": "t0ken",
        "git_type": git_type,
    }
    runtime = RuntimeConfiguration("r", "R", EngineKind.AIRFLOW, metadata)
    return ForgeDagRepository(runtime, timeout=5)


@pytest.mark.parametrize(
    ("git_type", "path", "header"),
    [
        ("GITHUB", "/repos/o/my%20dags/branches/feat%2Fx", ("authorization", "token t0ken")),
        ("GITEA", "/api/v1/repos/o/my%20dags/branches/feat%2Fx", ("authorization", "token t0ken")),
        (
            "GITLAB",
            "/api/v4/projects/o%2Fmy%20dags/repository/branches/feat%2Fx",
            ("private-token", "t0ken"),
        ),
    ],
)
def test_each_forge_is_asked_in_its_own_words(
    git_type: str, path: str, header: tuple[str, str]
) -> None:
    with serve(lambda _: Said(200, b"{}")) as service:
        _repository(service.url, git_type).check(FakeCancelToken())

    [(heard, _)] = service.exchanges
    assert (heard.method, heard.path) == ("GET", path)
    assert heard.headers[header[0]] == header[1]


@pytest.mark.parametrize(
    ("status", "kind", "code"),
    [
        (401, RefusedError, ErrorCode.SERVICE_REFUSED),
        (403, RefusedError, ErrorCode.SERVICE_REFUSED),
        (404, NotFoundError, ErrorCode.SERVICE_NOT_FOUND),
        (302, OutsideFailedError, ErrorCode.SERVICE_FAILED),
        (500, OutsideFailedError, ErrorCode.SERVICE_FAILED),
    ],
)
def test_what_is_wrong_is_said(status: int, kind: type[RefusedError], code: ErrorCode) -> None:
    def answer(heard: Heard) -> Said:
        del heard
        return Said(status, b"t0ken", {"Location": "https://example.org"})

    with serve(answer) as service, pytest.raises(kind) as caught:
        _repository(service.url).check(FakeCancelToken())

    assert caught.value.code is code
    assert "t0ken" not in caught.value.message


def test_nobody_is_asked_for_somebody_who_left() -> None:
    cancel = FakeCancelToken()
    cancel.cancel()

    with pytest.raises(CancelledError):
        _repository("http://127.0.0.1:9").check(cancel)
