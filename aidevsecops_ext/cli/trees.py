"""The command that shows why packages are locked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from msgspec import Struct

from ..app.open_notebook import open_notebook
from ..app.show_tree import TreePorts, TreeRequest, show_tree
from ..domain.errors import ErrorCode, NotFoundError
from ..domain.names import canonicalize_name
from ..formats.tree_answers import tree_json, tree_package_json
from . import render
from .batch import run_each
from .exit_codes import DONE
from .progress import progress_board
from .reading import entry_json
from .render_trees import print_tree, print_why
from .workspace import NamedNotebook, Workspace

if TYPE_CHECKING:
    from ..app.ports import CancelToken
    from ..domain.json_value import Json
    from ..domain.tree import DependencyTree, TreePackage
    from .entries import Entry


class TreeOptions(Struct, frozen=True):
    """Whose tree to show, or which package of it; ``trusted`` are addresses of indexes."""

    names: tuple[str, ...]
    package: str | None = None
    trusted: tuple[str, ...] = ()
    is_json: bool = False


def run_tree(options: TreeOptions) -> None:
    """Answer the trees of notebooks, or why one package is in them."""
    workspace = Workspace.current()

    def on_entry(entry: Entry[DependencyTree]) -> None:
        if options.is_json:
            return
        if entry.error is not None:
            render.print_error(entry.error, entry.notebook.shown)
        elif options.package is None:
            print_tree(entry.notebook.shown, entry.answer)
        else:
            print_why(entry.notebook.shown, entry.answer, _find(entry.answer, options.package))

    with progress_board(is_quiet=options.is_json, is_verbose=False) as board:

        def work(notebook: NamedNotebook, cancel: CancelToken) -> DependencyTree:
            services = notebook.services
            opened = open_notebook(notebook.path, services.files)
            request = TreeRequest(
                notebook.path,
                opened.notebook,
                (*services.settings.trusted_indexes, *options.trusted),
            )
            ports = TreePorts(
                services.files,
                services.index,
                services.package_needs,
                services.default_python,
                services.platform,
            )
            tree = show_tree(request, ports, board.of(notebook.shown), cancel)
            if options.package is not None:
                _find(tree, options.package)
            return tree

        notebooks = workspace.find(options.names)
        entries = run_each(notebooks, work, on_entry, workspace.settings.heavy_jobs)
    if options.is_json:
        values = [
            entry_json(entry, lambda shown, tree: _json(shown, tree, options)) for entry in entries
        ]
        render.print_json(values[0] if workspace.is_one(options.names) else values)
    click.get_current_context().exit(max((DONE, *(entry.exit_code for entry in entries))))


def _find(tree: DependencyTree, name: str) -> TreePackage:
    package = tree.find(canonicalize_name(name))
    if package is None:
        raise NotFoundError(
            ErrorCode.TREE_NOT_LOCKED,
            f"The lock has no package '{name}'.",
            hint="Check its name; --tree shows all of them.",
        )
    return package


def _json(shown: str, tree: DependencyTree, options: TreeOptions) -> Json:
    if options.package is None:
        return tree_json(shown, tree)
    package = tree_package_json(_find(tree, options.package))
    return {"notebook": shown, **package, "notes": [*tree.notes]}
