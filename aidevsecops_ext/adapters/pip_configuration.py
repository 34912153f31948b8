"""pip's configuration files and variables, read as pip reads them for ``pip install``."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

# What a command's own section says wins over [global]; a variable wins over every file.
_SECTIONS = ("global", "install")
_PREFIX = "PIP_"
_NOT_SETTINGS = frozenset({"PIP_CONFIG_FILE", "PIP_VERSION", "PIP_HELP"})


def pip_settings(environ: Mapping[str, str]) -> dict[str, str]:
    """pip's settings by option name (``extra-index-url``); settings without a value are left out.

    A file that cannot be read or is not valid counts as empty: pip reports it where pip is used.
    """
    by_section: dict[str, dict[str, str]] = {section: {} for section in _SECTIONS}
    for path in configuration_files(environ):
        for section, options in _read(path).items():
            by_section[section].update(options)
    settings: dict[str, str] = {}
    for section in _SECTIONS:
        settings.update(by_section[section])
    for name, value in environ.items():
        if name.startswith(_PREFIX) and name not in _NOT_SETTINGS and value.strip():
            settings[_option(name.removeprefix(_PREFIX))] = value.strip()
    return settings


def configuration_files(environ: Mapping[str, str]) -> list[Path]:
    """The places of pip's configuration, weakest first, whether or not there is a file."""
    chosen = environ.get("PIP_CONFIG_FILE")
    if chosen == os.devnull:
        return []
    name = "pip.ini" if sys.platform == "win32" else "pip.conf"
    files = list(_global_files(environ, name))
    # A file that the user chose takes the place of the user's own ones.
    if not (chosen and Path(chosen).exists()):
        files += _user_files(environ, name)
    files.append(Path(sys.prefix) / name)
    if chosen:
        files.append(Path(chosen))
    return files


def _global_files(environ: Mapping[str, str], name: str) -> Iterator[Path]:
    if sys.platform == "win32":
        yield Path(environ.get("PROGRAMDATA", r"C:\ProgramData")) / "pip" / name
    elif sys.platform == "darwin":
        yield Path("/Library/Application Support/pip") / name
    else:
        folders = environ.get("XDG_CONFIG_DIRS") or "/etc/xdg"
        for folder in reversed(folders.split(os.pathsep)):
            yield Path(folder) / "pip" / name
        yield Path("/etc") / name


def _user_files(environ: Mapping[str, str], name: str) -> Iterator[Path]:
    home = Path(environ.get("HOME") or Path.home())
    if sys.platform == "win32":
        yield home / "pip" / name
        yield Path(environ.get("APPDATA") or home / "AppData" / "Roaming") / "pip" / name
        return
    yield home / ".pip" / name
    if sys.platform == "darwin":
        library = home / "Library" / "Application Support" / "pip"
        if library.is_dir():
            yield library / name
            return
    yield Path(environ.get("XDG_CONFIG_HOME") or home / ".config") / "pip" / name


def _read(path: Path) -> dict[str, dict[str, str]]:
    try:
        text = path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return {}
    # Here and not above: most places have no file, and the import takes time.
    import configparser

    # No interpolation: a "%" in an address is part of it.
    parser = configparser.RawConfigParser()
    try:
        parser.read_string(text)
    except configparser.Error:
        return {}
    return {
        section: {
            _option(name): value.strip()
            for name, value in parser.items(section)
            if value and value.strip()
        }
        for section in _SECTIONS
        if parser.has_section(section)
    }


def _option(name: str) -> str:
    return name.lower().replace("_", "-").removeprefix("--")
