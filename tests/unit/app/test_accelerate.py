"""Wheels, and builds for the accelerator of a target."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from aidevsecops_ext.app.accelerate import resolve_accelerated
from aidevsecops_ext.app.ports import Resolution, ResolvePolicy, ResolveRequest
from aidevsecops_ext.domain.accelerator import Accelerator
from aidevsecops_ext.domain.errors import ErrorCode, RefusedError
from aidevsecops_ext.domain.lock import LockedPackage
from aidevsecops_ext.domain.requirements import Index, Requirement
from aidevsecops_ext.domain.target import Target
from tests.kits.notebooks import INDEX

CUDA = Accelerator("CUDA 12.6", "cu126")
BUILDS = Index("torch-cu126", "https://builds.example/whl/cu126")
ASKED = ResolveRequest((Requirement("lightning"),), Target("3.11", accelerator=CUDA), "")
WHEELS = ResolvePolicy(wheels_only=True)


class Engine:
    """Resolves to those packages, and takes torch from another index for an accelerator."""

    def __init__(self, *names: str) -> None:
        self.names = names
        self.policies: list[ResolvePolicy] = []

    def __call__(self, request: ResolveRequest) -> Resolution:
        self.policies.append(request.policy)
        packages = tuple(LockedPackage(name, "1") for name in self.names)
        indexes = (BUILDS,) if request.policy.accelerator else ()
        return Resolution(packages, INDEX, indexes)


def test_resolve_accelerated_takes_the_builds_when_torch_is_needed() -> None:
    engine = Engine("lightning", "torch")

    found, notes = resolve_accelerated(replace(ASKED, agreed=("torch-backend",)), engine)

    assert found.indexes == (BUILDS,)
    assert engine.policies == [WHEELS, replace(WHEELS, accelerator=CUDA)]
    assert BUILDS.url in notes[0]


def test_resolve_accelerated_refuses_when_the_user_did_not_agree() -> None:
    engine = Engine("torch")

    with pytest.raises(RefusedError) as caught:
        resolve_accelerated(replace(ASKED, agreed=("https://index.example/simple",)), engine)

    assert caught.value.code is ErrorCode.LOCK_UNTRUSTED_INDEX
    assert engine.policies == [WHEELS]


@pytest.mark.parametrize(
    ("accelerator", "name"), [(None, "torch"), (CUDA, "numpy"), (Accelerator("x"), "numpy")]
)
def test_resolve_accelerated_asks_nobody_else_when_nothing_is_built_for_it(
    accelerator: Accelerator | None, name: str
) -> None:
    engine = Engine(name)

    found, notes = resolve_accelerated(
        replace(ASKED, target=Target("3.11", accelerator=accelerator)), engine
    )

    assert (found.indexes, notes, engine.policies) == ((), (), [WHEELS])


def test_resolve_accelerated_says_that_there_are_no_builds() -> None:
    target = Target("3.11", accelerator=Accelerator("CUDA 7.5"))

    found, notes = resolve_accelerated(replace(ASKED, target=target), Engine("torch"))

    assert found.indexes == ()
    assert "CUDA 7.5" in notes[0]
