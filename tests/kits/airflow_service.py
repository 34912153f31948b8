"""Airflow on loopback: what its REST API says of one DAG, in version 2 or 3; it runs nothing.

The answers are cut from those of Airflow 2.10 and 3.3 to what is looked at.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from tests.kits.loopback import Heard, Loopback, Said, serve

DAG = "demo-1121090807"
RUN = "scheduled__2026-11-20T00:00:00+00:00"
_TOKEN = "header.of-the-account.signature"
_RUN_PATH = f"/dags/{DAG}/dagRuns/{RUN.replace(':', '%3A').replace('+', '%2B')}"
_START, _END = "2026-11-21T17:00:00Z", "2026-11-21T17:00:09.250000Z"


@dataclass
class Airflow:
    """The service; ``version`` is 2 or 3, and without a password it lets everybody in."""

    version: int = 3
    user: str = "me"
    password: str = "secret-of-me"
    state: str | None = "queued"
    is_paused: bool = False
    has_dag: bool = True
    tasks: dict[str, str | None] = field(default_factory=dict)
    cleared: list[str] = field(default_factory=list)
    served: Loopback = field(default_factory=lambda: Loopback(""))

    @property
    def api(self) -> str:
        """The beginning of its paths."""
        return "/api/v1" if self.version == 2 else "/api/v2"

    def answer(self, heard: Heard) -> Said:
        """What the service says."""
        if heard.path == "/auth/token" and self.version == 3:
            given = json.loads(heard.body)
            if given == {"username": self.user, "password": self.password}:
                return _said(201, {"access_token": _TOKEN})
            return _said(401, {"detail": "Invalid credentials"})
        if not heard.path.startswith(self.api):
            return _said(404, {"detail": "Not Found"})
        path = heard.path.removeprefix(self.api)
        if path == ("/health" if self.version == 2 else "/monitor/health"):
            return _said(200, {"scheduler": {"status": "healthy"}})
        if self.password and heard.headers.get("authorization") != self._account():
            return _said(401, {"detail": None, "title": "Unauthorized", "status": 401})
        return self._tell(heard, path)

    def _account(self) -> str:
        if self.version == 3:
            return f"Bearer {_TOKEN}"
        return f"Basic {base64.b64encode(f'{self.user}:{self.password}'.encode()).decode()}"

    def _tell(self, heard: Heard, path: str) -> Said:
        if path == "/dags":
            return _said(200, {"dags": [], "total_entries": 0})
        if not self.has_dag or not path.startswith(f"/dags/{DAG}"):
            return _said(404, {"detail": "The DAG was not found", "title": "Not Found"})
        if heard.method == "PATCH" and path == _RUN_PATH:
            self.state = json.loads(heard.body)["state"]
            return _said(200, self._run())
        if heard.method == "POST" and path.endswith("/clearTaskInstances"):
            self.cleared = json.loads(heard.body)["task_ids"]
            self.state = "queued"
            return _said(200, {"task_instances": []})
        answers: dict[str, Any] = {
            f"/dags/{DAG}": {"dag_id": DAG, "is_paused": self.is_paused},
            f"/dags/{DAG}/dagRuns": {"dag_runs": [self._run()] if self.state else []},
            f"{_RUN_PATH}/taskInstances": {"task_instances": self._page(heard)},
        }
        return _said(200, answers[path])

    def _run(self) -> dict[str, Any]:
        is_over = self.state in ("success", "failed")
        end = _END if is_over else None
        return {"dag_run_id": RUN, "state": self.state, "start_date": _START, "end_date": end}

    def _page(self, heard: Heard) -> list[dict[str, Any]]:
        first = int(heard.query.get("offset", 0))
        page = [*self.tasks.items()][first : first + int(heard.query.get("limit", 0))]
        return [
            {"task_id": name, "state": state, "start_date": _START, "end_date": _END}
            for name, state in page
        ]


@contextmanager
def serve_airflow(**options: Any) -> Iterator[Airflow]:
    """The service on a free port until the block ends."""
    service = Airflow(**options)
    with serve(service.answer) as service.served:
        yield service


def _said(status: int, document: object) -> Said:
    return Said(status, json.dumps(document).encode(), {"Content-Type": "application/json"})
