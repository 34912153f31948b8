"""A file as it would be, beside the one that is there."""

from __future__ import annotations

from msgspec import Struct


class FilePreview(Struct, frozen=True):
    """A file as it would be; ``old`` and ``revision`` are None where there is none yet."""

    path: str
    text: str
    old: str | None = None
    revision: str | None = None

    @property
    def state(self) -> str:
        """What becomes of it, in one word: created, replaced or unchanged."""
        if self.old is None:
            return "created"
        return "unchanged" if self.old == self.text else "replaced"

    def diff(self) -> str:
        """How its text changes, as a unified diff; empty where it does not."""
        # Slow to import, and most files are new or as they should be.
        import difflib

        lines = difflib.unified_diff(
            (self.old or "").splitlines(keepends=True),
            self.text.splitlines(keepends=True),
            self.path if self.old is not None else "/dev/null",
            self.path,
        )
        return "".join(line if line.endswith("\n") else f"{line}\n" for line in lines)
