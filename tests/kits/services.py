"""Services in which some ports have fakes behind them."""

from __future__ import annotations

from aidevsecops_ext.wiring import Services


def with_ports(services: Services, **ports: object) -> Services:
    """The services with these ports in place of their adapters, which are then never imported."""
    for name in ports:
        assert hasattr(type(services), name), f"there is no port '{name}'"
    # Where a cached property keeps its value.
    vars(services).update(ports)
    return services
