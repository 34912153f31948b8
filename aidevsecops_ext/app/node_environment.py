"""Whether where a node of a pipeline runs has what its code needs: its overlay, lock or kernel."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..domain.errors import AidevsecopsError, CancelledError
from ..domain.import_names import alternatives
from ..domain.lock import LockStatus
from ..domain.overlay import Overlay, OverlayStyle
from ..domain.pipeline_findings import FindingCode, error, note, warning
from .check_notebook import check_notebook
from .check_overlays import check_overlay_and_notebook
from .discover_requirements import discover_requirements
from .find_lock import find_lock
from .overlay_of import overlay_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ..domain.discovery import Discovery
    from ..domain.pipeline import Node
    from ..domain.pipeline_draft import NodeCustody
    from ..domain.pipeline_findings import PipelineFinding
    from .kernel_ports import Kernels
    from .pipeline_ports import PipelinePorts
    from .ports import CancelToken
    from .read_code import CodeFile


class NodeEnvironments:
    """Checks the environments of the nodes of one pipeline; an overlay of several once."""

    def __init__(
        self, pipelines: PipelinePorts, kernels: Callable[[], Kernels], cancel: CancelToken
    ) -> None:
        self._ports = pipelines
        self._kernels = kernels
        self._cancel = cancel
        self._overlays: set[str] = set()

    def check(
        self, node: Node, code: CodeFile, custody: NodeCustody | None
    ) -> Iterator[PipelineFinding]:
        """What is wrong with where a node runs; ``custody`` is what it was made of.

        Raises:
            AidevsecopsError: a folder, or ``.thoth.yaml``, cannot be read.
            CancelledError: cancelled.
        """
        found = overlay_of(code.path, code.notebook, self._ports.files)
        if not code.notebook.is_python:
            yield from self._kernel(node, code)
            return
        discovery = discover_requirements(
            code.path, code.notebook, self._ports.discover, self._cancel
        )
        yield from _unknown(node, discovery)
        if found is None:
            message = "No overlay holds its environment, so it may run here otherwise than there."
            hint = "Make one: aidevsecops overlay extract."
            yield note(FindingCode.NO_OVERLAY, message, hint, node.name)
            yield from self._without_overlay(node, code, discovery)
            return
        if custody is not None and custody.lock not in (None, found.lock):
            yield warning(
                FindingCode.RELOCKED_OVERLAY,
                f"{found.folder} has another lock than when the node was made: its image may "
                "hold older packages.",
                "Build the image, and create the pipeline again.",
                node.name,
                "runtime_image",
            )
        if found.folder not in self._overlays:
            self._overlays.add(found.folder)
            yield from self._overlay(node, found.folder)

    def _overlay(self, node: Node, folder: str) -> Iterator[PipelineFinding]:
        styles = (Overlay(folder, style) for style in OverlayStyle)
        overlay = next(each for each in styles if self._ports.files.is_file(each.asked_path))
        try:
            result = check_overlay_and_notebook(overlay, self._ports.discover, self._cancel).result
        except CancelledError:
            raise
        except AidevsecopsError as caught:
            yield error(FindingCode.STALE_OVERLAY, caught.message, caught.hint, node.name)
            return
        if result.status is not LockStatus.FRESH:
            reasons = " ".join(detail.message for detail in result.details)
            yield error(
                FindingCode.STALE_OVERLAY,
                f"Its overlay {folder} is {result.status.value}. {reasons}".strip(),
                f"Lock it: aidevsecops lock {folder}",
                node.name,
            )

    def _without_overlay(
        self, node: Node, code: CodeFile, discovery: Discovery
    ) -> Iterator[PipelineFinding]:
        try:
            has_lock = find_lock(code.notebook) is not None
            result = check_notebook(code.notebook, discovery) if has_lock else None
        except AidevsecopsError as caught:
            yield error(FindingCode.STALE_LOCK, caught.message, caught.hint, node.name)
            return
        if result is None:
            yield from self._kernel(node, code)
            yield from self._packages(node, code, discovery)
        elif result.status is not LockStatus.FRESH:
            reasons = " ".join(d.message for d in result.details if d.code not in _INFORMATION)
            message = f"The lock of its notebook is {result.status.value}. {reasons}".strip()
            hint = f"Lock it: aidevsecops lock {code.path}"
            yield error(FindingCode.STALE_LOCK, message, hint, node.name)

    def _kernel(self, node: Node, code: CodeFile) -> Iterator[PipelineFinding]:
        name, kernels = code.notebook.kernel_name, self._kernels()
        if name is not None and kernels.find(name) is None and kernels.packages(name) is None:
            message = f"There is no kernel '{name}' on this machine: it runs on a cluster only."
            hint = "Choose another kernel in the notebook, or install that one."
            yield warning(FindingCode.NO_KERNEL, message, hint, node.name)

    def _packages(
        self, node: Node, code: CodeFile, discovery: Discovery
    ) -> Iterator[PipelineFinding]:
        """What the code imports, and where it runs here is not installed."""
        name = code.notebook.kernel_name
        installed = self._kernels().packages(name)
        if installed is None:
            return
        missing = [
            found.requirement.name
            for found in discovery.requirements
            if found.imports
            and not found.is_optional
            and not any(key in installed.versions for key in alternatives(found.requirement.key))
        ]
        if missing:
            yield warning(
                FindingCode.NO_PACKAGE,
                f"Its code needs {', '.join(missing)}, and the kernel {name or 'python3'} has not.",
                "Install it there, or lock the notebook: aidevsecops lock.",
                node.name,
            )


# Of a notebook's lock: what does not spoil it.
_INFORMATION = frozenset({"transitive", "unused", "unresolved"})


def _unknown(node: Node, discovery: Discovery) -> Iterator[PipelineFinding]:
    names = [each.module for each in discovery.unresolved if not each.is_optional]
    if names:
        yield warning(
            FindingCode.UNKNOWN_IMPORT,
            f"Its code imports {', '.join(names)}: there is no such module in the project, and no "
            "package is known to have it.",
            "Correct the name, add the file, or install the package.",
            node.name,
        )
