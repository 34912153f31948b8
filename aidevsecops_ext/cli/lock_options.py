"""What a user says to the command that locks, as one value."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click
from msgspec import Struct

from ..domain.recommendation import RecommendationType
from ..domain.target import TargetChoice
from ..domain.thoth import ThothOptions
from .workspace import DEFAULT_ENVIRONMENT

if TYPE_CHECKING:
    from collections.abc import Mapping


class LockOptions(Struct, frozen=True):
    """What the user asked to lock, and how."""

    names: tuple[str, ...]
    excluded: tuple[str, ...] = ()
    target: TargetChoice = TargetChoice()
    engine: str | None = None
    recommendation: RecommendationType | None = None
    trusted: tuple[str, ...] = ()
    jobs: int | None = None
    is_upgrade: bool = False
    upgrade_packages: tuple[str, ...] = ()
    with_advisories: bool = False
    fallback: str | None = None
    thoth: ThothOptions = ThothOptions()
    is_dry_run: bool = False
    is_change_finding: bool = False
    is_verbose: bool = False
    is_json: bool = False

    @classmethod
    def of(
        cls, names: tuple[str, ...], *, is_json: bool, options: Mapping[str, object]
    ) -> LockOptions:
        """The options as click gives them.

        Raises:
            click.UsageError: two of them exclude each other.
        """

        def text(name: str) -> str | None:
            value = options.get(name)
            return value if isinstance(value, str) else None

        target = TargetChoice(
            environment=text("runtime_environment"),
            python_version=text("python_version"),
            platform=text("python_platform"),
            is_universal=options.get("universal") is True,
        )
        if target.environment and target != TargetChoice(environment=target.environment):
            raise click.UsageError(
                "--runtime-environment says what to lock for, so it excludes "
                "--python-version, --python-platform and --universal."
            )
        if target == TargetChoice():
            # What thamos and horus took for the default; an option says otherwise.
            target = TargetChoice(environment=os.environ.get(DEFAULT_ENVIRONMENT) or None)
        kind = text("recommendation_type")
        trusted, jobs = options.get("trusted"), options.get("jobs")
        excluded = options.get("excluded")
        upgraded = options.get("upgrade_packages")
        return cls(
            names=names,
            excluded=excluded if isinstance(excluded, tuple) else (),
            target=target,
            engine=text("engine"),
            recommendation=RecommendationType(kind) if kind else None,
            trusted=trusted if isinstance(trusted, tuple) else (),
            jobs=jobs if isinstance(jobs, int) else None,
            is_upgrade=options.get("upgrade") is True,
            upgrade_packages=upgraded if isinstance(upgraded, tuple) else (),
            with_advisories=options.get("advisories") is True,
            fallback=text("fallback"),
            thoth=_thoth_options(options),
            is_dry_run=options.get("dry_run") is True,
            is_change_finding=options.get("fail_on_change") is True,
            is_verbose=options.get("verbose") is True,
            is_json=is_json,
        )


def _thoth_options(options: Mapping[str, object]) -> ThothOptions:
    given = options.get("labels")
    words = [
        word for text in (given if isinstance(given, tuple) else ()) for word in text.split(",")
    ]
    labels = [word.partition("=") for word in words]
    for key, sign, value in labels:
        if not (key.strip() and sign and value.strip()):
            raise click.UsageError(f"A label is written like team=research, not '{key}{sign}'.")
    timeout, is_dev = options.get("timeout"), options.get("dev")
    return ThothOptions(
        labels=tuple((key.strip(), value.strip()) for key, _, value in labels),
        timeout=timeout if isinstance(timeout, float) else None,
        is_forced=options.get("force") is True,
        is_dev=is_dev if isinstance(is_dev, bool) else None,
    )
