"""What the commands of the documentation find: projects, and fakes of services, by their words."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from msgspec.structs import replace

from aidevsecops_ext.app.verification_ports import VerificationPorts
from aidevsecops_ext.config import Settings
from aidevsecops_ext.domain.engine import Exported, Submitted
from aidevsecops_ext.domain.errors import ErrorCode, OutsideFailedError
from aidevsecops_ext.domain.forge import Issue
from aidevsecops_ext.domain.packages import IndexFile, IndexPage
from aidevsecops_ext.domain.pipeline_run import RunState
from aidevsecops_ext.domain.remote_run import EngineRun
from aidevsecops_ext.domain.runtime import EngineKind, RuntimeConfiguration
from aidevsecops_ext.domain.tree import Need
from aidevsecops_ext.wiring import Services
from tests.cli.conftest import Terminal
from tests.fakes.all_packages import AllPackages
from tests.fakes.catalogue import LISTED, FakeCatalogue
from tests.fakes.clock import FakeClock
from tests.fakes.engine_service import FakeEngineService, FakeObjectStorage, FakePipelineEngine
from tests.fakes.environments import FakeEnvironments
from tests.fakes.forge import FakeForge, FakeForges
from tests.fakes.kernels import FakeKernels
from tests.fakes.package_needs import FakePackageNeeds
from tests.fakes.resolver import FakeResolver
from tests.fakes.runs import FakeProjectData, FakeStepRuns
from tests.fakes.runtimes import FakeRuntimes
from tests.fakes.thoth import FakeThoth
from tests.kits.git_repo import bare_environment, make_remote, make_repo
from tests.kits.kernels import KernelKit
from tests.kits.notebooks import notebook_text
from tests.kits.osv_service import osv_record
from tests.kits.pipelines import old_node, text, write_pipeline
from tests.kits.services import with_ports
from tests.kits.splits import SameRuns

_TEMPLATE = "---\ntitle: New {0} release\nlabels: bot\nassignees: sesheta\n---\nHey!\n"
_FILE = IndexFile("scikit_learn-1.0-py3-none-any.whl", "https://files.example/a")
_PAGE = IndexPage("scikit-learn", LISTED.url, (_FILE,))
_JUV = '# /// script\n# requires-python = ">=3.10"\n# dependencies = ["numpy>=1"]\n# ///'
_MODEL = {
    "Train": "import joblib\njoblib.dump(1, 'm.sav')",
    "Wrapper": "import joblib\nclass M:\n    def predict(self, X):\n        return X",
}
_CLUSTERS = tuple(
    RuntimeConfiguration(name, name, kind, {"api_endpoint": "https://engine.example.org"})
    for name, kind in (
        ("my_kfp", EngineKind.KUBEFLOW),
        ("our_cluster", EngineKind.KUBEFLOW),
        ("dags", EngineKind.AIRFLOW),
    )
)
_AIRFLOW = (
    "api_endpoint=https://airflow.example.org",
    "github_api_endpoint=https://api.github.example.org",
    "github_repo=group/dags",
    "github_branch=main",
    "cos_endpoint=https://s3.example.org",
    "cos_bucket=runs",
    "cos_username=me",
)


class _Uv(FakeResolver):
    """Resolves as the fake does, under the name of the engine that is there."""

    engine = "uv"


@dataclass(slots=True)
class Scene(Terminal):
    """A terminal that has all services that the pages speak of, none of them outside."""

    resolver: FakeResolver = field(default_factory=_Uv)
    kernels: FakeKernels = field(default_factory=FakeKernels)
    forge: FakeForge = field(default_factory=FakeForge)
    thoth: FakeThoth = field(default_factory=FakeThoth)

    def __post_init__(self) -> None:
        data = FakeProjectData()
        service = FakeEngineService(EngineRun(RunState.SUCCEEDED))
        storage = FakeObjectStorage()
        engine = FakePipelineEngine()
        engine.submitted = Submitted(run_id="r1", storage_url="http://s3.example.org")
        engine.exported = Exported("# PIPELINE\n")
        self.ports.update(
            package_files=AllPackages(),
            package_needs=FakePackageNeeds(Need("jinja2", "markupsafe", ">=2")),
            catalogue=FakeCatalogue(["scikit-learn"], pages={"scikit-learn": _PAGE}),
            environments=FakeEnvironments(),
            kernels=self.kernels,
            clock=FakeClock(),
            forges=FakeForges(self.forge),
            step_runs=FakeStepRuns(data),
            runtimes=FakeRuntimes(*_CLUSTERS),
            engine=engine,
            _service_of=lambda _: service,
            _storage_of=lambda _: storage,
            verification_ports=lambda: VerificationPorts(
                SameRuns(), KernelKit().ports, FakeClock(1.0)
            ),
        )

    def services(self, root: Path, settings: Settings) -> Services:
        """The services, with one of Thoth's."""
        found = Terminal.services(self, root, settings)
        return with_ports(found, resolvers={"uv": self.resolver, "thoth": self.thoth})

    def do(self, *words: str) -> None:
        """Do what a command needs to have been done before."""
        outcome = self.run(*words)
        assert outcome.exit_code in {0, 1}, outcome.output


Preparation = Callable[[Scene, list[str], pytest.MonkeyPatch], None]


def _repository(scene: Scene, words: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    environment = bare_environment(scene.folder.parent / "home")
    for name in {*os.environ} - {*environment}:
        monkeypatch.delenv(name)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    kinds = {word for word in words[2:] if word.isidentifier()} | {"minor"}
    files = {f".github/ISSUE_TEMPLATE/{kind}.md": _TEMPLATE.format(kind) for kind in sorted(kinds)}
    repo = make_repo(scene.folder, {"version.py": '__version__ = "1.2.0"\n', **files})
    repo.git("tag", "-a", "v1.2.0", "-m", "v1.2.0")
    repo.commit("feat: answer sooner", {"a.txt": "1\n"})
    make_remote(scene.folder.parent / "remote.git", repo)
    if words[1:3] == ["bot", "status"] and words[3:]:
        url = f"https://example.org/group/a/issues/{words[3]}"
        scene.forge.issues.append(Issue(int(words[3]), "New minor release", "", "jo", url))
    if words[2:] == ["resume"]:
        away = OutsideFailedError(ErrorCode.FORGE_UNREACHABLE, "It is away.")
        scene.forge.fail("create_release", away)
    if words[2:] in (["resume"], ["undo"]):
        scene.run("release", "patch", "--yes")
    if words[2:] == ["undo"]:
        words.append("--published")
    if words[2:] == ["tag-merged"]:
        scene.do("release", "minor", "--mode", "pull-request", "--no-checks", "--yes")
        repo.git("fetch", "--quiet")
        repo.git("merge", "--quiet", "--ff-only", "origin/v1.3.0")
        repo.git("push", "--quiet")
    if words[1] == "bot" and words[2] == "run":
        scene.do("bot", "ask", "minor", "--yes")
    if words[2] in {"ask", "minor", "undo", "workflow"} and "--dry-run" not in words:
        words.append("--yes")


def _records(scene: Scene, words: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    record = osv_record("GHSA-1", "numpy", fixed="9")
    folder = scene.write("osv/GHSA-1.json", json.dumps(record)).parent
    if "--service-url" in words:
        words[-1] = str(folder)
    monkeypatch.setenv("AIDEVSECOPS_ADVISORY_SERVICE", str(folder))
    scene.do("lock", words[2])


def _locked(scene: Scene, words: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    del monkeypatch
    scene.do("requirements", words[2], "--add", words[4])
    scene.do("lock", words[2])


def _kernel(scene: Scene, words: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    del monkeypatch
    scene.write("train.ipynb", notebook_text(["import numpy"]))
    scene.do("lock", "train.ipynb")
    if words[2] != "install":
        scene.do("kernel", "install", "train.ipynb", "--name", "train")
        # A kernel is found from anywhere, so its notebook is told from the top of the machine.
        path = scene.folder / "train.ipynb"
        known = scene.kernels.known
        below = path.relative_to(path.anchor).as_posix()
        known["train"] = replace(known["train"], notebook=below)


def _thoth(scene: Scene, words: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    del scene, words
    monkeypatch.setenv("AIDEVSECOPS_THOTH_HOST", "thoth.example")


def _written_by_juv(scene: Scene, words: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    del monkeypatch
    scene.write(words[2], notebook_text([_JUV, "import numpy"]))


def _model(scene: Scene, words: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    del monkeypatch
    content = json.loads(notebook_text([*_MODEL.values()]))
    for cell, tag in zip(content["cells"], _MODEL, strict=True):
        cell["metadata"] = {"tags": [tag]}
    scene.write(words[3], json.dumps(content))


def _old_pipeline(scene: Scene, words: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    del monkeypatch
    scene.write(words[3], text(old_node("a", env_vars=["A=x"]), version=3))


def _pipeline(scene: Scene, words: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    del monkeypatch
    steps = {"name": "load", "file": "load.ipynb"}, {"name": "say", "file": "say.ipynb"}
    write_pipeline(scene.folder / words[3], *steps)
    if "--only-changed" in words:
        scene.do("pipeline", "run", words[3])


def _runtime(scene: Scene, words: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    if words[2] == "add":
        scene.ports["runtimes"] = FakeRuntimes()
    secrets = ["COS_PASSWORD"]
    if "…" in words:
        secrets += ["API_PASSWORD", "GITHUB_REPO_TOKEN"]
        at = words.index("…")
        words[at : at + 1] = [word for setting in _AIRFLOW for word in ("--set", setting)]
    for name in secrets:
        monkeypatch.setenv(f"AIDEVSECOPS_{name}", "very-secret")


# By the words that a command begins with, or that it has.
PREPARATIONS: dict[str, Preparation] = {
    "audit": _records,
    "bot": _repository,
    "import nb.ipynb": _written_by_juv,
    "kernel": _kernel,
    "lock --engine thoth": _thoth,
    "overlay seldon": _model,
    "pipeline export": _pipeline,
    "pipeline import": _old_pipeline,
    "pipeline run": _pipeline,
    "pipeline submit": _pipeline,
    "pipeline validate": _pipeline,
    "release": _repository,
    "runtime": _runtime,
    "show --why": _locked,
}


def preparation_of(words: list[str]) -> Preparation | None:
    """What is done before a command of ours that needs more than files of the names it has."""
    for beginning, prepare in PREPARATIONS.items():
        command, *rest = beginning.split()
        if words[1] == command and {*rest} <= {*words}:
            return prepare
    return None
