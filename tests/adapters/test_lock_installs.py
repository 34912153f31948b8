"""What a lock is for: the tools of the field install exactly the locked versions from it."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from packaging.utils import canonicalize_name

from aidevsecops_ext.adapters.uv import UvResolver
from aidevsecops_ext.adapters.uv_index import UvIndex
from aidevsecops_ext.adapters.uv_program import find_uv
from aidevsecops_ext.app.audit_notebook import AuditPorts
from aidevsecops_ext.app.lock_notebook import LockOutcome, LockPorts, LockRequest, lock_notebook
from aidevsecops_ext.app.recommend import RecommendPorts
from aidevsecops_ext.domain.discovery import DiscoveredRequirement, Discovery
from aidevsecops_ext.domain.json_value import Json
from aidevsecops_ext.domain.notebook import Notebook
from aidevsecops_ext.domain.requirements import Requirement, RequirementSource
from aidevsecops_ext.domain.target import TargetChoice
from aidevsecops_ext.jobs.cancel import CancelSource
from tests.fakes.advisories import FakeAdvisories
from tests.fakes.clock import FakeClock
from tests.fakes.files import FakeFiles
from tests.fakes.progress import FakeProgress
from tests.kits.commands import call
from tests.kits.package_index import PackageIndex, serve
from tests.kits.pipfile_folder import write_pipfile_folder

pytestmark = [pytest.mark.needs_uv, pytest.mark.online, pytest.mark.slow, pytest.mark.timeout(600)]

PYTHON = f"{sys.version_info.major}.{sys.version_info.minor}"
# What a fresh environment holds before anything is installed into it.
SEEDS = frozenset({"pip", "setuptools", "wheel", "packaging"})
PIPFILE: dict[str, Json] = {
    "packages": {
        "python-dotenv": {"extras": ["cli"], "version": "<2"},
        "colorama": {"markers": "sys_platform == 'win32'", "version": "*"},
    },
    "dev-packages": {"INIconfig": "*"},
}


@dataclass(frozen=True)
class Tools:
    """A virtual environment with the tools that install from Pipfile locks."""

    folder: Path

    def program(self, name: str) -> str:
        return str(self.folder / "bin" / name)


@pytest.fixture(scope="session")
def tools(tmp_path_factory: pytest.TempPathFactory) -> Tools:
    folder = tmp_path_factory.mktemp("tools") / "venv"
    make_environment(folder)
    call(
        find_uv(), "pip", "install", "--quiet", f"--python={folder}", "micropipenv[toml]", "pipenv"
    )
    return Tools(folder)


def make_environment(folder: Path) -> None:
    call(find_uv(), "venv", "--quiet", "--seed", f"--python={sys.executable}", str(folder))


def lock(
    root: Path, recorded: dict[str, Json], target: TargetChoice, *trusted: str
) -> tuple[LockOutcome, Notebook]:
    found = DiscoveredRequirement(Requirement("six"), RequirementSource.IMPORT, ("six",), (0,))
    notebook = Notebook((), {"requirements": json.dumps(recorded)}, "python")
    request = LockRequest(
        "nb.ipynb", notebook, Discovery((found,)), target, trusted_indexes=trusted
    )
    resolver = UvResolver(root, timeout=300.0, index_timeout=30.0)
    ports = LockPorts(
        FakeFiles(),
        UvIndex(root, timeout=30.0),
        {"uv": resolver},
        "uv",
        default_python=PYTHON,
        recommend=RecommendPorts(
            FakeClock(),
            lambda: AuditPorts(FakeFiles(), FakeAdvisories(), FakeClock()),
            stable_days=14,
        ),
    )
    outcome = lock_notebook(request, ports, FakeProgress(), CancelSource())
    return outcome, Notebook((), {**notebook.metadata, **outcome.edit.metadata}, "python")


def installed(environment: Path) -> dict[str, str]:
    answer = call(find_uv(), "pip", "list", "--quiet", "--format=json", f"--python={environment}")
    found = {canonicalize_name(entry["name"]): entry["version"] for entry in json.loads(answer)}
    return {name: version for name, version in found.items() if name not in SEEDS}


def expected(outcome: LockOutcome, *, is_universal: bool = False) -> dict[str, str]:
    return {
        package.key: package.version
        for package in outcome.lock.packages
        if not (is_universal and "win32" in package.markers)
    }


@pytest.mark.parametrize("is_universal", [False, True], ids=["here", "universal"])
def test_a_lock_installs_with_micropipenv(tools: Tools, tmp_path: Path, is_universal: bool) -> None:
    outcome, locked = lock(tmp_path, PIPFILE, TargetChoice(is_universal=is_universal))
    write_pipfile_folder(tmp_path / "overlay", locked.metadata)
    environment = tmp_path / "venv"
    make_environment(environment)

    call(
        tools.program("micropipenv"), "install", "--deploy", "--dev",
        cwd=tmp_path / "overlay",
        MICROPIPENV_PIP_BIN=str(environment / "bin" / "pip"),
    )  # fmt: skip

    assert installed(environment) == expected(outcome, is_universal=is_universal)
    assert ("colorama" in expected(outcome)) is is_universal


@pytest.mark.parametrize("is_universal", [False, True], ids=["here", "universal"])
def test_a_lock_installs_with_pipenv_and_is_up_to_date_for_it(
    tools: Tools, tmp_path: Path, is_universal: bool
) -> None:
    outcome, locked = lock(tmp_path, PIPFILE, TargetChoice(is_universal=is_universal))
    folder = tmp_path / "overlay"
    write_pipfile_folder(folder, locked.metadata)
    before = (folder / "Pipfile.lock").read_bytes()
    environment = folder / ".venv"
    make_environment(environment)
    environ = {"PIPENV_VENV_IN_PROJECT": "1", "PIPENV_YES": "1", "PIPENV_NOSPIN": "1"}
    pipenv = tools.program("pipenv")

    verified = call(pipenv, "verify", cwd=folder, **environ)
    call(pipenv, "install", "--deploy", "--dev", cwd=folder, **environ)
    call(pipenv, "sync", "--dev", cwd=folder, **environ)

    assert "up-to-date" in verified
    assert installed(environment) == expected(outcome, is_universal=is_universal)
    assert (folder / "Pipfile.lock").read_bytes() == before


def test_a_lock_of_two_indexes_installs_each_package_from_its_own(
    tools: Tools, tmp_path: Path
) -> None:
    with serve(PackageIndex()) as index:
        index.add_wheel("aidevsecops_sample", "1.0", ["six"])
        source: Json = {"name": "own", "url": index.simple_url, "verify_ssl": True}
        public: Json = {
            "name": "pypi",
            "url": UvIndex(tmp_path, timeout=30.0).default_index().url,
            "verify_ssl": True,
        }
        pipfile: dict[str, Json] = {
            "packages": {"aidevsecops-sample": {"index": "own", "version": "*"}},
            "source": [public, source],
        }
        outcome, locked = lock(tmp_path, pipfile, TargetChoice(), index.simple_url)
        write_pipfile_folder(tmp_path / "overlay", locked.metadata)
        environment = tmp_path / "venv"
        make_environment(environment)

        call(
            tools.program("micropipenv"), "install", "--deploy",
            cwd=tmp_path / "overlay",
            MICROPIPENV_PIP_BIN=str(environment / "bin" / "pip"),
        )  # fmt: skip

    assert installed(environment) == expected(outcome)
    assert {p.key: p.index for p in outcome.lock.packages} == {
        "aidevsecops-sample": "own",
        "six": None,
    }


def test_a_file_that_is_not_the_locked_one_is_not_installed(tools: Tools, tmp_path: Path) -> None:
    with serve(PackageIndex()) as index:
        file = index.add_wheel("aidevsecops_sample", "1.0")
        source: Json = {"name": "own", "url": index.simple_url, "verify_ssl": True}
        pipfile: dict[str, Json] = {"packages": {"aidevsecops-sample": "*"}, "source": [source]}
        index.wrong_hashes.add(file)
        index.add_wheel("six", "1.0")
        _, locked = lock(tmp_path, pipfile, TargetChoice(), index.simple_url)
        write_pipfile_folder(tmp_path / "overlay", locked.metadata)
        environment = tmp_path / "venv"
        make_environment(environment)

        with pytest.raises(AssertionError, match="DO NOT MATCH THE HASHES"):
            call(
                tools.program("micropipenv"), "install", "--deploy",
                cwd=tmp_path / "overlay",
                MICROPIPENV_PIP_BIN=str(environment / "bin" / "pip"),
            )  # fmt: skip

    assert "aidevsecops-sample" not in installed(environment)


def test_a_lock_for_an_old_python_holds_only_what_runs_there(tmp_path: Path) -> None:
    pipfile: dict[str, Json] = {"packages": {"numpy": "*"}}

    outcome, _ = lock(tmp_path, pipfile, TargetChoice(python_version="3.8", platform="linux"))

    numpy = outcome.lock.find("numpy")
    assert numpy is not None
    assert numpy.version == "1.24.4"
    assert outcome.lock.python_version == "3.8"
    assert all(package.hashes for package in outcome.lock.packages)
