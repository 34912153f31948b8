"""What the routes of exports, imports and conversions do, in a worker thread."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, cast

from ..app.convert_installs import convert_installs
from ..app.export_environment import ExportPorts, ExportRequest, export_environment
from ..app.import_environment import import_environment
from ..domain.exchange import FileFormat, NamedText
from ..domain.json_value import Json
from ..formats.exchange_answers import conversion_json, export_json, import_json
from ..formats.notebook_json import parse_json

if TYPE_CHECKING:
    from ..app.ports import CancelToken
    from ..domain.notebook import Notebook
    from .backstage import Backstage

Body = dict[str, Json]


def export_open(backstage: Backstage, body: Body, cancel: CancelToken) -> Body:
    """The environment of a notebook, as the request holds it, as files."""
    path, notebook = _read_open(backstage, body)
    services = backstage.services
    file_format = FileFormat(cast("str", body["format"]))
    trusted = cast("list[str]", body.get("trust_indexes", []))
    request = ExportRequest(
        path=path,
        notebook=notebook,
        format=file_format,
        text=json.dumps(body["notebook"], indent=1, ensure_ascii=False) + "\n",
        beside=cast("dict[str, str]", body.get("beside", {})),
        trusted_indexes=(*services.settings.trusted_indexes, *trusted),
        default_python=services.default_python,
    )
    ports = ExportPorts(services.index, services.package_files, services.clock)
    return export_json(path, file_format.value, export_environment(request, ports, cancel))


def import_open(backstage: Backstage, body: Body) -> Body:
    """The edit that takes files over into a notebook as the request holds it."""
    path, notebook = _read_open(backstage, body)
    files = tuple(
        NamedText(cast("str", file["name"]), cast("str", file["text"]))
        for file in cast("list[Body]", body["files"])
    )
    return import_json(path, import_environment(notebook, files))


def convert_open(backstage: Backstage, body: Body) -> Body:
    """The edit that records what the cells of a notebook install."""
    path, notebook = _read_open(backstage, body)
    return conversion_json(path, convert_installs(notebook))


def _read_open(backstage: Backstage, body: Body) -> tuple[str, Notebook]:
    path = backstage.paths.check(cast("str", body["path"]))
    return path, parse_json(cast("Body", body["notebook"]), path)
