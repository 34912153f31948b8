"""What ``aidevsecops examples`` does."""

from __future__ import annotations

import msgspec

from ..app.copy_examples import copy_examples
from ..jobs.cancel import CancelSource
from . import render
from .batch import cancelled_by_signals
from .screen import echo
from .workspace import Workspace


def run_examples(folder: str, *, is_json: bool) -> None:
    """Copy the examples, and say where they are."""
    place = Workspace.current().place_of(folder)
    cancel = CancelSource()
    with cancelled_by_signals(cancel):
        copied = copy_examples(place.path, place.services.example_ports(), cancel)
    if is_json:
        render.print_json(msgspec.to_builtins(copied))
        return
    echo(f"The examples are in {place.shown(copied.folder)}.")
    if copied.problem:
        echo(f"They are no Git repository, which releases need: {copied.problem}")
    echo(f"Begin with: aidevsecops discover {place.shown(copied.notebook)}")
