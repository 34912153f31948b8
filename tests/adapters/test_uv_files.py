"""Addresses of locked files by the real uv, and exports that the real uv installs from."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path

import pytest

from aidevsecops_ext.adapters.uv_files import UvFiles
from aidevsecops_ext.adapters.uv_program import find_uv
from aidevsecops_ext.app.export_environment import (
    ExportPorts,
    ExportRequest,
    export_environment,
)
from aidevsecops_ext.app.ports import ResolveRequest
from aidevsecops_ext.domain.errors import RefusedError, TimedOutError
from aidevsecops_ext.domain.exchange import FileFormat
from aidevsecops_ext.domain.lock import LockedPackage
from aidevsecops_ext.domain.requirements import Requirement
from aidevsecops_ext.domain.target import Target
from tests.fakes.cancel import FakeCancelToken
from tests.fakes.clock import FakeClock
from tests.fakes.package_index import FakePackageIndex
from tests.kits.notebooks import locked_metadata, notebook
from tests.kits.package_index import PackageIndex, serve

pytestmark = pytest.mark.needs_uv


def request_of(*requirements: Requirement) -> ResolveRequest:
    return ResolveRequest(requirements, Target("3.11", None, is_universal=True), "")


def uv_files(root: Path, timeout: float = 60.0) -> UvFiles:
    return UvFiles(root, timeout=timeout, index_timeout=10.0)


@pytest.mark.parametrize("file_format", [FileFormat.PYLOCK, FileFormat.REQUIREMENTS])
def test_uv_would_install_what_an_export_locks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, file_format: FileFormat
) -> None:
    with serve(PackageIndex()) as index:
        file = index.add_wheel("alpha", "1.0")
        digest = hashlib.sha256(index.files["alpha"][file]).hexdigest()
        monkeypatch.setenv("UV_DEFAULT_INDEX", index.simple_url)
        lock = locked_metadata(
            {"alpha": "*"}, (LockedPackage("alpha", "1.0", (f"sha256:{digest}",)),)
        )
        ports = ExportPorts(FakePackageIndex(), uv_files(tmp_path), FakeClock())
        request = ExportRequest("nb.ipynb", notebook([], **lock), file_format)

        [exported] = export_environment(request, ports, FakeCancelToken()).files
        path = tmp_path / exported.name
        path.write_text(exported.text, encoding="utf-8")
        checked = ["--require-hashes"] if file_format is FileFormat.REQUIREMENTS else []
        target = [f"--target={tmp_path / 'target'}", f"--python={sys.executable}"]
        outcome = subprocess.run(
            [find_uv(), "pip", "install", *checked, *target, "-r", str(path)],
            capture_output=True,
            check=False,
            text=True,
        )

    assert outcome.returncode == 0, outcome.stderr
    assert (tmp_path / "target" / "alpha.py").exists()


def test_files_answers_nothing_when_nothing_is_asked_for(tmp_path: Path) -> None:
    assert uv_files(tmp_path).files(request_of(), FakeCancelToken()) == {}


def test_files_is_refused_when_the_index_has_no_such_version(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serve(PackageIndex()) as index:
        index.add_wheel("alpha", "1.0")
        monkeypatch.setenv("UV_DEFAULT_INDEX", index.simple_url)

        with pytest.raises(RefusedError):
            uv_files(tmp_path).files(request_of(Requirement("alpha", "==2.0")), FakeCancelToken())


def test_files_is_given_up_when_it_takes_too_long(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serve(PackageIndex()) as index:
        index.add_wheel("alpha", "1.0")
        index.hanging.add("simple/alpha")
        monkeypatch.setenv("UV_DEFAULT_INDEX", index.simple_url)

        with pytest.raises(TimedOutError):
            uv_files(tmp_path, timeout=1.0).files(
                request_of(Requirement("alpha", "==1.0")), FakeCancelToken()
            )
