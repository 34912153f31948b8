"""The JSON schemas of configuration files, which come with this package."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..domain.configuration import ConfigurationKind
    from ..domain.json_value import Json


def schema_path(kind: ConfigurationKind) -> Path:
    """Where the schema is, for editors that check while one types."""
    return Path(__file__).parents[1] / "schemas" / f"{kind.value}.schema.json"


@cache
def schema_of(kind: ConfigurationKind) -> Mapping[str, Json]:
    """The schema of a kind of file."""
    schema: dict[str, Json] = json.loads(schema_path(kind).read_text(encoding="utf-8"))
    return schema
