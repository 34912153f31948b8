"""Where repositories are, below a root that must not be left."""

from __future__ import annotations

from pathlib import Path

import pytest

from aidevsecops_ext.adapters.git_places import RootedRepositories
from aidevsecops_ext.domain.errors import ErrorCode, RefusedError
from tests.fakes.cancel import FakeCancelToken
from tests.kits.git_repo import make_repo

pytestmark = pytest.mark.usefixtures("bare_git")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    made = tmp_path / "root"
    made.mkdir()
    return made


def find(root: Path, folder: str = ".") -> str:
    return RootedRepositories(root).find(folder, FakeCancelToken())


def refusal(root: Path, folder: str) -> str:
    with pytest.raises(RefusedError) as caught:
        find(root, folder)
    assert caught.value.code is ErrorCode.RELEASE_NO_REPOSITORY
    return caught.value.message


def test_repository_is_found_around_the_folder(root: Path) -> None:
    make_repo(root / "work/churn", {"notebooks/a.ipynb": "{}"})

    assert find(root, "work/churn/notebooks") == find(root, "work/churn") == "work/churn"


def test_repository_is_a_dot_when_it_is_the_root(root: Path) -> None:
    make_repo(root, {"docs/a.txt": ""})

    assert find(root) == find(root, "docs") == "."


def test_repository_is_found_when_the_root_is_a_link(root: Path, tmp_path: Path) -> None:
    make_repo(root / "churn", {})
    (tmp_path / "link").symlink_to(root)
    (root / "same").symlink_to(root / "churn")

    assert find(tmp_path / "link", "churn") == find(root, "same") == "churn"


def test_repository_is_refused_when_there_is_none(root: Path) -> None:
    (root / "plain").mkdir()

    assert refusal(root, "plain") == "The folder is in no Git repository."
    assert refusal(root, "missing") == "missing is no folder."


def test_repository_is_refused_when_it_begins_above_the_root(root: Path, tmp_path: Path) -> None:
    make_repo(tmp_path, {"root/plain/a.txt": ""})

    assert "'plain' is in is not below the server's root" in refusal(root, "plain")


def test_repository_is_refused_when_its_files_are_elsewhere(root: Path, tmp_path: Path) -> None:
    repo = make_repo(root / "churn", {"a.txt": ""})
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    repo.git("config", "core.worktree", str(elsewhere))

    assert "its files are elsewhere" in refusal(root, "churn")


def test_repository_is_refused_when_it_is_a_bare_one(root: Path) -> None:
    make_repo(root / "churn", {"a.txt": ""}).git("clone", "--bare", "--quiet", ".", "../bare")

    assert "bare" in refusal(root, "bare")
