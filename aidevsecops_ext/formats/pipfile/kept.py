"""A Pipfile that somebody edited, with what is missing in it: all else stays as it is written."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from .edits import with_requirements
from .entries import table_of
from .files import read_pipfile

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tomlkit.items import AbstractTable

    from ...domain.json_value import Json
    from ...domain.requirements import Requirement


def with_missing(text: str, missing: Iterable[Requirement]) -> str:
    """The text, asking for these too.

    Raises:
        UserError: the text or a requirement is not valid.
    """
    added = tuple(missing)
    if not added:
        return text
    # Slow to import, and seldom needed.
    import tomlkit

    document = tomlkit.parse(text)
    table = with_requirements(read_pipfile(text), added)
    document.setdefault("packages", tomlkit.table())
    packages = cast("AbstractTable", document["packages"])
    for name, entry in table_of(table, "packages").items():
        if name not in packages:
            packages[name] = _entry(entry)
    return tomlkit.dumps(document)


def _entry(entry: Json) -> Json:
    if not isinstance(entry, dict):
        return entry
    import tomlkit

    inline = tomlkit.inline_table()
    inline.update(entry)
    return inline
