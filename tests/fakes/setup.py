"""A machine and hosts that are what a test says."""

from __future__ import annotations

from aidevsecops_ext.app.ports import CancelToken
from aidevsecops_ext.app.setup_ports import KernelProgram, Place
from aidevsecops_ext.domain.errors import AidevsecopsError


class FakeMachine:
    """Has what its attributes say; a place in ``errors`` raises."""

    def __init__(self) -> None:
        self.programs: dict[str, str] = {"uv": "0.13.8", "git": "2.47.1", "git-cliff": "2.10.0"}
        self.packages: dict[str, str] = {"jupyterlab": "4.4.1", "ogr": "0.61", "nbdime": "4.0"}
        self.free = 50_000_000_000
        self.kernels: tuple[KernelProgram, ...] = ()
        self.names: frozenset[str] = frozenset()
        self.settings: dict[str, str] = {"user.name": "Jo", "user.email": "jo@example.org"}
        self.errors: dict[Place, Exception] = {}

    def program_version(self, program: str, cancel: CancelToken) -> str | None:
        cancel.raise_if_cancelled()
        return self.programs.get(program)

    def package_version(self, package: str) -> str | None:
        return self.packages.get(package)

    def folder(self, place: Place, cancel: CancelToken) -> str:
        cancel.raise_if_cancelled()
        if place in self.errors:
            raise self.errors[place]
        return f"/{place.name.lower()}"

    def free_bytes(self, folder: str) -> int:
        assert folder
        return self.free

    def kernel_programs(self) -> tuple[KernelProgram, ...]:
        return self.kernels

    def variables(self) -> frozenset[str]:
        return self.names

    def git_setting(self, key: str, cancel: CancelToken, *, url: str = "") -> str:
        cancel.raise_if_cancelled()
        return self.settings.get(f"{key} {url}".strip(), "")


class FakeNetwork:
    """Hosts that answer, but for those in ``errors``."""

    def __init__(self, *urls: str) -> None:
        self.urls = urls
        self.errors: dict[str, AidevsecopsError] = {}
        self.asked: list[str] = []

    def indexes(self, cancel: CancelToken) -> tuple[str, ...]:
        cancel.raise_if_cancelled()
        return self.urls

    def ask_index(self, url: str, cancel: CancelToken) -> None:
        self.reach(url, cancel)

    def reach(self, url: str, cancel: CancelToken) -> None:
        cancel.raise_if_cancelled()
        self.asked.append(url)
        if url in self.errors:
            raise self.errors[url]
