"""What the routes of packages do, in a worker thread."""

from __future__ import annotations

from collections.abc import Mapping

from ..app.ports import CancelToken
from ..domain.errors import ErrorCode, NotFoundError
from ..domain.json_value import Json
from ..domain.names import canonicalize_name
from .backstage import Backstage
from .notebook_calls import default_target

Body = dict[str, Json]


def search(backstage: Backstage, query: str, limit: str | None, cancel: CancelToken) -> Body:
    """The exact name, where an index has it."""
    del limit
    name = canonicalize_name(query)
    found = backstage.services.index.existing(frozenset({name}), cancel)
    return {
        "query": name,
        "packages": [{"name": one, "match": "exact"} for one in found],
        "complete": False,
        "indexes": [],
    }


def describe(
    backstage: Backstage, name: str, choice: Mapping[str, str | None], cancel: CancelToken
) -> Body:
    """The package, where an index has it."""
    del choice
    services = backstage.services
    key = canonicalize_name(name)
    if not services.index.existing(frozenset({key}), cancel):
        raise NotFoundError(
            ErrorCode.LOCK_PACKAGE_NOT_FOUND,
            f"No package index has a package '{key}'.",
            hint="Check its name.",
        )
    target = default_target(services)
    return {
        "name": key,
        "index": services.index.default_index().url,
        "summary": None,
        "target": {
            "python_version": target.python_version,
            "platform": target.platform,
            "universal": target.is_universal,
            "description": target.describe(),
        },
        "latest": None,
        "versions": [],
    }
