"""Which adapter stands behind which port of notebooks, their locks and kernels.

An adapter is imported when it is first asked for: a command that only reads notebooks need not wait
for what resolves, installs or audits.
"""

from __future__ import annotations

import os
import sys
from functools import cached_property
from typing import TYPE_CHECKING

from ..app.late_resolvers import LateResolvers
from ..domain.thoth import ThothSettings

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from ..app.audit_notebook import AuditPorts
    from ..app.exchange_ports import PackageFiles
    from ..app.extract_overlay import ExtractPorts
    from ..app.kernel_ports import Environments, KernelPorts, Kernels
    from ..app.lock_notebook import LockPorts
    from ..app.package_ports import PackageCatalogue
    from ..app.ports import (
        Advisories,
        Clock,
        Files,
        InstalledPackages,
        PackageIndex,
        ProjectModules,
        Resolver,
        Slimmer,
    )
    from ..app.remember_advisories import AdvisoryMemory
    from ..app.tree_ports import PackageNeeds
    from ..config import Settings


class NotebookServices:
    """Everything that the use cases are given by a face, for the files below ``root``."""

    def __init__(self, root: Path, settings: Settings) -> None:
        self.settings = settings
        self._root = root

    @cached_property
    def as_written(self) -> Files:
        from ..adapters.files import RootedFiles

        return RootedFiles(self._root, size_limit=self.settings.max_notebook_bytes)

    @cached_property
    def files(self) -> Files:
        if "THAMOS_CONFIG_EXPAND_ENV" not in os.environ:
            return self.as_written
        from ..adapters.expanded_files import ExpandedFiles, is_expanding

        is_wanted = is_expanding(os.environ)
        return ExpandedFiles(self.as_written, os.environ) if is_wanted else self.as_written

    @cached_property
    def slimmer(self) -> Slimmer:
        from ..adapters.json_child import ChildSlimmer

        return ChildSlimmer()

    @cached_property
    def installed(self) -> InstalledPackages:
        from ..adapters.kernel_environments import KernelEnvironments

        return KernelEnvironments()

    @cached_property
    def index(self) -> PackageIndex:
        from ..adapters.uv_index import UvIndex

        settings = self.settings
        return UvIndex(self._root, timeout=settings.index_timeout, agreed=settings.trusted_indexes)

    @cached_property
    def package_files(self) -> PackageFiles:
        from ..adapters.uv_files import UvFiles

        return UvFiles(
            self._root,
            timeout=self.settings.lock_timeout,
            index_timeout=self.settings.index_timeout,
        )

    @cached_property
    def package_needs(self) -> PackageNeeds:
        from ..adapters.uv_needs import UvNeeds

        return UvNeeds(
            self._root,
            timeout=self.settings.lock_timeout,
            index_timeout=self.settings.index_timeout,
        )

    @cached_property
    def modules(self) -> ProjectModules:
        from ..adapters.project_modules import RepositoryModules

        return RepositoryModules(self._root)

    @cached_property
    def resolvers(self) -> Mapping[str, Resolver]:
        return LateResolvers({"uv": self._uv, "thoth": self._thoth})

    def _uv(self) -> Resolver:
        from ..adapters.uv import UvResolver

        return UvResolver(
            self._root,
            timeout=self.settings.lock_timeout,
            index_timeout=self.settings.index_timeout,
        )

    def _thoth(self) -> Resolver:
        from ..adapters.thoth import ThothResolver

        return ThothResolver(
            self._root,
            host=self.settings.thoth_host,
            timeout=self.settings.lock_timeout,
            index_timeout=self.settings.index_timeout,
        )

    @property
    def thoth(self) -> ThothSettings:
        """What the settings say of a Thoth service."""
        return ThothSettings(self.settings.thoth_host, self.settings.fallback)

    @cached_property
    def environments(self) -> Environments:
        from ..adapters.uv_environments import UvEnvironments

        return UvEnvironments(
            self._root,
            self.clock,
            timeout=self.settings.kernel_timeout,
            index_timeout=self.settings.index_timeout,
        )

    @cached_property
    def kernels(self) -> Kernels:
        from ..adapters.kernel_environments import KernelEnvironments
        from ..adapters.kernelspecs import JupyterKernels

        return JupyterKernels(self._root, KernelEnvironments())

    @cached_property
    def advisories(self) -> Advisories:
        from ..adapters.advisories import OsvAdvisories
        from ..app.remember_advisories import RememberingAdvisories

        advisories = OsvAdvisories(
            self._root, self.settings.advisory_service, timeout=self.settings.audit_timeout
        )
        return RememberingAdvisories(advisories, self.advisory_memory, self.clock)

    @cached_property
    def advisory_memory(self) -> AdvisoryMemory:
        from pathlib import Path

        from jupyter_core.paths import jupyter_data_dir

        from ..adapters.advisory_memory import AdvisoryFile

        path = Path(jupyter_data_dir(), "aidevsecops", "advisories.json")
        return AdvisoryFile(path, self.settings.advisory_service)

    def audit_ports(self) -> AuditPorts:
        """What auditing needs, ready for the use case."""
        from ..app.audit_notebook import AuditPorts

        return AuditPorts(self.files, self.advisories, self.clock)

    @cached_property
    def catalogue(self) -> PackageCatalogue:
        from pathlib import Path

        from jupyter_core.paths import jupyter_data_dir

        from ..adapters.index_addresses import IndexAddresses
        from ..adapters.package_catalogue import IndexCatalogue
        from ..jobs.cancel import CancelSource

        folder = Path(jupyter_data_dir(), "aidevsecops", "indexes")
        timeout, agreed = self.settings.index_timeout, self.settings.trusted_indexes
        return IndexCatalogue(
            IndexAddresses(self._root, timeout=timeout, agreed=agreed),
            (folder, self.settings.package_list_hours),
            CancelSource(),
            timeout=timeout,
        )

    def platform_tags(self) -> tuple[str, ...]:
        """The platform tags of wheels that fit this machine."""
        from ..adapters.this_machine import platform_tags_of_this_machine

        return platform_tags_of_this_machine()

    def close(self) -> None:
        """Stop what runs in the background."""
        catalogue: PackageCatalogue | None = vars(self).get("catalogue")
        if catalogue is not None:
            catalogue.close()

    @cached_property
    def platform(self) -> str:
        """This machine's platform in words, such as ``Linux x86-64``."""
        from ..adapters.this_machine import platform_of_this_machine

        return platform_of_this_machine()

    @cached_property
    def clock(self) -> Clock:
        from ..adapters.clock import SystemClock

        return SystemClock()

    @property
    def default_python(self) -> str:
        """The Python that is meant where nothing says which: this interpreter's, as ``3.12``."""
        return f"{sys.version_info.major}.{sys.version_info.minor}"

    def lock_ports(self) -> LockPorts:
        """What locking needs, ready for the use case."""
        from ..app.lock_notebook import LockPorts
        from ..app.recommend import RecommendPorts

        return LockPorts(
            files=self.files,
            index=self.index,
            resolvers=self.resolvers,
            recommend=RecommendPorts(self.clock, self.audit_ports, self.settings.stable_days),
            default_engine=self.settings.default_engine,
            default_python=self.default_python,
            trusted_indexes=self.settings.trusted_indexes,
            here=self.platform,
            thoth=self.thoth,
        )

    def kernel_ports(self) -> KernelPorts:
        """What making kernels and looking after them need, ready for the use cases."""
        from ..app.kernel_ports import KernelPorts

        return KernelPorts(
            environments=self.environments,
            kernels=self.kernels,
            files=self.files,
            index=self.index,
            clock=self.clock,
            default_python=self.default_python,
            trusted_indexes=self.settings.trusted_indexes,
        )

    def extract_ports(self) -> ExtractPorts:
        """What making an overlay of a notebook's environment needs, ready for the use case."""
        from ..app.extract_overlay import ExtractPorts

        return ExtractPorts(
            files=self.files,
            as_written=self.as_written,
            index=self.index,
            package_files=self.package_files,
            installed=self.installed,
            modules=self.modules,
            thoth_host=self.settings.thoth_host,
        )
