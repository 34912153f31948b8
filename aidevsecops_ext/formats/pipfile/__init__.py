"""Pipfiles and their locks as JSON objects, as notebooks carry them."""

from .digest import hash_of, is_hash_of
from .edits import empty_pipfile, with_index, with_requirement, without_requirement
from .entries import requirements_of
from .lockfile import lock_of, lockfile_of

__all__ = [
    "empty_pipfile",
    "hash_of",
    "is_hash_of",
    "lock_of",
    "lockfile_of",
    "requirements_of",
    "with_index",
    "with_requirement",
    "without_requirement",
]
