"""Fetches an index's list of names into a file, as a process of its own.

A list of a million names takes seconds and some hundred megabytes to take apart: not in a server.
Reads what to do as JSON from standard input, answers JSON on standard output.
"""

from __future__ import annotations

import json
import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from ..formats.simple_names import NameReader
from .index_http import (
    HttpSettings,
    IndexAddress,
    IndexAnswer,
    IndexRefusedError,
    IndexSilentError,
    ask,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

NOT_MODIFIED = 304
_ACCEPTED = (
    "application/vnd.pypi.simple.v1+json, application/vnd.pypi.simple.v1+html;q=0.2, "
    "text/html;q=0.1"
)
_LARGEST = 500_000_000
_MAX_AGE = re.compile(r"max-age=(\d{1,9})")

Answer = dict[str, str | int | None]


def main() -> None:
    """Do what standard input says."""
    asked = json.load(sys.stdin)
    hosts = tuple(asked["settings"]["insecure_hosts"])
    settings = HttpSettings(**{**asked["settings"], "insecure_hosts": hosts})
    index = IndexAddress(asked["url"], asked["authorization"])
    json.dump(fetch(index, settings, asked["validators"], Path(asked["file"])), sys.stdout)


def fetch(
    index: IndexAddress, settings: HttpSettings, validators: Mapping[str, str], file: Path
) -> Answer:
    """How it went: ``projects`` is how many names the file has, None when nothing is new.

    ``reason`` says why there is no list.
    """
    address = index.url.rstrip("/") + "/"
    try:
        answer = ask(address, index, settings, {"Accept": _ACCEPTED, **validators})
    except IndexRefusedError as error:
        if error.status == NOT_MODIFIED:
            return {"projects": None, "reason": ""}
        return {"projects": None, "reason": f"The index gives no list of its names: {error}."}
    except IndexSilentError as error:
        return {"projects": None, "reason": f"The index gives no list of its names: {error}."}
    try:
        names = _names(answer)
    except IndexSilentError as error:
        return {"projects": None, "reason": f"The index's list of names broke off: {error}."}
    finally:
        answer.close()
    if not names:
        return {"projects": None, "reason": "The index's list of names is empty."}
    _write(file, names)
    age = _MAX_AGE.search(answer.headers.get("cache-control", ""))
    return {
        "projects": len(names),
        "reason": "",
        "etag": answer.headers.get("etag"),
        "last_modified": answer.headers.get("last-modified"),
        "max_age": int(age[1]) if age else 0,
    }


def _names(answer: IndexAnswer) -> list[str]:
    reader = NameReader(is_json="json" in answer.headers.get("content-type", ""))
    names: set[str] = set()
    size = 0
    for piece in answer.pieces():
        size += len(piece)
        if size > _LARGEST:
            raise IndexSilentError("it is too long")
        names.update(reader.feed(piece))
    return sorted(names)


def _write(file: Path, names: list[str]) -> None:
    # Each name between two line ends, so that it can be found by them.
    with file.open("w", encoding="ascii", newline="\n") as target:
        target.write("\n")
        target.writelines(f"{name}\n" for name in names)
        target.flush()
        os.fsync(target.fileno())
