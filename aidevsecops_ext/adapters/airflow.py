"""Airflow, by its REST API: that of version 3 (``/api/v2``), else that of version 2 (``/api/v1``).

A DAG that Elyra made has one run, which Airflow begins when it finds the DAG in its repository.
"""

from __future__ import annotations

import base64
import json
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import quote

from ..domain.errors import (
    AidevsecopsError,
    CancelledError,
    ErrorCode,
    NotFoundError,
    OutsideFailedError,
    RefusedError,
)
from ..domain.pipeline_run import RunState
from ..domain.remote_run import NO_STATUS, NOT_FOUND_YET, PAUSED, EngineRun
from ..formats.airflow_run import read_airflow_run
from ..formats.toml_text import tables_of, text_of
from .cancellable import run_cancellable
from .service_http import Question, Reply, ask, place_of, strange_answer

if TYPE_CHECKING:
    from ..app.ports import CancelToken
    from ..domain.json_value import Json
    from ..domain.runtime import RuntimeConfiguration

_HEALTH = {"/api/v2": "/monitor/health", "/api/v1": "/health"}
_DONE = frozenset({HTTPStatus.OK, HTTPStatus.CREATED})
_NOT_LET_IN = frozenset({HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN})
_ABSENT = frozenset({HTTPStatus.NOT_FOUND, HTTPStatus.METHOD_NOT_ALLOWED})
_PAGE = 100
_SHOWN = 300


class AirflowService:
    """The port ``EngineService`` for a runtime configuration, whose account is used if it has one.

    Elyra's schema of Airflow knows no account; ``api_username`` and ``api_password`` may stand in
    its files all the same, or a token as ``api_password`` alone.
    """

    def __init__(self, runtime: RuntimeConfiguration, *, timeout: float) -> None:
        self._runtime = runtime
        self._timeout = timeout
        self._api: str | None = None
        self._headers: dict[str, str] | None = None

    def check(self, cancel: CancelToken) -> None:
        """Make sure that it is there, and lets us in where there is an account.

        Raises:
            AidevsecopsError: as ``EngineService`` says.
        """
        self._find_api(cancel)
        if self._runtime.tells_status:
            self._ask("GET", "/dags?limit=1", cancel)

    def read(self, run_id: str, cancel: CancelToken) -> EngineRun:
        """The run of that DAG.

        Raises:
            AidevsecopsError: as ``EngineService`` says.
        """
        try:
            return self._read(run_id, cancel)
        except CancelledError:
            raise
        except AidevsecopsError:
            if self._runtime.tells_status:
                raise
            return EngineRun(RunState.UNKNOWN, note=NO_STATUS)

    def stop(self, run_id: str, cancel: CancelToken) -> None:
        """Have it end the run, which it then calls failed.

        Raises:
            AidevsecopsError: as ``EngineService`` says.
        """
        run = self._require_run(run_id, cancel)
        self._ask("PATCH", f"{_dag(run_id)}{_run(run)}", cancel, {"state": "failed"})

    def retry(self, run_id: str, cancel: CancelToken) -> None:
        """Have it run again what failed.

        Raises:
            AidevsecopsError: as ``EngineService`` says.
        """
        run = self._require_run(run_id, cancel)
        if text_of(run, "state") != "failed":
            raise RefusedError(
                ErrorCode.SERVICE_REFUSED,
                f"Airflow calls the run {text_of(run, 'state') or 'not begun'}, and not failed.",
                hint="Only a run that failed can be tried again.",
            )
        # What was stopped counts as skipped there, and not as failed.
        again = [
            task for task in self._tasks(run_id, run, cancel) if text_of(task, "state") != "success"
        ]
        wish: dict[str, Json] = {
            "dry_run": False,
            "dag_run_id": text_of(run, "dag_run_id"),
            "task_ids": [text_of(task, "task_id") for task in again],
            "only_failed": False,
            "reset_dag_runs": True,
        }
        self._ask("POST", f"{_dag(run_id)}/clearTaskInstances", cancel, wish)

    def _read(self, dag: str, cancel: CancelToken) -> EngineRun:
        try:
            is_paused = self._ask("GET", _dag(dag), cancel).get("is_paused") is True
            run = self._run_of(dag, cancel)
        except NotFoundError:
            return EngineRun(RunState.RUNNING, note=NOT_FOUND_YET)
        if run is None:
            return EngineRun(RunState.RUNNING, note=PAUSED if is_paused else NOT_FOUND_YET)
        return read_airflow_run(run, self._tasks(dag, run, cancel))

    def _tasks(self, dag: str, run: dict[str, Json], cancel: CancelToken) -> list[dict[str, Json]]:
        tasks: list[dict[str, Json]] = []
        while True:
            page = f"{_dag(dag)}{_run(run)}/taskInstances?limit={_PAGE}&offset={len(tasks)}"
            found = tables_of(self._ask("GET", page, cancel), "task_instances")
            tasks += found
            if len(found) < _PAGE:
                return tasks

    def _run_of(self, dag: str, cancel: CancelToken) -> dict[str, Json] | None:
        """The newest run of a DAG; None before the first."""
        answer = self._ask("GET", f"{_dag(dag)}/dagRuns?limit=1&order_by=-start_date", cancel)
        return next(iter(tables_of(answer, "dag_runs")), None)

    def _require_run(self, dag: str, cancel: CancelToken) -> dict[str, Json]:
        run = self._run_of(dag, cancel)
        if run is None:
            raise NotFoundError(
                ErrorCode.SERVICE_NOT_FOUND,
                f"Airflow has not begun a run of {dag}.",
                hint="It looks for DAGs now and then. Is the DAG paused?",
            )
        return run

    def _find_api(self, cancel: CancelToken) -> str:
        """Which version answers; anybody may ask for its health."""
        if self._api is None:
            for api, health in _HEALTH.items():
                reply = self._send(Question(self._url(api + health), timeout=self._timeout), cancel)
                if reply.status not in _ABSENT:
                    self._document(reply)
                    self._api = api
                    return api
            raise self._strange("it has no REST API of Airflow 2 or 3")
        return self._api

    def _ask(
        self, method: str, path: str, cancel: CancelToken, body: dict[str, Json] | None = None
    ) -> dict[str, Json]:
        api = self._find_api(cancel)
        if self._headers is None:
            self._headers = self._credentials(api, cancel)
        return self._document(
            self._send(self._question(method, api + path, body, self._headers), cancel)
        )

    def _credentials(self, api: str, cancel: CancelToken) -> dict[str, str]:
        user, password = self._runtime.text("api_username"), self._runtime.text("api_password")
        if not password:
            return {}
        if not user:
            return {"Authorization": f"Bearer {password}"}
        if api == "/api/v1":
            pair = base64.b64encode(f"{user}:{password}".encode()).decode()
            return {"Authorization": f"Basic {pair}"}
        account: dict[str, Json] = {"username": user, "password": password}
        reply = self._send(self._question("POST", "/auth/token", account, {}), cancel)
        token = text_of(self._document(reply), "access_token")
        return {"Authorization": f"Bearer {token}"}

    def _question(
        self, method: str, path: str, body: dict[str, Json] | None, headers: dict[str, str]
    ) -> Question:
        kind = {} if body is None else {"Content-Type": "application/json"}
        return Question(
            url=self._url(path),
            method=method,
            headers={"Accept": "application/json", **kind, **headers},
            body=None if body is None else json.dumps(body).encode(),
            timeout=self._timeout,
        )

    def _url(self, path: str) -> str:
        return f"{self._runtime.api_endpoint}{path}"

    def _send(self, question: Question, cancel: CancelToken) -> Reply:
        return run_cancellable(lambda: ask(question), cancel)

    def _document(self, reply: Reply) -> dict[str, Json]:
        try:
            document: Json = json.loads(reply.text or "{}")
        except (ValueError, RecursionError):
            document = None
        if reply.status not in _DONE:
            raise self._refusal(reply.status, document)
        if not isinstance(document, dict):
            raise self._strange("a page, and no data")
        return document

    def _refusal(self, status: int, document: Json) -> AidevsecopsError:
        where, name = place_of(self._runtime.api_endpoint), self._runtime.name
        said = text_of(document, "detail") or text_of(document, "title")
        because = f": {' '.join(said.split())[:_SHOWN].rstrip('.')}" if said else ""
        details: dict[str, Json] = {"service": where, "status": status}
        if status in _NOT_LET_IN or 300 <= status < 400:
            return RefusedError(
                ErrorCode.SERVICE_REFUSED,
                f"Airflow at {where} does not let us in{because}.",
                hint=f"Correct api_username and api_password in '{name}' (aidevsecops runtime "
                "add). Airflow 2 takes them where its API allows basic authentication.",
                details=details,
            )
        if status == HTTPStatus.NOT_FOUND:
            return NotFoundError(
                ErrorCode.SERVICE_NOT_FOUND,
                f"Airflow at {where} has nothing of that kind{because}.",
                hint="Was the DAG deleted there?",
                details=details,
            )
        if HTTPStatus.BAD_REQUEST <= status < HTTPStatus.INTERNAL_SERVER_ERROR:
            return RefusedError(
                ErrorCode.SERVICE_REFUSED,
                f"Airflow at {where} does not do that{because}.",
                hint="Its page may say more.",
                details=details,
            )
        return self._strange(f"status {status}{because}")

    def _strange(self, said: str) -> OutsideFailedError:
        hint = "Is api_endpoint the address of Airflow's page?"
        return strange_answer(ErrorCode.SERVICE_FAILED, self._runtime.api_endpoint, said, hint)


def _dag(dag: str) -> str:
    return f"/dags/{quote(dag, safe='')}"


def _run(run: dict[str, Json]) -> str:
    return f"/dagRuns/{quote(text_of(run, 'dag_run_id'), safe='')}"
