"""Every setting, its default and its meaning; the server and the terminal read the same ones."""

from __future__ import annotations

from dataclasses import dataclass, field

MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Settings:
    """How this installation behaves.

    On a server each field is a trait of ``AidevsecopsExtension``; in a terminal it is read from
    the environment variable ``AIDEVSECOPS_<FIELD>`` in upper case (lists separated by blanks).
    """

    default_engine: str = field(
        default="uv", metadata={"help": "The engine that locks when none is asked for."}
    )
    thoth_host: str = field(
        default="",
        metadata={
            "help": "The host of the Thoth service that the engine thoth asks; empty for the one "
            "that .thoth.yaml names."
        },
    )
    fallback: str = field(
        default="none",
        metadata={
            "help": "The engine that locks when the Thoth service cannot be reached, or none."
        },
    )
    lock_timeout: float = field(
        default=600.0, metadata={"help": "Seconds after which a lock is given up."}
    )
    index_timeout: float = field(
        default=30.0,
        metadata={"help": "Seconds after which a package index that does not answer is given up."},
    )
    package_list_hours: float = field(
        default=24.0,
        metadata={
            "help": "For how many hours an index's list of package names is searched before it is "
            "renewed; 0 keeps no lists, so that only exact names are found.",
            "may_be_zero": True,
        },
    )
    kernel_timeout: float = field(
        default=1800.0, metadata={"help": "Seconds after which making a kernel is given up."}
    )
    advisory_service: str = field(
        default="https://api.osv.dev",
        metadata={
            "help": "Where advisories come from: the address of an OSV service, or a folder of "
            "OSV records (a dump, for use without a network)."
        },
    )
    audit_timeout: float = field(
        default=60.0,
        metadata={"help": "Seconds after which the advisory service is given up."},
    )
    forges: tuple[str, ...] = field(
        default=(),
        metadata={
            "help": "Forges of one's own as ADDRESS=KIND, such as git.example.org=gitea or "
            "http://localhost:3000=gitea; the kinds are github, gitlab and gitea (Forgejo too)."
        },
    )
    forge_timeout: float = field(
        default=30.0, metadata={"help": "Seconds after which a forge that is silent is given up."}
    )
    stable_days: int = field(
        default=14,
        metadata={"help": "How many days old versions are that a stable lock may choose."},
    )
    trusted_indexes: tuple[str, ...] = field(
        default=(),
        metadata={
            "help": "Addresses of package indexes that notebooks may name without being asked for; "
            "'torch-backend' agrees to those that uv knows for accelerators."
        },
    )
    max_notebook_bytes: int = field(
        default=50 * MEGABYTE, metadata={"help": "Notebooks over this size are refused."}
    )
    verify_cell_timeout: float = field(
        default=3600.0,
        metadata={
            "help": "Seconds that one cell may take when a split is verified; 0 for any time.",
            "may_be_zero": True,
        },
    )
    verify_copy_bytes: int = field(
        default=2_000 * MEGABYTE,
        metadata={"help": "Projects over this size are not copied to verify a split in."},
    )
    verify_parallel: int = field(
        default=1,
        metadata={"help": "How many steps run at the same time when a split is verified."},
    )
    heavy_jobs: int = field(default=2, metadata={"help": "How many jobs run at the same time."})
    kept_jobs: int = field(default=200, metadata={"help": "How many ended jobs are remembered."})
    kept_hours: float = field(
        default=24.0,
        metadata={"help": "For how many hours ended jobs are remembered.", "may_be_zero": True},
    )
    kept_log_lines: int = field(
        default=20_000, metadata={"help": "How many lines of one job's log are kept."}
    )
