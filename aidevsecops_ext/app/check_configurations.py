"""Check the configuration files of a repository: ``.thoth.yaml`` and ``.aicoe-ci.yaml``."""

from __future__ import annotations

from posixpath import basename, join, normpath
from typing import TYPE_CHECKING

from ..domain.configuration import ConfigurationKind, ConfigurationReport, kind_of
from ..domain.errors import ErrorCode, NotFoundError, UserError
from ..formats.configuration_check import check_configuration

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ..domain.json_value import Json
    from .ports import Files

    SchemaOf = Callable[[ConfigurationKind], Mapping[str, Json]]


def check_configurations(
    path: str, files: Files, schema_of: SchemaOf
) -> tuple[ConfigurationReport, ...]:
    """What is off in a file, or in those of a folder.

    Raises:
        NotFoundError: there is no such file, or the folder has none.
        UserError: it is another file, or not a text.
        AidevsecopsError: it cannot be read.
    """
    return tuple(
        check_one(found, files.read(found).text, schema_of) for found in _found(path, files)
    )


def check_one(path: str, text: str, schema_of: SchemaOf) -> ConfigurationReport:
    """What is off in the text of a file.

    Raises:
        UserError: it is another file.
    """
    kind = require_kind(path)
    return ConfigurationReport(path, kind, check_configuration(text, schema_of(kind)))


def require_kind(path: str) -> ConfigurationKind:
    """The kind of a file.

    Raises:
        UserError: it is another file.
    """
    kind = kind_of(path)
    if kind is None:
        names = " and ".join(each.file for each in ConfigurationKind)
        raise UserError(
            ErrorCode.CONFIGURATION_UNKNOWN,
            f"{basename(path)} is no configuration file that is known here.",
            hint=f"Those are {names}.",
            details={"path": path},
        )
    return kind


def _found(path: str, files: Files) -> tuple[str, ...]:
    if not files.is_folder(path):
        return (path,)
    inside = files.entries(path).files
    found = tuple(normpath(join(path, name)) for name in inside if kind_of(name) is not None)
    if not found:
        raise NotFoundError(
            ErrorCode.CONFIGURATION_NOT_FOUND,
            f"{path} has neither .thoth.yaml nor .aicoe-ci.yaml.",
            hint="Name another folder, or begin with 'aidevsecops init'.",
            details={"path": path},
        )
    return found
