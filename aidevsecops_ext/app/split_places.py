"""Where the steps of a notebook leave things."""

from __future__ import annotations

from posixpath import basename, dirname, join

ARTIFACTS = "artifacts"
"""The folder beside the notebook that its steps leave their variables in."""


def stem_of(path: str) -> str:
    """The name of a notebook without its ending, as the names of its files begin."""
    return basename(path).removesuffix(".ipynb")


def artifacts_of(path: str) -> str:
    """The folder that the steps of the notebook at ``path`` leave their variables in."""
    return join(dirname(path), ARTIFACTS, stem_of(path))
