"""What every process of a program started and whom it asked, written down from within and beneath.

Python tells of itself by audit events, which ``sitecustomize.py`` in ``PYTHONPATH`` listens to; of
what else is started (uv, git and what they start) the kernel tells, through strace, where it is.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

_LISTENER = """
import json, os, sys

_descriptor = os.open({log!r}, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)


def _write(kind, value):
    os.write(_descriptor, (json.dumps([kind, value]) + "\\n").encode())


def _listen(event, arguments):
    if event == "socket.connect":
        address = arguments[1]
        if isinstance(address, tuple):
            _write("connect", f"{{address[0]}}:{{address[1]}}")
    elif event in ("socket.getaddrinfo", "socket.gethostbyname"):
        _write("name", str(arguments[0]))
    elif event == "subprocess.Popen":
        _write("start", [os.fsdecode(word) for word in arguments[1]])


sys.addaudithook(_listen)
"""
_CONNECT_4 = re.compile(r'connect\(.*sin_port=htons\((\d+)\), sin_addr=inet_addr\("([^"]+)"\)')
_CONNECT_6 = re.compile(r'connect\(.*sin6_port=htons\((\d+)\).*inet_pton\(AF_INET6, "([^"]+)"')
# A datagram socket that is only bound to a route says nothing to anybody; names are asked at 53.
_SEND = re.compile(r'send(?:to|mmsg|msg)\(.*sin_port=htons\((\d+)\), sin_addr=inet_addr\("([^"]+)"')


class Watch:
    """The records of all that was started below it."""

    def __init__(self, folder: Path) -> None:
        self._log = folder / "audit.jsonl"
        self._traces = folder / "traces"
        self._hooks = folder / "hooks"
        self._hooks.mkdir(parents=True, exist_ok=True)
        self._traces.mkdir(exist_ok=True)
        text = _LISTENER.format(log=str(self._log))
        (self._hooks / "sitecustomize.py").write_text(text, encoding="utf-8")
        self._strace = shutil.which("strace")

    def environment(self, python_path: str) -> dict[str, str]:
        """What has Python tell of itself."""
        return {"PYTHONPATH": f"{self._hooks}:{python_path}"}

    def words(self, name: str) -> list[str]:
        """What to put before a command, so that the kernel tells of it; none without strace."""
        if self._strace is None:
            return []
        calls = "trace=execve,connect,sendto,sendmsg,sendmmsg"
        log = self._traces / f"{name}.txt"
        return [self._strace, "-D", "-f", "-qq", "-s", "8192", "-e", calls, "-o", str(log)]

    @property
    def is_deep(self) -> bool:
        """True when the kernel told, too."""
        return self._strace is not None

    def asked(self) -> set[str]:
        """The addresses that anything connected to, as ``host:port``, and the names looked up."""
        found = set()
        for kind, value in self._told():
            if kind == "connect" or (kind == "name" and not _is_address(value)):
                found.add(value)
        for line in self._traced():
            for pattern in (_CONNECT_4, _CONNECT_6, _SEND):
                match = pattern.search(line)
                # Libraries "connect" to port 0 to find out which way is out: nothing is sent.
                if match is not None and match[1] != "0":
                    found.add(f"{match[2]}:{match[1]}")
        return found

    def started(self) -> list[bytes]:
        """The command lines of all that was started; environments are not in them."""
        told = [json.dumps(value).encode() for kind, value in self._told() if kind == "start"]
        return [*told, *(line.encode() for line in self._traced() if "execve(" in line)]

    def _told(self) -> Iterator[tuple[str, str]]:
        if self._log.is_file():
            for line in self._log.read_text(encoding="utf-8").splitlines():
                kind, value = json.loads(line)
                yield kind, value

    def _traced(self) -> Iterator[str]:
        for file in sorted(self._traces.iterdir()):
            with file.open(encoding="utf-8", errors="replace") as lines:
                yield from lines


def _is_address(name: str) -> bool:
    return re.fullmatch(r"[0-9.:]+|None|", name) is not None
