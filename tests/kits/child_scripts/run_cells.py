"""Runs pieces of code that come in on stdin, each in a new ``__main__``, and says what came of it.

A line in is ``{"code", "folder"}``; a line out is ``{"printed", "error", "result"}``, the last of
them the value of the variable ``result``.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import sys
import traceback
import types


def answer(code: str, folder: str) -> dict[str, object]:
    """What running the code gave."""
    main = types.ModuleType("__main__")
    sys.modules["__main__"] = main
    os.chdir(folder)
    printed = io.StringIO()
    error = None
    with contextlib.redirect_stdout(printed):
        try:
            exec(compile(code, "cells", "exec"), vars(main))
        except BaseException as raised:
            error = "".join(traceback.format_exception(raised))
    return {"printed": printed.getvalue(), "error": error, "result": vars(main).get("result")}


for line in sys.stdin:
    asked = json.loads(line)
    sys.stdout.write(json.dumps(answer(asked["code"], asked["folder"])) + "\n")
    sys.stdout.flush()
