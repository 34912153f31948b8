"""The log on standard error, for whoever looks for a mistake in this program."""

from __future__ import annotations

import logging

from ..formats.visible_text import visible


class _VisibleFormatter(logging.Formatter):
    """Lines and tracebacks that steer no terminal."""

    def format(self, record: logging.LogRecord) -> str:
        return visible(super().format(record))


def log_everything() -> None:
    """Print all that is logged from now on."""
    handler = logging.StreamHandler()
    handler.setFormatter(_VisibleFormatter(logging.BASIC_FORMAT))
    logging.basicConfig(level=logging.DEBUG, handlers=[handler])
