"""Take the environment in a file of another tool over into a notebook."""

from __future__ import annotations

import json
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from ..domain.errors import ErrorCode, RefusedError
from ..domain.exchange import FileReading, Import, NamedText
from ..domain.notebook import Notebook, NotebookEdit
from ..domain.package_versions import is_allowed
from ..domain.requirements import Requirement, RequirementSet
from ..formats import horus_metadata, notebook_json, pipfile
from ..formats.cyclonedx_reading import is_bill_name, read_bill
from ..formats.pylock import is_pylock_name, read_pylock
from ..formats.pyproject_toml import NAME as PYPROJECT
from ..formats.pyproject_toml import read_pyproject
from ..formats.requirements_lock import read_requirements
from ..formats.script_block import read_block
from ..formats.toml_text import invalid_file, read_json
from ..formats.uv_lock import JUV_KEY, read_uv_lock
from .record_lock import OLD_TOOLS_ENGINE, OWN_KEY

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..domain.json_value import Json
    from ..domain.lock import Lock

_KINDS = (
    "Pipfile, Pipfile.lock, pylock.toml, requirements.txt, pyproject.toml, uv.lock, .cdx.json, "
    ".py, .ipynb"
)


class _Found(Struct, frozen=True):
    """A Pipfile and a lock, as they will be recorded."""

    pipfile: dict[str, Json]
    lockfile: dict[str, Json] | None
    lost: tuple[str, ...] = ()


def companion_of(name: str) -> str | None:
    """The file that belongs to a file of that name and is taken over with it, if there is one."""
    return {"Pipfile": "Pipfile.lock", "Pipfile.lock": "Pipfile"}.get(name)


def import_environment(notebook: Notebook, files: tuple[NamedText, ...]) -> Import:
    """The edit that records in the notebook what the files say; nothing is written.

    The first file is what was asked for, others belong to it. What the notebook declares is
    replaced; only where a file is a mere lock that fits what is declared, that stays.

    Raises:
        UserError: a file cannot be read.
        RefusedError: a file of no known kind or version, or the notebook is not Python.
    """
    notebook.require_python()
    declared = horus_metadata.read(notebook.metadata).pipfile
    names = {PurePosixPath(file.name).name: file.text for file in files}
    if "Pipfile" in names or "Pipfile.lock" in names:
        found = _from_pipenv(names, declared)
    else:
        found = _from_reading(_read(files[0]), declared)
    asked = pipfile.requirements_of(found.pipfile)
    lock = pipfile.lock_of(found.lockfile) if found.lockfile is not None else None
    return Import(
        edit=_edit(notebook.metadata, found),
        requirement_count=len(asked.requirements),
        package_count=len({p.key for p in lock.packages}) if lock else 0,
        lost=found.lost,
    )


def _from_pipenv(names: Mapping[str, str], declared: dict[str, Json] | None) -> _Found:
    lockfile, lock = None, None
    if "Pipfile.lock" in names:
        lockfile = read_json(names["Pipfile.lock"], "Pipfile.lock")
        lock = pipfile.lock_of(lockfile)
    if "Pipfile" in names:
        return _Found(pipfile.read_pipfile(names["Pipfile"]), lockfile)
    return _from_reading(FileReading(lock=lock), declared)


def _read(file: NamedText) -> FileReading:
    name = PurePosixPath(file.name).name
    reading: FileReading | None
    if is_pylock_name(name):
        reading = read_pylock(file.text, name)
    elif name == PYPROJECT:
        reading = read_pyproject(file.text)
    elif name == JUV_KEY or name.endswith(".py.lock"):
        reading = read_uv_lock(file.text, name)
    elif name.endswith((".txt", ".in")):
        reading = read_requirements(file.text)
    elif is_bill_name(name):
        reading = read_bill(file.text, name)
    elif name.endswith(".ipynb"):
        reading = _read_notebook(notebook_json.parse(file.text, name))
    elif name.endswith(".py"):
        reading = read_block(file.text)
    else:
        raise RefusedError(
            ErrorCode.FORMAT_UNSUPPORTED,
            f"{name} is of no kind that can be taken over.",
            hint=f"Name one of: {_KINDS}.",
            details={"file": name},
        )
    if reading is None:
        raise invalid_file(name, "it has no script block (# /// script)")
    return reading


def _read_notebook(notebook: Notebook) -> FileReading | None:
    """What another notebook records, else what juv's cell and lock in it say.

    Requirements without a lock give way to a lock of juv, which knows them from the cell.
    """
    recorded = horus_metadata.read(notebook.metadata)
    has_only_juvs = recorded.lockfile is None and bool(notebook.metadata.get(JUV_KEY))
    if recorded.pipfile is not None and not has_only_juvs:
        lock = pipfile.lock_of(recorded.lockfile) if recorded.lockfile is not None else None
        return FileReading(pipfile.requirements_of(recorded.pipfile), lock)
    blocks = (read_block(cell.source) for cell in notebook.code_cells)
    block = next((found for found in blocks if found is not None), None)
    text = notebook.metadata.get(JUV_KEY)
    if not isinstance(text, str) or not text:
        return block
    locked = read_uv_lock(text)
    if block is None:
        return locked
    # The block says it in its author's words, and names the indexes; the lock has the rest.
    return FileReading(block.asked, locked.lock, tuple(dict.fromkeys((*block.lost, *locked.lost))))


def _from_reading(reading: FileReading, declared: dict[str, Json] | None) -> _Found:
    lost = list(reading.lost)
    lock = reading.lock
    if reading.asked is not None:
        wanted = _pipfile(reading.asked, declared)
    elif lock is None or (declared is not None and _fits(declared, lock)):
        wanted = dict(declared or pipfile.empty_pipfile())
    else:
        pins = tuple(
            Requirement(p.name, f"=={p.version}", p.extras, p.markers, p.index, p.is_dev)
            for p in lock.packages
            if p.version and (not reading.direct or p.key in reading.direct)
        )
        wanted = _pipfile(RequirementSet(pins, lock.indexes, lock.python_version), declared)
        if not reading.direct:
            lost.append(
                "The file does not say what is asked for: every package in it is recorded so."
            )
    if lock is None:
        return _Found(wanted, None, tuple(lost))
    names = {index.name for index in pipfile.indexes_of(wanted.get("source"))}
    lock = replace(
        lock,
        requirements_hash=pipfile.hash_of(wanted),
        packages=tuple(p if p.index in names else replace(p, index=None) for p in lock.packages),
    )
    return _Found(wanted, pipfile.lockfile_of(lock, wanted), tuple(lost))


def _pipfile(asked: RequirementSet, declared: dict[str, Json] | None) -> dict[str, Json]:
    """A Pipfile that asks for that; where the file names no index or Python, the notebook's."""
    old = declared or {}
    made = pipfile.empty_pipfile(asked.indexes, asked.python_version)
    if not asked.indexes and old.get("source"):
        made["source"] = old["source"]
    if asked.python_version is None and old.get("requires"):
        made["requires"] = old["requires"]
    if asked.allow_prereleases:
        made["pipenv"] = {"allow_prereleases": True}
    return pipfile.with_requirements(made, asked.requirements)


def _fits(declared: Mapping[str, Json], lock: Lock) -> bool:
    """True when the lock has everything that is declared, at versions that are allowed."""
    asked = pipfile.requirements_of(declared).requirements
    for requirement in asked:
        package = lock.find(requirement.key)
        if package is None or not package.version:
            return False
        if not is_allowed(package.version, requirement.specifier):
            return False
    return bool(asked)


def _edit(metadata: Mapping[str, Json], found: _Found) -> NotebookEdit:
    new = horus_metadata.write(
        pipfile=found.pipfile, lockfile=found.lockfile, engine=OLD_TOOLS_ENGINE
    )
    # Texts that say the same in another order stay as they are.
    changed: dict[str, Json] = {k: v for k, v in new.items() if not _is_same(metadata.get(k), v)}
    if found.lockfile is None and horus_metadata.LOCK_KEY in metadata:
        # It was of other requirements.
        changed[horus_metadata.LOCK_KEY] = None
    if not changed:
        return NotebookEdit()
    changed |= horus_metadata.without_analysis(metadata)
    own = metadata.get(OWN_KEY)
    if isinstance(own, dict) and "lock" in own:
        kept: dict[str, Json] = {k: v for k, v in own.items() if k != "lock"}
        changed[OWN_KEY] = kept or None
    return NotebookEdit(changed)


def _is_same(old: Json, new: Json) -> bool:
    if not isinstance(old, str) or not isinstance(new, str) or old == new:
        return old == new
    try:
        return bool(json.loads(old) == json.loads(new))
    except ValueError:
        return False
