"""Adopt a project: write what of the project template is missing; nothing that is there changes."""

from __future__ import annotations

import hashlib
import json
import re
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from ..domain.errors import (
    AidevsecopsError,
    CancelledError,
    ConflictError,
    ErrorCode,
    RefusedError,
)
from ..domain.file_preview import FilePreview
from ..domain.forge import ForgeKind
from ..domain.release import releases_among
from ..formats.project_template import (
    CONTAINERFILE,
    OVERLAYS,
    TemplateFacts,
    project_template,
)
from ..formats.thoth_yaml_edit import THOTH_YAML
from ..formats.version_files import is_version_file, version_in
from .find_notebooks import folders_below
from .preview_files import changes_of
from .project_git import project_git
from .read_locks import notebooks_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from .exchange_ports import FileChanges
    from .forge_ports import Forges
    from .ports import CancelToken, Files
    from .project_ports import AdoptionRecord, ProjectPorts

_ASKED = ("Pipfile", "requirements.in")
_NAME = re.compile(r"[^a-z0-9._-]+")
_BRANCH = re.compile(r"[\w./-]+", re.ASCII)
# What stands for a file of the template where it is there under another name.
_ALIKE = {
    CONTAINERFILE: ("Dockerfile",),
    "README.md": ("README", "README.rst", "README.txt", "readme.md"),
    ".github/workflows/locks.yml": (".github/workflows/locks.yaml",),
}


class AdoptPorts(Struct, frozen=True):
    """What adopting needs beside what describing does; ``init`` makes the folder a repository."""

    project: ProjectPorts
    forges: Forges
    changes: FileChanges
    init: Callable[[CancelToken], None]
    record: AdoptionRecord


class AdoptRequest(Struct, frozen=True):
    """What nobody can find out: ``approvers`` are accounts of the forge."""

    python_version: str
    host: str = ""
    approvers: tuple[str, ...] = ()


class AdoptionPlan(Struct, frozen=True):
    """The files that would be written, and those of the template that are there and stay.

    ``is_repository`` is False where the folder is to become one first.
    """

    files: tuple[FilePreview, ...]
    kept: tuple[str, ...] = ()
    is_repository: bool = True

    @property
    def digest(self) -> str:
        """What somebody names who agrees to exactly these files."""
        content = json.dumps([self.is_repository, *msgspec.to_builtins(self.files)])
        return hashlib.sha256(content.encode()).hexdigest()

    def require(self, digest: str) -> None:
        """Return where this is the plan that was agreed to.

        Raises:
            ConflictError: it is another one by now.
        """
        if digest != self.digest:
            raise ConflictError(
                ErrorCode.PROJECT_PREVIEW_OUTDATED,
                "The files of the project changed since what would be written was shown.",
                hint="Look at it again.",
            )


def plan_adoption(request: AdoptRequest, ports: AdoptPorts, cancel: CancelToken) -> AdoptionPlan:
    """What of the template is missing.

    Raises:
        RefusedError: it is the home folder of the user, and no repository.
        AidevsecopsError: git fails, or a folder cannot be read.
        CancelledError: cancelled.
    """
    files = ports.project.files
    git = project_git(ports.project, cancel)
    if git is None and ports.project.is_home:
        raise RefusedError(
            ErrorCode.PROJECT_IS_HOME,
            "Your home folder holds projects, and is none itself.",
            hint="Make a folder for the project, and adopt that.",
        )
    facts = _facts(request, ports, cancel, has_git=git is not None)
    missing: list[FilePreview] = []
    kept: list[str] = []
    for path, text in project_template(facts).items():
        there = next((p for p in (path, *_ALIKE.get(path, ())) if files.is_file(p)), None)
        if there is None:
            missing.append(FilePreview(path, text))
        else:
            kept.append(there)
    return AdoptionPlan(tuple(missing), tuple(kept), git is not None)


def adopt_project(
    plan: AdoptionPlan,
    ports: AdoptPorts,
    cancel: CancelToken,
    paths: Collection[str] | None = None,
) -> tuple[str, ...]:
    """The paths of the files that were written, as one change: all of the plan, or those chosen.

    Raises:
        ConflictError: one came to be meanwhile.
        AidevsecopsError: git cannot make a repository, or a file cannot be written.
        CancelledError: cancelled.
    """
    if not plan.is_repository:
        ports.init(cancel)
    wanted = [file for file in plan.files if paths is None or file.path in paths]
    changes = changes_of(wanted)
    if changes:
        # Before they are written: a file that nobody knows of could not be taken back.
        made = {change.path: _revision(change.text) for change in changes}
        ports.record.write({**ports.record.read(), **made})
        ports.changes.write(changes)
    return tuple(change.path for change in changes)


def _revision(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _facts(
    request: AdoptRequest, ports: AdoptPorts, cancel: CancelToken, *, has_git: bool
) -> TemplateFacts:
    files = ports.project.files
    remote, branch, is_released = None, None, False
    if has_git:
        state = ports.project.git.state(cancel)
        remote, branch = state.remote, state.branch
        if remote is not None and remote.default_branch is not None:
            branch = remote.default_branch
        is_released = bool(releases_among(ports.project.git.tags(cancel)))
    forge = _forge(remote.url, ports.forges) if remote is not None else None
    overlays = _overlays(files)
    return TemplateFacts(
        name=_NAME.sub("-", ports.project.name.lower()).strip("-.") or "project",
        python_version=request.python_version,
        # It is written into YAML.
        branch=branch if branch and _BRANCH.fullmatch(branch) else "main",
        forge=forge[0] if forge else ForgeKind.GITHUB,
        organisation=forge[1] if forge else "",
        approvers=request.approvers,
        host=request.host,
        overlays=overlays,
        has_root=files.is_file(THOTH_YAML) or any(files.is_file(name) for name in _ASKED),
        has_version=is_released or _has_version(files, cancel),
        has_notebooks=bool(notebooks_of(ports.project.files)),
    )


def _forge(url: str, forges: Forges) -> tuple[ForgeKind, str] | None:
    """The kind of a forge, and whose the project is there; None where it is not known."""
    try:
        forge = forges.find(url)
    except CancelledError:
        raise
    except AidevsecopsError:
        return None
    if forge is None:
        return None
    owner = forge.place.project.partition("/")[0]
    return forge.place.kind, _NAME.sub("-", owner.lower())


def _overlays(files: Files) -> tuple[str, ...]:
    """The folders that are overlays already, although nothing names them."""
    if not files.is_folder(OVERLAYS):
        return ()
    folders = files.entries(OVERLAYS).folders
    return tuple(
        name
        for name in folders
        if any(files.is_file(f"{OVERLAYS}/{name}/{asked}") for asked in _ASKED)
    )


def _has_version(files: Files, cancel: CancelToken) -> bool:
    for folder, entries in folders_below(".", files):
        cancel.raise_if_cancelled()
        for name in entries.files:
            path = name if folder == "." else f"{folder}/{name}"
            if is_version_file(path) and _says_version(path, files):
                return True
    return False


def _says_version(path: str, files: Files) -> bool:
    try:
        return version_in(path, files.read(path).text) is not None
    except AidevsecopsError:
        return False
