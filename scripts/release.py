"""The files of a release: the wheel, the source distribution and the bill of materials."""

from __future__ import annotations

import shutil

from .machine import ROOT, Machine

DIST = ROOT / "dist"


def build_release(machine: Machine) -> str:
    """Build from the pinned environment alone, into ``dist/``, which is emptied first.

    Returns:
        The names of the files, for the table.

    Raises:
        PartFailedError: something cannot be built.
    """
    shutil.rmtree(DIST, ignore_errors=True)
    uv = machine.tool("uv")
    machine.run.command(uv, "build", "--no-build-isolation", "--out-dir", DIST, ROOT, quiet=True)
    wheel = next(DIST.glob("*.whl"))
    machine.run.command("python", "-m", "scripts.bill", wheel, cwd=ROOT, quiet=True)
    # What uv leaves there for Git is not part of a release.
    (DIST / ".gitignore").unlink(missing_ok=True)
    return ", ".join(sorted(file.name for file in DIST.iterdir()))
