"""What a user says to the command that splits, as one value."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from msgspec import Struct

from ..domain.cut import CutBy

if TYPE_CHECKING:
    from collections.abc import Mapping


class SplitOptions(Struct, frozen=True):
    """What the user asked to split, and how; folders are as they were typed."""

    notebook: str
    by: CutBy = CutBy.AUTO
    level: int | None = None
    out: str | None = None
    overlays_dir: str | None = None
    report: str | None = None
    trusted: tuple[str, ...] = ()
    has_overlays: bool = True
    has_module: bool = False
    is_verified: bool = False
    is_forced: bool = False
    is_pruned: bool = False
    is_dry_run: bool = False
    is_diff: bool = False
    is_offline: bool = False
    is_verbose: bool = False
    is_json: bool = False

    @classmethod
    def of(cls, notebook: str, options: Mapping[str, object]) -> SplitOptions:
        """The options as click gives them.

        Raises:
            click.UsageError: two of them exclude each other.
        """

        def text(name: str) -> str | None:
            value = options.get(name)
            return value if isinstance(value, str) else None

        level, trusted = options.get("level"), options.get("trusted")
        made = cls(
            notebook=notebook,
            by=CutBy(text("by") or CutBy.AUTO.value),
            level=level if isinstance(level, int) else None,
            out=text("out"),
            overlays_dir=text("overlays_dir"),
            report=text("report"),
            trusted=trusted if isinstance(trusted, tuple) else (),
            has_overlays=options.get("no_overlays") is not True,
            has_module=options.get("has_module") is True,
            is_verified=options.get("verify") is True,
            is_forced=options.get("force") is True,
            is_pruned=options.get("prune") is True,
            is_dry_run=options.get("dry_run") is True,
            is_diff=options.get("is_diff") is True,
            is_offline=options.get("offline") is True,
            is_verbose=options.get("verbose") is True,
            is_json=options.get("is_json") is True,
        )
        if made.is_verified and made.is_dry_run:
            raise click.UsageError("--dry-run runs nothing, so it excludes --verify.")
        if made.report is not None and not made.is_verified:
            raise click.UsageError("--report says what --verify found; say that too.")
        if made.overlays_dir is not None and not made.has_overlays:
            raise click.UsageError("--no-overlays leaves nothing for --overlays-dir.")
        if made.level is not None and made.by is CutBy.TAG:
            raise click.UsageError("--level is of headings, so it excludes --by tag.")
        return made
