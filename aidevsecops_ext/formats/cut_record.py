"""How a notebook is cut, as its own metadata record it.

Steps that were chosen by hand are recorded as tags of cells; what is left is the level of the
headings, where somebody chose it::

    {"aidevsecops": {"cut": {"by": "heading", "level": 3}}}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..domain.cut import CutBy, CutRequest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..domain.json_value import Json

OWN_KEY = "aidevsecops"
_CUT = "cut"
_LEVELS = range(1, 7)


def recorded_cut(metadata: Mapping[str, Json], request: CutRequest) -> CutRequest:
    """How to cut: as is asked, or as the metadata say where nothing is asked."""
    if request.by is not CutBy.AUTO or request.level is not None:
        return request
    record = _own(metadata).get(_CUT)
    if not isinstance(record, dict) or record.get("by") != CutBy.HEADING.value:
        return request
    level = record.get("level")
    # True is 1 for Python, and no level.
    is_level = isinstance(level, int) and level is not True and level in _LEVELS
    return CutRequest(CutBy.HEADING, level if is_level and isinstance(level, int) else None)


def cut_edit(
    metadata: Mapping[str, Json], request: CutRequest, *, has_tags: bool
) -> dict[str, Json]:
    """The metadata keys that change so that the next cut is the same without being asked for.

    With ``has_tags`` the notebook would be cut by the tags of its cells otherwise.
    """
    if request.by is CutBy.AUTO and request.level is None:
        return {}
    record: dict[str, Json] | None = None
    if request.by in (CutBy.AUTO, CutBy.HEADING) and (request.level is not None or has_tags):
        level: dict[str, Json] = {} if request.level is None else {"level": request.level}
        record = {"by": CutBy.HEADING.value, **level}
    own = _own(metadata)
    if own.get(_CUT) == record:
        return {}
    rest = {key: value for key, value in own.items() if key != _CUT}
    return {OWN_KEY: {**rest, _CUT: record} if record is not None else rest or None}


def _own(metadata: Mapping[str, Json]) -> dict[str, Json]:
    own = metadata.get(OWN_KEY)
    return own if isinstance(own, dict) else {}
