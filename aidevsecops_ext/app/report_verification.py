"""Report what a verification found as one page, with the outputs that differ side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..domain.verification import Likeness
from ..formats.verification_page import verification_page

if TYPE_CHECKING:
    from ..domain.verification import Verification
    from .verification_ports import OutputDiffs


def report_verification(found: Verification, diffs: OutputDiffs) -> str:
    """The page, whole in itself, as HTML.

    Raises:
        ToolMissingError: what compares the outputs is not installed.
    """
    return verification_page(
        found,
        {
            one.cell: diffs.compare(one.before, one.after)
            for one in found.cells
            if one.cell is not None and one.outcome is not Likeness.SAME
        },
    )
