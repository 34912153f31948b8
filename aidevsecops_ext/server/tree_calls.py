"""What the route of dependency trees does, in a worker thread."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING, cast

from msgspec import Struct

from ..app.show_tree import TreePorts, TreeRequest, show_tree
from ..formats.notebook_json import parse_json
from ..formats.tree_answers import tree_json
from ..jobs.engine import JobRequest

if TYPE_CHECKING:
    from ..app.ports import CancelToken, Progress
    from ..domain.jobs import Job
    from .backstage import Backstage
    from .notebook_calls import Body

TREE_KIND = "tree"


def submit_tree(backstage: Backstage, body: Body) -> Job:
    """The job that says why each locked package of a notebook is there."""
    path = backstage.paths.check(cast("str", body["path"]))
    notebook = parse_json(cast("Body", body["notebook"]), path)
    notebook.require_python()
    services = backstage.services
    trusted = cast("list[str]", body.get("trust_indexes", []))
    asked = TreeRequest(path, notebook, (*services.settings.trusted_indexes, *trusted))
    ports = TreePorts(
        services.files,
        services.index,
        services.package_needs,
        services.default_python,
        services.platform,
    )
    request = JobRequest(
        kind=TREE_KIND,
        key=path,
        title=f"Dependency tree of {PurePosixPath(path).name}",
        idempotency_key=cast("str | None", body.get("idempotency_key")),
    )
    return backstage.engine.submit(request, TreeWork(asked, ports))


class TreeWork(Struct, frozen=True):
    """Finds out who asks for what: the work of a job."""

    request: TreeRequest
    ports: TreePorts

    def __call__(self, progress: Progress, cancel: CancelToken) -> Body:
        """A TreeResult."""
        tree = show_tree(self.request, self.ports, progress, cancel)
        progress.report(f"Found why {len(tree.packages)} packages are there", 1.0)
        return tree_json(self.request.path, tree)
