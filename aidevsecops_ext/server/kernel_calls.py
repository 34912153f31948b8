"""What the routes of kernels do, in a worker thread: from a request's JSON to an answer's."""

from __future__ import annotations

import time
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, cast

from msgspec import Struct

from ..app.check_kernel import check_kernel
from ..app.delete_kernel import delete_kernel
from ..app.list_kernels import find_kernel, list_kernels
from ..app.make_kernel import KernelRequest, make_kernel
from ..app.open_notebook import open_notebook
from ..app.refresh_kernel import RefreshRequest, refresh_kernel
from ..domain.json_value import Json
from ..formats.kernel_answers import (
    kernel_check_json,
    kernel_json,
    kernel_plan_json,
    kernel_removal_json,
)
from ..formats.notebook_json import parse_json
from ..jobs.engine import JobRequest

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..app.ports import CancelToken, Progress
    from ..domain.jobs import Job
    from ..domain.kernels import KernelPlan
    from ..domain.notebook import Notebook
    from .backstage import Backstage

KERNEL_KIND = "kernel"

Body = dict[str, Json]


def list_all(backstage: Backstage) -> Body:
    """The kernels that were made from locks."""
    records = list_kernels(backstage.services.kernel_ports())
    return {"kernels": [kernel_json(record) for record in records]}


def find_one(backstage: Backstage, name: str) -> Body:
    """One kernel that was made from a lock."""
    return kernel_json(find_kernel(name, backstage.services.kernel_ports()))


def delete_one(backstage: Backstage, name: str, cancel: CancelToken) -> Body:
    """What deleting a kernel removed."""
    removal = delete_kernel(name, backstage.services.kernel_ports(), cancel)
    return kernel_removal_json(removal, is_dry_run=False)


def check_open(backstage: Backstage, body: Body) -> Body:
    """How the kernel of a notebook, as the request holds it, compares with its lock."""
    _, notebook = _read_open(backstage, body)
    return kernel_check_json(check_kernel(notebook, backstage.services.kernel_ports()))


def submit_kernel(backstage: Backstage, body: Body) -> Job:
    """The job that makes a kernel from the lock of a notebook as the request holds it."""
    path, notebook = _read_open(backstage, body)
    notebook.require_python()
    ports = backstage.services.kernel_ports()
    asked = KernelRequest(
        path=path,
        notebook=notebook,
        name=cast("str | None", body.get("name")),
        display_name=cast("str | None", body.get("display_name")),
        is_forced=bool(body.get("force", False)),
        is_dry_run=bool(body.get("dry_run", False)),
        trusted_indexes=tuple(cast("list[str]", body.get("trust_indexes", []))),
    )

    def make(progress: Progress, cancel: CancelToken) -> KernelPlan:
        return make_kernel(asked, ports, progress, cancel)

    what = "Preview" if asked.is_dry_run else "Make"
    request = JobRequest(
        kind=KERNEL_KIND,
        key=path,
        title=f"{what} a kernel for {PurePosixPath(path).name}",
        idempotency_key=cast("str | None", body.get("idempotency_key")),
        is_preview=asked.is_dry_run,
    )
    work = KernelWork(path, notebook, make, is_dry_run=asked.is_dry_run)
    return backstage.engine.submit(request, work)


def submit_refresh(backstage: Backstage, name: str) -> Job:
    """The job that makes a kernel anew from the lock that its notebook, as saved, has now."""
    ports = backstage.services.kernel_ports()
    kernel = find_kernel(name, ports)
    path = kernel.notebook
    notebook = None
    if path is not None:
        notebook = open_notebook(backstage.paths.check(path), ports.files).notebook

    def make(progress: Progress, cancel: CancelToken) -> KernelPlan:
        return refresh_kernel(RefreshRequest(kernel.name), ports, progress, cancel)

    request = JobRequest(
        kind=KERNEL_KIND, key=path or kernel.name, title=f"Refresh the kernel {kernel.name}"
    )
    return backstage.engine.submit(request, KernelWork(path, notebook, make))


class KernelWork(Struct, frozen=True):
    """Makes a kernel: the work of a job."""

    path: str | None
    notebook: Notebook | None
    make: Callable[[Progress, CancelToken], KernelPlan]
    is_dry_run: bool = False

    def __call__(self, progress: Progress, cancel: CancelToken) -> Body:
        """A KernelResult."""
        started = time.monotonic()
        plan = self.make(progress, cancel)
        metadata = {} if self.notebook is None else self.notebook.metadata
        return {
            "notebook": self.path,
            **kernel_plan_json(plan, is_dry_run=self.is_dry_run),
            "seconds": round(time.monotonic() - started, 3),
            "edit": {"metadata": dict(plan.edit.metadata)},
            "base": {key: metadata.get(key) for key in plan.edit.metadata},
        }


def _read_open(backstage: Backstage, body: Body) -> tuple[str, Notebook]:
    path = backstage.paths.check(cast("str", body["path"]))
    return path, parse_json(cast("Body", body["notebook"]), path)
