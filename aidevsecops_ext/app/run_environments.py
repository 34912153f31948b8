"""Which indexes the locks of a run's steps name: all are agreed to before anything runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..domain.errors import ErrorCode, RefusedError
from .build_environment import trusted_lock

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..domain.json_value import Json
    from .kernel_ports import KernelPorts
    from .plan_run import PlannedStep


def refuse_untrusted_steps(
    steps: Iterable[PlannedStep], trusted: tuple[str, ...], ports: KernelPorts
) -> None:
    """Nothing when every index that a lock names is trusted; else all others are named at once.

    Raises:
        RefusedError: some are not.
    """
    names: list[str] = []
    indexes: list[Json] = []
    for step in steps:
        lock = step.environment.lock
        if lock is None or not step.is_wanted:
            continue
        try:
            trusted_lock(lock, (*ports.trusted_indexes, *trusted), ports.index)
        except RefusedError as error:
            found = error.details.get("indexes")
            names.append(step.name)
            indexes += [e for e in found if e not in indexes] if isinstance(found, list) else []
    if names:
        urls = ", ".join(str(each["url"]) for each in indexes if isinstance(each, dict))
        raise RefusedError(
            ErrorCode.LOCK_UNTRUSTED_INDEX,
            f"Locks of steps ({', '.join(names)}) name package indexes that you have not agreed "
            f"to: {urls}.",
            hint="Look at the addresses. If you trust them, agree to them and run again.",
            details={"indexes": indexes},
        )
