"""Read and change a configuration file by its values; all else in it stays as it is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from ..domain.configuration import ConfigurationDraft, ConfigurationFile
from ..domain.errors import ConflictError, ErrorCode, NotFoundError
from ..formats.yaml_places import locate_yaml
from ..formats.yaml_rewrite import with_document
from .check_configurations import check_one

if TYPE_CHECKING:
    from ..domain.json_value import Json
    from .check_configurations import SchemaOf
    from .ports import Files, FileText


class ConfigurationEdit(Struct, frozen=True):
    """The values that a file is to have, and the revision that they were made of."""

    path: str
    values: dict[str, Json]
    revision: str


def read_configuration(path: str, files: Files, schema_of: SchemaOf) -> ConfigurationFile:
    """The file, its values, and what is off in it.

    Raises:
        NotFoundError: there is none.
        AidevsecopsError: it is another file, or cannot be read.
    """
    read = _read(path, files)
    report = check_one(path, read.text, schema_of)
    try:
        value = locate_yaml(read.text).value
    except ValueError:
        value = None
    values = value if isinstance(value, dict) else None
    return ConfigurationFile(read.text, read.revision, values, report)


def draft_configuration(
    edit: ConfigurationEdit, files: Files, schema_of: SchemaOf
) -> ConfigurationDraft:
    """The file as it would be; nothing is written.

    Raises:
        ConflictError: it changed meanwhile.
        RefusedError: it is written in a way that this cannot be changed in.
        AidevsecopsError: it is another file, or cannot be read.
    """
    read = _read(edit.path, files)
    if read.revision != edit.revision:
        raise ConflictError(
            ErrorCode.CONFIGURATION_CHANGED,
            f"{edit.path} changed since it was read.",
            hint="Read it again; nothing was written.",
            details={"path": edit.path},
        )
    after = with_document(read.text, edit.values, edit.path)
    return ConfigurationDraft(read.text, after, check_one(edit.path, after, schema_of))


def write_configuration(
    edit: ConfigurationEdit, files: Files, schema_of: SchemaOf
) -> ConfigurationDraft:
    """The file as it was written: as a whole, and only over the one that was read.

    Raises:
        ConflictError: it changed meanwhile.
        AidevsecopsError: as for ``draft_configuration``, or it cannot be written.
    """
    draft = draft_configuration(edit, files, schema_of)
    if draft.after != draft.before:
        files.replace(edit.path, draft.after, edit.revision)
    return draft


def _read(path: str, files: Files) -> FileText:
    if not files.is_file(path):
        raise NotFoundError(
            ErrorCode.CONFIGURATION_NOT_FOUND,
            f"{path} does not exist.",
            hint="Begin with 'aidevsecops init'.",
            details={"path": path},
        )
    return files.read(path)
