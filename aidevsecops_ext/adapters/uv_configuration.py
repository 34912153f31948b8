"""Which index settings uv already has from its own files and variables."""

from __future__ import annotations

import os
import sys
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

from ..formats.toml_text import parse_toml

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ..domain.json_value import Json


class UvSetting(Enum):
    """A setting that pip has too: uv's keys, then its variables."""

    DEFAULT_INDEX = (("index-url",), ("UV_DEFAULT_INDEX", "UV_INDEX_URL"))
    INDEXES = (("extra-index-url",), ("UV_INDEX", "UV_EXTRA_INDEX_URL"))
    FIND_LINKS = (("find-links",), ("UV_FIND_LINKS",))
    NO_INDEX = (("no-index",), ())
    STRATEGY = (("index-strategy",), ("UV_INDEX_STRATEGY",))
    INSECURE_HOST = (("allow-insecure-host",), ("UV_INSECURE_HOST",))
    CERTIFICATES = (
        ("native-tls", "system-certs"),
        ("SSL_CERT_FILE", "SSL_CERT_DIR", "UV_NATIVE_TLS", "UV_SYSTEM_CERTS"),
    )
    CLIENT_CERTIFICATE = ((), ("SSL_CLIENT_CERT",))
    PROXY = (
        ("http-proxy", "https-proxy"),
        ("ALL_PROXY", "HTTPS_PROXY", "HTTP_PROXY", "all_proxy", "https_proxy", "http_proxy"),
    )


def uv_settings(environ: Mapping[str, str], folder: Path) -> frozenset[UvSetting]:
    """The settings that the user gave uv itself, for a command that runs in ``folder``."""
    found = {
        setting
        for setting in UvSetting
        if any(environ.get(variable) for variable in setting.value[1])
    }
    for options in _files(environ, folder):
        for table in (options, options.get("pip")):
            if isinstance(table, dict):
                found.update(_settings_in(table))
    return frozenset(found)


def configured_indexes(environ: Mapping[str, str], folder: Path) -> Iterator[tuple[str, str]]:
    """The address, as it is written, and the name of each index; most have no name."""
    for variable in UvSetting.DEFAULT_INDEX.value[1] + UvSetting.INDEXES.value[1]:
        for word in environ.get(variable, "").split():
            name, separator, url = word.partition("=")
            yield (url, name) if separator and "://" not in name else (word, "")
    for options in _files(environ, folder):
        for table in (options, options.get("pip")):
            if isinstance(table, dict):
                yield from _indexes_in(table)


def _indexes_in(table: Mapping[str, Json]) -> Iterator[tuple[str, str]]:
    indexes, extra = table.get("index"), table.get("extra-index-url")
    for index in indexes if isinstance(indexes, list) else []:
        if isinstance(index, dict):
            yield str(index.get("url", "")), str(index.get("name", ""))
    for url in (table.get("index-url"), *(extra if isinstance(extra, list) else [])):
        yield str(url or ""), ""


def _settings_in(table: Mapping[str, Json]) -> Iterator[UvSetting]:
    for setting in UvSetting:
        if any(key in table for key in setting.value[0]):
            yield setting
    indexes = table.get("index")
    for index in indexes if isinstance(indexes, list) else []:
        if isinstance(index, dict) and not index.get("explicit"):
            yield UvSetting.DEFAULT_INDEX if index.get("default") else UvSetting.INDEXES


def _files(environ: Mapping[str, str], folder: Path) -> Iterator[Mapping[str, Json]]:
    chosen = environ.get("UV_CONFIG_FILE")
    if chosen:
        yield _table(Path(chosen))
        return
    if environ.get("UV_NO_CONFIG"):
        return
    yield _nearest_options(folder)
    for place in _shared_places(environ):
        yield _table(place / "uv" / "uv.toml")


def project_options(folder: Path) -> Iterator[tuple[Path, Mapping[str, Json] | None]]:
    """The files of a folder that have options for uv; the first of them is the one that counts.

    The options are None where we cannot read them, which does not mean that uv cannot.
    """
    own, project = folder / "uv.toml", folder / "pyproject.toml"
    if own.is_file():
        yield own, _read(own)
    # A pipe would never end.
    if not project.is_file():
        return
    table = _read(project, holding="uv")
    tool = {} if table is None else table.get("tool")
    options = tool.get("uv") if isinstance(tool, dict) else None
    if table is None or isinstance(options, dict):
        yield project, options if isinstance(options, dict) else None


def _nearest_options(folder: Path) -> Mapping[str, Json]:
    for parent in (folder, *folder.parents):
        for _, options in project_options(parent):
            if options is not None:
                return options
    return {}


def _shared_places(environ: Mapping[str, str]) -> list[Path]:
    if sys.platform == "win32":
        names = ("APPDATA", "PROGRAMDATA")
        return [Path(environ[name]) for name in names if environ.get(name)]
    home = Path(environ.get("HOME") or Path.home())
    folders = (environ.get("XDG_CONFIG_DIRS") or "/etc/xdg").split(os.pathsep)
    own = Path(environ.get("XDG_CONFIG_HOME") or home / ".config")
    return [own, *map(Path, folders), Path("/etc")]


def _table(path: Path) -> dict[str, Json]:
    # uv itself says what is wrong with its file.
    return _read(path) or {}


def _read(path: Path, *, holding: str = "") -> dict[str, Json] | None:
    """What a file says, None where that is not known; it is not parsed without that word."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return None
    # A backslash can stand for any character of the word.
    if holding not in text and "\\" not in text:
        return {}
    try:
        return parse_toml(text)
    except (ValueError, RecursionError):
        return None
