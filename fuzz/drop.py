"""Give parsers what may be dear to read: ``python -m fuzz.drop SIZE GROWN [PARSER ...]``.

Each parser has a process of its own, which may take so many seconds of processor time for each
text, and so much memory above what it began with. Prints a line of JSON for each parser.
"""

from __future__ import annotations

import gc
import json
import os
import resource
import sys
import time
from typing import Any

from .bombs import bombs_for
from .parsers import PARSERS

# Five times what is promised: what hangs takes more on any machine.
SECONDS = 10
MEGABYTES = 500


def main(size: str, grown: str, *names: str) -> None:
    """Drop all bombs on each of the parsers."""
    # What is imported late counts for nobody.
    for parser in PARSERS.values():
        parser.accept(parser.seeds[0])
    gc.freeze()
    for name in names or PARSERS:
        print(json.dumps({"parser": name, **_dropped(name, int(size), int(grown))}), flush=True)


def _dropped(name: str, size: int, grown: int) -> dict[str, Any]:
    """What a process found that reads all of a parser's; of one that ended, which text it was."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        with os.fdopen(writing, "w") as out:
            for line in _read_all(name, size, grown):
                print(json.dumps(line), file=out, flush=True)
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as lines:
        said: list[dict[str, Any]] = [json.loads(line) for line in lines]
    _, status = os.waitpid(child, 0)
    done = [line for line in said if "seconds" in line]
    faults = [f"{line['bomb']}: {line['fault']}" for line in done if line["fault"]]
    if status:
        bomb = said[-1]["bomb"] if said else "nothing"
        faults.append(f"{bomb}: ended with {os.waitstatus_to_exitcode(status)}")
    return {
        "read": len(done),
        "faults": faults,
        "slowest": max(([line["seconds"], line["bomb"]] for line in done), default=[0, ""]),
        "largest": max(([line["megabytes"], line["bomb"]] for line in done), default=[0, ""]),
        "seconds": round(sum(line["seconds"] for line in done), 2),
    }


def _read_all(name: str, size: int, grown: int) -> Any:
    parser = PARSERS[name]
    for bomb, make in bombs_for(parser, size, grown).items():
        yield {"bomb": bomb}
        text = make()
        begun, before = time.process_time(), _peak()
        soft = int(begun) + SECONDS + 1
        resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.RLIM_INFINITY))
        limit = _data() + MEGABYTES * 1_000_000
        resource.setrlimit(resource.RLIMIT_DATA, (limit, resource.RLIM_INFINITY))
        fault = ""
        try:
            parser.accept(text)
        except BaseException as error:
            fault = f"{type(error).__name__}: {error}"[:200]
        used = time.process_time() - begun
        more = (_peak() - before) // 1024
        yield {"bomb": bomb, "fault": fault, "seconds": round(used, 3), "megabytes": more}


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def _data() -> int:
    """What the process has of memory that it can write to, in bytes."""
    with open("/proc/self/status") as file:
        return next(int(line.split()[1]) * 1024 for line in file if line.startswith("VmData"))


if __name__ == "__main__":
    main(*sys.argv[1:])
