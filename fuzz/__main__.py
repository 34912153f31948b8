"""Explore parsers, as many at once as there are cores: ``python -m fuzz [PARSER ...]``.

What was found stays in the folder, each text beside what it led to; so does the corpus, from which
the next run goes on.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from .parsers import PARSERS

# To begin takes minutes where other programs work; what hangs is ended by the fuzzer.
_GRACE_SECONDS = 600


def main() -> int:
    """How many parsers did not stand what they were given, as an exit status."""
    words = argparse.ArgumentParser(prog="python -m fuzz", description=__doc__)
    words.add_argument("--seconds", type=int, default=60, help="for each parser")
    words.add_argument("--folder", type=Path, default=Path(".fuzz"))
    words.add_argument("parsers", nargs="*", help=f"of {', '.join(PARSERS)}")
    asked = words.parse_args()
    names = asked.parsers or list(PARSERS)
    with ThreadPoolExecutor(os.cpu_count()) as explorers:
        fine = [*explorers.map(lambda name: _explore(name, asked.seconds, asked.folder), names)]
    failed = [name for name, is_fine in zip(names, fine, strict=True) if not is_fine]
    for name in failed:
        print(f"{name}: look into {asked.folder / 'found'}")
    return 1 if failed else 0


def _explore(name: str, seconds: int, folder: Path) -> bool:
    """True where nothing was found."""
    words = (sys.executable, "-m", "fuzz.explore", name, str(seconds), str(folder))
    try:
        outcome = subprocess.run(
            words, capture_output=True, text=True, check=False, timeout=seconds + _GRACE_SECONDS
        )
    except subprocess.TimeoutExpired:
        print(f"{name}: did not end")
        return False
    found = [path.name for path in (folder / "found").glob(f"{name}-*")]
    runs = next((line for line in outcome.stderr.splitlines() if line.startswith("Done ")), "")
    said = runs or f"ended with {outcome.returncode}"
    # At once with its line end: others say something, too.
    print(f"{name}: {said}, found {len(found)}\n", end="", flush=True)
    return outcome.returncode == 0 and not found


if __name__ == "__main__":
    sys.exit(main())
