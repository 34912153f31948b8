"""Be a server with one running job: say its id, then wait to be killed.

Argument: the folder of the job store.
"""

import logging
import sys
import threading
from pathlib import Path

from aidevsecops_ext.adapters.clock import SystemClock
from aidevsecops_ext.app.ports import CancelToken, Progress
from aidevsecops_ext.domain.json_value import Json
from aidevsecops_ext.jobs.engine import JobEngine, JobRequest
from aidevsecops_ext.jobs.store import JobStore, Retention

started = threading.Event()


def work(progress: Progress, _cancel: CancelToken) -> dict[str, Json]:
    progress.log("started")
    started.set()
    threading.Event().wait(60)
    return {}


store = JobStore(
    Path(sys.argv[1]) / "jobs.sqlite3", "/home", Retention(200, 24, 100), logging.getLogger()
)
engine = JobEngine(store, SystemClock(), 2, lambda _job: None, logging.getLogger())
job = engine.submit(JobRequest("lock", "nb.ipynb", "Lock nb.ipynb"), work)
started.wait()
sys.stdout.write(job.id + "\n")
sys.stdout.flush()
threading.Event().wait(60)
