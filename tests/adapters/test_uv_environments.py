"""Environments built by the real uv, from an index that counts what it is asked."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from msgspec.structs import replace

from aidevsecops_ext.adapters.clock import SystemClock
from aidevsecops_ext.adapters.uv_environments import RECORD, UvEnvironments
from aidevsecops_ext.app.kernel_ports import EnvironmentRequest
from aidevsecops_ext.domain.errors import (
    AidevsecopsError,
    CancelledError,
    ErrorCode,
    OutsideFailedError,
    ToolMissingError,
)
from aidevsecops_ext.domain.kernels import Environment, environment_key
from aidevsecops_ext.domain.lock import LockedPackage
from aidevsecops_ext.domain.requirements import Index
from aidevsecops_ext.jobs.cancel import CancelSource
from tests.fakes.progress import FakeProgress
from tests.kits.package_index import PackageIndex, serve
from tests.kits.processes import running_with_argument

pytestmark = [pytest.mark.needs_uv, pytest.mark.slow]

OWN = f"{sys.version_info.major}.{sys.version_info.minor}"


@dataclass(slots=True)
class Kit:
    """Environments, and an index that has ipykernel, six and private."""

    index: PackageIndex
    folder: Path
    root: Path
    progress: FakeProgress = field(default_factory=FakeProgress)
    cancel: CancelSource = field(default_factory=CancelSource)

    @property
    def environments(self) -> UvEnvironments:
        """The adapter, new each time: nothing is remembered but what is on disk."""
        return UvEnvironments(self.root, SystemClock(), timeout=60.0, index_timeout=10.0)

    def locked(self, name: str = "six", version: str = "1.0") -> LockedPackage:
        """A package as the index has it."""
        file = f"{name}-{version}-py3-none-any.whl"
        return LockedPackage(name, version, (self.index.hash_of(name, file),))

    def request(
        self, *packages: LockedPackage, indexes: tuple[Index, ...] = ()
    ) -> EnvironmentRequest:
        """What to build for these packages."""
        interpreter = self.environments.interpreter(OWN, self.cancel)
        wanted = packages or (self.locked(),)
        key = environment_key(wanted, interpreter.machine)
        return EnvironmentRequest(key, interpreter, wanted, indexes)

    def build(self, request: EnvironmentRequest) -> Environment:
        """The environment, built while its name is held."""
        environments = self.environments
        with environments.hold(request.key, self.cancel):
            return environments.build(request, self.progress, self.cancel)


@pytest.fixture
def kit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Kit]:
    """A machine of its own: data folder, cache and index."""
    index = PackageIndex()
    index.add_wheel("ipykernel", "7.0", ["helper>=1"])
    index.add_wheel("helper", "1.0")
    index.add_wheel("helper", "2.0")
    for name in ("six", "private"):
        index.add_wheel(name, "1.0")
    for name in [name for name in os.environ if name.startswith(("PIP_", "UV_"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("UV_NO_CONFIG", "1")
    monkeypatch.setenv("UV_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path / "data"))
    root = tmp_path / "root"
    root.mkdir()
    with serve(index):
        monkeypatch.setenv("UV_DEFAULT_INDEX", index.simple_url)
        yield Kit(index, tmp_path / "data" / "aidevsecops" / "environments", root)


def names_in(folder: Path) -> list[str]:
    """What is in the folder of environments, but for the lock files."""
    return sorted(path.name for path in folder.iterdir() if path.suffix != ".lock")


def test_build_installs_the_lock_and_what_a_kernel_needs(kit: Kit) -> None:
    request = kit.request(kit.locked(), kit.locked("helper", "1.0"))

    built = kit.build(request)

    run = subprocess.run(
        [built.python, "-c", "import six, helper, ipykernel; print(helper.__version__)"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout.strip() == "1.0"
    assert built.packages == {"six": "1.0", "helper": "1.0"}
    assert built.added == {"ipykernel": "7.0"}
    assert (built.fault, built.size_bytes > 0, built.machine) == (
        "",
        True,
        request.interpreter.machine,
    )
    assert names_in(kit.folder) == [request.key]
    assert kit.environments.find_all() == (built,)


def test_build_takes_no_ipykernel_when_it_is_locked(kit: Kit) -> None:
    built = kit.build(kit.request(kit.locked("ipykernel", "7.0"), kit.locked("helper", "2.0")))

    assert built.added == {}


def test_build_asks_the_index_nothing_when_all_is_in_the_cache(kit: Kit) -> None:
    request = kit.request()
    first = kit.build(request)
    kit.index.requests.clear()

    second = kit.build(request)

    assert second.added == first.added
    assert kit.index.requests == []


def test_build_refuses_a_file_that_is_not_the_locked_one(kit: Kit) -> None:
    tampered = replace(kit.locked(), hashes=("sha256:" + "0" * 64,))

    with pytest.raises(AidevsecopsError) as caught:
        kit.build(kit.request(tampered))

    assert caught.value.code is ErrorCode.KERNEL_HASH_MISMATCH
    assert caught.value.details["packages"] == ["six"]
    assert names_in(kit.folder) == []


def test_build_says_that_the_index_has_lost_a_version(kit: Kit) -> None:
    with pytest.raises(AidevsecopsError) as caught:
        kit.build(kit.request(replace(kit.locked(), version="9.0")))

    assert caught.value.code is ErrorCode.KERNEL_NOT_INSTALLABLE


def test_build_says_that_no_ipykernel_fits_the_lock(kit: Kit) -> None:
    kit.index.add_wheel("helper", "0.5")

    with pytest.raises(AidevsecopsError) as caught:
        kit.build(kit.request(kit.locked("helper", "0.5")))

    assert caught.value.code is ErrorCode.KERNEL_NO_IPYKERNEL


def test_build_says_that_the_index_cannot_be_reached(
    kit: Kit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("UV_DEFAULT_INDEX", "http://127.0.0.1:9/simple")

    with pytest.raises(OutsideFailedError) as caught:
        kit.build(kit.request())

    assert caught.value.code is ErrorCode.LOCK_INDEX_UNREACHABLE


def test_build_takes_a_package_from_the_index_that_it_names_only(kit: Kit) -> None:
    other = PackageIndex()
    file = other.add_wheel("private", "2.0")
    package = LockedPackage("private", "2.0", (other.hash_of("private", file),), index="my own")
    with serve(other):
        indexes = (Index("pypi", kit.index.simple_url), Index("my own", other.simple_url))

        built = kit.build(kit.request(package, kit.locked(), indexes=indexes))

    assert built.packages == {"private": "2.0", "six": "1.0"}
    assert not any("ipykernel" in line or "six" in line for line in other.requests)


def test_find_says_broken_when_the_python_is_gone(kit: Kit) -> None:
    built = kit.build(kit.request())
    python = Path(built.python)
    python.unlink()
    python.symlink_to("/gone/python3.11")

    found = kit.environments.find(built.key)

    assert found is not None
    assert "is gone, as after an upgrade" in found.fault


def test_find_says_broken_when_the_python_is_another(kit: Kit, tmp_path: Path) -> None:
    built = kit.build(kit.request())
    other = tmp_path / "python3.99"
    other.touch()
    Path(built.python).unlink()
    Path(built.python).symlink_to(other)

    found = kit.environments.find(built.key)

    assert found is not None
    assert f"is 3.99 now and was {OWN}" in found.fault


def test_find_names_the_packages_whose_files_are_missing(kit: Kit) -> None:
    built = kit.build(kit.request())
    [metadata] = (kit.folder / built.key).glob("lib/*/site-packages/six-*.dist-info")
    metadata.rename(metadata.with_suffix(".gone"))

    found = kit.environments.find(built.key)

    assert found is not None
    assert found.fault == "Files are missing: six."


def test_build_repairs_a_broken_environment_with_the_same_ipykernel(kit: Kit) -> None:
    request = kit.request()
    built = kit.build(request)
    Path(built.python).unlink()
    kit.index.add_wheel("ipykernel", "8.0")

    repaired = kit.build(request)

    assert (repaired.fault, repaired.added) == ("", built.added)
    assert names_in(kit.folder) == [request.key]


@pytest.mark.parametrize("record", ["", "{", "[]"])
def test_find_counts_no_environment_without_its_record(kit: Kit, record: str) -> None:
    built = kit.build(kit.request())
    (kit.folder / built.key / RECORD).write_text(record)

    assert kit.environments.find(built.key) is None


def test_find_takes_no_name_that_leads_elsewhere(kit: Kit) -> None:
    assert kit.environments.find("../../etc") is None
    assert kit.environments.find_all() == ()


def test_hold_lets_one_build_and_the_other_find(kit: Kit) -> None:
    request = kit.request()
    built: list[str] = []

    def make() -> None:
        environments = kit.environments
        with environments.hold(request.key, CancelSource()):
            if environments.find(request.key) is None:
                environments.build(request, FakeProgress(), CancelSource())
                built.append(request.key)

    threads = [threading.Thread(target=make) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert built == [request.key]


def test_hold_stops_waiting_when_it_is_cancelled(kit: Kit) -> None:
    waiting = CancelSource()
    waiting_ended: list[type[BaseException]] = []

    def wait() -> None:
        try:
            with kit.environments.hold("0" * 16, waiting):
                waiting_ended.append(AssertionError)
        except CancelledError:
            waiting_ended.append(CancelledError)

    with kit.environments.hold("0" * 16, kit.cancel):
        thread = threading.Thread(target=wait)
        thread.start()
        waiting.cancel()
        thread.join()

    assert waiting_ended == [CancelledError]


def test_build_leaves_nothing_when_it_is_cancelled(kit: Kit) -> None:
    request = kit.request()
    kit.index.hanging.add("simple/ipykernel")
    kit.index.asked.clear()

    def cancel() -> None:
        kit.index.asked.wait(30)
        kit.cancel.cancel()

    watcher = threading.Thread(target=cancel)
    watcher.start()

    with pytest.raises(CancelledError):
        kit.build(request)

    watcher.join()
    assert names_in(kit.folder) == []


def test_build_says_that_uv_was_killed_and_leaves_nothing(kit: Kit) -> None:
    request = kit.request()
    kit.index.hanging.add("simple/ipykernel")
    kit.index.asked.clear()

    def kill() -> None:
        kit.index.asked.wait(30)
        for pid in running_with_argument(str(kit.folder)):
            os.kill(pid, signal.SIGKILL)

    watcher = threading.Thread(target=kill)
    watcher.start()

    with pytest.raises(OutsideFailedError, match="SIGKILL") as caught:
        kit.build(request)

    watcher.join()
    assert caught.value.code is ErrorCode.KERNEL_BUILD_FAILED
    assert names_in(kit.folder) == []
    kit.index.hanging.clear()
    assert kit.build(request).fault == ""


def test_killed_build_leaves_nothing_that_counts(kit: Kit) -> None:
    request = kit.request()
    kit.index.hanging.add("simple/ipykernel")
    kit.index.asked.clear()
    script = (
        "import pickle, sys\n"
        "from tests.adapters.test_uv_environments import Kit\n"
        "from tests.kits.package_index import PackageIndex\n"
        "from pathlib import Path\n"
        "request, folder, root = pickle.loads(sys.stdin.buffer.read())\n"
        "Kit(PackageIndex(), folder, root).build(request)\n"
    )
    import pickle

    child = subprocess.Popen([sys.executable, "-c", script], stdin=subprocess.PIPE)
    assert child.stdin is not None
    with child.stdin as pipe:
        pipe.write(pickle.dumps((request, kit.folder, kit.root)))
    assert kit.index.asked.wait(30)
    child.send_signal(signal.SIGKILL)
    child.wait()
    left = names_in(kit.folder)
    kit.index.hanging.clear()

    found = kit.environments.find_all()
    built = kit.build(request)

    assert len(left) == 1
    assert left[0].endswith(".building")
    assert found == ()
    assert built.fault == ""
    assert names_in(kit.folder) == [request.key]


def test_remove_leaves_nothing_of_an_environment(kit: Kit) -> None:
    built = kit.build(kit.request())
    environments = kit.environments

    with environments.hold(built.key, kit.cancel):
        environments.remove(built.key)
        environments.remove(built.key)

    assert names_in(kit.folder) == []


def test_interpreter_says_how_to_get_a_python_that_is_missing(kit: Kit) -> None:
    with pytest.raises(ToolMissingError, match=r"3\.99") as caught:
        kit.environments.interpreter("3.99", kit.cancel)

    assert caught.value.code is ErrorCode.KERNEL_PYTHON_MISSING
    assert "uv python install 3.99" in caught.value.hint


def test_interpreter_knows_what_a_lock_means_to_it(kit: Kit) -> None:
    from packaging.markers import default_environment

    found = kit.environments.interpreter(OWN, kit.cancel)

    assert found.machine.markers == {k: str(v) for k, v in default_environment().items()}
    assert os.path.realpath(found.path) == os.path.realpath(sys.executable)


def test_hold_says_why_the_disk_refuses(kit: Kit) -> None:
    kit.folder.parent.mkdir(parents=True)
    kit.folder.write_text("a file in the way")

    with (
        pytest.raises(OutsideFailedError) as caught,
        kit.environments.hold("0" * 16, kit.cancel),
    ):
        pass

    assert caught.value.code is ErrorCode.KERNEL_WRITE_FAILED


def test_record_names_every_file_by_its_hash(kit: Kit) -> None:
    built = kit.build(kit.request())

    record = json.loads((kit.folder / built.key / RECORD).read_text())

    assert [entry["name"] for entry in record["added"]] == ["helper", "ipykernel"]
    assert all(entry["hashes"] for entry in record["packages"] + record["added"])
