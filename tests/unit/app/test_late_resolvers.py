"""Engines that are made when they are first asked for."""

from __future__ import annotations

from aidevsecops_ext.app.late_resolvers import LateResolvers
from aidevsecops_ext.app.ports import Resolver
from tests.fakes.resolver import FakeResolver


def test_an_engine_is_made_once_and_not_before_somebody_asks() -> None:
    made: list[Resolver] = []

    def make() -> Resolver:
        made.append(FakeResolver())
        return made[-1]

    resolvers = LateResolvers({"uv": make})

    assert ([*resolvers], len(resolvers), "uv" in resolvers, made) == (["uv"], 1, True, [])
    assert resolvers["uv"] is resolvers["uv"] is made[0]
    assert len(made) == 1
