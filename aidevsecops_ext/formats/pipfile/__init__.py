"""Pipfiles and their locks as JSON objects, as notebooks carry them."""

from .digest import hash_of, is_hash_of
from .edits import (
    empty_pipfile,
    with_index,
    with_requirement,
    with_requirements,
    without_backend_indexes,
    without_requirement,
)
from .entries import indexes_of, names_of, requirements_of
from .files import lockfile_text, pipfile_text, read_pipfile, with_python
from .kept import with_missing
from .lockfile import lock_of, lockfile_of
from .secrets import retied, shown_lockfile, without_secrets
from .staleness import changes_since_lock, contradicted

__all__ = [
    "changes_since_lock",
    "contradicted",
    "empty_pipfile",
    "hash_of",
    "indexes_of",
    "is_hash_of",
    "lock_of",
    "lockfile_of",
    "lockfile_text",
    "names_of",
    "pipfile_text",
    "read_pipfile",
    "requirements_of",
    "retied",
    "shown_lockfile",
    "with_index",
    "with_missing",
    "with_python",
    "with_requirement",
    "with_requirements",
    "without_backend_indexes",
    "without_requirement",
    "without_secrets",
]
