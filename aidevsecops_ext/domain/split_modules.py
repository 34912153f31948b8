"""The modules that a step needs: those of its code, and those that its inputs are made of."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from .imports import ImportedModule, UnreadableCodeError, salvaged_imports, third_party_imports
from .ipython import read_cell
from .late_patterns import late_pattern
from .split_bindings import Bound
from .split_plots import MATPLOTLIB

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from .split import Fragment
    from .split_bindings import Binding

_MAGIC = late_pattern(r"^[ \t]*%matplotlib\b", re.MULTILINE)


def modules_of(
    imports: Sequence[Fragment],
    code: Sequence[str],
    inputs: Iterable[Binding],
    *,
    draws_pictures: bool = False,
) -> tuple[ImportedModule, ...]:
    """What the step imports anywhere in its code, and what it has to have to read its inputs.

    What draws pictures with matplotlib, or asks for it with ``%matplotlib``, has to have it too.
    """
    found: dict[tuple[str, tuple[str, ...], bool], ImportedModule] = {}
    texts = [fragment.source for fragment in imports]
    texts += [source for source in code if "import" in source or "%" in source]
    texts += [_import_of(each) for each in inputs if each.kind is Bound.IMPORT]
    if draws_pictures or any(_MAGIC.search(source) for source in code):
        texts.append(f"import {MATPLOTLIB}")
    for text in texts:
        for module in _imports(text):
            found.setdefault((module.module, module.names, module.is_optional), module)
    return tuple(
        found[key] for key in sorted(found) if not key[2] or (key[0], key[1], False) not in found
    )


@lru_cache(maxsize=4096)
def _imports(text: str) -> tuple[ImportedModule, ...]:
    python = read_cell(text).python
    try:
        return third_party_imports(python)
    except UnreadableCodeError:
        return salvaged_imports(python)


def _import_of(binding: Binding) -> str:
    """The import without the names that it takes out of the module."""
    return f"import {binding.imported.module}" if binding.imported else ""
