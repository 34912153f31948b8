"""What the routes of configuration files do, in a worker thread."""

from __future__ import annotations

from posixpath import join, normpath
from typing import TYPE_CHECKING, cast

from ..app.edit_configuration import (
    ConfigurationEdit,
    draft_configuration,
    read_configuration,
    write_configuration,
)
from ..domain.configuration import ConfigurationKind
from ..formats.configuration_answers import draft_json, file_json
from .repository_calls import invalid

if TYPE_CHECKING:
    from .backstage import Backstage
    from .repository_calls import Body


def read(backstage: Backstage, folder: str, kind: str) -> Body:
    """A file as it is."""
    path = _path(backstage, folder, kind)
    services = backstage.services
    found = read_configuration(path, services.as_written, services.schema_of)
    return {**file_json(found, path), "schema": {**services.schema_of(found.report.kind)}}


def preview(backstage: Backstage, body: Body) -> Body:
    """A file as it would be."""
    edit = _edit(backstage, body)
    services = backstage.services
    return draft_json(draft_configuration(edit, services.as_written, services.schema_of), edit.path)


def write(backstage: Backstage, body: Body) -> Body:
    """A file as it was written."""
    edit = _edit(backstage, body)
    services = backstage.services
    return draft_json(write_configuration(edit, services.as_written, services.schema_of), edit.path)


def _edit(backstage: Backstage, body: Body) -> ConfigurationEdit:
    path = _path(backstage, cast("str", body["folder"]), cast("str", body["kind"]))
    return ConfigurationEdit(path, cast("Body", body["values"]), cast("str", body["revision"]))


def _path(backstage: Backstage, folder: str, kind: str) -> str:
    """The file in a folder; its own name is hidden, which the folder's may not be."""
    kinds = {each.value: each for each in ConfigurationKind}
    if kind not in kinds:
        raise invalid("kind", f"must be one of: {', '.join(kinds)}")
    return normpath(join(backstage.paths.check(folder), kinds[kind].file))
