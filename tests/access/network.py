"""A network that has this machine's loopback and nothing else, where the system can make one."""

from __future__ import annotations

import fcntl
import shutil
import socket
import struct
import subprocess
import sys

_GET_FLAGS, _SET_FLAGS, _UP = 0x8913, 0x8914, 0x1


def namespace_words() -> list[str]:
    """What to put before a command, so that it has such a network; none where none can be made."""
    program = shutil.which("unshare")
    if program is None or sys.platform != "linux":
        return []
    for options in (["-n"], ["-rn"]):
        tried = subprocess.run([program, *options, "true"], capture_output=True)
        if tried.returncode == 0:
            return [program, *options]
    return []


def bring_loopback_up() -> None:
    """Have loopback answer; a new network begins without. Where it is up, nothing happens."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
        asked = struct.pack("16sh", b"lo", 0)
        flags = struct.unpack("16sh", fcntl.ioctl(control, _GET_FLAGS, asked)[:18])[1]
        if not flags & _UP:
            fcntl.ioctl(control, _SET_FLAGS, struct.pack("16sh", b"lo", flags | _UP))
