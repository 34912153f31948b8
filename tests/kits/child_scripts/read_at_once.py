"""Has several threads of fresh processes read a record at once; fails when one process dies."""

from __future__ import annotations

import os
import sys
import threading

from aidevsecops_ext.domain.pipeline_run import PipelineRun, StepRun
from aidevsecops_ext.formats.run_record import read_record, record_text

THREADS = 8
PROCESSES = 12


def read_at_once() -> None:
    """Read in all threads in the same moment, which is when types are learned."""
    start = threading.Barrier(THREADS)
    threads = [
        threading.Thread(target=lambda: (start.wait(), read_record(text, "")))
        for _ in range(THREADS)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


step = StepRun(id="1", name="load", file="load.ipynb", upstream=())
text = record_text(PipelineRun("a", "churn.pipeline", "churn", "runs/churn/a", steps=(step,)))
sys.setswitchinterval(1e-6)
for _ in range(PROCESSES):
    pid = os.fork()
    if pid == 0:
        read_at_once()
        os._exit(0)
    if os.waitpid(pid, 0)[1]:
        sys.exit("a process died")
