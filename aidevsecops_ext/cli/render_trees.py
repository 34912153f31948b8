"""Dependency trees as text on the terminal."""

from __future__ import annotations

from collections.abc import Callable

from ..domain.tree import DependencyTree, Need, TreePackage
from .screen import echo, echo_styled

_SHOWN_BEFORE = " (*)"

Branches = Callable[[TreePackage], tuple[tuple[str | None, Need], ...]]


def print_tree(notebook: str, tree: DependencyTree) -> None:
    """Print what the notebook asks for, and below each package what it needs."""
    _print_head(notebook, tree)
    seen: set[str] = set()
    for package in tree.packages:
        for need in package.required_by:
            if need.parent is None:
                _print_branch(tree, package, need, (1, _children, seen))
    left = [package for package in tree.packages if not package.why]
    if left:
        echo("  asked for by nothing else:")
    for package in left:
        if package.name not in seen:
            _print_branch(tree, package, None, (2, _children, seen))


def print_why(notebook: str, tree: DependencyTree, package: TreePackage) -> None:
    """Print who asks for a package, and who for those, up to the notebook."""
    _print_head(notebook, tree)
    _print_branch(tree, package, None, (1, _parents, set()))
    if not package.required_by:
        echo("    nothing that is locked asks for it")


def _print_head(notebook: str, tree: DependencyTree) -> None:
    count = len(tree.packages)
    packages = f"{count} package{'' if count == 1 else 's'}"
    echo_styled(f"{notebook}: {packages} for {tree.target.describe()}", is_bold=True)
    for note in tree.notes:
        echo_styled(f"  note: {note}", fg="yellow")


def _children(package: TreePackage) -> tuple[tuple[str | None, Need], ...]:
    return tuple((need.child, need) for need in package.requires)


def _parents(package: TreePackage) -> tuple[tuple[str | None, Need], ...]:
    return tuple((need.parent, need) for need in package.required_by)


def _print_branch(
    tree: DependencyTree,
    package: TreePackage,
    need: Need | None,
    place: tuple[int, Branches, set[str]],
) -> None:
    """Print a package and what hangs on it; what was printed before is only named."""
    depth, branches, seen = place
    below = branches(package)
    is_known = package.name in seen and bool(below)
    seen.add(package.name)
    asked = f"  {_asked(need)}" if need is not None and _asked(need) else ""
    mark = _SHOWN_BEFORE if is_known else ""
    echo(f"{'  ' * depth}{package.name} {package.version}{asked}{mark}")
    for name, each in () if is_known else below:
        if name is None:
            echo(f"{'  ' * (depth + 1)}the notebook  {_asked(each)}".rstrip())
            continue
        other = tree.find(name)
        assert other is not None  # noqa: S101 (a tree has both ends of each need)
        _print_branch(tree, other, each, (depth + 1, branches, seen))


def _asked(need: Need) -> str:
    """What is asked for, in the words of a requirement."""
    extras = f"[{','.join(need.extras)}]" if need.extras else ""
    markers = f"; {need.markers}" if need.markers else ""
    words = f"{extras}{need.specifier}{markers}"
    return f"({words})" if words else ""
