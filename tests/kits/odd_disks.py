"""Calls of the operating system that fail as on disks of networks, for as often as a test says."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

import pytest


class Failing:
    """Calls ``os.NAME`` raise ``number``: ``times`` of those whose arguments ``fits`` accepts."""

    def __init__(
        self,
        patch: pytest.MonkeyPatch,
        where: tuple[Any, str],
        number: int,
        *,
        times: int | None = None,
        fits: Callable[..., bool] = lambda *_: True,
    ) -> None:
        module, name = where
        real = getattr(module, name)
        self.count = 0

        def call(*arguments: Any, **options: Any) -> Any:
            if fits(*arguments) and (times is None or self.count < times):
                self.count += 1
                raise OSError(number, os.strerror(number), str(arguments[0]))
            return real(*arguments, **options)

        patch.setattr(module, name, call)
