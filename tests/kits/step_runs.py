"""Runs the code of generated cells in Python processes of their own."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from aidevsecops_ext.domain.split import Generator
from aidevsecops_ext.formats.artifact_parts import Part
from aidevsecops_ext.formats.artifact_reader import read_functions
from aidevsecops_ext.formats.artifact_writer import write_functions

from .processes import SCRIPTS, script

_PLACE = '_steps_folder = "artifacts/nb"\n'
DESCRIBE = (
    (SCRIPTS / "describe_objects.py")
    .read_text(encoding="utf-8")
    .replace("from __future__ import annotations", "")
)


@dataclass(frozen=True, slots=True)
class Ran:
    """What a piece of code printed, how it failed, and its variable ``result``."""

    printed: str
    error: str | None
    result: object

    @property
    def message(self) -> str:
        """The last line of the traceback."""
        assert self.error is not None, self.printed
        return self.error.strip().splitlines()[-1]


class Python:
    """A process that runs code in a folder; each piece sees nothing of those before."""

    def __init__(self, process: subprocess.Popen[str], folder: Path) -> None:
        self._process = process
        self.folder = folder

    def within(self, folder: Path) -> Python:
        """The same process, running what follows in another folder."""
        return Python(self._process, folder)

    def run(self, code: str, folder: Path | None = None) -> Ran:
        """What came of the code."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        asked = {"code": code, "folder": str(folder or self.folder)}
        self._process.stdin.write(json.dumps(asked) + "\n")
        self._process.stdin.flush()
        answer = json.loads(self._process.stdout.readline())
        return Ran(answer["printed"], answer["error"], answer["result"])


@contextmanager
def python(folder: Path, *options: str, program: str = sys.executable) -> Iterator[Python]:
    """A new process, which ends with the block."""
    command = (program, *options, *script("run_cells")[1:])
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=folder
    ) as process:
        yield Python(process, folder)
        assert process.stdin is not None
        process.stdin.close()


def written(code: str, names: Sequence[str], words: str = "", step: str = "one") -> str:
    """The code of a step that ends with writing the names."""
    origins = dict.fromkeys(names, "cell 3")
    call = f"_write_step({step!r}, {origins!r}, {words})"
    return f"{_PLACE}{code}\n{write_functions(list(Part), list(Generator))}\n{call}\n"


def read(
    code: str, names: Sequence[str], words: str = "", step: str = "one", head: str = ""
) -> str:
    """The code of a step that begins with reading the names."""
    call = f"_read_step({step!r}, {list(names)!r}, {words})"
    return f"{_PLACE}{head}\n{read_functions(list(Part), list(Generator))}\n{call}\n{code}\n"


def described(names: Sequence[str]) -> str:
    """Code that has the description of the names as its result."""
    return f"{DESCRIBE}\nresult = describe_all({list(names)!r}, globals())\n"
