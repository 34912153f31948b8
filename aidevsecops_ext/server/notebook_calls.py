"""What the routes of notebooks do, in a worker thread: from a request's JSON to an answer's."""

from __future__ import annotations

import time
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, cast

from msgspec import Struct

from ..app.ask_thoth import service_host
from ..app.choose_target import find_targets
from ..app.discover_requirements import DiscoverPorts, discover_requirements
from ..app.edit_requirements import RequirementsChange, edit_requirements
from ..app.inspect_dependencies import inspect_dependencies
from ..app.lock_notebook import (
    LockOutcome,
    LockPorts,
    LockRequest,
    choose_resolver,
    lock_notebook,
)
from ..app.upgrade_packages import read_upgrades
from ..domain.discovery import Discovery
from ..domain.json_value import Json
from ..domain.recommendation import RecommendationType
from ..domain.requirements import Requirement
from ..domain.target import Target, TargetChoice
from ..domain.thoth import ThothOptions
from ..formats.answers import change_json, dependencies_json, target_json
from ..formats.audit_answers import advisory_change_json
from ..formats.notebook_json import parse, parse_json
from ..jobs.engine import JobRequest

if TYPE_CHECKING:
    from ..app.ports import CancelToken, Progress
    from ..domain.jobs import Job
    from ..domain.notebook import Notebook
    from ..wiring import Services
    from .backstage import Backstage

LOCK_KIND = "lock"

Body = dict[str, Json]


def inspect_saved(backstage: Backstage, path: str, cancel: CancelToken) -> Body:
    """The dependencies of a notebook as it is saved."""
    checked = backstage.paths.check(path)
    services = backstage.services
    text = services.slimmer.slim(services.files.read(checked).text, cancel)
    return _inspect(services, checked, parse(text, checked), cancel)


def inspect_open(backstage: Backstage, body: Body, cancel: CancelToken) -> Body:
    """The dependencies of a notebook as the request holds it."""
    path, notebook = _read_open(backstage, body)
    return _inspect(backstage.services, path, notebook, cancel)


def edit_open(backstage: Backstage, body: Body) -> Body:
    """The edit of the requirements of a notebook as the request holds it."""
    _, notebook = _read_open(backstage, body)
    added = tuple(_read_requirement(entry) for entry in cast("list[Body]", body.get("add", [])))
    removed = tuple(cast("list[str]", body.get("remove", [])))
    # Asking for it starts a process, and only a requirement that names an index needs it.
    has_index = any(requirement.index is not None for requirement in added)
    default = backstage.services.index.default_index() if has_index else None
    edit = edit_requirements(notebook, RequirementsChange(added, removed, default_index=default))
    return {"edit": {"metadata": dict(edit.metadata)}}


def list_targets(backstage: Backstage, path: str) -> Body:
    """The runtime environments around a notebook, which need not be saved yet."""
    checked = backstage.paths.check(path)
    known = find_targets(checked, backstage.services.files, backstage.services.default_python)
    return {
        "path": known.path,
        "environments": [
            {"name": environment.name, "target": target_json(environment.target)}
            for environment in known.environments
        ],
        "problems": [*known.problems],
        "thoth_host": service_host(checked, backstage.services.thoth, backstage.services.files),
    }


def submit_lock(backstage: Backstage, body: Body) -> Job:
    """The job that locks a notebook as the request holds it; what can be refused now, is."""
    path, notebook = _read_open(backstage, body)
    notebook.require_python()
    engine = cast("str | None", body.get("engine"))
    ports = backstage.services.lock_ports()
    choose_resolver(engine, ports)
    upgrade_packages = tuple(cast("list[str]", body.get("upgrade_packages", [])))
    read_upgrades(upgrade_packages)
    work = LockWork(
        services=backstage.services,
        ports=ports,
        path=path,
        notebook=notebook,
        target=_read_target(cast("Body", body.get("target", {}))),
        engine=engine,
        upgrade=bool(body.get("upgrade", False)),
        trusted_indexes=tuple(cast("list[str]", body.get("trust_indexes", []))),
        recommendation=_read_recommendation(body),
        upgrade_packages=upgrade_packages,
        with_advisories=bool(body.get("advisories", False)),
        fallback=cast("str | None", body.get("fallback")),
        thoth=_read_thoth(cast("Body", body.get("thoth") or {})),
    )
    request = JobRequest(
        kind=LOCK_KIND,
        key=path,
        title=f"Lock {PurePosixPath(path).name}",
        # No project: a lock is an edit that the browser applies, so it writes nothing here.
        idempotency_key=cast("str | None", body.get("idempotency_key")),
    )
    return backstage.engine.submit(request, work)


def default_target(services: Services) -> Target:
    """What is locked for when nothing else says it: this server."""
    return Target(services.default_python, here=services.platform)


class LockWork(Struct, frozen=True):
    """Discovers and locks: the work of a job."""

    services: Services
    ports: LockPorts
    path: str
    notebook: Notebook
    target: TargetChoice
    engine: str | None
    upgrade: bool
    trusted_indexes: tuple[str, ...]
    recommendation: RecommendationType | None
    upgrade_packages: tuple[str, ...] = ()
    with_advisories: bool = False
    fallback: str | None = None
    thoth: ThothOptions = ThothOptions()

    def __call__(self, progress: Progress, cancel: CancelToken) -> Body:
        """A LockResult."""
        started = time.monotonic()
        progress.report("Looking for what the notebook imports")
        discovery = _discover(self.services, self.path, self.notebook, cancel)
        request = LockRequest(
            path=self.path,
            notebook=self.notebook,
            discovery=discovery,
            target=self.target,
            engine=self.engine,
            upgrade=self.upgrade,
            trusted_indexes=self.trusted_indexes,
            recommendation=self.recommendation,
            upgrade_packages=self.upgrade_packages,
            with_advisories=self.with_advisories,
            fallback=self.fallback,
            thoth=self.thoth,
        )
        outcome = lock_notebook(request, self.ports, progress, cancel)
        seconds = time.monotonic() - started
        count = outcome.lock.count
        packages = f"{count} package{'' if count == 1 else 's'}"
        progress.report(f"Locked {packages} in {seconds:.1f} s", 1.0)
        return _lock_result(self.path, outcome, seconds)


def _read_thoth(options: Body) -> ThothOptions:
    labels, timeout = options.get("labels"), options.get("timeout")
    return ThothOptions(
        labels=tuple(cast("dict[str, str]", labels).items()) if labels else (),
        timeout=float(cast("float", timeout)) if timeout else None,
        is_forced=bool(options.get("force", False)),
        is_dev=cast("bool | None", options.get("dev")),
    )


def _read_open(backstage: Backstage, body: Body) -> tuple[str, Notebook]:
    path = backstage.paths.check(cast("str", body["path"]))
    return path, parse_json(cast("Body", body["notebook"]), path)


def _inspect(services: Services, path: str, notebook: Notebook, cancel: CancelToken) -> Body:
    # In another language there is nothing to discover, and the status says so.
    discovery = _discover(services, path, notebook, cancel) if notebook.is_python else Discovery()
    return dependencies_json(path, inspect_dependencies(notebook, discovery))


def _discover(services: Services, path: str, notebook: Notebook, cancel: CancelToken) -> Discovery:
    ports = DiscoverPorts(services.files, services.installed, services.index, services.modules)
    return discover_requirements(path, notebook, ports, cancel)


def _read_requirement(entry: Body) -> Requirement:
    return Requirement(
        name=cast("str", entry["name"]),
        specifier=cast("str", entry.get("specifier", "")),
        extras=tuple(cast("list[str]", entry.get("extras", []))),
        markers=cast("str", entry.get("markers", "")),
        index=cast("str | None", entry.get("index")) or None,
        is_dev=bool(entry.get("dev", False)),
    )


def _read_recommendation(body: Body) -> RecommendationType | None:
    kind = body.get("recommendation_type")
    return RecommendationType(cast("str", kind)) if kind else None


def _read_target(choice: Body) -> TargetChoice:
    return TargetChoice(
        environment=cast("str | None", choice.get("environment")) or None,
        python_version=cast("str | None", choice.get("python_version")),
        platform=cast("str | None", choice.get("platform")) or None,
        is_universal=bool(choice.get("universal", False)),
    )


def _lock_result(path: str, outcome: LockOutcome, seconds: float) -> Body:
    return {
        "notebook": path,
        "engine": outcome.engine,
        "packages": outcome.lock.count,
        "hash": outcome.lock.requirements_hash,
        "changed": change_json(outcome.change),
        "seconds": round(seconds, 3),
        "target": target_json(outcome.target),
        "recommendation_type": outcome.recommendation.value,
        "notes": [*outcome.notes],
        "advisories": None
        if outcome.advisories is None
        else advisory_change_json(outcome.advisories),
        "edit": {"metadata": dict(outcome.edit.metadata)},
        "base": dict(outcome.base),
    }
