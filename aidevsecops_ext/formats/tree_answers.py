"""Dependency trees as the JSON that both faces answer with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .answers import target_json

if TYPE_CHECKING:
    from ..domain.json_value import Json
    from ..domain.tree import DependencyTree, Need, TreePackage


def tree_json(path: str, tree: DependencyTree) -> dict[str, Json]:
    """The tree of one notebook."""
    return {
        "notebook": path,
        "target": target_json(tree.target),
        "packages": [tree_package_json(package) for package in tree.packages],
        "notes": [*tree.notes],
    }


def tree_package_json(package: TreePackage) -> dict[str, Json]:
    """One package of it."""
    return {
        "name": package.name,
        "version": package.version,
        "dev": package.is_dev,
        "direct": package.is_direct,
        "why": [*package.why],
        "required_by": [_edge(need.parent, need) for need in package.required_by],
        "requires": [_edge(need.child, need) for need in package.requires],
    }


def _edge(name: str | None, need: Need) -> Json:
    return {
        "name": name,
        "specifier": need.specifier,
        "markers": need.markers,
        "extras": [*need.extras],
    }
