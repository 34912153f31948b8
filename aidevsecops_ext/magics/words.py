"""The words of a magic as the terminal would have them: with the notebook that they are for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from msgspec import Struct

from ..cli.main import main

if TYPE_CHECKING:
    from collections.abc import Sequence

_NOTEBOOK_PARAMETERS = ("notebooks", "notebook", "what")
_WRITERS = frozenset({"requirements", "lock", "convert", "import", "install"})
_CHANGES = ("add", "remove", "index")
_HELP = frozenset({"-h", "--help"})


class Call(Struct, frozen=True):
    """A command; ``named`` are the notebooks that its words name.

    ``place`` is where the notebook belongs among the words when they name none; None when the
    command takes none, or names some.
    """

    words: tuple[str, ...]
    place: int | None = None
    named: tuple[str, ...] = ()
    is_writing: bool = False

    def with_notebook(self, path: str) -> tuple[str, ...]:
        """The words with the notebook where it belongs."""
        if self.place is None:
            return self.words
        return (*self.words[: self.place], path, *self.words[self.place :])


def read_call(words: Sequence[str]) -> Call:
    """What the words ask for; words that make no command ask for nothing of a notebook."""
    command: click.Command = main
    depth = 0
    with click.Context(main) as context:
        while isinstance(command, click.Group) and depth < len(words):
            found = command.get_command(context, words[depth])
            if found is None:
                return Call(tuple(words))
            command, depth = found, depth + 1
    parameter = next((p.name for p in command.params if p.name in _NOTEBOOK_PARAMETERS), None)
    if isinstance(command, click.Group) or parameter is None or _HELP & set(words):
        return Call(tuple(words))
    # Only looked at: what is wrong with the words is said when they are run.
    given = command.make_context(words[depth - 1], [*words[depth:]], resilient_parsing=True).params
    named = given.get(parameter) or ()
    is_writing = command.name in _WRITERS and not given.get("dry_run")
    if command.name == "requirements":
        is_writing = is_writing and any(given.get(change) for change in _CHANGES)
    return Call(
        words=tuple(words),
        place=None if named else depth,
        named=(named,) if isinstance(named, str) else tuple(named),
        is_writing=is_writing,
    )
