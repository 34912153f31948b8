"""The repository that a request names, for whatever is done with one."""

from __future__ import annotations

from posixpath import dirname
from typing import TYPE_CHECKING, cast

from msgspec import Struct

from ..domain.errors import ErrorCode, UserError
from ..domain.json_value import Json

if TYPE_CHECKING:
    from ..app.ports import CancelToken
    from ..wiring import Services
    from .backstage import Backstage

Body = dict[str, Json]


class Repository(Struct, frozen=True):
    """A repository: its path below the server's root, its name, and the services for it."""

    path: str
    name: str
    services: Services


def named_folder(backstage: Backstage, body: Body) -> str:
    """The folder that the request names, or that of the file that it names; else the root."""
    folder, path = cast("str | None", body.get("folder")), cast("str | None", body.get("path"))
    if folder is not None:
        return backstage.paths.check(folder)
    return "." if path is None else dirname(backstage.paths.check(path)) or "."


def find_repository(backstage: Backstage, body: Body, cancel: CancelToken) -> Repository:
    """The repository of the folder or the file that the request names, else of the root.

    What changes something has to name one: ``openapi.yaml`` sees to that.
    """
    inside = named_folder(backstage, body)
    found = backstage.services.repositories.find(inside, cancel)
    root = backstage.paths.root.resolve() / found
    return Repository(found, root.name, backstage.build(root, backstage.settings))


def invalid(field: str, complaint: str) -> UserError:
    """The error for a field of a request."""
    return UserError(
        ErrorCode.REQUEST_INVALID,
        f"The request is not valid: {field} {complaint}.",
        hint="See the reference of the REST interface.",
        details={"field": field},
    )
