"""Check a runtime configuration: whether all that it names answers, and lets us in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from ..domain.errors import AidevsecopsError, CancelledError
from ..domain.runtime import EngineKind, StorageAccess
from ..domain.runtime_check import RuntimeCheck, RuntimePart

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ..domain.runtime import RuntimeConfiguration
    from .ports import CancelToken, Progress
    from .runtime_ports import DagRepository, Runtimes
    from .service_ports import EngineService, ObjectStorage


class CheckRuntimePorts(Struct, frozen=True):
    """What checking needs."""

    runtimes: Runtimes
    service_of: Callable[[RuntimeConfiguration], EngineService]
    storage_of: Callable[[RuntimeConfiguration], ObjectStorage]
    repository_of: Callable[[RuntimeConfiguration], DagRepository]


def check_runtime(
    name: str, ports: CheckRuntimePorts, progress: Progress, cancel: CancelToken
) -> tuple[RuntimeCheck, ...]:
    """What each part of the configuration of that name answers.

    Raises:
        NotFoundError: there is no such configuration.
        UserError: it is no configuration that can be understood.
        CancelledError: cancelled.
    """
    runtime = ports.runtimes.find(name)
    found = []
    for part, place, check in _parts(runtime, ports):
        progress.report(f"Asking {place}")
        if check is None:
            found.append(RuntimeCheck(part, place, skipped=_ONLY_STEPS))
            continue
        try:
            check(cancel)
        except CancelledError:
            raise
        except AidevsecopsError as error:
            found.append(RuntimeCheck(part, place, error))
        else:
            is_silent = part is RuntimePart.ENGINE and not runtime.tells_status
            found.append(RuntimeCheck(part, place, note=_SILENT if is_silent else ""))
    return tuple(found)


_ONLY_STEPS = "Only steps get the keys, from the role of their service account."
_SILENT = (
    "It answers. How runs are it tells only who has an account: with api_username and api_password "
    "in the configuration it is asked, without them the status of runs is unknown."
)


def _parts(
    runtime: RuntimeConfiguration, ports: CheckRuntimePorts
) -> Iterator[tuple[RuntimePart, str, Callable[[CancelToken], None] | None]]:
    yield RuntimePart.ENGINE, runtime.api_endpoint, ports.service_of(runtime).check
    if runtime.kind is EngineKind.AIRFLOW:
        place = f"{runtime.text('github_repo')} at {runtime.text('github_api_endpoint')}"
        yield RuntimePart.REPOSITORY, place, ports.repository_of(runtime).check
    place = f"{runtime.text('cos_bucket')} at {runtime.text('cos_endpoint')}"
    is_open = runtime.storage_access is not StorageAccess.ROLE
    yield RuntimePart.STORAGE, place, ports.storage_of(runtime).check if is_open else None
