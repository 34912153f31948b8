"""Every module can be imported, also one that only types need."""

from __future__ import annotations

from importlib import import_module

import pytest

from .sources import PACKAGE, find_sources

_MODULES = [
    ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts)
    for path in find_sources("aidevsecops_ext", ".py")
    if path.name not in {"__init__.py", "__main__.py"}
]


@pytest.mark.parametrize("module", _MODULES)
def test_module_can_be_imported(module: str) -> None:
    assert import_module(module).__doc__
