"""``.thoth.yaml``: the runtime environments that a repository's notebooks are meant for.

Real files break the format's own schema (``name: rhel:8``), so all that is usable is used and what
is off is told.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from msgspec import Struct

from ..domain.accelerator import accelerator_of
from ..domain.errors import ErrorCode, UserError
from ..domain.late_patterns import late_pattern
from ..domain.recommendation import RecommendationType
from ..domain.target import Target
from .yaml_values import yaml_table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ..domain.json_value import Json

_NAME = late_pattern(r"[a-zA-Z0-9_-]+")
_PYTHON = late_pattern(r"3\.\d+")
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})

# The C library of each system, by what its version starts with: it decides which wheels run there.
_ENTERPRISE_LINUX = {"7": 17, "8": 28, "9": 34, "10": 39}
_GLIBC: Mapping[str, Mapping[str, int]] = {
    "rhel": _ENTERPRISE_LINUX,
    "ubi": _ENTERPRISE_LINUX,
    "centos": _ENTERPRISE_LINUX,
    "fedora": {
        "32": 31, "33": 32, "34": 33, "35": 34, "36": 35, "37": 36, "38": 37, "39": 38,
        "40": 39, "41": 40, "42": 41, "43": 42,
    },
    "ubuntu": {"18.04": 27, "20.04": 31, "22.04": 35, "24.04": 39, "25.04": 41},
    "debian": {"10": 28, "11": 31, "12": 36, "13": 41},
}  # fmt: skip
_KNOWN_GLIBC = (17, 28, *range(31, 41))
# As many as repositories that somebody works in; every notebook in them asks for the same file.
_MANY = 8
_ARCHITECTURES = {"aarch64": "aarch64", "arm64": "aarch64"}


class RuntimeEnvironment(Struct, frozen=True):
    """One environment; what the file does not say is None."""

    name: str
    python_version: str | None = None
    os_name: str | None = None
    os_version: str | None = None
    machine: str | None = None
    recommendation: RecommendationType | None = None
    cuda_version: str | None = None
    gpu_model: str | None = None


class ThothYaml(Struct, frozen=True):
    """What a ``.thoth.yaml`` says; ``problems`` are sentences on what was off."""

    environments: tuple[RuntimeEnvironment, ...] = ()
    overlays_dir: str | None = None
    problems: tuple[str, ...] = ()
    requirements_format: str | None = None


class EnvironmentTarget(Struct, frozen=True):
    """A runtime environment as a target of a lock."""

    name: str
    target: Target
    recommendation: RecommendationType | None = None


@lru_cache(_MANY)
def read_thoth_yaml(text: str) -> ThothYaml:
    """What the file says, as far as it can be understood.

    Raises:
        UserError: it is not YAML, or not a table.
    """
    document = load_thoth_yaml(text)
    problems: list[str] = []
    environments = tuple(_environments(document.get("runtime_environments"), problems))
    if not environments:
        problems.append("It names no runtime environment.")
    return ThothYaml(
        environments,
        text_of(document, "overlays_dir"),
        tuple(problems),
        text_of(document, "requirements_format"),
    )


def targets_of(config: ThothYaml, default_python: str) -> tuple[EnvironmentTarget, ...]:
    """Each environment's target; the first is the file's default."""
    return tuple(
        EnvironmentTarget(
            environment.name,
            Target(
                environment.python_version or default_python,
                platform_of(environment),
                accelerator=accelerator_of(environment.cuda_version, environment.gpu_model),
            ),
            environment.recommendation,
        )
        for environment in config.environments
    )


def platform_of(environment: RuntimeEnvironment) -> str:
    """The platform in uv's words; any Linux where the system is not known more closely."""
    name = (environment.os_name or "").lower()
    if name in ("windows", "macos"):
        return name
    machine = _ARCHITECTURES.get((environment.machine or "").lower(), "x86_64")
    glibc = _glibc(name, environment.os_version or "")
    if glibc is not None:
        return f"{machine}-manylinux_2_{glibc}"
    return "linux" if machine == "x86_64" else f"{machine}-unknown-linux-gnu"


def _glibc(name: str, version: str) -> int | None:
    versions = _GLIBC.get(name, {})
    found = versions.get(version) or versions.get(version.split(".")[0])
    return max((known for known in _KNOWN_GLIBC if known <= found), default=None) if found else None


def load_thoth_yaml(text: str) -> dict[str, Json]:
    """The file's table; every plain value in it is a text.

    Raises:
        UserError: it is not YAML, or not a table.
    """
    try:
        return yaml_table(text)
    except ValueError as error:
        raise UserError(
            ErrorCode.THOTH_YAML_INVALID,
            f"The file .thoth.yaml cannot be read: {error}.",
            hint="Correct the file.",
        ) from error


def _environments(entries: Json, problems: list[str]) -> Iterator[RuntimeEnvironment]:
    if not isinstance(entries, list):
        return
    seen: set[str] = set()
    for number, entry in enumerate(entries, start=1):
        name = text_of(entry, "name") if isinstance(entry, dict) else None
        if not isinstance(entry, dict) or name is None:
            problems.append(f"Runtime environment {number} has no name and is ignored.")
        elif name in seen:
            problems.append(f"The name '{name}' occurs twice; the first one counts.")
        else:
            seen.add(name)
            if not _NAME.fullmatch(name):
                problems.append(f"The name '{name}' holds characters that Thoth does not allow.")
            yield _environment(name, entry, problems)


def _environment(name: str, entry: Mapping[str, Json], problems: list[str]) -> RuntimeEnvironment:
    python = text_of(entry, "python_version")
    if python is not None and not _PYTHON.fullmatch(python):
        problems.append(
            f"'{name}' asks for Python '{python}', which is not a version such as 3.11."
        )
        python = None
    system, hardware = entry.get("operating_system"), entry.get("hardware")
    if not isinstance(system, dict):
        system = {}
    return RuntimeEnvironment(
        name=name,
        python_version=python,
        os_name=text_of(system, "name"),
        os_version=text_of(system, "version"),
        machine=(text_of(entry, "platform") or "").rpartition("-")[2] or None,
        recommendation=_recommendation(name, entry, problems),
        cuda_version=text_of(entry, "cuda_version"),
        gpu_model=text_of(hardware, "gpu_model") if isinstance(hardware, dict) else None,
    )


def _recommendation(
    name: str, entry: Mapping[str, Json], problems: list[str]
) -> RecommendationType | None:
    word = text_of(entry, "recommendation_type")
    if word is None:
        return None
    try:
        return RecommendationType(word.lower())
    except ValueError:
        known = ", ".join(kind.value for kind in RecommendationType)
        problems.append(f"'{name}' asks for the recommendation type '{word}', not one of: {known}.")
        return None


def text_of(table: Mapping[str, Json], key: str) -> str | None:
    """The text of that key; None where there is none, or a word for nothing."""
    value = table.get(key)
    return value.strip() if isinstance(value, str) and value not in _NULLS else None
