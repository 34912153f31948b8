"""Every setting, its default and its meaning; the server and the terminal read the same ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Mapping

MEGABYTE = 1_000_000


class Settings(Struct, frozen=True):
    """How this installation behaves.

    On a server each field is a trait of ``AidevsecopsExtension``; in a terminal it is read from
    the environment variable ``AIDEVSECOPS_<FIELD>`` in upper case (lists separated by blanks).
    """

    default_engine: str = "uv"
    thoth_host: str = ""
    fallback: str = "none"
    lock_timeout: float = 600.0
    index_timeout: float = 30.0
    package_list_hours: float = 24.0
    kernel_timeout: float = 1800.0
    advisory_service: str = "https://api.osv.dev"
    audit_timeout: float = 60.0
    forges: tuple[str, ...] = ()
    forge_timeout: float = 30.0
    stable_days: int = 14
    trusted_indexes: tuple[str, ...] = ()
    max_notebook_bytes: int = 50 * MEGABYTE
    verify_cell_timeout: float = 3600.0
    verify_copy_bytes: int = 2_000 * MEGABYTE
    verify_parallel: int = 1
    run_parallel: int = 2
    step_timeout: float = 0.0
    kept_runs: int = 20
    run_keep_bytes: int = 2_000 * MEGABYTE
    elyra_python: str = ""
    elyra_timeout: float = 300.0
    service_timeout: float = 30.0
    heavy_jobs: int = 2
    kept_jobs: int = 200
    kept_hours: float = 24.0
    kept_log_lines: int = 20_000

    @classmethod
    def defaults(cls) -> dict[str, object]:
        """The default of each setting by its name."""
        return dict(zip(cls.__struct_fields__, cls.__struct_defaults__, strict=True))


HELP: Mapping[str, str] = {
    "default_engine": "The engine that locks when none is asked for.",
    "thoth_host": (
        "The host of the Thoth service that the engine thoth asks; empty for the one that "
        ".thoth.yaml names."
    ),
    "fallback": "The engine that locks when the Thoth service cannot be reached, or none.",
    "lock_timeout": "Seconds after which a lock is given up.",
    "index_timeout": "Seconds after which a package index that does not answer is given up.",
    "package_list_hours": (
        "For how many hours an index's list of package names is searched before it is renewed; "
        "0 keeps no lists, so that only exact names are found."
    ),
    "kernel_timeout": "Seconds after which making a kernel is given up.",
    "advisory_service": (
        "Where advisories come from: the address of an OSV service, or a folder of OSV records "
        "(a dump, for use without a network)."
    ),
    "audit_timeout": "Seconds after which the advisory service is given up.",
    "forges": (
        "Forges of one's own as ADDRESS=KIND, such as git.example.org=gitea or "
        "http://localhost:3000=gitea; the kinds are github, gitlab and gitea (Forgejo too)."
    ),
    "forge_timeout": "Seconds after which a forge that is silent is given up.",
    "stable_days": "How many days old versions are that a stable lock may choose.",
    "trusted_indexes": (
        "Addresses of package indexes that notebooks and repositories may name without being asked "
        "for; 'torch-backend' agrees to those that uv knows for accelerators."
    ),
    "max_notebook_bytes": "Notebooks over this size are refused.",
    "verify_cell_timeout": (
        "Seconds that one cell may take when a split is verified; 0 for any time."
    ),
    "verify_copy_bytes": "Projects over this size are not copied to verify a split in.",
    "verify_parallel": "How many steps run at the same time when a split is verified.",
    "run_parallel": "How many steps of a pipeline run at the same time on this machine.",
    "step_timeout": "Seconds that one step of a pipeline may take; 0 for any time.",
    "kept_runs": "How many runs of each pipeline are kept.",
    "run_keep_bytes": "Copies of what the steps of one run leave are kept up to this size.",
    "elyra_python": "The program of the Python that has Elyra; empty for the one that runs this.",
    "elyra_timeout": "Seconds after which Elyra is given up.",
    "service_timeout": (
        "Seconds after which Kubeflow Pipelines, Airflow or object storage that is silent is given "
        "up."
    ),
    "heavy_jobs": "How many jobs run at the same time.",
    "kept_jobs": "How many ended jobs are remembered.",
    "kept_hours": "For how many hours ended jobs are remembered.",
    "kept_log_lines": "How many lines of one job's log are kept.",
}
"""What each setting means."""

MAY_BE_ZERO = frozenset(
    {"package_list_hours", "verify_cell_timeout", "step_timeout", "run_keep_bytes", "kept_hours"}
)
"""The settings whose 0 means something; the other numbers are positive."""
