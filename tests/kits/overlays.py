"""An overlay as text files: a Pipfile and the lock that it gave."""

from __future__ import annotations

import json

from aidevsecops_ext.formats.custody import Custody, custody_lines
from aidevsecops_ext.formats.pipfile import hash_of, read_pipfile

THOTH = (
    "overlays_dir: overlays\nruntime_environments:\n  - name: train\n    python_version: '3.11'\n"
)
PIPFILE = """\
[[source]]
name = "pypi"
url = "https://index.example/simple"
verify_ssl = true

[packages]
six = "*"

[dev-packages]

[requires]
python_version = "3.11"
"""


def overlay_texts(
    version: str = "1.16", custody: Custody | None = None, *, is_stale: bool = False
) -> dict[str, str]:
    """The files of the overlay ``train``, which locks six, and the one that names it."""
    digest = "0" * 64 if is_stale else hash_of(read_pipfile(PIPFILE, "Pipfile"))
    lock = {
        "_meta": {"hash": {"sha256": digest}, "pipfile-spec": 6, "requires": {}, "sources": []},
        "default": {"six": {"version": f"=={version}", "hashes": ["sha256:aa"]}},
        "develop": {},
    }
    asked = (custody_lines(custody) if custody else "") + PIPFILE
    return {
        ".thoth.yaml": THOTH,
        "overlays/train/Pipfile": asked,
        "overlays/train/Pipfile.lock": json.dumps(lock),
    }
