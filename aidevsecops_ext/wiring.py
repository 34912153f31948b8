"""The composition root: which adapter stands behind which port."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from .adapters.advisories import OsvAdvisories
from .adapters.clock import SystemClock
from .adapters.file_changes import RootedChanges
from .adapters.files import RootedFiles
from .adapters.json_child import ChildSlimmer
from .adapters.kernel_environments import KernelEnvironments
from .adapters.kernelspecs import JupyterKernels
from .adapters.project_modules import RepositoryModules
from .adapters.uv import UvResolver
from .adapters.uv_environments import UvEnvironments
from .adapters.uv_files import UvFiles
from .adapters.uv_index import UvIndex
from .app.exchange_ports import FileChanges, PackageFiles
from .app.kernel_ports import Environments, Kernels
from .app.ports import (
    Advisories,
    Clock,
    Files,
    InstalledPackages,
    PackageIndex,
    ProjectModules,
    Resolver,
    Slimmer,
)
from .config import Settings


@dataclass(frozen=True, slots=True)
class Services:
    """Everything that the use cases are given by a face."""

    settings: Settings
    files: Files
    changes: FileChanges
    slimmer: Slimmer
    installed: InstalledPackages
    index: PackageIndex
    package_files: PackageFiles
    modules: ProjectModules
    resolvers: Mapping[str, Resolver]
    environments: Environments
    kernels: Kernels
    advisories: Advisories
    clock: Clock


def build_services(root: Path, settings: Settings) -> Services:
    """The services for the files below ``root``."""
    uv = UvResolver(root, timeout=settings.lock_timeout, index_timeout=settings.index_timeout)
    clock = SystemClock()
    installed = KernelEnvironments()
    return Services(
        settings=settings,
        files=RootedFiles(root, size_limit=settings.max_notebook_bytes),
        changes=RootedChanges(root),
        slimmer=ChildSlimmer(),
        installed=installed,
        index=UvIndex(root, timeout=settings.index_timeout),
        package_files=UvFiles(
            root, timeout=settings.lock_timeout, index_timeout=settings.index_timeout
        ),
        modules=RepositoryModules(root),
        resolvers={uv.engine: uv},
        environments=UvEnvironments(
            root,
            clock,
            timeout=settings.kernel_timeout,
            index_timeout=settings.index_timeout,
        ),
        kernels=JupyterKernels(root, installed),
        advisories=OsvAdvisories(root, settings.advisory_service, timeout=settings.audit_timeout),
        clock=clock,
    )
