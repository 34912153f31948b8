"""``[tool.uv]`` of a project or a script: indexes, which package comes from which, pre-releases."""

from __future__ import annotations

from typing import TYPE_CHECKING

import tomlkit
from msgspec import Struct, field
from msgspec.structs import replace

from ..domain.names import canonicalize_name
from ..domain.requirements import Index, RequirementSet
from .index_names import safe_names
from .pipfile.entries import without_credentials
from .toml_text import table_of, tables_of, text_of

if TYPE_CHECKING:
    from collections.abc import MutableMapping

    from tomlkit.items import Table

    from ..domain.json_value import Json


class UvTable(Struct, frozen=True):
    """What the table says; ``lost`` are sentences on what a notebook does not keep of it."""

    indexes: tuple[Index, ...] = ()
    index_of: dict[str, str] = field(default_factory=dict)
    allow_prereleases: bool = False
    lost: tuple[str, ...] = ()

    def applied_to(self, asked: RequirementSet) -> RequirementSet:
        """What is asked for, with the indexes that the table names."""
        known = {index.name for index in self.indexes}
        return replace(
            asked,
            requirements=tuple(
                replace(r, index=self.index_of[r.key]) if self.index_of.get(r.key) in known else r
                for r in asked.requirements
            ),
            indexes=self.indexes,
            allow_prereleases=self.allow_prereleases,
        )


def read_uv_table(table: Json) -> UvTable:
    """What a ``[tool.uv]`` says of indexes.

    Raises:
        UserError: an index's address is not one.
    """
    indexes: list[Index] = []
    lost: list[str] = []
    for number, entry in enumerate(tables_of(table, "index"), start=1):
        url = text_of(entry, "url")
        if "://" not in url:
            lost.append(f"The index '{text_of(entry, 'name') or number}' is a folder or none.")
            continue
        index = Index(text_of(entry, "name") or f"index-{number}", without_credentials(url))
        # What uv takes everything from stands first in a Pipfile.
        indexes.insert(0 if entry.get("default") is True else len(indexes), index)
    index_of: dict[str, str] = {}
    for name, source in table_of(table, "sources").items():
        index_name = text_of(source, "index")
        if index_name:
            index_of[canonicalize_name(name)] = index_name
        else:
            lost.append(f"Where {name} comes from is not kept: it is no package index.")
    return UvTable(tuple(indexes), index_of, text_of(table, "prerelease") == "allow", tuple(lost))


def write_uv_table(document: MutableMapping[str, Json], asked: RequirementSet) -> tuple[str, ...]:
    """Put the indexes into ``[tool.uv]`` of a TOML document, and say what it does not keep."""
    names = safe_names(asked.indexes)
    used = {r.index for r in asked.requirements if r.index}
    own_default = asked.indexes[0] if asked.indexes and not asked.indexes[0].is_default else None
    written = [index for index in asked.indexes if not index.is_default or index.name in used]
    sources = {
        r.key: names[r.index]
        for r in asked.requirements
        if r.index in names and r.index != (own_default.name if own_default else None)
    }
    wanted: dict[str, Json] = {}
    if asked.allow_prereleases:
        wanted["prerelease"] = "allow"
    if written:
        wanted["index"] = [
            _index(index, names, is_default=index is own_default) for index in written
        ]
    if sources:
        wanted["sources"] = {key: {"index": name} for key, name in sources.items()}
    _put(document, wanted)
    return tuple(
        f"That the certificate of {index.url} is not checked is not kept."
        for index in written
        if not index.verify_ssl
    )


def _index(index: Index, names: dict[str | None, str], *, is_default: bool) -> Json:
    entry: dict[str, Json] = {"name": names[index.name], "url": index.url}
    return {**entry, "default": True} if is_default else {**entry, "explicit": True}


def _put(document: MutableMapping[str, Json], wanted: dict[str, Json]) -> None:
    tool = document.get("tool")
    old = tool.get("uv") if isinstance(tool, dict) else None
    if not wanted and old is None:
        return
    if not isinstance(tool, dict):
        document["tool"] = tomlkit.table(is_super_table=True)
        tool = document["tool"]
    assert isinstance(tool, dict)  # noqa: S101 (as it was just put there)
    if old is None:
        tool["uv"] = tomlkit.table()
    own = tool["uv"]
    assert isinstance(own, dict)  # noqa: S101 (a table, or the file was not read)
    for key in ("prerelease", "index", "sources"):
        if key not in wanted:
            own.pop(key, None)
        elif own.get(key) != wanted[key]:
            own[key] = _item(wanted[key])


def _item(value: Json) -> Json:
    if isinstance(value, list):
        tables = tomlkit.aot()
        for entry in value:
            tables.append(tomlkit.item(entry))
        return tables
    if isinstance(value, dict):
        table: Table = tomlkit.table()
        for key, entry in value.items():
            inline = tomlkit.inline_table()
            inline.update(table_of(entry))
            table[key] = inline
        return table
    return value
