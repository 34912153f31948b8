"""Environments that are built by writing them down."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from msgspec.structs import replace

from aidevsecops_ext.app.kernel_ports import EnvironmentRequest, Interpreter
from aidevsecops_ext.app.ports import CancelToken, Progress
from aidevsecops_ext.domain.errors import AidevsecopsError, ErrorCode, ToolMissingError
from aidevsecops_ext.domain.kernels import Environment, Machine

MARKERS = {"python_version": "3.11", "sys_platform": "linux", "os_name": "posix"}


class FakeEnvironments:
    """Knows the Pythons in ``pythons``; records what was built, held and removed."""

    def __init__(
        self, pythons: tuple[str, ...] = ("3.11", "3.12"), error: AidevsecopsError | None = None
    ) -> None:
        self.pythons = pythons
        self.error = error
        self.known: dict[str, Environment] = {}
        self.requests: list[EnvironmentRequest] = []
        self.held: list[str] = []
        self.running: set[str] = set()
        self.is_held = False

    def interpreter(self, python_version: str, cancel: CancelToken) -> Interpreter:
        cancel.raise_if_cancelled()
        if python_version not in self.pythons:
            raise ToolMissingError(ErrorCode.KERNEL_PYTHON_MISSING, f"No {python_version}.")
        markers = {**MARKERS, "python_version": python_version}
        return Interpreter("/usr/bin/python3", Machine(python_version, "linux-x86_64", markers))

    def find(self, key: str) -> Environment | None:
        return self.known.get(key)

    def find_all(self) -> tuple[Environment, ...]:
        return tuple(self.known.values())

    def by_use(self) -> tuple[str, ...]:
        last = {key: number for number, key in enumerate(self.held)}
        return tuple(sorted(self.known, key=lambda key: last.get(key, -1), reverse=True))

    def is_running(self, key: str) -> bool:
        return key in self.running

    @contextmanager
    def hold(self, key: str, cancel: CancelToken) -> Iterator[None]:
        cancel.raise_if_cancelled()
        assert not self.is_held
        self.held.append(key)
        self.is_held = True
        yield
        self.is_held = False

    def build(
        self, request: EnvironmentRequest, progress: Progress, cancel: CancelToken
    ) -> Environment:
        assert self.is_held
        cancel.raise_if_cancelled()
        progress.report(f"Building {request.key}")
        self.requests.append(request)
        if self.error is not None:
            raise self.error
        self.known[request.key] = Environment(
            key=request.key,
            python=f"/environments/{request.key}/bin/python",
            machine=request.interpreter.machine,
            packages={package.key: package.version for package in request.packages},
            added={"ipykernel": "7.0"},
            size_bytes=1_000,
            created_at=5.0,
        )
        return self.known[request.key]

    def remove(self, key: str) -> None:
        assert self.is_held
        del self.known[key]

    def damage(self, key: str, fault: str) -> None:
        """Give an environment a fault."""
        self.known[key] = replace(self.known[key], fault=fault)
