"""The machine to lock for: what the user chose, else what the notebook says, else this one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct

from ..domain.errors import ErrorCode, NotFoundError, UserError
from ..domain.late_patterns import late_pattern
from ..domain.target import Target, TargetChoice
from .project_folder import THOTH_YAML, find_thoth_yaml

if TYPE_CHECKING:
    from ..domain.recommendation import RecommendationType
    from ..domain.requirements import RequirementSet
    from ..formats.thoth_yaml import EnvironmentTarget
    from .ports import Files

_PYTHON = late_pattern(r"3\.\d{1,3}")
# uv's own list; new glibc versions come with time. Compiled by ``re`` on first use: most locks name
# no platform.
_PLATFORM = (
    r"windows|linux|macos"
    r"|(x86_64|aarch64)-manylinux(2014|_2_\d{1,3})"
    r"|(x86_64|aarch64|i686)-pc-windows-msvc"
    r"|(x86_64|aarch64)-unknown-linux-(gnu|musl)|riscv64-unknown-linux"
    r"|(x86_64|aarch64)-apple-darwin"
    r"|(x86_64|aarch64)-linux-android|wasm32-pyodide\d{4}"
    r"|(arm64-apple-ios|(arm64|x86_64)-apple-ios-simulator)"
)


class KnownTargets(Struct, frozen=True):
    """The runtime environments around a notebook; ``path`` is None when there is no file."""

    path: str | None = None
    environments: tuple[EnvironmentTarget, ...] = ()
    problems: tuple[str, ...] = ()


def find_targets(path: str, files: Files, default_python: str) -> KnownTargets:
    """The environments of the nearest ``.thoth.yaml``, from the notebook's folder to the root.

    Raises:
        UserError: the file is not YAML.
        AidevsecopsError: it cannot be read.
    """
    found = find_thoth_yaml(path, files)
    if found is None:
        return KnownTargets()
    # Not needed where there is no such file, and a lock should start quickly.
    from ..formats.thoth_yaml import read_thoth_yaml, targets_of

    config = read_thoth_yaml(files.read(found).text)
    return KnownTargets(found, targets_of(config, default_python), config.problems)


def choose_target(
    choice: TargetChoice,
    path: str,
    requirements: RequirementSet,
    files: Files,
    default_python: str,
) -> Target:
    """What to lock the notebook at ``path`` for.

    The Python version is the chosen one, else that of the chosen runtime environment, else the one
    that the notebook declares, else ``default_python``.

    Raises:
        UserError: the choice contradicts itself, or names no Python version or platform.
        NotFoundError: no such runtime environment.
    """
    python = choice.python_version or requirements.python_version or default_python
    if choice.environment is not None:
        if choice.python_version or choice.platform or choice.is_universal:
            raise _invalid("A runtime environment already says the Python version and platform.")
        return _environment(choice.environment, path, files, python)
    if choice.is_universal and choice.platform:
        raise _invalid("A universal lock is for every platform, not for one.")
    if not _PYTHON.fullmatch(python):
        raise _invalid(f"'{python}' is not a Python version such as 3.11.")
    if choice.platform and not re.fullmatch(_PLATFORM, choice.platform):
        raise _invalid(
            f"'{choice.platform}' is not a platform such as linux or x86_64-manylinux_2_28."
        )
    return Target(python, choice.platform or None, choice.is_universal)


def recommended_by(choice: TargetChoice, path: str, files: Files) -> RecommendationType | None:
    """The recommendation type that the chosen runtime environment asks for, if any.

    Raises:
        UserError: the file is not YAML.
        AidevsecopsError: it cannot be read.
    """
    if choice.environment is None:
        return None
    known = find_targets(path, files, "").environments
    return next((e.recommendation for e in known if e.name == choice.environment), None)


def _environment(name: str, path: str, files: Files, python: str) -> Target:
    known = find_targets(path, files, python)
    for environment in known.environments:
        if environment.name == name:
            return environment.target
    names = [environment.name for environment in known.environments]
    where = known.path or f"no {THOTH_YAML} from the notebook's folder upward"
    raise NotFoundError(
        ErrorCode.TARGET_UNKNOWN_ENVIRONMENT,
        f"There is no runtime environment '{name}' in {where}.",
        hint=f"Choose one of: {', '.join(names)}." if names else f"Add it to a {THOTH_YAML}.",
        details={"environments": [*names], "path": known.path},
    )


def _invalid(message: str) -> UserError:
    return UserError(
        ErrorCode.TARGET_INVALID,
        message,
        hint="Choose a Python version and a platform, or a runtime environment, or universal.",
    )
