"""A process that imports the program once, and forks for each run that is to be killed.

Each line of its standard input asks for one run, in JSON; each line of its standard output says how
one ended. What a killed run has left comes to this process, which collects it.
"""

from __future__ import annotations

import ctypes
import importlib
import json
import os
import signal
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from tests.kits.kill_points import KillPoints

_PR_SET_CHILD_SUBREAPER = 36


def main() -> None:
    """Serve until standard input ends."""
    ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    for line in sys.stdin:
        asked = json.loads(line)
        if "modules" in asked:
            for name in asked["modules"]:
                # Some are made by others, and cannot be imported by their name.
                with suppress(Exception):
                    importlib.import_module(name)
            _say({})
            continue
        if "patience" in asked:
            _say({"is_quiet": _is_quiet(asked["patience"])})
            continue
        pid = os.fork()
        if pid == 0:
            _run(asked)
        if asked.get("is_followed", True):
            _, status = os.waitpid(pid, 0)
            _say({"status": os.waitstatus_to_exitcode(status)})
        else:
            _say({"pid": pid})


def _run(asked: dict[str, Any]) -> None:
    """Be the program, as if it had been started so; never returns."""
    status = 1
    try:
        os.setsid()
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        os.environ.clear()
        os.environ.update(asked["environ"])
        os.chdir(asked["cwd"])
        out = os.open(asked["said"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        null = os.open(os.devnull, os.O_RDONLY)
        for source, target in ((null, 0), (out, 1), (out, 2)):
            os.dup2(source, target)
        sys.stdin, sys.stdout, sys.stderr = (
            os.fdopen(number, mode, closefd=False)
            for number, mode in ((0, "r"), (1, "w"), (2, "w"))
        )
        sys.argv = ["aidevsecops", *asked["arguments"]]
        armed = asked.get("armed")
        KillPoints(
            asked["last"], Path(asked["trace"]), armed and Path(armed), asked["counted"]
        ).install()
        status = _called(asked["program"])
    except BaseException:
        import traceback

        traceback.print_exc()
    finally:
        if asked.get("modules_to"):
            Path(asked["modules_to"]).write_text(json.dumps(sorted(sys.modules)))
        with suppress(Exception):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(status)


def _is_quiet(patience: float) -> bool:
    """True as soon as nothing is left of any run, False when the seconds are over before."""
    give_up = time.monotonic() + patience
    while True:
        try:
            pid, _ = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return True
        if pid == 0:
            if time.monotonic() > give_up:
                return False
            # Nothing waits for an end and for a deadline at once.
            time.sleep(0.01)


def _called(program: str) -> int:
    module, _, name = program.partition(":")
    try:
        getattr(importlib.import_module(module), name)()
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    return 0


def _say(answer: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
