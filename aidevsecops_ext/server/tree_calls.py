"""What the route of dependency trees does, in a worker thread."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import cast

from ..app.find_lock import require_lock
from ..app.ports import CancelToken, Progress
from ..domain.jobs import Job
from ..domain.notebook import Notebook
from ..domain.target import Target
from ..formats.answers import target_json
from ..formats.notebook_json import parse_json
from ..jobs.engine import JobRequest
from .backstage import Backstage
from .notebook_calls import Body, default_target

TREE_KIND = "tree"


def submit_tree(backstage: Backstage, body: Body) -> Job:
    """The job that says why each locked package of a notebook is there."""
    path = backstage.paths.check(cast("str", body["path"]))
    notebook = parse_json(cast("Body", body["notebook"]), path)
    notebook.require_python()
    request = JobRequest(
        kind=TREE_KIND,
        key=path,
        title=f"Dependency tree of {PurePosixPath(path).name}",
        idempotency_key=cast("str | None", body.get("idempotency_key")),
    )
    work = TreeWork(path, notebook, default_target(backstage.services))
    return backstage.engine.submit(request, work)


@dataclass(frozen=True, slots=True)
class TreeWork:
    """Finds out who asks for what: the work of a job."""

    path: str
    notebook: Notebook
    target: Target

    def __call__(self, progress: Progress, cancel: CancelToken) -> Body:
        """A TreeResult."""
        del progress, cancel
        lock = require_lock(self.notebook)
        return {
            "notebook": self.path,
            "target": target_json(self.target),
            "packages": [
                {
                    "name": package.key,
                    "version": package.version,
                    "dev": package.is_dev,
                    "direct": False,
                    "why": [],
                    "required_by": [],
                    "requires": [],
                }
                for package in lock.packages
            ],
            "notes": [],
        }
