"""The composition root: which adapter stands behind which port.

Here are those of pipelines; all the others are in ``projects``.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from .projects import ProjectServices

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from ..app.adopt_project import AdoptPorts
    from ..app.check_runtime import CheckRuntimePorts
    from ..app.engine_ports import PipelineEngine
    from ..app.kernel_ports import KernelPorts
    from ..app.pipeline_ports import PipelinePorts
    from ..app.project_memory import ProjectMemory
    from ..app.project_ports import ProjectPorts
    from ..app.run_ports import RunFolders, RunPorts, StepRuns
    from ..app.runtime_image_ports import RuntimeImages
    from ..app.runtime_ports import DagRepository, Runtimes
    from ..app.service_ports import EngineService, ObjectStorage
    from ..app.setup_ports import Machine, Network, SetupPorts
    from ..app.submit_pipeline import SubmitPorts
    from ..app.validate_pipeline import ValidatePorts
    from ..domain.configuration import ConfigurationKind
    from ..domain.json_value import Json
    from ..domain.runtime import RuntimeConfiguration


class Services(ProjectServices):
    """Everything that the use cases are given by a face, for the files below ``root``."""

    @cached_property
    def runtimes(self) -> Runtimes:
        from ..adapters.runtime_configurations import JupyterRuntimes

        return JupyterRuntimes()

    @cached_property
    def engine(self) -> PipelineEngine:
        from ..adapters.elyra import ElyraEngine

        settings = self.settings
        return ElyraEngine(self._root, settings.elyra_python, timeout=settings.elyra_timeout)

    def submit_ports(self) -> SubmitPorts:
        """What submitting pipelines and following them need, ready for the use cases."""
        from ..app.submit_pipeline import SubmitPorts

        return SubmitPorts(
            files=self.as_written,
            runtimes=self.runtimes,
            engine=self.engine,
            service_of=self._service_of,
            storage_of=self._storage_of,
            repository_of=self._repository_of,
            folders=self.run_folders,
            clock=self.clock,
        )

    def _service_of(self, runtime: RuntimeConfiguration) -> EngineService:
        from ..domain.runtime import EngineKind

        runtime.require_address("api_endpoint")
        if runtime.kind is EngineKind.AIRFLOW:
            from ..adapters.airflow import AirflowService

            return AirflowService(runtime, timeout=self.settings.service_timeout)
        from ..adapters.kfp import KubeflowService

        return KubeflowService(runtime, self.engine, timeout=self.settings.service_timeout)

    def _storage_of(self, runtime: RuntimeConfiguration) -> ObjectStorage:
        from ..adapters.s3 import Bucket, BucketPlace
        from ..formats.s3_signature import StorageKeys

        runtime.require_address("cos_endpoint")
        keys = StorageKeys(runtime.text("cos_username"), runtime.text("cos_password"))
        place = BucketPlace(runtime.text("cos_endpoint"), runtime.text("cos_bucket"), keys)
        return Bucket(place, timeout=self.settings.service_timeout)

    def pipeline_ports(self) -> PipelinePorts:
        """What making and checking pipelines need, ready for the use cases."""
        from ..app.discover_requirements import DiscoverPorts
        from ..app.pipeline_ports import PipelinePorts

        # What a step imports is looked up in its overlay, not on an index.
        discover = DiscoverPorts(self.as_written, self.installed, None, self.modules)
        return PipelinePorts(self.as_written, discover, self.git_around)

    def project_ports(self, memory: ProjectMemory | None = None) -> ProjectPorts:
        """What describing the project needs, ready for the use case; nobody outside is asked.

        ``memory`` has what was seen of it before.
        """
        from pathlib import Path

        from ..adapters.file_stamps import RootedStamps
        from ..app.audit_notebook import AuditPorts
        from ..app.project_memory import ProjectMemory
        from ..app.project_ports import ProjectPorts
        from ..app.remember_advisories import RememberedAdvisories

        remembered = RememberedAdvisories(self.advisory_memory)
        pipelines = self.pipeline_ports()
        return ProjectPorts(
            name=self._root.resolve().name,
            files=self.as_written,
            stamps=RootedStamps(self._root),
            memory=memory or ProjectMemory(),
            discover=pipelines.discover,
            git=self._git,
            audit=AuditPorts(self.files, remembered, self.clock),
            remembered=remembered,
            pipelines=pipelines,
            folders=self.run_folders,
            plan=self.plan_ports,
            cut=self.cut_ports,
            is_home=self._root.resolve() == Path.home().resolve(),
        )

    def adopt_ports(self) -> AdoptPorts:
        """What adopting the project and taking that back need, ready for the use cases."""
        from functools import partial

        from ..adapters.adoption_record import GitAdoptionRecord
        from ..adapters.git_beginning import begin_repository
        from ..app.adopt_project import AdoptPorts

        init = partial(begin_repository, self._root)
        record = GitAdoptionRecord(self._git.git_dir)
        return AdoptPorts(self.project_ports(), self.forges, self.changes, init, record)

    def validate_ports(self) -> ValidatePorts:
        """What validating pipelines needs, ready for the use case."""
        from ..adapters.secret_scan import DetectSecrets
        from ..app.validate_pipeline import ValidatePorts

        return ValidatePorts(
            self.pipeline_ports(), DetectSecrets, self.runtime_images.names, lambda: self.kernels
        )

    def check_runtime_ports(self) -> CheckRuntimePorts:
        """What checking runtime configurations needs, ready for the use case."""
        from ..app.check_runtime import CheckRuntimePorts

        return CheckRuntimePorts(
            self.runtimes, self._service_of, self._storage_of, self._repository_of
        )

    def _repository_of(self, runtime: RuntimeConfiguration) -> DagRepository:
        from ..adapters.dag_repository import ForgeDagRepository

        runtime.require_address("github_api_endpoint")
        return ForgeDagRepository(runtime, timeout=self.settings.service_timeout)

    @cached_property
    def runtime_images(self) -> RuntimeImages:
        from ..adapters.runtime_images import JupyterImages

        return JupyterImages()

    def setup_ports(self, kernels: KernelPorts) -> SetupPorts:
        """What examining this machine needs, ready for the use case."""
        from ..app.setup_ports import SetupPorts

        # Made here, in one thread: the checks run side by side.
        return SetupPorts(
            machine=self.machine,
            network=self.network,
            files=self.as_written,
            git=lambda cancel: self.git_around(".", cancel),
            forges=self.forges,
            kernels=kernels,
            runtimes=self.runtimes,
            addresses=self._addresses(),
            elyra_python=self.settings.elyra_python,
        )

    def schema_of(self, kind: ConfigurationKind) -> Mapping[str, Json]:
        """The JSON schema of a configuration file."""
        from ..adapters.configuration_schemas import schema_of

        return schema_of(kind)

    def schema_path(self, kind: ConfigurationKind) -> Path:
        """Where the JSON schema of a configuration file is."""
        from ..adapters.configuration_schemas import schema_path

        return schema_path(kind)

    @cached_property
    def machine(self) -> Machine:
        from ..adapters.machine_facts import ThisMachine

        return ThisMachine(self._root, self.kernels)

    @cached_property
    def network(self) -> Network:
        from ..adapters.index_addresses import IndexAddresses
        from ..adapters.network_facts import ConfiguredHosts

        timeout, agreed = min(self.settings.index_timeout, 10.0), self.settings.trusted_indexes
        indexes = IndexAddresses(self._root, timeout=timeout, agreed=agreed)
        return ConfiguredHosts(indexes, timeout=timeout)

    def _addresses(self) -> dict[str, str]:
        """The services that the settings name."""
        settings = self.settings
        found = {"Advisory service": settings.advisory_service}
        if settings.thoth_host:
            found["Thoth service"] = f"https://{settings.thoth_host}"
        for forge in settings.forges:
            address = forge.rpartition("=")[0]
            found[f"Forge {address}"] = address if "://" in address else f"https://{address}"
        # A dump of advisories is a folder.
        return {name: url for name, url in found.items() if "://" in url}

    def run_ports(self) -> RunPorts:
        """What running a pipeline needs, ready for the use case."""
        from ..adapters.project_data import RootedData
        from ..app.run_ports import RunPorts

        return RunPorts(
            files=self.as_written,
            modules=self.modules,
            data=RootedData(self._root),
            folders=self.run_folders,
            steps=self.step_runs,
            kernels=self.kernel_ports(),
            clock=self.clock,
            parallel=self.settings.run_parallel,
            timeout=self.settings.step_timeout,
        )

    @cached_property
    def step_runs(self) -> StepRuns:
        from ..adapters.kernel_environments import KernelEnvironments
        from ..adapters.step_runs import ChildStepRuns

        return ChildStepRuns(self._root, KernelEnvironments())

    @cached_property
    def run_folders(self) -> RunFolders:
        from ..adapters.run_folders import RootedRunFolders

        return RootedRunFolders(
            self._root, kept=self.settings.kept_runs, limit=self.settings.run_keep_bytes
        )
