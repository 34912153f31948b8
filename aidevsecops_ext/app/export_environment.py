"""Write a notebook's environment in the files of other tools."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from ..domain.errors import ErrorCode, RefusedError
from ..domain.exchange import ExportedFiles, FileFormat, NamedText, PackageFile
from ..domain.notebook import CellEdit, Notebook, NotebookEdit
from ..domain.requirements import Requirement, RequirementSet
from ..domain.target import Target
from ..formats import horus_metadata, notebook_json, pipfile
from ..formats.cyclonedx import write_bill
from ..formats.pep723 import find_script_blocks
from ..formats.pylock import write_pylock
from ..formats.pyproject_toml import NAME as PYPROJECT
from ..formats.pyproject_toml import write_pyproject
from ..formats.requirements_lock import undescribed, write_locked
from ..formats.script_block import write_block
from ..formats.thoth_file import thoth_yaml_text
from ..formats.uv_lock import JUV_KEY
from .folder_of import folder_of
from .ports import CancelToken, Clock, PackageIndex, ResolveRequest
from .project_folder import THOTH_YAML
from .trust_indexes import trusted_requirements

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..domain.json_value import Json
    from ..domain.lock import Lock
    from .exchange_ports import PackageFiles


_NO_LOGINS = (
    "User names and passwords in addresses of indexes are left out: keep them in the "
    "configuration of pip or uv, in .netrc, or write ${VARIABLE}."
)


class ExportRequest(Struct, frozen=True):
    """What to export; ``text`` is the notebook's, ``beside`` are texts of files to edit, by name.

    Only juv's format needs the text, and only that of a project looks at what is there already.
    """

    path: str
    notebook: Notebook
    format: FileFormat
    text: str = ""
    beside: Mapping[str, str] = field(default_factory=dict)
    trusted_indexes: tuple[str, ...] = ()
    default_python: str = "3.11"


class ExportPorts(Struct, frozen=True):
    """What exporting needs of the outside."""

    index: PackageIndex
    package_files: PackageFiles
    clock: Clock


class _Environment(Struct, frozen=True):
    """What a notebook records."""

    pipfile: dict[str, Json]
    lockfile: dict[str, Json] | None
    asked: RequirementSet
    lock: Lock | None


def export_environment(
    request: ExportRequest, ports: ExportPorts, cancel: CancelToken
) -> ExportedFiles:
    """The files, and what their format does not keep; nothing is written.

    Raises:
        UserError: the notebook's metadata, or a file to edit, is not valid.
        RefusedError: not Python, no lock where one is needed, or an index that is not trusted.
        OutsideFailedError: the index or the engine failed (a lock file with addresses only).
        TimedOutError: it took too long.
        ToolMissingError: uv is not installed.
        CancelledError: cancelled.
    """
    request.notebook.require_python()
    recorded = horus_metadata.read(request.notebook.metadata)
    environment = _Environment(
        pipfile=recorded.pipfile or pipfile.empty_pipfile(),
        lockfile=recorded.lockfile,
        asked=pipfile.requirements_of(recorded.pipfile or {}),
        lock=pipfile.lock_of(recorded.lockfile) if recorded.lockfile else None,
    )
    if request.format is FileFormat.PIPFILE:
        return _export_pipfile(environment)
    if request.format is FileFormat.THOTH_YAML:
        return _export_thoth_yaml(request.path, recorded.thoth_config)
    if request.format in (FileFormat.PYLOCK, FileFormat.REQUIREMENTS, FileFormat.SBOM):
        return _export_lock(request, environment, ports, cancel)
    lost = tuple(f"{u.name} is left out: {u.reason}." for u in environment.asked.unsupported)
    if environment.lock is not None:
        lost += ("The lock is not kept: the format holds what is asked for.",)
    shown = pipfile.without_secrets(environment.pipfile)
    if request.format is FileFormat.JUV and shown != environment.pipfile:
        lost += (_NO_LOGINS,)
    exported = _export_asked(request, environment)
    return ExportedFiles(exported.files, (*exported.lost, *lost))


def _export_pipfile(environment: _Environment) -> ExportedFiles:
    shown = pipfile.without_secrets(environment.pipfile)
    files = [NamedText("Pipfile", pipfile.pipfile_text(shown))]
    lost: list[str] = []
    if shown != environment.pipfile:
        lost.append(_NO_LOGINS)
    if environment.lockfile is not None:
        lockfile = pipfile.shown_lockfile(environment.lockfile, environment.pipfile)
        files.append(NamedText("Pipfile.lock", pipfile.lockfile_text(lockfile)))
    if pipfile.read_pipfile(files[0].text) != shown:
        lost.append("Nulls in the Pipfile are left out: TOML has none.")
    return ExportedFiles(tuple(files), tuple(lost))


def _export_thoth_yaml(path: str, config: dict[str, Json] | None) -> ExportedFiles:
    if config is None:
        raise RefusedError(
            ErrorCode.FORMAT_NO_THOTH_CONFIG,
            f"{path} records no Thoth configuration.",
            hint="Write a .thoth.yaml by hand, or export another format.",
            details={"notebook": path},
        )
    text, problems = thoth_yaml_text(config)
    return ExportedFiles((NamedText(THOTH_YAML, text),), problems)


def _export_lock(
    request: ExportRequest, environment: _Environment, ports: ExportPorts, cancel: CancelToken
) -> ExportedFiles:
    lock = environment.lock
    if lock is None or environment.lockfile is None:
        raise RefusedError(
            ErrorCode.FORMAT_NEEDS_LOCK,
            f"{request.path} has no lock, and this format holds exact versions.",
            hint="Lock the notebook first.",
            details={"notebook": request.path, "format": request.format.value},
        )
    lost = [
        f"{package.name} is left out: it has no version on a package index, or no hashes."
        for package in lock.packages
        if not package.version or not package.hashes
    ]
    complete = tuple(p for p in lock.packages if p.version and p.hashes)
    # Development packages that are locked twice are the same package.
    unique = {p.key: p for p in reversed(complete)}
    lock = replace(lock, packages=tuple(unique[key] for key in sorted(unique)))
    if pipfile.changes_since_lock(environment.pipfile, environment.lockfile):
        lost.append("The notebook asks for something else by now: this is its old lock.")
    if request.format is FileFormat.SBOM:
        name = PurePosixPath(request.path).name
        text = write_bill(lock, environment.asked, name, ports.clock.now())
        return ExportedFiles(
            (NamedText(f"{PurePosixPath(request.path).stem}.cdx.json", text),), tuple(lost)
        )
    lost.append("Which packages are asked for, and which they need, is not kept.")
    if request.format is FileFormat.REQUIREMENTS:
        return _export_requirements(lock, lost)
    return _export_pylock(lock, lost, _files_of(request, environment, ports, cancel))


def _export_requirements(lock: Lock, lost: list[str]) -> ExportedFiles:
    files = [NamedText("requirements.txt", write_locked(lock, is_dev=False))]
    if any(package.is_dev for package in lock.packages):
        files.append(NamedText("requirements-dev.txt", write_locked(lock, is_dev=True)))
    if lock.python_version:
        lost.append(f"That it is locked for Python {lock.python_version} is not kept.")
    return ExportedFiles(tuple(files), (*lost, *undescribed(lock.indexes)))


def _export_pylock(
    lock: Lock, lost: list[str], files: Mapping[str, tuple[PackageFile, ...]]
) -> ExportedFiles:
    for package in lock.packages:
        found = {file.hash for file in files.get(package.key, ())}
        if not found & set(package.hashes):
            raise RefusedError(
                ErrorCode.FORMAT_FILES_MISSING,
                f"No index has the files of {package.name} {package.version} that were locked.",
                hint="Lock the notebook again.",
                details={"name": package.name, "version": package.version},
            )
        gone = len(set(package.hashes) - found)
        if gone:
            lost.append(
                f"{gone} of the locked files of {package.name} are left out: they are for other "
                "Pythons, or gone from the index."
            )
    if any(package.is_dev for package in lock.packages):
        lost.append("Which packages are only for development is not kept.")
    if any(package.extras for package in lock.packages):
        lost.append("Extras are not kept: the packages that they need are in the list.")
    return ExportedFiles((NamedText("pylock.toml", write_pylock(lock, files)),), tuple(lost))


def _files_of(
    request: ExportRequest, environment: _Environment, ports: ExportPorts, cancel: CancelToken
) -> Mapping[str, tuple[PackageFile, ...]]:
    """The addresses of the locked files, which a Pipfile.lock does not hold."""
    lock = environment.lock
    packages = {p.key: p for p in lock.packages if p.version and p.hashes} if lock else {}
    pins = RequirementSet(
        tuple(Requirement(p.key, f"=={p.version}", index=p.index) for p in packages.values()),
        environment.asked.indexes or (lock.indexes if lock else ()),
    )
    pins = trusted_requirements(pins, request.trusted_indexes, ports.index)
    python = (lock.python_version if lock else None) or environment.asked.python_version
    asked = ResolveRequest(
        requirements=pins.requirements,
        target=Target(python or request.default_python, None, is_universal=True),
        folder=folder_of(request.path),
        indexes=pins.indexes,
        allow_prereleases=True,
        agreed=request.trusted_indexes,
    )
    return ports.package_files.files(asked, cancel)


def _export_asked(request: ExportRequest, environment: _Environment) -> ExportedFiles:
    asked = environment.asked
    stem = PurePosixPath(request.path).stem
    if request.format is FileFormat.PYPROJECT:
        text, lost = write_pyproject(asked, stem, request.beside.get(PYPROJECT, ""))
        return ExportedFiles((NamedText(PYPROJECT, text),), lost)
    if request.format is FileFormat.PEP723:
        text, lost = write_block(request.beside.get(f"{stem}.py", ""), asked)
        text = text if text.endswith("\n") else f"{text}\n"
        return ExportedFiles((NamedText(f"{stem}.py", text),), lost)
    edit, lost = script_edit(request.notebook, asked)
    text = notebook_json.apply_edit(request.text, _without_logins(edit, environment))
    return ExportedFiles((NamedText(PurePosixPath(request.path).name, text),), lost)


def _without_logins(edit: NotebookEdit, environment: _Environment) -> NotebookEdit:
    """The same edit, which also takes logins out of what the notebook records."""
    shown = pipfile.without_secrets(environment.pipfile)
    if shown == environment.pipfile:
        return edit
    lockfile = environment.lockfile and pipfile.shown_lockfile(
        environment.lockfile, environment.pipfile
    )
    recorded = horus_metadata.write(pipfile=shown, lockfile=lockfile)
    return replace(edit, metadata={**edit.metadata, **recorded})


def script_edit(notebook: Notebook, asked: RequirementSet) -> tuple[NotebookEdit, tuple[str, ...]]:
    """The edit that puts a script block that asks for that into the notebook, as juv has it.

    Raises:
        UserError: the notebook's script block cannot be read.
    """
    # juv's own lock is of the block as it was.
    metadata: dict[str, Json] = {JUV_KEY: None} if JUV_KEY in notebook.metadata else {}
    for cell in notebook.code_cells:
        if find_script_blocks(cell.source):
            source, lost = write_block(cell.source, asked)
            edits = (CellEdit(cell.index, cell.id, cell.source, source),)
            is_same = source == cell.source
            return NotebookEdit({} if is_same else metadata, () if is_same else edits), lost
    source, lost = write_block("", asked)
    return NotebookEdit(metadata, first_cell=source), lost
