from __future__ import annotations

from aidevsecops_ext.domain.lock import LockedPackage
from aidevsecops_ext.domain.target import Target
from aidevsecops_ext.domain.tree import DependencyTree, Need, build_tree

LOCKED = (
    LockedPackage("Web", "1"),
    LockedPackage("escape", "2"),
    LockedPackage("templates", "3"),
    LockedPackage("tool", "4", is_dev=True),
)
NEEDS = (
    Need(None, "web", ">=1"),
    Need("web", "templates", ">=2"),
    Need("templates", "escape", "<3"),
    Need("web", "escape"),
    Need(None, "tool"),
)


def tree(*needs: Need, locked: tuple[LockedPackage, ...] = LOCKED) -> DependencyTree:
    return DependencyTree(Target("3.11"), build_tree(locked, needs))


def test_build_tree_says_who_asks_for_each_package() -> None:
    found = tree(*NEEDS)

    escape = found.find("escape")
    assert [package.name for package in found.packages] == ["escape", "templates", "tool", "web"]
    assert escape is not None
    assert escape.required_by == (Need("templates", "escape", "<3"), Need("web", "escape"))
    assert [package.is_direct for package in found.packages] == [False, False, True, True]
    assert [package.is_dev for package in found.packages] == [False, False, True, False]


def test_build_tree_finds_a_shortest_way_to_each_package() -> None:
    found = tree(*NEEDS)

    ways = {package.name: package.why for package in found.packages}
    assert ways == {
        "web": ("web",),
        "tool": ("tool",),
        "templates": ("web", "templates"),
        "escape": ("web", "escape"),
    }


def test_build_tree_finds_no_way_when_packages_only_ask_for_each_other() -> None:
    found = tree(Need("web", "templates"), Need("templates", "web"))

    assert [package.why for package in found.packages] == [(), (), (), ()]


def test_build_tree_leaves_out_what_is_not_locked() -> None:
    found = tree(Need("web", "gone"), Need("gone", "web"), Need(None, "gone"))

    assert [package.required_by + package.requires for package in found.packages] == [()] * 4
    assert found.find("gone") is None


def test_build_tree_counts_a_package_once_when_it_is_locked_in_both_groups() -> None:
    both = (LockedPackage("web", "1", is_dev=True), LockedPackage("web", "1"))

    [package] = tree(Need(None, "web"), Need(None, "web"), locked=(*both, both[0])).packages

    assert not package.is_dev
    assert package.required_by == (Need(None, "web"),)
