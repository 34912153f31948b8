"""Start a child that ignores the polite signal, tell its process id, then wait or leave.

Arguments: ``wait`` to stay alive beside it, ``leave`` to exit at once; ``quiet`` to give the child
no pipe, so that only its process group ties it to us.
"""

import subprocess
import sys
import time

CHILD = """
import os, signal, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
sys.stderr.write(f"{os.getpid()}\\n")
sys.stderr.flush()
if "quiet" in sys.argv:
    null = os.open(os.devnull, os.O_RDWR)
    os.dup2(null, 1)
    os.dup2(null, 2)
time.sleep(60)
"""
child = subprocess.Popen(
    [sys.executable, "-c", CHILD, *sys.argv[1:]], stderr=subprocess.PIPE, text=True
)
assert child.stderr is not None
sys.stdout.write(child.stderr.readline())
sys.stdout.flush()
if "wait" in sys.argv:
    time.sleep(60)
