"""What a repository says to uv is shown, and counts once somebody agreed to it."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from aidevsecops_ext.adapters.index_addresses import IndexAddresses
from aidevsecops_ext.adapters.uv import UvResolver
from aidevsecops_ext.adapters.uv_index import UvIndex
from aidevsecops_ext.app.ports import Resolution, ResolveRequest
from aidevsecops_ext.domain.errors import AidevsecopsError, ErrorCode, RefusedError
from aidevsecops_ext.domain.requirements import Requirement
from aidevsecops_ext.domain.target import Target
from tests.fakes.cancel import FakeCancelToken
from tests.fakes.progress import FakeProgress
from tests.kits.package_index import PackageIndex, serve

pytestmark = pytest.mark.needs_uv

PYTHON = f"{sys.version_info.major}.{sys.version_info.minor}"
FOLDER = "repository/notebooks"


@pytest.fixture
def theirs() -> Iterator[PackageIndex]:
    """The index of whoever wrote the repository."""
    with serve(PackageIndex()) as served:
        served.add_wheel("needed", "6.6.6")
        yield served


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with a folder of notebooks."""
    (tmp_path / FOLDER).mkdir(parents=True)
    return tmp_path / "repository"


def resolve(root: Path, *agreed: str) -> Resolution:
    """What is resolved for a notebook of the repository."""
    request = ResolveRequest((Requirement("needed"),), Target(PYTHON), FOLDER, agreed=agreed)
    resolver = UvResolver(root, timeout=60.0, index_timeout=20.0)
    return resolver.resolve(request, FakeProgress(), FakeCancelToken())


def versions(resolution: Resolution) -> list[str]:
    return [package.version for package in resolution.packages]


@pytest.mark.parametrize(
    "case",
    [
        ("uv.toml", "index-url = '{url}'"),
        ("notebooks/uv.toml", "extra-index-url = ['{url}']"),
        ("uv.toml", "[[index]]\nurl = '{url}'\ndefault = true"),
        ("pyproject.toml", "[tool.uv]\nindex-url = '{url}'"),
        ("pyproject.toml", "[tool.\"\\u0075v\".pip]\nindex-url = '{url}'"),
        ("notebooks/pyproject.toml", "[[tool.uv.index]]\nname = 'a'\nurl = '{url}'"),
    ],
)
def test_index_of_a_repository_is_shown_before_it_is_asked(
    index: PackageIndex,
    theirs: PackageIndex,
    repository: Path,
    monkeypatch: pytest.MonkeyPatch,
    case: tuple[str, str],
) -> None:
    name, text = case
    index.add_wheel("needed", "1.0")
    (repository / name).write_text(text.replace("{url}", theirs.simple_url))

    with pytest.raises(RefusedError) as refused:
        resolve(repository.parent)

    assert refused.value.code is ErrorCode.LOCK_UNTRUSTED_INDEX
    shown = refused.value.details["indexes"]
    assert isinstance(shown, list)
    assert [index["url"] for index in shown if isinstance(index, dict)] == [theirs.simple_url]
    assert theirs.requests == []
    # Of two that are the first, the one of a variable counts.
    monkeypatch.delenv("UV_DEFAULT_INDEX")
    assert versions(resolve(repository.parent, f"{theirs.simple_url}/")) == ["6.6.6"]


def test_settings_that_a_workspace_takes_from_its_root_count_as_well(
    index: PackageIndex, theirs: PackageIndex, repository: Path
) -> None:
    del index
    (repository / "uv.toml").write_text(f"index-url = '{theirs.simple_url}'")
    root = "[project]\nname = 'r'\nversion = '1'\n[tool.uv.workspace]\nmembers = ['notebooks']\n"
    (repository / "pyproject.toml").write_text(root)
    member = "[project]\nname = 'm'\nversion = '1'\n[tool.uv]\nresolution = 'highest'\n"
    (repository / "notebooks" / "pyproject.toml").write_text(member)

    with pytest.raises(RefusedError):
        resolve(repository.parent)

    assert theirs.requests == []


@pytest.mark.parametrize(
    "text",
    [
        "allow-insecure-host = ['a.example']",
        "keyring-provider = 'subprocess'",
        "http-proxy = 'http://a.example:3128'",
        "cache-dir = '.cache'",
        "override-dependencies = ['needed @ http://a.example/needed-1-py3-none-any.whl']",
        "[pip]\noutput-file = 'written.txt'",
        "[pip]\nno-build-isolation = true",
        "x = { a = 1,\n }\nallow-insecure-host = ['a.example']",
    ],
)
def test_what_steers_uv_otherwise_needs_a_trusted_folder(
    index: PackageIndex, theirs: PackageIndex, repository: Path, text: str
) -> None:
    index.add_wheel("needed", "1.0")
    (repository / "uv.toml").write_text(text)

    with pytest.raises(RefusedError) as refused:
        resolve(repository.parent, theirs.simple_url)

    assert refused.value.code is ErrorCode.LOCK_UNTRUSTED_SETTINGS
    assert refused.value.hint is not None
    assert str(repository / "uv.toml") in refused.value.hint
    assert index.requests == []
    UvIndex(repository / "notebooks", timeout=20.0).default_index()
    assert not (repository / "notebooks" / "written.txt").exists()


def test_folder_is_trusted_as_the_hint_says(
    index: PackageIndex,
    theirs: PackageIndex,
    repository: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    index.add_wheel("needed", "1.0")
    monkeypatch.delenv("UV_DEFAULT_INDEX")
    Path(os.environ["HOME"]).mkdir(exist_ok=True)
    text = f"index-url = '{theirs.simple_url}'\nkeyring-provider = 'disabled'\n"
    (repository / "uv.toml").write_text(text)
    with pytest.raises(RefusedError) as refused:
        resolve(repository.parent)
    command = shlex.split(str(refused.value.hint).partition(": ")[2])

    subprocess.run(command, check=True)

    assert versions(resolve(repository.parent)) == ["6.6.6"]


def test_repository_cannot_trust_itself(
    index: PackageIndex, theirs: PackageIndex, repository: Path
) -> None:
    del index
    for words in (("init", "--quiet"), ("config", "aidevsecops.trusted", "*")):
        subprocess.run(("git", "-C", str(repository), *words), check=True)
    (repository / "uv.toml").write_text(f"index-url = '{theirs.simple_url}'")

    with pytest.raises(RefusedError):
        resolve(repository.parent)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("pyproject.toml", "[tool.uv]\npackage = false\ndev-dependencies = ['pytest']"),
        ("pyproject.toml", "[tool.ruff]\nline-length = 100"),
        ("uv.toml", "prerelease = 'if-necessary'\nconstraint-dependencies = ['a<2']"),
    ],
)
def test_usual_settings_of_a_project_need_no_agreement(
    index: PackageIndex, repository: Path, name: str, text: str
) -> None:
    index.add_wheel("needed", "1.0")
    (repository / name).write_text(text)

    assert versions(resolve(repository.parent)) == ["1.0"]


def test_own_file_in_the_home_counts_as_the_users(
    index: PackageIndex,
    theirs: PackageIndex,
    repository: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    del index
    monkeypatch.delenv("UV_DEFAULT_INDEX")
    monkeypatch.setenv("HOME", str(repository.parent))
    (repository.parent / "uv.toml").write_text(f"index-url = '{theirs.simple_url}'")

    assert versions(resolve(repository.parent)) == ["6.6.6"]


def test_who_only_asks_leaves_the_settings_of_a_repository_aside(
    index: PackageIndex, theirs: PackageIndex, repository: Path
) -> None:
    index.add_wheel("needed", "1.0")
    (repository / "uv.toml").write_text(f"index-url = '{theirs.simple_url}'")
    cancel = FakeCancelToken()
    asking = UvIndex(repository, timeout=20.0)

    found = asking.existing(frozenset({"needed", "missing"}), cancel)

    assert found == {"needed"}
    assert asking.default_index().url == index.simple_url
    known = IndexAddresses(repository, timeout=20.0).read(cancel)
    assert [address.url for address in known.addresses] == [index.simple_url]
    assert theirs.requests == []


def test_who_only_asks_asks_an_index_that_is_trusted(
    index: PackageIndex,
    theirs: PackageIndex,
    repository: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    del index
    monkeypatch.delenv("UV_DEFAULT_INDEX")
    (repository / "uv.toml").write_text(f"index-url = '{theirs.simple_url}'")
    agreed = (theirs.simple_url,)

    known = IndexAddresses(repository, timeout=20.0, agreed=agreed).read(FakeCancelToken())

    assert [address.url for address in known.addresses] == [theirs.simple_url]
    found = UvIndex(repository, timeout=20.0, agreed=agreed).default_index()
    assert found.url == theirs.simple_url


def test_folder_is_not_trusted_where_git_does_not_say_so(
    index: PackageIndex, repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    del index
    (repository / "uv.toml").write_text("keyring-provider = 'subprocess'")
    monkeypatch.setenv("PATH", "")

    with pytest.raises(AidevsecopsError) as refused:
        resolve(repository.parent)

    assert refused.value.code is ErrorCode.LOCK_UNTRUSTED_SETTINGS
