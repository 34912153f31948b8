"""Pipelines as text on the terminal."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from ..domain.engine import IssueLevel
from ..domain.pipeline import in_order
from .render_overlays import print_notes
from .screen import echo, echo_exactly, styled

if TYPE_CHECKING:
    from ..app.create_pipeline import PipelineDraft
    from ..app.validate_pipeline import PipelineReport
    from ..domain.pipeline import Node, Pipeline


_COLOURS = {IssueLevel.ERROR: "red", IssueLevel.WARNING: "yellow", IssueLevel.NOTE: "blue"}


def print_draft(draft: PipelineDraft, shown: str, *, is_dry_run: bool) -> None:
    """Print the pipeline as it was written, or how its file would change."""
    state = draft.preview.state
    if is_dry_run:
        echo_exactly(draft.preview.diff())
    would = "would be " if is_dry_run and state != "unchanged" else ""
    count = len(draft.document.pipeline.nodes)
    echo(f"{shown}: {would}{state}, {count} node{'' if count == 1 else 's'}")
    print_nodes(draft.document.pipeline)
    print_notes(draft.notes)


def print_report(report: PipelineReport, shown: str) -> None:
    """Print what validating a pipeline found, and a line that sums it up."""
    for finding in report.findings:
        level = styled(f"{finding.level.value}:", fg=_COLOURS[finding.level])
        node = f"{finding.node}: " if finding.node else ""
        echo(f"{level} {node}{finding.message} [{finding.code}]")
        if finding.hint:
            echo(f"  {finding.hint}")
    counts = Counter(finding.level for finding in report.findings)
    said = [f"{n} {level.value}{'' if n == 1 else 's'}" for level, n in sorted(counts.items())]
    verdict = "valid" if report.is_valid else "not valid"
    counted = f" ({', '.join(said)})" if said else ""
    echo(f"{shown}: {verdict}{counted}")


def print_nodes(pipeline: Pipeline) -> None:
    """Print the nodes in the order in which they run."""
    names = {node.id: node.name for node in pipeline.nodes}
    for node in in_order(pipeline):
        after = ", ".join(names[id_] for id_ in node.upstream if id_ in names)
        echo(f"  {styled(node.name, is_bold=True)}{f' after {after}' if after else ''}")
        for label, value in _facts(pipeline, node):
            echo(f"    {label + ':':<12}{value}")


def _facts(pipeline: Pipeline, node: Node) -> list[tuple[str, str]]:
    asked = [name if value else f"{name} (no value)" for name, value in node.environment.items()]
    facts = [
        ("file", node.file),
        ("image", pipeline.image_of(node)),
        ("needs", ", ".join(node.dependencies)),
        ("leaves", ", ".join(node.outputs)),
        ("variables", ", ".join(asked)),
    ]
    return [(label, value) for label, value in facts if value]
