"""The notebook metadata of jupyterlab-requirements (``horus``), in all its observed variants.

Values are JSON *texts* in metadata strings. Real notebooks also hold texts that were encoded twice
(``horus lock --pipenv`` of 0.16), plain objects, empty texts, and the older spelling
``adviser_analysis_id``. All are read; only the first form is written.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from msgspec import Struct

from ..domain.errors import ErrorCode, UserError
from ..domain.late_patterns import late_pattern

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..domain.json_value import Json

REQUIREMENTS_KEY = "requirements"
LOCK_KEY = "requirements_lock"
ENGINE_KEY = "dependency_resolution_engine"
THOTH_CONFIG_KEY = "thoth_config"
THOTH_ANALYSIS_KEY = "thoth_analysis_id"
_OLD_ANALYSIS_KEY = "adviser_analysis_id"


class HorusMetadata(Struct, frozen=True):
    """What a notebook's metadata records; None where it records nothing.

    ``problems`` are sentences on what was off and was read all the same.
    """

    pipfile: dict[str, Json] | None = None
    lockfile: dict[str, Json] | None = None
    engine: str | None = None
    thoth_config: dict[str, Json] | None = None
    thoth_analysis_id: str | None = None
    problems: tuple[str, ...] = ()


def read(metadata: Mapping[str, Json]) -> HorusMetadata:
    """What the metadata records, whichever variant it is written in.

    Raises:
        UserError: a value is neither an object nor the JSON text of one.
    """
    problems: list[str] = []
    engine = _text(metadata, ENGINE_KEY, problems)
    analysis = _text(metadata, THOTH_ANALYSIS_KEY, problems)
    if analysis is None:
        analysis = _text(metadata, _OLD_ANALYSIS_KEY, problems)
        if analysis is not None:
            problems.append(f"'{_OLD_ANALYSIS_KEY}' is the old name of '{THOTH_ANALYSIS_KEY}'.")
    return HorusMetadata(
        pipfile=_object(metadata, REQUIREMENTS_KEY, problems),
        lockfile=_object(metadata, LOCK_KEY, problems),
        engine=engine,
        thoth_config=_object(metadata, THOTH_CONFIG_KEY, problems),
        thoth_analysis_id=analysis,
        problems=tuple(problems),
    )


def write(
    *,
    pipfile: Mapping[str, Json] | None = None,
    lockfile: Mapping[str, Json] | None = None,
    engine: str | None = None,
    thoth_config: Mapping[str, Json] | None = None,
    thoth_analysis_id: str | None = None,
) -> dict[str, Json]:
    """The metadata keys that record what is given; what is not given is not among them."""
    written: dict[str, Json] = {}
    if engine is not None:
        written[ENGINE_KEY] = engine
    for key, value in (
        (REQUIREMENTS_KEY, pipfile),
        (LOCK_KEY, lockfile),
        (THOTH_CONFIG_KEY, thoth_config),
    ):
        if value is not None:
            # Compact and unescaped, as the old front end's JSON.stringify wrote it.
            written[key] = json.dumps(value, separators=(",", ":"), ensure_ascii=False)
    if thoth_analysis_id is not None:
        written[THOTH_ANALYSIS_KEY] = thoth_analysis_id
    return written


def without_analysis(metadata: Mapping[str, Json]) -> dict[str, Json]:
    """What changes when a lock that no Thoth service made takes the place of one that it made.

    As in jupyterlab-requirements the key is emptied; its older spelling goes.
    """
    changed: dict[str, Json] = {}
    if metadata.get(THOTH_ANALYSIS_KEY):
        changed[THOTH_ANALYSIS_KEY] = ""
    if _OLD_ANALYSIS_KEY in metadata:
        changed[_OLD_ANALYSIS_KEY] = None
    return changed


def _text(metadata: Mapping[str, Json], key: str, problems: list[str]) -> str | None:
    value = metadata.get(key)
    if value is None or isinstance(value, str):
        return value or None
    problems.append(f"'{key}' is not a text and is ignored.")
    return None


def _object(metadata: Mapping[str, Json], key: str, problems: list[str]) -> dict[str, Json] | None:
    value: Json = metadata.get(key)
    written = value
    if isinstance(value, dict):
        problems.append(f"'{key}' is an object instead of a JSON text.")
    depth = 0
    while isinstance(value, str) and value.strip():
        value = _decoded(value, key)
        depth += 1
    if depth > 1:
        problems.append(f"'{key}' is encoded {depth} times.")
    if value is None or isinstance(value, str):
        return None
    if isinstance(value, dict):
        _refuse_halves(value, written, key)
        return value
    raise _unreadable(key, f"it is a JSON {_KINDS[type(value)]}, not an object")


_HALF = late_pattern("[\ud800-\udfff]")
_KINDS: dict[type, str] = {list: "list", int: "number", float: "number", bool: "boolean"}


def _decoded(text: str, key: str) -> Json:
    try:
        value: Json = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise _unreadable(key, f"it is not JSON ({error})") from error
    return value


def _refuse_halves(value: dict[str, Json], written: Json, key: str) -> None:
    """Return where all texts can be written to files: JSON can hold half of a character."""
    text = written if isinstance(written, str) else json.dumps(value)
    # A lock is long and has none: it is looked through only where there is a sign of one.
    is_suspect = not text.isascii() or "\\ud" in text or "\\uD" in text
    if is_suspect and _HALF.search(json.dumps(value, ensure_ascii=False)) is not None:
        raise _unreadable(key, "it holds half of a character")


def _unreadable(key: str, reason: str) -> UserError:
    return UserError(
        ErrorCode.REQUIREMENTS_INVALID,
        f"The notebook's metadata '{key}' cannot be read: {reason}.",
        hint=f"Remove '{key}' from the notebook's metadata, then lock the notebook again.",
        details={"key": key},
    )
