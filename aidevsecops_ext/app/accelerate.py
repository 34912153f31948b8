"""Resolve for performance: wheels, and the builds for the accelerator that a target has."""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace

from ..domain.errors import ErrorCode, RefusedError
from .ports import Resolution, ResolvePolicy, ResolveRequest

TORCH_BACKEND = "torch-backend"
"""What a user agrees to in place of an address: the indexes that uv knows for accelerators."""

# Whatever else has builds for accelerators needs it.
_TORCH = "torch"

Resolve = Callable[[ResolveRequest], Resolution]


def resolve_accelerated(
    asked: ResolveRequest, resolve: Resolve
) -> tuple[Resolution, tuple[str, ...]]:
    """What has wheels; where torch is needed, in the build for the target's accelerator.

    The builds are on an index that uv knows and that nobody configured: it is asked only when the
    user agreed to it, and only when there is something to take from it.

    Raises:
        RefusedError: nothing fits, or the user did not agree to the index of the builds.
        AidevsecopsError: the engine failed.
    """
    policy = ResolvePolicy(wheels_only=True)
    found = resolve(replace(asked, policy=policy))
    accelerator = asked.target.accelerator
    if accelerator is None or all(package.key != _TORCH for package in found.packages):
        return found, ()
    if accelerator.backend is None:
        note = (
            f"The runtime environment asks for {accelerator.words}; uv knows no builds for that, "
            "so the default ones are locked."
        )
        return found, (note,)
    if TORCH_BACKEND not in asked.agreed:
        raise RefusedError(
            ErrorCode.LOCK_UNTRUSTED_INDEX,
            f"The runtime environment asks for {accelerator.words}: its builds are on an index "
            "that uv knows (its torch backend), and that you have not agreed to.",
            hint=f"If you trust it, agree to '{TORCH_BACKEND}' in place of an address.",
            details={"indexes": [{"name": TORCH_BACKEND, "url": TORCH_BACKEND}]},
        )
    built = resolve(replace(asked, policy=replace(policy, accelerator=accelerator)))
    notes = tuple(
        f"The builds for {accelerator.words} are from {index.url}, which the lock names: "
        "whoever installs it agrees to that address."
        for index in built.indexes
    )
    return built, notes
