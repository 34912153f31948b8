"""Local modules, found in real folders."""

from __future__ import annotations

from pathlib import Path

import pytest

from aidevsecops_ext.adapters.project_modules import RepositoryModules


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A root with a repository in it, and a secret beside the root."""
    root = tmp_path / "root"
    for path in (
        "outer.py",
        "repo/.git/HEAD",
        "repo/top.py",
        "repo/package/__init__.py",
        "repo/package/part.py",
        "repo/package/deep/more.py",
        "repo/src/lib/core.py",
        "repo/src/tool.py",
        "repo/work/nb.ipynb",
        "repo/work/beside.py",
        "repo/work/loose/one.py",
        "repo/work/layers/inner/two.py",
        "repo/work/datasets/raw/a.csv",
        "repo/work/both/three.py",
        "repo/both.py",
    ):
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text("")
    (tmp_path / "secret.py").write_text("")
    (root / "repo/work/linked.py").symlink_to(tmp_path / "secret.py")
    (root / "repo/work/within.py").symlink_to(root / "repo/top.py")
    return root


@pytest.mark.parametrize(
    ("module", "path"),
    [
        ("beside", "repo/work/beside.py"),
        ("top", "repo/top.py"),
        ("package", "repo/package/__init__.py"),
        ("package.part", "repo/package/part.py"),
        ("package.deep", "repo/package/deep"),
        ("package.deep.more", "repo/package/deep/more.py"),
        ("lib", "repo/src/lib"),
        ("lib.core", "repo/src/lib/core.py"),
        ("src.tool", "repo/src/tool.py"),
        ("tool", "repo/src/tool.py"),
        ("loose", "repo/work/loose"),
        ("loose.one", "repo/work/loose/one.py"),
        ("layers", "repo/work/layers"),
        ("both", "repo/both.py"),
        ("within", "repo/work/within.py"),
        (".beside", "repo/work/beside.py"),
        ("..top", "repo/top.py"),
        ("..package.part", "repo/package/part.py"),
        (".", "repo/work"),
        ("..package", "repo/package/__init__.py"),
        ("outer", None),
        ("datasets", None),
        ("numpy", None),
        ("package.missing", None),
        ("linked", None),
        ("....secret", None),
        ("not/a/name", None),
        ("a..b", None),
    ],
)
def test_find_gives_the_path_of_a_local_module(root: Path, module: str, path: str | None) -> None:
    modules = RepositoryModules(root)

    found = modules.find(module, "repo/work/nb.ipynb")

    assert found == path


def test_find_looks_up_to_the_root_when_there_is_no_repository(root: Path) -> None:
    (root / "plain").mkdir()

    found = RepositoryModules(root).find("outer", "plain/nb.ipynb")

    assert found == "outer.py"


def test_find_gives_nothing_when_the_importer_is_outside_the_root(root: Path) -> None:
    found = RepositoryModules(root).find("secret", "../nb.ipynb")

    assert found is None


def test_find_gives_nothing_when_the_importers_folder_leads_outside(root: Path) -> None:
    (root / "away").symlink_to(root.parent)

    found = RepositoryModules(root).find("secret", "away/nb.ipynb")

    assert found is None
