"""Export a notebook whose cells are tagged ``Train`` and ``Wrapper`` as a model for Seldon."""

from __future__ import annotations

from posixpath import dirname, join, normpath
from typing import TYPE_CHECKING

from msgspec import Struct

from ..domain.errors import AidevsecopsError, ErrorCode, RefusedError
from ..domain.imports import UnreadableCodeError
from ..domain.lock_digest import lock_digest
from ..domain.seldon import (
    TRAIN,
    WRAPPER,
    SeldonClass,
    SeldonScript,
    cells_tagged,
    class_of,
    definers_of,
    is_same_model,
    script_of,
)
from ..formats import horus_metadata, pipfile
from ..formats.custody import Custody, custody_lines, is_edited, ranges_of, sealed
from ..formats.requirements_lock import write_locked
from ..formats.seldon_files import S2I_IGNORE, deployment_problems, environment_of, settings_of
from .overlay_claims import custody_for, custody_in
from .preview_files import preview_file

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..domain.file_preview import FilePreview
    from ..domain.notebook import Notebook
    from .ports import Files

_DEPLOYMENTS = tuple(
    f"{folder}model_deployment.{suffix}"
    for folder in ("deploy/", "")
    for suffix in ("json", "yaml", "yml")
)
_SCRIPT = "train.py"


class SeldonRequest(Struct, frozen=True):
    """The notebook at ``path``; ``folder`` None stands for its own."""

    path: str
    notebook: Notebook
    folder: str | None = None


class SeldonExport(Struct, frozen=True):
    """The files as they would be; nothing has been written.

    ``foreign`` are the paths of those that would replace what was not made from this notebook, or
    was edited since. ``gaps`` are sentences on what is still missing for a deployment, ``notes``
    on what a person should know.
    """

    model: str
    models: tuple[str, ...]
    files: tuple[FilePreview, ...]
    foreign: tuple[str, ...] = ()
    gaps: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def export_seldon(request: SeldonRequest, files: Files) -> SeldonExport:
    """The training script, the module that serves the model, and the files to build it with.

    Raises:
        UserError: the notebook's metadata is not valid.
        RefusedError: not Python, no tagged cells, no class that serves, or no model is written.
        AidevsecopsError: a file cannot be read.
    """
    request.notebook.require_python()
    folder = normpath(dirname(request.path) if request.folder is None else request.folder)
    training = _script(request.notebook, TRAIN)
    if not training.models:
        raise _refused(
            f"The cells tagged Train (cell {ranges_of(training.cells)}) write no model.",
            "Let one end with joblib.dump(model, 'model.sav'), or tag the cell that does it.",
        )
    serving = _script(request.notebook, WRAPPER)
    made = class_of(serving)
    if made is None:
        raise _refused(
            f"The cells tagged Wrapper (cell {ranges_of(serving.cells)}) define no class that "
            "serves a model.",
            "Define a class with a method predict(self, X, features_names).",
        )
    where = _Where(request, folder, files)
    previews = [
        where.python(_SCRIPT, training),
        where.python(f"{made.name}.py", serving),
        *where.requirements(),
        where.environment(made.name),
        *where.ignored(),
    ]
    return SeldonExport(
        model=made.name,
        models=training.models,
        files=tuple(previews),
        foreign=tuple(preview.path for preview in previews if where.is_foreign(preview)),
        gaps=(*_gaps(request.notebook, training, serving), *where.gaps(made)),
        notes=(*training.notes, *serving.notes, *_needed(made)),
    )


class _Where(Struct, frozen=True):
    """Where the files go."""

    request: SeldonRequest
    folder: str
    files: Files

    def python(self, name: str, script: SeldonScript) -> FilePreview:
        custody = self._custody(Custody(self.request.path, "", cells=script.cells))
        return self._preview(name, sealed(custody, f"\n{script.text}"))

    def requirements(self) -> Iterator[FilePreview]:
        """What the lock holds; nothing without a lock."""
        lockfile = horus_metadata.read(self.request.notebook.metadata).lockfile
        if lockfile:
            lock = pipfile.lock_of(lockfile)
            custody = self._custody(Custody(self.request.path, lock_digest(lock)))
            text = custody_lines(custody) + write_locked(lock, is_dev=False)
            yield self._preview("requirements.txt", text)

    def environment(self, model: str) -> FilePreview:
        path = self._path("deploy/environment")
        old = self.files.read(path).text if self.files.is_file(path) else None
        return self._preview("deploy/environment", environment_of(model, old))

    def ignored(self) -> Iterator[FilePreview]:
        """The default, where there is none yet."""
        if not self.files.is_file(self._path("deploy/.s2iignore")):
            yield self._preview("deploy/.s2iignore", S2I_IGNORE)

    def gaps(self, made: SeldonClass) -> Iterator[str]:
        """What is missing beside the cells."""
        requirements = self._path("requirements.txt")
        is_locked = bool(horus_metadata.read(self.request.notebook.metadata).lockfile)
        if not is_locked and not self.files.is_file(requirements):
            yield f"There is no {requirements}: lock the notebook, and export again."
        path = self._path("deploy/environment")
        known = settings_of(self.files.read(path).text) if self.files.is_file(path) else {}
        if known.get("MODEL_NAME", made.name) != made.name:
            yield f"{path} has MODEL_NAME={known['MODEL_NAME']}, and the class is {made.name}."
        found = [p for p in map(self._path, _DEPLOYMENTS) if self.files.is_file(p)]
        if not found:
            yield (
                f"There is no {self._path(_DEPLOYMENTS[0])} (or .yaml): write a SeldonDeployment "
                "whose container has the image ${SELDON_IMAGE_REPLACE}."
            )
        for path in found:
            for problem in deployment_problems(self.files.read(path).text):
                yield f"{path}: {problem}."

    def is_foreign(self, preview: FilePreview) -> bool:
        """True for a file that would replace what was not made here, or was edited since."""
        if preview.state != "replaced" or preview.path == self._path("deploy/environment"):
            return False
        custody = custody_in(preview.old or "", self.folder, self.files)
        if custody is None or custody.notebook != normpath(self.request.path):
            return True
        return preview.path.endswith(".py") and is_edited(preview.old or "")

    def _custody(self, custody: Custody) -> Custody:
        return custody_for(custody, self.folder, self.files)

    def _preview(self, name: str, text: str) -> FilePreview:
        return preview_file(self._path(name), text, self.files)

    def _path(self, name: str) -> str:
        return normpath(join(self.folder, name))


def _script(notebook: Notebook, tag: str) -> SeldonScript:
    cells = cells_tagged(notebook, tag)
    if not cells:
        raise _refused(
            f"No cell is tagged {tag.capitalize()}.",
            "Tag the cells that train the model Train, and those with its class Wrapper.",
        )
    try:
        return script_of(cells, is_training=tag == TRAIN)
    except UnreadableCodeError as error:
        raise _refused(
            f"The cells tagged {tag.capitalize()} cannot be read: {error.message}.",
            "Correct the cell, or take its tag away.",
        ) from error


def _gaps(notebook: Notebook, training: SeldonScript, serving: SeldonScript) -> Iterator[str]:
    for tag, script in (("Train", training), ("Wrapper", serving)):
        definers = definers_of(script.missing, notebook)
        for name in script.missing:
            cells = [cell for cell in definers.get(name, ()) if cell not in script.cells]
            advice = f"Tag cell {ranges_of(cells)} too." if cells else "No other cell does either."
            yield f"The cells tagged {tag} read '{name}', which none of them defines. {advice}"
    for model in serving.models:
        if not any(is_same_model(model, written) for written in training.models):
            written = ", ".join(training.models)
            yield f"The class loads {model}, and {_SCRIPT} writes {written}."


def _needed(made: SeldonClass) -> Iterator[str]:
    if made.arguments:
        names = ", ".join(made.arguments)
        yield f"{made.name} is made with {names}: the deployment's graph has to give parameters."


def _refused(message: str, hint: str) -> AidevsecopsError:
    return RefusedError(ErrorCode.SELDON_INCOMPLETE, message, hint=hint)
