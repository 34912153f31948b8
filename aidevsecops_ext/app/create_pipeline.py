"""Create a pipeline from notebooks, or create it again and keep what was edited."""

from __future__ import annotations

from posixpath import basename, dirname, join, normpath, splitext
from typing import TYPE_CHECKING

from msgspec import Struct

from ..domain.errors import ConflictError, ErrorCode, NotFoundError, RefusedError, UserError
from ..formats.elyra_nodes import custody_of, empty_content, with_nodes
from ..formats.elyra_pipeline import (
    SUFFIX,
    name_of_pipeline,
    primary_of,
    read,
    text_of_document,
)
from ..formats.toml_text import tables_of
from .folder_of import folder_of
from .overlay_images import find_overlay_images
from .plan_nodes import NodeOrder, NodesRequest, plan_nodes
from .preview_files import changes_of, preview_file

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..domain.file_preview import FilePreview
    from ..domain.json_value import Json
    from ..formats.elyra_pipeline import PipelineDocument
    from .exchange_ports import FileChanges
    from .pipeline_ports import PipelinePorts
    from .ports import CancelToken, Files

_CODE = (".ipynb", ".py", ".r")


class CreateRequest(Struct, frozen=True):
    """What to make a pipeline of: notebooks, scripts, and folders for the notebooks in them.

    ``path`` is its file, None for one beside them of the same name. ``steps`` is the folder of step
    notebooks, None for that of the notebook that was split. ``image`` is for nodes without an
    overlay. Forced, a pipeline that was not made here is added to.
    """

    names: tuple[str, ...]
    path: str | None = None
    order: NodeOrder = NodeOrder.GIVEN
    steps: str | None = None
    image: str = ""
    is_forced: bool = False


class PipelineDraft(Struct, frozen=True):
    """A pipeline as it would be, beside the one that is there; nothing has been written."""

    preview: FilePreview
    document: PipelineDocument
    notes: tuple[str, ...] = ()


def create_pipeline(
    request: CreateRequest, ports: PipelinePorts, cancel: CancelToken
) -> PipelineDraft:
    """The pipeline of the request.

    Raises:
        UserError: nothing is named, or a file is neither a notebook nor a script.
        NotFoundError: a file is not there, or a folder has no notebooks.
        RefusedError: the pipeline that is there was not made here, or is of another version.
        AidevsecopsError: a file cannot be read, or is not valid.
        CancelledError: cancelled.
    """
    paths = tuple(dict.fromkeys(_paths(request.names, ports.files)))
    path = normpath(request.path or _default(request.names[0], ports.files))
    if not path.endswith(SUFFIX):
        path += SUFFIX
    folder = folder_of(path)
    images = find_overlay_images(folder, ports, cancel)
    wanted = NodesRequest(folder, paths, request.order, request.steps, request.image)
    planned = plan_nodes(wanted, images, ports, cancel)
    merged = with_nodes(_content(path, ports.files, is_forced=request.is_forced), planned.nodes)
    text = text_of_document(merged.content)
    preview = preview_file(path, text, ports.files)
    return PipelineDraft(preview, read(text, path), (*planned.notes, *merged.notes))


def write_draft(draft: PipelineDraft, revision: str | None, changes: FileChanges) -> bool:
    """Write the pipeline; False where it is there as it should be.

    ``revision`` is what the file was when somebody agreed, None where there was none.

    Raises:
        ConflictError: it changed since then.
        AidevsecopsError: it cannot be written.
    """
    if draft.preview.revision != revision:
        raise ConflictError(
            ErrorCode.NOTEBOOK_CHANGED,
            f"{draft.preview.path} changed since the preview; nothing was written.",
            hint="Look at the new preview.",
            details={"file": draft.preview.path},
        )
    wanted = changes_of([draft.preview])
    changes.write(wanted)
    return bool(wanted)


def _paths(names: tuple[str, ...], files: Files) -> Iterator[str]:
    if not names:
        raise UserError(
            ErrorCode.REQUEST_INVALID,
            "Nothing says what the pipeline is to be made of.",
            hint="Name a notebook that was split, several notebooks, or a folder of them.",
        )
    for name in map(normpath, names):
        if files.is_folder(name):
            yield from _notebooks_in(name, files)
        elif splitext(name)[1].lower() in _CODE:
            yield name
        else:
            raise UserError(
                ErrorCode.REQUEST_INVALID,
                f"{name} is neither a notebook nor a script, and no folder.",
                hint="Name notebooks (.ipynb), scripts (.py, .r), or folders with notebooks.",
                details={"file": name},
            )


def _notebooks_in(folder: str, files: Files) -> Iterator[str]:
    """The notebooks of a folder by their names; steps of one that was split count as its own."""
    from .step_files import find_steps_of

    inside = "" if folder == "." else folder
    found = [join(inside, n) for n in files.entries(folder).files if n.endswith(".ipynb")]
    if not found:
        raise NotFoundError(
            ErrorCode.NOTEBOOK_NONE_FOUND,
            f"There is no notebook in {folder}.",
            hint="Name a notebook, or a folder with notebooks.",
            details={"name": folder},
        )
    steps = {made.path for path in found for made in find_steps_of(path, inside, files)}
    yield from (path for path in found if path not in steps)


def _default(name: str, files: Files) -> str:
    """A file beside what it is made of, called like that."""
    if files.is_folder(name):
        return join(name, basename(normpath(name)).strip(".") or "pipeline")
    return join(dirname(name), splitext(basename(name))[0])


def _content(path: str, files: Files, *, is_forced: bool) -> dict[str, Json]:
    """What the document holds by now."""
    if not files.is_file(path):
        return empty_content(name_of_pipeline(path))
    document = read(files.read(path).text, path)
    nodes = tables_of(primary_of(document.content), "nodes")
    if not is_forced and nodes and not any(custody_of(node) for node in nodes):
        raise RefusedError(
            ErrorCode.PIPELINE_FOREIGN,
            f"{path} is there, and was not made from notebooks by this program.",
            hint="Choose another file (--out), or have it keep its nodes and gain these (--force).",
            details={"file": path},
        )
    return document.content
