"""What a statement may be about, told fast: who looks closer does so for the few with a sign.

Where a sign is missing, a closer look surely finds nothing. Most statements have none, and nearly
all calls of a notebook are of few functions.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from .split_dynamic import call_moves_imports, dynamic_call
from .split_files import is_of_files
from .split_paths import gives_path
from .split_random import is_fitting_call
from .split_settings import changed_holder, module_set_by

if TYPE_CHECKING:
    from .flow_facts import Statement

_MANY = 4096
"""Of so many functions the signs are kept: a notebook calls few, and those often."""

DYNAMIC, MOVES, FILES, PATHS, SETS, FITS = 1, 2, 4, 8, 16, 32
"""Code that nobody sees through, imports that find something else, files, paths, settings, models
that are fitted."""

_EVERY = DYNAMIC | MOVES | FILES | PATHS | SETS | FITS
_WORDS = (
    ("get_ipython", _EVERY),
    ("run_line_magic", _EVERY),
    (".user_ns", DYNAMIC),
    ("sys.path", MOVES),
    ("os.environ", MOVES),
    ("getLogger", SETS),
    ("getcontext", SETS),
)


def signs_of(statement: Statement) -> int:
    """The signs that a statement has, by what it calls and the words in it."""
    if statement.magics:
        return _EVERY
    signs = 0
    for call in statement.calls:
        signs |= _signs_of_call(call.callee, call.target)
    source = statement.source
    for word, meant in _WORDS:
        if word in source:
            signs |= meant
    return signs


@lru_cache(_MANY)
def _signs_of_call(callee: str, target: str) -> int:
    sets = module_set_by(target) is not None or changed_holder(target) is not None
    return (
        DYNAMIC * (dynamic_call(target or callee) is not None)
        | MOVES * call_moves_imports(target)
        | FILES * is_of_files(callee, target)
        | PATHS * gives_path(callee, target)
        | SETS * sets
        | FITS * is_fitting_call(callee, target)
    )
