"""What GitHub publishes of its API, for tests to hold exchanges against: its npm package, cut."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import os
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from .machine import Machine
from .parts import PartFailedError
from .stamps import fingerprint

PACKAGE = "@octokit/openapi@23.0.2"
INTEGRITY = (
    "pV8M7L9GY23AybNvTmo2nyjmpmnt6+2sRE/tqr0ZLQcPS4lnw7u5eZGNmwRNkBC3D7gZXbFx5AHzLUVRBXGDhg=="
)
MEMBER = "package/generated/api.github.com.json"
FILE = "api.github.com.json"
# The whole package is 390 MB, its description 13 MB; tests ask about one repository.
REPOSITORY, ACCOUNT = "/repos/{owner}/{repo}", "/user"
VARIABLE = "AIDEVSECOPS_SPECS"


def provide_descriptions(machine: Machine) -> str | None:
    """Have tests find GitHub's description, and say why where they do not.

    Folders of descriptions that somebody names stay; this one is looked into after them.
    """
    named = os.environ.get(VARIABLE, "")
    if any(Path(place, FILE).is_file() for place in named.split(os.pathsep) if place):
        return f"that in {VARIABLE}"
    folder = machine.venv / ".descriptions"
    made_from = fingerprint([Path(__file__)])
    answer: str | None = "up to date"
    if not ((folder / FILE).is_file() and machine.stamps.is_current("descriptions", made_from)):
        try:
            text = _fetch(machine)
        except PartFailedError as failure:
            reason = str(failure).strip().splitlines()[-1]
            return f"left out, so nothing is held against it: {reason}"
        folder.mkdir(exist_ok=True)
        (folder / FILE).write_text(text, encoding="utf-8")
        machine.stamps.keep("descriptions", made_from)
        answer = None
    machine.run.environment[VARIABLE] = os.pathsep.join(filter(None, (named, str(folder))))
    return answer


def cut(description: dict[str, Any]) -> dict[str, Any]:
    """What a description says of one repository and of who asks, with all that this refers to."""
    paths = {
        path: operations
        for path, operations in description["paths"].items()
        if path in {REPOSITORY, ACCOUNT} or path.startswith(f"{REPOSITORY}/")
    }
    kept: dict[str, dict[str, Any]] = {}
    waiting = [*_references(paths)]
    while waiting:
        kind, name = waiting.pop().removeprefix("#/components/").split("/")
        if name not in kept.setdefault(kind, {}):
            kept[kind][name] = description["components"][kind][name]
            waiting += _references(kept[kind][name])
    return {"openapi": description["openapi"], "paths": paths, "components": kept}


def _fetch(machine: Machine) -> str:
    """The description as it is kept.

    Raises:
        PartFailedError: the package cannot be had, or is another one.
    """
    with tempfile.TemporaryDirectory() as folder:
        at_once = ["--fetch-retries=0", "--fetch-timeout=60000", "--pack-destination", folder]
        machine.run.command("npm", "pack", PACKAGE, *at_once, cwd=Path(folder), quiet=True)
        (archive,) = Path(folder).glob("*.tgz")
        digest = hashlib.sha512(archive.read_bytes()).digest()
        if base64.b64encode(digest).decode() != INTEGRITY:
            raise PartFailedError(f"{PACKAGE} is another one than it was.")
        with tarfile.open(archive) as members:
            # It is among the first: what comes after it need not be unpacked.
            found = next(member for member in members if member.name == MEMBER)
            return json.dumps(cut(json.load(members.extractfile(found) or io.BytesIO())))


def _references(part: Any) -> Iterator[str]:
    if isinstance(part, list):
        part = dict(enumerate(part))
    if isinstance(part, dict):
        for key, value in part.items():
            if key == "$ref" and isinstance(value, str):
                yield value
            else:
                yield from _references(value)
