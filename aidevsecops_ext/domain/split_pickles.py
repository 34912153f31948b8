"""What is in the files that a notebook pickles itself: who reads one needs what it is made of.

After ``joblib.dump(model, "model.pkl")`` a step with ``joblib.load("model.pkl")`` needs all that
``model`` is made of, though its code names none of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .flow_facts import Statement
    from .split_made import Leaves
    from .split_shell import FileUse

_PICKLERS = frozenset({"cloudpickle", "dill", "joblib", "pickle", "skops", "torch"})
_NOTHING: Leaves = frozenset()


class Pickles:
    """Follows from statement to statement what the values in pickled files are made of."""

    def __init__(self) -> None:
        self._held: dict[str | None, Leaves] = {}

    def run(self, statement: Statement, uses: Sequence[FileUse], made: Leaves) -> Leaves:
        """What the files are made of that the statement loads; ``made`` is what it reads."""
        if not any(_is_pickler(call.target or call.callee) for call in statement.calls):
            return _NOTHING
        loaded = _NOTHING.union(*(self._in(use.path) for use in uses if not use.is_written))
        for use in uses:
            if use.is_written:
                self._held[use.path] = self._held.get(use.path, _NOTHING) | made | loaded
        return loaded

    def _in(self, path: str | None) -> Leaves:
        """What may be in a file; one whose path nobody knows may be any of them."""
        if path is None:
            return _NOTHING.union(*self._held.values())
        return self._held.get(path, _NOTHING) | self._held.get(None, _NOTHING)


def _is_pickler(target: str) -> bool:
    return target.partition(".")[0] in _PICKLERS or target.endswith(("to_pickle", "read_pickle"))
