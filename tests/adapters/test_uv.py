"""The real uv against a tiny index of the test's own: no other host is contacted."""

from __future__ import annotations

import os
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from aidevsecops_ext.adapters import uv_program
from aidevsecops_ext.adapters.uv import UvResolver
from aidevsecops_ext.adapters.uv_index import UvIndex
from aidevsecops_ext.app.ports import Resolution, ResolveRequest
from aidevsecops_ext.domain.errors import (
    AidevsecopsError,
    CancelledError,
    ErrorCode,
    OutsideFailedError,
    RefusedError,
    TimedOutError,
    ToolMissingError,
)
from aidevsecops_ext.domain.lock import LockedPackage
from aidevsecops_ext.domain.requirements import Index, Requirement
from aidevsecops_ext.domain.target import Target
from aidevsecops_ext.jobs.cancel import CancelSource
from tests.fakes.progress import FakeProgress
from tests.kits.package_index import PASSWORD, USER, PackageIndex, serve
from tests.kits.processes import running_with_argument

pytestmark = pytest.mark.needs_uv

PYTHON = f"{sys.version_info.major}.{sys.version_info.minor}"
HERE = Target(PYTHON)


def resolver(root: Path, **limits: float) -> UvResolver:
    return UvResolver(root, **{"timeout": 60.0, "index_timeout": 20.0, **limits})


def resolve(
    root: Path,
    *requirements: Requirement,
    target: Target = HERE,
    indexes: tuple[Index, ...] = (),
    preferred: tuple[LockedPackage, ...] = (),
) -> Resolution:
    request = ResolveRequest(requirements, target, "", indexes, preferred)
    return resolver(root).resolve(request, FakeProgress(), CancelSource())


def versions(resolution: Resolution) -> dict[str, str]:
    return {package.name: package.version for package in resolution.packages}


def test_resolve_pins_all_that_is_needed_with_hashes(index: PackageIndex, tmp_path: Path) -> None:
    top = index.add_wheel("top", "2.0", ["needed>=1"])
    index.add_wheel("top", "1.0")
    needed = index.add_wheel("needed", "1.5")
    index.add_wheel("tool", "1.0", ["helper"])
    index.add_wheel("helper", "1.0", ["needed"])
    progress = FakeProgress()
    request = ResolveRequest((Requirement("Top"), Requirement("tool", is_dev=True)), HERE, "")

    resolution = resolver(tmp_path).resolve(request, progress, CancelSource())

    assert [(p.name, p.version, p.is_dev) for p in resolution.packages] == [
        ("helper", "1.0", True),
        ("needed", "1.5", False),
        ("tool", "1.0", True),
        ("top", "2.0", False),
    ]
    assert resolution.packages[1].hashes == (index.hash_of("needed", needed),)
    assert resolution.packages[3].hashes == (index.hash_of("top", top),)
    assert resolution.default_index == Index("pypi", index.simple_url)
    assert progress.messages[-1][0] == "Choosing versions: 4 packages so far"
    assert "trying top==2.0" in progress.lines


def test_resolve_chooses_within_constraints_and_asks_for_nothing_more(
    index: PackageIndex, tmp_path: Path
) -> None:
    for version in ("1.0", "2.0", "3.0"):
        index.add_wheel("held", version)
    index.add_wheel("unasked", "1.0")
    request = ResolveRequest(
        (Requirement("held"),),
        HERE,
        "",
        constraints=(Requirement("held", "<3"), Requirement("unasked", ">=1")),
    )

    resolution = resolver(tmp_path).resolve(request, FakeProgress(), CancelSource())

    assert versions(resolution) == {"held": "2.0"}


def test_resolve_keeps_a_version_that_still_fits(index: PackageIndex, tmp_path: Path) -> None:
    for version in ("1.0", "2.0"):
        index.add_wheel("kept", version)
        index.add_wheel("moved", version)
    preferred = (
        LockedPackage("Kept", "1.0"),
        LockedPackage("moved", "1.0"),
        LockedPackage("broken", "1.0\n--index-url https://evil.example"),
        LockedPackage("not a name", "1.0"),
    )

    resolution = resolve(
        tmp_path, Requirement("kept"), Requirement("moved", ">1"), preferred=preferred
    )

    assert versions(resolution) == {"kept": "1.0", "moved": "2.0"}


@pytest.mark.parametrize(("is_allowed", "version"), [(True, "2.0rc1"), (False, "1.0")])
def test_resolve_takes_a_prerelease_only_when_allowed(
    index: PackageIndex, tmp_path: Path, is_allowed: bool, version: str
) -> None:
    index.add_wheel("a", "1.0")
    index.add_wheel("a", "2.0rc1")
    request = ResolveRequest((Requirement("a"),), HERE, "", allow_prereleases=is_allowed)

    resolution = resolver(tmp_path).resolve(request, FakeProgress(), CancelSource())

    assert versions(resolution) == {"a": version}


def test_resolve_is_empty_when_nothing_is_asked_for(index: PackageIndex, tmp_path: Path) -> None:
    resolution = resolve(tmp_path)

    assert resolution == Resolution((), Index("pypi", index.simple_url))


def test_resolve_takes_a_package_only_from_the_index_that_it_names(
    index: PackageIndex, tmp_path: Path
) -> None:
    index.add_wheel("mine", "9.0")
    index.add_wheel("needed", "1.0")
    with serve(PackageIndex()) as other:
        other.add_wheel("mine", "1.0", ["needed"])
        indexes = (Index("pypi", "https://ignored.example"), Index("my own", other.simple_url))

        resolution = resolve(tmp_path, Requirement("mine", index="my own"), indexes=indexes)

    assert {p.name: (p.version, p.index) for p in resolution.packages} == {
        "mine": ("1.0", "my own"),
        "needed": ("1.0", None),
    }
    assert not any("needed" in line for line in other.requests)


def test_resolve_uses_the_notebooks_first_index_as_the_default_one(
    index: PackageIndex, tmp_path: Path
) -> None:
    index.add_wheel("both", "1.0")
    index.add_wheel("public", "1.0")
    with serve(PackageIndex()) as other:
        other.add_wheel("both", "2.0")
        own = Index("internal", other.simple_url)
        indexes = (own, Index("pypi", "https://ignored.example"))

        resolution = resolve(
            tmp_path, Requirement("both"), Requirement("public", index="pypi"), indexes=indexes
        )

    assert versions(resolution) == {"both": "2.0", "public": "1.0"}
    assert resolution.default_index == own


def test_resolve_reads_the_settings_of_the_notebooks_folder(
    index: PackageIndex, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("UV_DEFAULT_INDEX")
    index.add_wheel("needed", "1.0")
    folder = tmp_path / "repository" / "notebooks"
    folder.mkdir(parents=True)
    (folder.parent / "uv.toml").write_text(f"index-url = '{index.simple_url}'")
    request = ResolveRequest(
        (Requirement("needed"),), HERE, "repository/notebooks", agreed=(index.simple_url,)
    )

    resolution = resolver(tmp_path).resolve(request, FakeProgress(), CancelSource())

    assert versions(resolution) == {"needed": "1.0"}


def test_resolve_takes_the_best_version_of_all_when_pip_has_extra_indexes(
    index: PackageIndex, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index.add_wheel("best", "2.0")
    index.add_wheel("alike", "1.0")
    index.add_wheel("alike", "0.9")
    with serve(PackageIndex()) as extra:
        extra.add_wheel("best", "1.0")
        extra.add_wheel("alike", "1.0", ["best"])
        extra.add_wheel("private", "1.0")
        monkeypatch.setenv("PIP_EXTRA_INDEX_URL", extra.simple_url)

        resolution = resolve(
            tmp_path, Requirement("best"), Requirement("alike"), Requirement("private")
        )

    assert versions(resolution) == {"best": "2.0", "alike": "1.0", "private": "1.0"}
    assert resolution.default_index.url == index.simple_url


@pytest.mark.parametrize(
    ("target", "markers", "expected"),
    [
        (Target(PYTHON, "windows"), "sys_platform == 'win32'", {"only": ""}),
        (Target(PYTHON, "linux"), "sys_platform == 'win32'", {}),
        (Target("3.8"), "python_version < '3.9'", {"only": ""}),
        (Target("3.9"), "python_version < '3.9'", {}),
        (
            Target("3.9", is_universal=True),
            "sys_platform == 'win32'",
            {"only": "sys_platform == 'win32'"},
        ),
    ],
)
def test_resolve_follows_the_target(
    index: PackageIndex, tmp_path: Path, target: Target, markers: str, expected: dict[str, str]
) -> None:
    index.add_wheel("only", "1.0")

    resolution = resolve(tmp_path, Requirement("only", markers=markers), target=target)

    assert {package.name: package.markers for package in resolution.packages} == expected


def refused(root: Path, *requirements: Requirement, target: Target = HERE) -> AidevsecopsError:
    with pytest.raises(AidevsecopsError) as caught:
        resolve(root, *requirements, target=target)
    return caught.value


def test_resolve_names_the_package_when_one_platform_needs_another_version(
    index: PackageIndex, tmp_path: Path
) -> None:
    index.add_wheel("a", "1.0")
    index.add_wheel("a", "2.0")

    error = refused(
        tmp_path,
        Requirement("a", "<2", markers="sys_platform == 'win32'"),
        Requirement("a", ">=2", markers="sys_platform != 'win32'"),
        target=Target(PYTHON, is_universal=True),
    )

    assert error.code is ErrorCode.LOCK_FORKED
    assert error.details == {"packages": ["a"]}
    assert isinstance(error, RefusedError)


def test_resolve_explains_a_conflict_in_the_notebooks_words(
    index: PackageIndex, tmp_path: Path
) -> None:
    index.add_wheel("a", "1.0", ["shared<2"])
    index.add_wheel("b", "1.0", ["shared>=2"])
    index.add_wheel("shared", "1.0")
    index.add_wheel("shared", "2.0")
    index.add_wheel("c", "1.0")

    error = refused(tmp_path, Requirement("a"), Requirement("b"), Requirement("c"))

    assert error.code is ErrorCode.LOCK_UNSATISFIABLE
    assert isinstance(error, RefusedError)
    assert error.details["requirements"] == ["a", "b"]
    explanation = str(error.details["explanation"])
    assert "shared>=2" in explanation
    assert "this notebook depends on" in explanation
    assert "pyproject" not in explanation
    assert tempfile.gettempdir() not in explanation


@pytest.mark.usefixtures("index")
def test_resolve_names_the_package_that_no_index_has(tmp_path: Path) -> None:
    error = refused(tmp_path, Requirement("pandsa"))

    assert error.code is ErrorCode.LOCK_PACKAGE_NOT_FOUND
    assert error.details["packages"] == ["pandsa"]
    assert error.details["requirements"] == ["pandsa"]


def test_resolve_names_the_package_that_does_not_build(index: PackageIndex, tmp_path: Path) -> None:
    index.add_sdist("needy", "1.0", "raise SystemExit('no compiler here')")
    index.add_wheel("setuptools", "80.0")

    error = refused(tmp_path, Requirement("needy"))

    assert error.code is ErrorCode.LOCK_BUILD_FAILED
    assert isinstance(error, OutsideFailedError)
    assert error.details["packages"] == ["needy"]


def test_resolve_suggests_the_package_that_is_meant(index: PackageIndex, tmp_path: Path) -> None:
    index.add_sdist("sklearn", "1.0", "raise SystemExit('deprecated')")
    index.add_wheel("setuptools", "80.0")

    error = refused(tmp_path, Requirement("sklearn"))

    assert error.hint == "Require scikit-learn instead of sklearn."


@pytest.mark.usefixtures("index")
def test_resolve_says_what_uv_said_when_it_refuses_to_start(tmp_path: Path) -> None:
    error = refused(tmp_path, Requirement("a"), target=Target(PYTHON, "amiga"))

    assert error.code is ErrorCode.LOCK_ENGINE_FAILED
    assert "amiga" in str(error.details["explanation"])


@pytest.mark.usefixtures("index")
def test_resolve_says_which_index_cannot_be_reached(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = f"http://{USER}:{PASSWORD}@127.0.0.1:9/simple"
    monkeypatch.setenv("UV_DEFAULT_INDEX", secret)
    monkeypatch.setenv("UV_HTTP_RETRIES", "0")

    error = refused(tmp_path, Requirement("a"))

    assert error.code is ErrorCode.LOCK_INDEX_UNREACHABLE
    assert isinstance(error, OutsideFailedError)
    assert error.details["index"] == "127.0.0.1:9"
    assert PASSWORD not in f"{error} {error.hint} {error.details}"


def test_resolve_says_that_the_index_wants_credentials(index: PackageIndex, tmp_path: Path) -> None:
    index.needs_password = True
    index.add_wheel("a", "1.0")

    error = refused(tmp_path, Requirement("a"))

    assert error.code is ErrorCode.LOCK_INDEX_UNREACHABLE
    assert "credentials" in error.message


@pytest.mark.parametrize("way", ["uv", "pip", "name"])
def test_resolve_shows_no_credentials_when_they_are_used(
    index: PackageIndex, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    index.needs_password = True
    index.add_wheel("a", "1.0")
    monkeypatch.delenv("UV_DEFAULT_INDEX")
    if way == "uv":
        monkeypatch.setenv("UV_DEFAULT_INDEX", index.secret_url)
    elif way == "pip":
        monkeypatch.setenv("PIP_INDEX_URL", index.secret_url)
    else:
        monkeypatch.setenv("UV_DEFAULT_INDEX", f"mine={index.simple_url}")
        monkeypatch.setenv("UV_INDEX_MINE_USERNAME", USER)
        monkeypatch.setenv("UV_INDEX_MINE_PASSWORD", PASSWORD)
    progress = FakeProgress()
    request = ResolveRequest((Requirement("a"),), HERE, "")

    resolution = resolver(tmp_path).resolve(request, progress, CancelSource())

    assert versions(resolution) == {"a": "1.0"}
    assert resolution.default_index.url == index.simple_url
    assert PASSWORD not in f"{resolution} {progress.lines} {progress.messages}"


def test_resolve_gives_an_index_up_that_does_not_answer(
    index: PackageIndex, tmp_path: Path
) -> None:
    index.add_wheel("a", "1.0")
    index.hanging.add("simple/a")
    request = ResolveRequest((Requirement("a"),), HERE, "")

    with pytest.raises(TimedOutError) as caught:
        resolver(tmp_path, index_timeout=2.0).resolve(request, FakeProgress(), CancelSource())

    assert caught.value.code is ErrorCode.LOCK_INDEX_UNREACHABLE
    assert "2 seconds" in caught.value.message


def test_resolve_fails_when_the_index_cuts_its_answer_off(
    index: PackageIndex, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("UV_HTTP_RETRIES", "0")
    index.add_wheel("a", "1.0")
    index.cut_off.add("simple/a")

    error = refused(tmp_path, Requirement("a"))

    assert isinstance(error, OutsideFailedError)


def test_resolve_gives_up_when_the_whole_takes_too_long(
    index: PackageIndex, tmp_path: Path
) -> None:
    index.add_wheel("a", "1.0")
    index.hanging.add("simple/a")
    request = ResolveRequest((Requirement("a"),), HERE, "")

    with pytest.raises(TimedOutError) as caught:
        resolver(tmp_path, timeout=1.0).resolve(request, FakeProgress(), CancelSource())

    assert caught.value.code is ErrorCode.LOCK_TIMED_OUT


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for temporary files of the test's own."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def test_resolve_leaves_no_process_and_no_file_when_cancelled(
    index: PackageIndex, tmp_path: Path, temporary: Path
) -> None:
    index.add_wheel("a", "1.0")
    index.hanging.add("simple/a")
    cancel = CancelSource()
    moments: list[float] = []

    def cancel_when_asked() -> None:
        index.asked.wait(30)
        moments.append(time.monotonic())
        cancel.cancel()

    thread = threading.Thread(target=cancel_when_asked)
    thread.start()
    request = ResolveRequest((Requirement("a"),), HERE, "")

    with pytest.raises(CancelledError):
        resolver(tmp_path).resolve(request, FakeProgress(), cancel)

    assert time.monotonic() - moments[0] < 2
    thread.join()
    assert [*temporary.iterdir()] == []
    assert running_with_argument(str(temporary)) == []


def test_resolve_says_that_uv_was_killed_and_leaves_nothing(
    index: PackageIndex, tmp_path: Path, temporary: Path
) -> None:
    index.add_wheel("a", "1.0")
    index.hanging.add("simple/a")

    def kill_when_asked() -> None:
        index.asked.wait(30)
        for pid in running_with_argument(str(temporary)):
            os.kill(pid, signal.SIGKILL)

    thread = threading.Thread(target=kill_when_asked)
    thread.start()

    with pytest.raises(OutsideFailedError, match="SIGKILL") as caught:
        resolve(tmp_path, Requirement("a"))

    thread.join()
    assert caught.value.code is ErrorCode.LOCK_ENGINE_FAILED
    assert [*temporary.iterdir()] == []
    assert running_with_argument(str(temporary)) == []
    index.hanging.clear()
    assert versions(resolve(tmp_path, Requirement("a"))) == {"a": "1.0"}


def test_resolve_leaves_no_file_when_it_succeeds(
    index: PackageIndex, tmp_path: Path, temporary: Path
) -> None:
    index.add_wheel("a", "1.0")

    resolve(tmp_path, Requirement("a"))

    assert [*temporary.iterdir()] == []


@pytest.mark.usefixtures("index")
def test_resolve_says_that_there_is_no_place_for_its_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "gone"))

    error = refused(tmp_path, Requirement("a"))

    assert error.code is ErrorCode.LOCK_ENGINE_FAILED
    assert "TMPDIR" in error.hint


def test_resolve_contacts_an_unverified_index_only_when_it_is_told_to(
    index: PackageIndex, tmp_path: Path
) -> None:
    index.add_wheel("a", "1.0")
    own = Index("internal", index.simple_url, verify_ssl=False)

    resolution = resolve(tmp_path, Requirement("a"), indexes=(own,))

    assert versions(resolution) == {"a": "1.0"}


def test_existing_knows_what_the_index_has(index: PackageIndex, tmp_path: Path) -> None:
    index.add_wheel("wheel", "1.0", ["never-asked-for"])
    index.add_sdist("source", "1.0", "raise SystemExit('must not run')")
    names = frozenset({"wheel", "source", "gone", "lost", "-r secrets.txt"})
    port = UvIndex(tmp_path, timeout=20.0)

    assert port.existing(names, CancelSource()) == {"wheel", "source"}
    assert port.existing(frozenset({"wheel"}), CancelSource()) == {"wheel"}
    assert port.existing(frozenset({"gone"}), CancelSource()) == frozenset()
    assert port.existing(frozenset(), CancelSource()) == frozenset()
    assert not any("never-asked-for" in line for line in index.requests)


def test_existing_raises_when_the_index_does_not_answer(
    index: PackageIndex, tmp_path: Path
) -> None:
    index.hanging.add("simple/a")

    with pytest.raises(TimedOutError) as caught:
        UvIndex(tmp_path, timeout=2.0).existing(frozenset({"a"}), CancelSource())

    assert caught.value.code is ErrorCode.LOCK_INDEX_UNREACHABLE


def test_default_index_has_no_credentials(
    index: PackageIndex, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("UV_DEFAULT_INDEX", index.secret_url)

    found = UvIndex(tmp_path, timeout=20.0).default_index()

    assert found == Index("pypi", index.simple_url)


@pytest.mark.usefixtures("index")
def test_default_index_says_when_uv_does_not_tell(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("UV_INDEX_STRATEGY", "none that uv knows")

    with pytest.raises(OutsideFailedError, match="default"):
        UvIndex(tmp_path, timeout=20.0).default_index()


@pytest.fixture
def no_uv(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """No uv package, nor its program in an environment; the folder that is ``PATH``."""
    uv_program._find_uv.cache_clear()
    monkeypatch.setitem(sys.modules, "uv", None)
    monkeypatch.setattr(sys, "prefix", sys.base_prefix)
    monkeypatch.setenv("PATH", str(tmp_path))
    yield tmp_path
    uv_program._find_uv.cache_clear()


def test_find_uv_takes_the_program_on_the_path_when_the_package_is_missing(no_uv: Path) -> None:
    program = no_uv / "uv"
    program.write_text("#!/no/such/interpreter\n")
    program.chmod(0o755)

    assert uv_program.find_uv() == str(program)
    with pytest.raises(ToolMissingError):
        UvIndex(no_uv, timeout=1.0).default_index()


def test_missing_says_how_to_install_uv(no_uv: Path) -> None:
    hint = resolver(no_uv).missing()

    assert hint is not None
    assert "uv" in hint


def test_missing_is_none_when_uv_is_there(tmp_path: Path) -> None:
    assert resolver(tmp_path).missing() is None
