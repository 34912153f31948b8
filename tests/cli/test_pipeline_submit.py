"""Tests of the commands about pipelines that run elsewhere."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from aidevsecops_ext.domain.engine import EngineIssue, Exported, IssueLevel, Submitted
from aidevsecops_ext.domain.errors import ErrorCode, RefusedError
from aidevsecops_ext.domain.pipeline_run import RunState, StepState
from aidevsecops_ext.domain.remote_run import EngineRun, EngineTask
from aidevsecops_ext.domain.runtime import EngineKind, RuntimeConfiguration
from tests.cli.conftest import Terminal
from tests.fakes.engine_service import (
    FakeEngineService,
    FakeObjectStorage,
    FakePipelineEngine,
)
from tests.fakes.runtimes import FakeRuntimes
from tests.kits.pipelines import node, text

_KFP = RuntimeConfiguration(
    "my_kfp",
    "My KFP",
    EngineKind.KUBEFLOW,
    {"api_endpoint": "http://kfp.example.org/pipeline", "cos_password": "hunter2"},
)
_DONE = {"a": EngineTask(StepState.SUCCEEDED, 10.0, 12.0)}
_RUNNING = EngineRun(RunState.RUNNING, {**_DONE, "b": EngineTask(StepState.RUNNING, 12.0)})
_SUCCEEDED = EngineRun(
    RunState.SUCCEEDED, {**_DONE, "b": EngineTask(StepState.SUCCEEDED, 12.0, 13.0)}
)
_FAILED = EngineRun(
    RunState.FAILED, {**_DONE, "b": EngineTask(StepState.FAILED, 12.0, 13.0, "exit code 1")}
)


@dataclass
class Site:
    """A terminal, and what it can submit to."""

    terminal: Terminal
    engine: FakePipelineEngine = field(default_factory=FakePipelineEngine)
    service: FakeEngineService = field(default_factory=lambda: FakeEngineService(_RUNNING))
    storage: FakeObjectStorage = field(default_factory=FakeObjectStorage)

    def __post_init__(self) -> None:
        self.terminal.ports.update(
            runtimes=FakeRuntimes(_KFP),
            engine=self.engine,
            _service_of=lambda _: self.service,
            _storage_of=lambda _: self.storage,
        )
        document = text(node("load"), node("train", "load", op="execute-python-node"))
        self.terminal.write("demo.pipeline", document)
        self.engine.submitted = Submitted(
            run_id="r1",
            run_url="http://kfp.example.org/pipeline/#/runs/details/r1",
            storage_url="http://s3.example.org",
            storage_path="/steps/demo-1",
            tasks={"a": "load", "b": "train"},
        )
        self.engine.exported = Exported("# PIPELINE\n", (EngineIssue(IssueLevel.WARNING, "odd"),))

    def run(self, *words: str) -> Any:
        return self.terminal.run("pipeline", *words)

    def json(self, *words: str) -> Any:
        return self.terminal.json("pipeline", *words)

    def submit(self, *words: str) -> Any:
        return self.run("submit", "demo.pipeline", "--runtime", "my_kfp", *words)


@pytest.fixture
def site(terminal: Terminal) -> Site:
    return Site(terminal)


def test_submit_says_where_the_run_is(site: Site) -> None:
    result = site.submit("--secret", "keys")

    assert result.exit_code == 0
    assert "demo.pipeline: running" in result.stdout
    assert "run: http://kfp.example.org/pipeline/#/runs/details/r1" in result.stdout
    assert "storage: http://s3.example.org/steps/demo-1" in result.stdout
    assert "note:" not in result.stdout
    assert "Asking Kubeflow Pipelines at kfp.example.org" in result.stderr


def test_submit_waits_for_the_end(site: Site) -> None:
    site.service.seen = [_FAILED]

    result = site.submit("--wait")

    assert result.exit_code == 1
    assert "train  failed" in result.stdout
    assert "Failed: exit code 1" in result.stdout
    assert "--secret NAME" in result.stdout


def test_submit_that_is_refused_is_told_of(site: Site) -> None:
    site.service.error = RefusedError(ErrorCode.SERVICE_REFUSED, "not let in", hint="log in")

    result = site.submit()

    assert result.exit_code == 3
    assert "not let in" in result.stderr
    assert site.json("runs") == []


def test_status_asks_the_engine(site: Site) -> None:
    site.submit()
    site.service.seen = [_RUNNING]
    running = site.run("status")
    site.service.seen = [_SUCCEEDED]

    ended = site.json("status", "latest")

    assert running.exit_code == 0
    assert "train  running" in running.stdout
    assert (ended["kind"], ended["state"]) == ("kubeflow", "succeeded")
    assert [step["state"] for step in ended["steps"]] == ["succeeded", "succeeded"]
    assert [run["state"] for run in site.json("runs")] == ["succeeded"]


def test_logs_and_outputs_come_from_object_storage(site: Site) -> None:
    site.submit()
    site.service.seen = [_SUCCEEDED]
    site.storage.objects = {
        "demo-1/load.ipynb": b'{"cells": [{"outputs": [{"text": "one"}]}]}',
        "demo-1/data.csv": b"a,b",
    }

    logs, one = site.run("logs", "--follow"), site.run("logs", "--step", "load")
    listed, shown = site.json("outputs"), site.run("outputs")

    assert logs.stdout == "==> load <==\none\n"
    assert one.stdout == "one\n"
    assert [file["name"] for file in listed["files"]] == ["data.csv", "load.ipynb"]
    assert listed["url"] == "http://s3.example.org/steps/demo-1"
    assert "3  data.csv" in shown.stdout


def test_logs_of_a_step_that_is_not_there_are_refused(site: Site) -> None:
    site.submit()

    assert "has no step 'x'" in site.run("logs", "--step", "x").stderr


def test_cancel_has_the_engine_stop(site: Site) -> None:
    site.submit()
    site.service.seen = [_RUNNING, EngineRun(RunState.CANCELLED, _DONE)]

    result = site.run("cancel")

    assert result.exit_code == 0
    assert "stop r1" in site.service.asked
    assert "cancelled" in result.stdout


def test_retry_begins_what_failed_again(site: Site) -> None:
    site.service.seen = [_FAILED]
    site.submit("--wait")
    site.service.seen = [_RUNNING]

    result = site.run("retry")

    assert result.exit_code == 0
    assert "retry r1" in site.service.asked
    assert "running" in result.stdout


def test_export_writes_a_file_beside_the_pipeline(site: Site) -> None:
    export = ("export", "demo.pipeline", "--runtime", "my_kfp", "--secret", "keys")
    file = site.terminal.folder / "demo.yaml"

    shown = site.run(*export, "--dry-run")
    assert not file.exists()
    written = site.run(*export)

    assert shown.stdout == "# PIPELINE\n"
    assert written.stdout == "demo.yaml: created\n  warning: odd\n"
    assert file.read_text() == "# PIPELINE\n"
    assert site.json(*export)["state"] == "unchanged"


def test_export_replaces_nothing_unasked(site: Site) -> None:
    export = ("export", "demo.pipeline", "--runtime", "my_kfp", "--secret", "keys")
    file = site.terminal.write("out/demo.py", "mine\n")

    refused = site.run(*export, "--format", "py", "--out", "out/demo.py")
    assert file.read_text() == "mine\n"
    forced = site.run(*export, "--format", "py", "--out", "out/demo.py", "--force")

    assert refused.exit_code == 3
    assert forced.exit_code == 0
    assert file.read_text() == "# PIPELINE\n"


def test_export_shows_keys_only_when_asked(site: Site) -> None:
    site.engine.exported = Exported("password: hunter2\n")
    export = ("export", "demo.pipeline", "--runtime", "my_kfp")

    refused = site.run(*export)
    written = site.run(*export, "--with-credentials")

    assert refused.exit_code == 3
    assert "hunter2" not in refused.output
    assert "share it with nobody" in written.stdout


def test_submitted_runs_hold_no_secret(site: Site) -> None:
    site.submit()

    records = [*Path(site.terminal.folder).rglob("run.json")]

    assert len(records) == 1
    assert "hunter2" not in records[0].read_text()
