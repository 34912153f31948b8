"""``.thoth.yaml`` as it is handed to thamos and kept in notebooks: strict, with one environment.

Files in repositories are read leniently; what is written here fits the format's own schema.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct

from .thoth_yaml import load_thoth_yaml, text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ..domain.json_value import Json

_HOST = re.compile(r"(?i)(\[[0-9a-f:]{2,39}\]|[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?)(:\d{1,5})?")
_PLAIN = (
    "cuda_version",
    "cudnn_version",
    "mkl_version",
    "openblas_version",
    "openmpi_version",
    "platform",
    "base_image",
)
_NUMBERS = ("cpu_family", "cpu_model")
_FALSE = frozenset({"false", "no", "off"})
_NOT_IN_NAMES = re.compile(r"[^a-zA-Z0-9_-]+")


class ThothService(Struct, frozen=True):
    """The service that a ``.thoth.yaml`` names, as it is written there."""

    host: str | None = None
    verify_tls: bool = True


def read_service(text: str) -> ThothService:
    """The service that the file names.

    Raises:
        UserError: it is not YAML, or not a table.
    """
    document = load_thoth_yaml(text)
    verify = text_of(document, "tls_verify") or "true"
    return ThothService(text_of(document, "host"), verify.lower() not in _FALSE)


def host_of(text: str) -> str | None:
    """The host, with its port if it has one, that a text or address names; None if it is none."""
    host = re.sub(r"(?i)^https://", "", text.strip()).rstrip("/")
    return host if _HOST.fullmatch(host) else None


def environment_entry(text: str, name: str) -> dict[str, Json]:
    """What the file says of that runtime environment, with values of the right kinds.

    Raises:
        UserError: it is not YAML, or not a table.
    """
    entries = load_thoth_yaml(text).get("runtime_environments")
    for entry in entries if isinstance(entries, list) else []:
        if isinstance(entry, dict) and text_of(entry, "name") == name:
            return _strict(entry)
    return {"name": name}


def thoth_config(
    service: ThothService, entry: Mapping[str, Json], labels: Iterable[tuple[str, str]] = ()
) -> dict[str, Json]:
    """A whole ``.thoth.yaml`` that holds one runtime environment, with further labels."""
    environment: dict[str, Json] = {**entry, "name": allowed_name(entry)}
    known = environment.get("labels")
    all_labels = {**(known if isinstance(known, dict) else {}), **dict(labels)}
    if all_labels:
        environment["labels"] = all_labels
    return {
        "host": service.host,
        "tls_verify": service.verify_tls,
        "requirements_format": "pipenv",
        "runtime_environments": [environment],
    }


def allowed_name(entry: Mapping[str, Json]) -> str:
    """The environment's name without the characters that Thoth does not allow."""
    return _NOT_IN_NAMES.sub("-", text_of(entry, "name") or "default")


def with_operating_system(
    config: Mapping[str, Json], name: str | None, version: str | None
) -> dict[str, Json]:
    """The configuration for environments of that operating system."""
    entries = config["runtime_environments"]
    system: dict[str, Json] = {"name": name, "version": version}
    return {
        **config,
        "runtime_environments": [
            {**entry, "operating_system": system}
            for entry in (entries if isinstance(entries, list) else [])
            if isinstance(entry, dict)
        ],
    }


def _strict(entry: Mapping[str, Json]) -> dict[str, Json]:
    kept: dict[str, Json] = {"name": text_of(entry, "name")}
    system = _table(entry, "operating_system")
    if system:
        kept["operating_system"] = {key: text_of(system, key) for key in ("name", "version")}
    for key in _PLAIN:
        value = text_of(entry, key)
        if value is not None:
            kept[key] = value
    hardware = _hardware(_table(entry, "hardware"))
    if hardware:
        kept["hardware"] = hardware
    labels = _table(entry, "labels")
    if labels:
        kept["labels"] = {key: value for key, value in labels.items() if isinstance(value, str)}
    return kept


def _hardware(table: Mapping[str, Json]) -> dict[str, Json]:
    kept: dict[str, Json] = {}
    for key in _NUMBERS:
        value = text_of(table, key)
        if value is not None and value.isdecimal():
            kept[key] = int(value)
    gpu = text_of(table, "gpu_model")
    return kept if gpu is None else {**kept, "gpu_model": gpu}


def _table(entry: Mapping[str, Json], key: str) -> Mapping[str, Json]:
    value = entry.get(key)
    return value if isinstance(value, dict) else {}
