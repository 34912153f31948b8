"""What a bot is asked for in words; which version the commits ask for is found out here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..domain.bot_requests import request_named
from ..domain.errors import ErrorCode, RefusedError
from ..domain.versions import ReleaseKind
from .read_unreleased import read_unreleased

if TYPE_CHECKING:
    from ..domain.bot_requests import BotRequest
    from .ports import CancelToken
    from .release_ports import PlanPorts


def name_request(name: str, ports: PlanPorts, cancel: CancelToken) -> BotRequest:
    """What is meant by a word; by ``auto`` a release of the version that the commits ask for.

    Raises:
        UserError: it is nothing that a bot can be asked for.
        RefusedError: it is not known which version it is now.
        AidevsecopsError: git or git-cliff fails, or a file cannot be read.
        CancelledError: cancelled.
    """
    if name != ReleaseKind.AUTO.value:
        return request_named(name)
    following = read_unreleased(ports, cancel).following
    if following is None:
        raise RefusedError(
            ErrorCode.RELEASE_NO_VERSION,
            "No file and no tag says which version it is, so that the next one is not known.",
            hint="Name the first one, such as 0.1.0.",
        )
    return request_named(following)
