"""Kubeflow Pipelines on loopback: a contract fake of its API, which keeps pipelines and runs.

It runs nothing: a test says what becomes of the tasks of a run.
"""

from __future__ import annotations

import email
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import policy
from typing import Any

import yaml

from tests.kits.loopback import Heard, Loopback, Said, serve

ROOT = "/pipeline"
_NOW = "2026-11-21T17:00:00Z"
Value = dict[str, Any]


@dataclass
class KubeflowPipelines:
    """The service; ``token`` is what it lets somebody in with, empty for everybody."""

    token: str = ""
    served: Loopback = field(default_factory=lambda: Loopback(""))
    pipelines: dict[str, Value] = field(default_factory=dict)
    versions: dict[str, list[Value]] = field(default_factory=dict)
    experiments: dict[str, Value] = field(default_factory=dict)
    runs: dict[str, Value] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    @property
    def endpoint(self) -> str:
        """What a runtime configuration says."""
        return f"{self.served.url}{ROOT}"

    def task_names(self, run_id: str) -> dict[str, str]:
        """The names that the engine has for tasks, by those that people see."""
        version = self.runs[run_id]["pipeline_version_reference"]
        found = self.versions[version["pipeline_id"]]
        spec = next(
            one["pipeline_spec"]
            for one in found
            if one["pipeline_version_id"] == version["pipeline_version_id"]
        )
        tasks = spec["root"]["dag"]["tasks"]
        return {task["taskInfo"]["name"]: key for key, task in tasks.items()}

    def tell(self, run_id: str, state: str, tasks: dict[str, Value], message: str = "") -> None:
        """Have the run, and its tasks by the engine's names, be like that."""
        run = self.runs[run_id]
        run["state"] = state
        if message:
            run["error"] = {"code": 13, "message": message}
        if state in {"SUCCEEDED", "FAILED", "CANCELED"}:
            run["finished_at"] = "2026-11-21T17:01:00Z"
        drivers = {f"{name}-driver": {"state": "SUCCEEDED"} for name in tasks}
        run["run_details"] = {
            "task_details": [
                {
                    "run_id": run_id,
                    "task_id": f"task-{name}",
                    "display_name": name,
                    "create_time": _NOW,
                    "start_time": _NOW,
                    **task,
                }
                for name, task in {"root": {"state": state}, **drivers, **tasks}.items()
            ]
        }

    def answer(self, heard: Heard) -> Said:
        """What the service says."""
        if heard.path in {ROOT, f"{ROOT}/", "/"}:
            return Said(200, b"<html></html>", {"Content-Type": "text/html"})
        if self.token and heard.headers.get("authorization") != f"Bearer {self.token}":
            return _said(401, {"code": 16, "message": "Request not authenticated"})
        path = heard.path.removeprefix(f"{ROOT}/apis/v2beta1/")
        self.asked.append(f"{heard.method} {path}")
        known = re.fullmatch(r"runs/([^/:]+)(?::(\w+))?", path)
        if known:
            return self._answer_run(heard.method, known[1], known[2])
        versions = re.fullmatch(r"pipelines/([^/]+)/versions", path)
        if versions:
            return _said(200, {"pipeline_versions": self.versions[versions[1]]})
        answers = {
            "GET healthz": self._health,
            "GET experiments": self._list_experiments,
            "POST experiments": self._add_experiment,
            "GET pipelines": self._list_pipelines,
            "POST pipelines/upload": self._upload,
            "POST pipelines/upload_version": self._upload_version,
            "POST runs": self._add_run,
        }
        found = answers.get(f"{heard.method} {path}")
        return found(heard) if found else _said(404, {"code": 5, "message": f"No {path}"})

    def _health(self, _heard: Heard) -> Said:
        return _said(200, {"multi_user": False, "pipeline_store": "database"})

    def _list_experiments(self, heard: Heard) -> Said:
        found = _filtered(heard, self.experiments.values())
        return _said(200, {"experiments": found, "total_size": len(found)})

    def _add_experiment(self, heard: Heard) -> Said:
        name = json.loads(heard.body)["display_name"]
        made = {"experiment_id": f"e{len(self.experiments)}", "display_name": name}
        self.experiments[name] = {**made, "created_at": _NOW, "storage_state": "AVAILABLE"}
        return _said(200, self.experiments[name])

    def _list_pipelines(self, heard: Heard) -> Said:
        found = _filtered(heard, self.pipelines.values())
        return _said(200, {"pipelines": found, "total_size": len(found)})

    def _upload(self, heard: Heard) -> Said:
        name = heard.query["name"]
        made = {"pipeline_id": f"p{len(self.pipelines)}", "display_name": name, "created_at": _NOW}
        self.pipelines[name] = made
        self.versions[made["pipeline_id"]] = []
        self._add_version(made["pipeline_id"], name, heard)
        return _said(200, made)

    def _upload_version(self, heard: Heard) -> Said:
        return _said(200, self._add_version(heard.query["pipelineid"], heard.query["name"], heard))

    def _add_version(self, pipeline: str, name: str, heard: Heard) -> Value:
        known = self.versions[pipeline]
        made: Value = {
            "pipeline_id": pipeline,
            "pipeline_version_id": f"{pipeline}v{len(known)}",
            "display_name": name,
            "created_at": _NOW,
            "pipeline_spec": _uploaded(heard),
        }
        known.insert(0, made)
        return made

    def _add_run(self, heard: Heard) -> Said:
        run_id = f"run-{len(self.runs)}"
        asked = json.loads(heard.body)
        self.runs[run_id] = {**asked, "run_id": run_id, "created_at": _NOW, "state": "PENDING"}
        return _said(200, self.runs[run_id])

    def _answer_run(self, method: str, run_id: str, verb: str | None) -> Said:
        run = self.runs.get(run_id)
        if run is None:
            return _said(404, {"code": 5, "message": f"Run {run_id} not found"})
        if method == "GET" and verb is None:
            return _said(200, run)
        if method == "POST" and verb == "terminate":
            run["state"] = "CANCELING"
            return _said(200, {})
        if method == "POST" and verb == "retry":
            if run["state"] != "FAILED":
                return _said(400, {"code": 9, "message": "Only failed runs can be retried"})
            run.pop("finished_at", None)
            run.pop("error", None)
            run["state"] = "RUNNING"
            return _said(200, {})
        return _said(405, {"code": 12, "message": "Method Not Allowed"})


@contextmanager
def serve_kubeflow(token: str = "") -> Iterator[KubeflowPipelines]:
    """The service until the block ends."""
    service = KubeflowPipelines(token)
    with serve(service.answer) as served:
        service.served = served
        yield service


def _filtered(heard: Heard, known: Any) -> list[Value]:
    """Those of the name that a filter asks for, in the form that the client writes filters in."""
    wanted = json.loads(heard.query.get("filter") or "{}")
    names = {one.get("string_value") or one["stringValue"] for one in wanted.get("predicates", [])}
    return [one for one in known if not names or one["display_name"] in names]


def _uploaded(heard: Heard) -> Value:
    """The pipeline in a form that was sent."""
    head = f"Content-Type: {heard.headers['content-type']}\r\n\r\n".encode()
    message = email.message_from_bytes(head + heard.body, policy=policy.HTTP)
    part = next(one for one in message.iter_parts() if one.get_filename())
    return dict(next(yaml.safe_load_all(part.get_content())))


def _said(status: int, value: Value) -> Said:
    return Said(status, json.dumps(value).encode(), {"Content-Type": "application/json"})
