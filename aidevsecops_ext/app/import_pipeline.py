"""Import a pipeline of an older Elyra: migrated, with what does not fit its repository any more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..domain.errors import ErrorCode, RefusedError
from ..domain.pipeline_findings import FindingCode
from ..formats.elyra_migration import NEWEST
from ..formats.elyra_parameters import with_corrections
from ..formats.elyra_pipeline import SUFFIX, read, text_of_document
from .create_pipeline import PipelineDraft
from .open_pipeline import open_pipeline
from .preview_files import preview_file
from .validate_pipeline import validate_pipeline

if TYPE_CHECKING:
    from ..domain.pipeline_findings import PipelineFinding
    from .ports import CancelToken
    from .validate_pipeline import ValidatePorts

_TELLING = frozenset(
    {
        FindingCode.NO_FILE,
        FindingCode.MISSING_FILE,
        FindingCode.OUTSIDE_FILE,
        FindingCode.NO_IMAGE,
        FindingCode.INVALID_IMAGE,
        FindingCode.STALE_IMAGE,
    }
)


def import_pipeline(
    path: str,
    out: str | None,
    ports: ValidatePorts,
    cancel: CancelToken,
    *,
    is_corrected: bool = False,
) -> PipelineDraft:
    """The pipeline in version 8, to be written in its place, or to ``out``.

    Its notes name files that are missing, with those that they may have become, and images of
    older releases. Corrected, it has the file and the image where there is but one answer.

    Raises:
        NotFoundError: there is no such file.
        UserError: it is not a pipeline.
        RefusedError: its version is not read, or only Elyra's editor can migrate it.
        AidevsecopsError: a folder cannot be read.
        CancelledError: cancelled.
    """
    files = ports.pipelines.files
    opened = open_pipeline(path, files)
    document = opened.document
    if document.needs_editor:
        names = ", ".join(document.needs_editor)
        raise RefusedError(
            ErrorCode.PIPELINE_NEEDS_EDITOR,
            f"{path} has components of catalogs ({names}), which only Elyra's editor can migrate.",
            hint="Open it there, agree to the migration, and save it.",
            details={"nodes": [*document.needs_editor]},
        )
    target = out if out is None or out.endswith(SUFFIX) else out + SUFFIX
    findings = [f for f in validate_pipeline(opened, ports, cancel).findings if f.code in _TELLING]
    corrections = [each.correction for each in findings if each.correction is not None]
    notes = [_sentence(each, is_corrected=is_corrected) for each in findings]
    content = document.content
    if corrections and is_corrected:
        content = with_corrections(content, corrections)
    elif corrections:
        notes.append(f"Corrected on wish (--fix), for there is but one answer: {len(corrections)}.")
    is_changed = document.is_migrated or content is not document.content
    text = text_of_document(content) if is_changed else document.text
    preview = preview_file(target or path, text, files)
    if document.is_migrated:
        notes.insert(0, f"Version {document.version} becomes version {NEWEST}.")
    return PipelineDraft(preview, read(text, preview.path), tuple(notes))


def _sentence(finding: PipelineFinding, *, is_corrected: bool) -> str:
    about = f"{finding.node}: " if finding.node else ""
    if is_corrected and finding.correction is not None:
        return f"{about}{finding.message} It becomes {finding.correction.value}."
    return f"{about}{finding.message} {finding.hint}".strip()
