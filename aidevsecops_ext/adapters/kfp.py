"""Kubeflow Pipelines, by its API v2beta1: runs are read, stopped and tried again."""

from __future__ import annotations

import json
import os
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from ..domain.errors import (
    AidevsecopsError,
    ErrorCode,
    NotFoundError,
    OutsideFailedError,
    RefusedError,
)
from ..formats.kfp_run import read_kfp_run
from ..formats.toml_text import text_of
from .cancellable import run_cancellable
from .service_http import Question, Reply, ask, place_of, strange_answer

if TYPE_CHECKING:
    from ..app.engine_ports import PipelineEngine
    from ..app.ports import CancelToken
    from ..domain.json_value import Json
    from ..domain.remote_run import EngineRun
    from ..domain.runtime import RuntimeConfiguration

_TOKEN_FILE = "/var/run/secrets/kubeflow/pipelines/token"  # noqa: S105 - where it is mounted
_NOT_LET_IN = {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}
_SHOWN = 300


class KubeflowService:
    """The port ``EngineService`` for a runtime configuration; ``engine`` logs in where needed."""

    def __init__(
        self, runtime: RuntimeConfiguration, engine: PipelineEngine, *, timeout: float
    ) -> None:
        self._runtime = runtime
        self._engine = engine
        self._timeout = timeout
        self._headers: dict[str, str] | None = None

    def check(self, cancel: CancelToken) -> None:
        """Make sure that it is there and lets us in.

        Raises:
            AidevsecopsError: as ``EngineService`` says.
        """
        self._ask("GET", "healthz", cancel)
        # Who is not let in is told that everything is well, too.
        self._ask("GET", "experiments?page_size=1", cancel)

    def read(self, run_id: str, cancel: CancelToken) -> EngineRun:
        """The run of that name.

        Raises:
            AidevsecopsError: as ``EngineService`` says.
        """
        try:
            return read_kfp_run(self._ask("GET", _path(run_id), cancel))
        except ValueError as error:
            raise self._strange(str(error)) from error

    def stop(self, run_id: str, cancel: CancelToken) -> None:
        """Have it end a run.

        Raises:
            AidevsecopsError: as ``EngineService`` says.
        """
        self._ask("POST", f"{_path(run_id)}:terminate", cancel)

    def retry(self, run_id: str, cancel: CancelToken) -> None:
        """Have it run again what failed in a run.

        Raises:
            AidevsecopsError: as ``EngineService`` says.
        """
        self._ask("POST", f"{_path(run_id)}:retry", cancel)

    def _ask(self, method: str, path: str, cancel: CancelToken) -> dict[str, Json]:
        if self._headers is None:
            self._headers = self._credentials(cancel)
        question = Question(
            url=f"{self._runtime.api_endpoint}/apis/v2beta1/{path}",
            method=method,
            headers={"Accept": "application/json", **self._headers},
            body=b"" if method == "POST" else None,
            timeout=self._timeout,
            ca_file=os.environ.get("KF_PIPELINES_SSL_SA_CERTS"),
        )
        reply = run_cancellable(lambda: ask(question), cancel)
        if reply.status != HTTPStatus.OK:
            raise self._refusal(reply)
        return self._document(reply)

    def _document(self, reply: Reply) -> dict[str, Json]:
        try:
            document: Json = json.loads(reply.text or "{}")
        except (ValueError, RecursionError):
            document = None
        if not isinstance(document, dict):
            # Its page for browsers is below nearly every address.
            raise self._strange("a page, and no data")
        return document

    def _credentials(self, cancel: CancelToken) -> dict[str, str]:
        kind = self._runtime.text("auth_type") or "NO_AUTHENTICATION"
        if kind == "NO_AUTHENTICATION":
            return {}
        if kind == "EXISTING_BEARER_TOKEN":
            return {"Authorization": f"Bearer {self._runtime.text('api_password')}"}
        if kind == "KUBERNETES_SERVICE_ACCOUNT_TOKEN":
            return {"Authorization": f"Bearer {self._service_token()}"}
        cookies = self._engine.login(self._runtime, cancel)
        return {"Cookie": cookies} if cookies else {}

    def _service_token(self) -> str:
        file = os.environ.get("KF_PIPELINES_SA_TOKEN_PATH", _TOKEN_FILE)
        try:
            return Path(file).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise RefusedError(
                ErrorCode.SERVICE_REFUSED,
                f"There is no token of a service account to read at {file}.",
                hint="That kind of authentication works in a pod of the cluster only. Choose "
                "another one in the runtime configuration, or set KF_PIPELINES_SA_TOKEN_PATH.",
                details={"file": file},
            ) from error

    def _refusal(self, reply: Reply) -> AidevsecopsError:
        where, name = place_of(self._runtime.api_endpoint), self._runtime.name
        details: dict[str, Json] = {"service": where, "status": reply.status}
        said = self._said(reply)
        because = f": {said}" if said else ""
        is_redirect = 300 <= reply.status < 400
        if reply.status in _NOT_LET_IN or is_redirect:
            why = "sends us to a page to log in" if is_redirect else "does not let us in"
            return RefusedError(
                ErrorCode.SERVICE_REFUSED,
                f"Kubeflow Pipelines at {where} {why}{because}.",
                hint=f"Correct authentication, user name, password or token in '{name}'. Did the "
                "token expire?",
                details=details,
            )
        if reply.status == HTTPStatus.NOT_FOUND:
            return NotFoundError(
                ErrorCode.SERVICE_NOT_FOUND,
                f"Kubeflow Pipelines at {where} has nothing of that kind{because}.",
                hint="Was the run deleted there? An address of its API ends in /pipeline.",
                details=details,
            )
        if HTTPStatus.BAD_REQUEST <= reply.status < HTTPStatus.INTERNAL_SERVER_ERROR:
            return RefusedError(
                ErrorCode.SERVICE_REFUSED,
                f"Kubeflow Pipelines at {where} does not do that{because}.",
                hint="Only a run that failed can be tried again.",
                details=details,
            )
        return self._strange(f"status {reply.status}{because}")

    def _said(self, reply: Reply) -> str:
        try:
            document: Json = json.loads(reply.text)
        except (ValueError, RecursionError):
            return ""
        said = text_of(document, "message") or text_of(document, "error")
        return " ".join(said.split())[:_SHOWN].rstrip(".")

    def _strange(self, said: str) -> OutsideFailedError:
        hint = "Is that the address of Kubeflow Pipelines' API? It ends in /pipeline."
        return strange_answer(ErrorCode.SERVICE_FAILED, self._runtime.api_endpoint, said, hint)


def _path(run_id: str) -> str:
    return f"runs/{quote(run_id, safe='')}"
