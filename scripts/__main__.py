"""``python -m scripts TARGET``: what the Makefile calls."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence

from .checks import CHECKS
from .demo import prepare, serve
from .machine import Machine
from .parts import Run
from .pins import pin

# Quick ones first, so that a slip is known early; pytest's closing lines are repeated at the end.
TARGETS: Mapping[str, Sequence[str]] = {
    "setup": [],
    "lock": [],
    "check": ["lint", "unit"],
    "test": ["lint", "unit", "docs", "wheel", "ui"],
    **{name: [name] for name in CHECKS},
}


def main(target: str) -> int:
    """The exit status of the target: 0 if every part of it did what it promised."""
    run = Run(f"make {target}")
    machine = Machine(run)
    if target == "demo":
        machine.set_up("demo")
        folder = prepare(run, machine)
        status = run.close()
        if os.environ.get("SERVE") != "0":
            serve(machine, folder)
        return status
    machine.set_up("dev")
    if target == "lock":
        pin(run, machine.tool("uv"))
    for name in TARGETS[target]:
        CHECKS[name](machine)
    return run.close()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
