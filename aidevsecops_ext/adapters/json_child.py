"""Large notebooks without their outputs, taken apart in a child process.

Python's JSON parser holds the interpreter's lock from the first byte to the last: in a thread, a
50 MB notebook would stop a server's event loop for a second. A child has a lock of its own.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from ..formats.json_reading import is_light
from .process import Command, run

if TYPE_CHECKING:
    from ..app.ports import CancelToken

_LARGE = 1_000_000

# Reads a notebook, or a request that holds one; leaves broken ones to the caller's own parser.
_SCRIPT = """
import json, sys
value = json.loads(sys.stdin.buffer.read())
notebook = value.get("notebook", value)
for cell in notebook["cells"]:
    cell.pop("outputs", None)
    if "attachments" not in sys.argv:
        cell.pop("attachments", None)
sys.stdout.write(json.dumps(value))
"""


class ChildSlimmer:
    """The port ``Slimmer`` by a child process for what is large."""

    def slim(self, text: str | bytes, cancel: CancelToken, *, has_attachments: bool = False) -> str:
        """The text without outputs and attachments; as it is where that is not worth it.

        Raises:
            UnicodeDecodeError: bytes that are not UTF-8.
            CancelledError: cancelled.
        """
        # Neither may a child take more memory than this machine has.
        if len(text) < _LARGE or not is_light(text):
            return _decoded(text)
        # Isolated, and without site-packages: only the standard library is needed.
        kept = ("attachments",) if has_attachments else ()
        command = Command((sys.executable, "-I", "-S", "-c", _SCRIPT, *kept), stdin=text)
        outcome = run(command, cancel)
        return _decoded(text) if outcome.returncode else outcome.stdout


def _decoded(text: str | bytes) -> str:
    return text if isinstance(text, str) else text.decode("utf-8")
