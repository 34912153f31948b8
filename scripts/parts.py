"""Parts of a run: each says what it does, how long it took and, if it failed, why."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

# What pytest and Playwright say in the end: how many passed, and which did not.
CLOSING = re.compile(
    r"^=+ .*\b(passed|failed|error|no tests ran)\b.* in [\d.]+s.* =+$"
    r"|^(FAILED|ERROR) tests/"
    r"|^  \d+ (passed|failed|flaky|did not run)\b"
    r"|^    tests/\S+\.spec\.ts:\d+:\d+ "
)


class PartFailedError(Exception):
    """A part did not do what it promised; the message says what happened."""


@dataclass(frozen=True, slots=True)
class Result:
    """How one part ended."""

    name: str
    seconds: float
    outcome: str


@dataclass(slots=True)
class Run:
    """The parts of one ``make`` target, in order, with the time that each took."""

    title: str
    environment: dict[str, str] = field(default_factory=dict)
    results: list[Result] = field(default_factory=list)
    closing_lines: list[str] = field(default_factory=list)

    @property
    def failed(self) -> list[str]:
        """The names of the parts that failed so far."""
        return [result.name for result in self.results if result.outcome == "FAILED"]

    def part(self, name: str, action: Callable[[], object]) -> None:
        """Carry out one part; a text that ``action`` returns, such as "up to date", is shown.

        A failure is noted and printed, and the run goes on: ``failed`` tells.
        """
        say(f"\n=== {name}")
        started = time.monotonic()
        try:
            answer = action()
            outcome = answer if isinstance(answer, str) else "ok"
        except PartFailedError as failure:
            say(str(failure))
            outcome = "FAILED"
        seconds = time.monotonic() - started
        self.results.append(Result(name, seconds, outcome))
        say(f"--- {name}: {outcome}, {seconds:.1f} s")

    def need(self, name: str, action: Callable[[], object]) -> None:
        """As ``part``, but nothing after it makes sense without it.

        Raises:
            SystemExit: the part failed; the table has been printed.
        """
        self.part(name, action)
        if self.failed:
            raise SystemExit(self.close())

    def command(
        self,
        *words: str | Path,
        cwd: Path | None = None,
        quiet: bool = False,
        extra: Mapping[str, str] | None = None,
    ) -> list[str]:
        """The lines that a child printed; with ``quiet`` they are on the terminal only if it fails.

        ``extra`` are environment variables for this child alone.

        Raises:
            PartFailedError: the child could not be started or its exit status is not 0.
        """
        argv = [str(word) for word in words]
        environment = {**os.environ, **self.environment, **(extra or {})}
        is_shown = not quiet or bool(os.environ.get("VERBOSE"))
        say(f"$ {' '.join(argv)}")
        lines: list[str] = []
        with _start(argv, cwd, environment) as child:
            for line in child.stdout or ():
                lines.append(line.rstrip("\n"))
                if is_shown:
                    say(lines[-1])
        self.closing_lines += [line for line in lines if CLOSING.match(line)]
        if child.returncode:
            output = "" if is_shown else "\n".join(lines) + "\n"
            raise PartFailedError(f"{output}{argv[0]} ended with exit status {child.returncode}.")
        return lines

    def close(self) -> int:
        """The exit status of the whole run, after printing the table of its parts."""
        width = max([len(result.name) for result in self.results], default=0)
        say(f"\n=== {self.title}: how long each part took")
        for result in self.results:
            say(f"{result.name:<{width}}  {result.seconds:7.1f} s  {result.outcome}")
        total = sum(result.seconds for result in self.results)
        say(f"{'all':<{width}}  {total:7.1f} s  {'FAILED' if self.failed else 'ok'}")
        for line in self.closing_lines:
            say(line)
        if self.failed:
            say(f"Failed: {', '.join(self.failed)}")
        return 1 if self.failed else 0


def _start(
    argv: Sequence[str], cwd: Path | None, environment: Mapping[str, str]
) -> subprocess.Popen[str]:
    # The PATH of the child's environment decides which program it is, not ours.
    program = shutil.which(argv[0], path=environment.get("PATH"))
    if program is None:
        raise PartFailedError(f"Cannot start {argv[0]}: it is not on the PATH.")
    return subprocess.Popen(
        [program, *argv[1:]],
        cwd=cwd,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    )


def say(text: str) -> None:
    """Print at once, so that a reader of a log sees where a run is."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()
