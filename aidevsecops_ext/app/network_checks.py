"""What is reached from here: package indexes, and the services that are configured."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from ..domain.diagnosis import Finding, FindingGroup, FindingState, Fix
from ..domain.errors import AidevsecopsError, CancelledError
from .run_checks import Check, run_checks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .ports import CancelToken
    from .setup_ports import SetupPorts


def network_checks(ports: SetupPorts, seconds: float) -> Iterator[Check]:
    """The checks that contact hosts: those alone that are configured."""
    yield Check("Package indexes", FindingGroup.NETWORK, partial(_indexes, ports, seconds))
    for name, url in ports.addresses.items():
        yield Check(name, FindingGroup.NETWORK, partial(_service, name, url, ports))


def _indexes(ports: SetupPorts, seconds: float, cancel: CancelToken) -> Iterator[Finding]:
    checks = [
        Check(f"Package index {url}", FindingGroup.NETWORK, partial(_index, url, ports))
        for url in ports.network.indexes(cancel)
    ]
    yield from run_checks(tuple(checks), seconds, cancel)


def _index(url: str, ports: SetupPorts, cancel: CancelToken) -> Iterator[Finding]:
    name = f"Package index {url}"
    try:
        ports.network.ask_index(url, cancel)
    except CancelledError:
        raise
    except AidevsecopsError as error:
        words = (
            f"{error.hint} Behind a proxy, set HTTPS_PROXY; for another index, UV_DEFAULT_INDEX."
        )
        problem = FindingState.PROBLEM
        yield Finding(name, FindingGroup.NETWORK, problem, error.message, Fix(words))
    else:
        yield Finding(name, FindingGroup.NETWORK, FindingState.GOOD, "It answers.")


def _service(name: str, url: str, ports: SetupPorts, cancel: CancelToken) -> Iterator[Finding]:
    try:
        ports.network.reach(url, cancel)
    except CancelledError:
        raise
    except AidevsecopsError as error:
        attention = FindingState.ATTENTION
        yield Finding(name, FindingGroup.NETWORK, attention, error.message, Fix(error.hint))
    else:
        yield Finding(name, FindingGroup.NETWORK, FindingState.GOOD, f"{url} answers.")
