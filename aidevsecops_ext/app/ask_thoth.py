"""Ask a Thoth service instead of resolving here, and what to do when it cannot be reached."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NoReturn

from msgspec import Struct
from msgspec.structs import replace

from ..domain.errors import ErrorCode, OutsideFailedError, RefusedError, UserError
from ..domain.requirements import DEFAULT_INDEX_NAME
from ..domain.target import Target, TargetChoice
from ..domain.thoth import NO_FALLBACK, THOTH_ENGINE, ThothOptions, ThothQuestion, ThothSettings
from ..formats.pipfile import indexes_of, pipfile_text
from ..formats.pipfile.entries import without_credentials
from ..formats.thoth_config import (
    ThothService,
    allowed_name,
    environment_entry,
    host_of,
    read_service,
    thoth_config,
)
from .choose_target import find_targets
from .project_folder import find_thoth_yaml
from .trust_indexes import refuse_untrusted

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ..domain.json_value import Json
    from ..domain.recommendation import RecommendationType
    from .ports import Files, PackageIndex, Progress, Resolution
    from .recommend import Recommended

_SECTIONS = ("packages", "dev-packages")
# The only platform that Thoth's API has a word for.
_PLATFORM = "linux-x86_64"
_HERE = "Linux x86-64"
_NAMELESS = "notebook"


class Asking(Struct, frozen=True):
    """What is asked for: ``pipfile`` is the whole one, ``choice`` what the target was chosen by."""

    path: str
    choice: TargetChoice
    target: Target
    pipfile: Mapping[str, Json]
    recommendation: RecommendationType
    options: ThothOptions


def first_environment(choice: TargetChoice, path: str, files: Files) -> TargetChoice:
    """The choice, or the first runtime environment of ``.thoth.yaml`` where nothing is chosen.

    Raises:
        UserError: the file is not YAML.
        AidevsecopsError: it cannot be read.
    """
    if choice != TargetChoice():
        return choice
    known = find_targets(path, files, "").environments
    return TargetChoice(environment=known[0].name) if known else choice


def thoth_question(asking: Asking, settings: ThothSettings, files: Files) -> ThothQuestion:
    """The question to the service that the settings name, else the nearest ``.thoth.yaml``.

    Raises:
        UserError: no host is named, or none that can be one; the file is not YAML.
        RefusedError: Thoth cannot lock for the target.
        AidevsecopsError: the file cannot be read.
    """
    found = find_thoth_yaml(asking.path, files)
    text = "" if found is None else files.read(found).text
    service = _service(settings, read_service(text) if found else ThothService(), found)
    name = asking.choice.environment
    entry = environment_entry(text, name) if name and text else {"name": _NAMELESS}
    if name is None:
        _refuse_unknown_target(asking.target)
        entry["platform"] = _PLATFORM
    entry["python_version"] = asking.target.python_version
    entry["recommendation_type"] = asking.recommendation.value
    dev = asking.pipfile.get("dev-packages")
    return ThothQuestion(
        host=service.host or "",
        verify_tls=service.verify_tls,
        config=json.dumps(thoth_config(service, entry, asking.options.labels)),
        environment=allowed_name(entry),
        pipfile=pipfile_text(_for_the_service(asking.pipfile)),
        recommendation=asking.recommendation,
        timeout=asking.options.timeout,
        is_forced=asking.options.is_forced,
        is_dev=bool(dev) if asking.options.is_dev is None else asking.options.is_dev,
        is_for_this_machine=name is None and asking.target.platform is None,
        # A file of a repository must not have the user's token sent anywhere.
        may_send_token=bool(settings.host),
    )


def service_host(path: str, settings: ThothSettings, files: Files) -> str | None:
    """The host that a lock of that notebook would ask, None when none is named.

    Raises:
        UserError: the file ``.thoth.yaml`` is not YAML.
        AidevsecopsError: it cannot be read.
    """
    found = find_thoth_yaml(path, files)
    written = read_service(files.read(found).text) if found and not settings.host else None
    return host_of(settings.host or (written and written.host) or "")


def check_options(
    options: ThothOptions, engine: str, fallback: str | None, settings: ThothSettings
) -> str:
    """The engine for when the service is not there, ``none`` for none.

    Raises:
        UserError: options of Thoth with another engine, or a label that cannot be one.
    """
    if engine != THOTH_ENGINE and options != ThothOptions():
        raise _invalid(
            f"Labels, a time limit, force and dev are for the engine '{THOTH_ENGINE}'; "
            f"this lock is made by '{engine}'.",
            f"Choose the engine '{THOTH_ENGINE}', or leave them out.",
        )
    if not all(key and value for key, value in options.labels):
        raise _invalid("A label has no name or no value.", "Write it like team=research.")
    chosen = fallback or settings.fallback or NO_FALLBACK
    if chosen == THOTH_ENGINE:
        raise _invalid(
            f"The engine '{THOTH_ENGINE}' cannot take its own place.",
            f"Fall back on 'uv', or on '{NO_FALLBACK}'.",
        )
    return chosen


def ask_thoth(
    ask: Callable[[], Recommended],
    fall_back: Callable[[], Recommended] | None,
    fallback: str,
    progress: Progress,
) -> Recommended:
    """The service's answer, or that of another engine where the service cannot be reached.

    Raises:
        AidevsecopsError: what the engine says; an unreachable service where there is no other.
    """
    try:
        found = ask()
    except OutsideFailedError as error:
        if error.code is not ErrorCode.THOTH_UNREACHABLE or fall_back is None:
            raise
        note = f"{error.message.rstrip('.')}; {fallback} chose the versions instead."
        progress.log(note)
        found = fall_back()
        return replace(found, engine=fallback, notes=(note, *found.notes))
    return replace(found, notes=(*found.notes, *found.resolution.notes))


def refuse_unknown_indexes(
    resolution: Resolution, trusted: tuple[str, ...], index: PackageIndex
) -> None:
    """Nothing when the user agreed to every index that the service chose itself.

    Raises:
        RefusedError: there is one that nobody agreed to.
    """
    if resolution.indexes:
        known = (index.default_index().url, *trusted)
        refuse_untrusted(resolution.indexes, known, "Thoth recommends packages from indexes")


def _service(settings: ThothSettings, written: ThothService, path: str | None) -> ThothService:
    named = settings.host.strip()
    text, where = (named, "the setting thoth_host") if named else (written.host or "", path)
    host = host_of(text)
    if host is None:
        if not text:
            raise _no_service("No Thoth service is named.")
        raise _no_service(f"'{text}' in {where} is no name of a host.")
    # Who may be trusted without a certificate is said by who names the host.
    is_same = not named or host == host_of(written.host or "")
    return ThothService(host, written.verify_tls if is_same else True)


def _for_the_service(pipfile: Mapping[str, Json]) -> dict[str, Json]:
    """The Pipfile as another machine may see it: no credentials, no index that is only ours."""
    indexes = indexes_of(pipfile.get("source"))
    if all(index.is_default for index in indexes):
        return {
            key: _without_default(value) if key in _SECTIONS else value
            for key, value in pipfile.items()
            if key != "source"
        }
    sources: list[Json] = [
        {"name": i.name, "url": without_credentials(i.url), "verify_ssl": i.verify_ssl}
        for i in indexes
    ]
    return {**pipfile, "source": sources}


def _without_default(section: Json) -> Json:
    if not isinstance(section, dict):
        return section
    return {
        name: {k: v for k, v in entry.items() if (k, v) != ("index", DEFAULT_INDEX_NAME)}
        if isinstance(entry, dict)
        else entry
        for name, entry in section.items()
    }


def _refuse_unknown_target(target: Target) -> None:
    platform = target.platform or ""
    if target.is_universal:
        _unsupported("Thoth locks for one runtime environment, not for every platform.")
    if platform and not platform.startswith("x86_64-") and platform != "linux":
        _unsupported(f"Thoth cannot lock for the platform {platform}.")
    if platform.endswith(("msvc", "darwin", "android")):
        _unsupported(f"Thoth cannot lock for the platform {platform}.")
    if not platform and target.here != _HERE:
        _unsupported(f"Thoth cannot lock for {target.here}, only for {_HERE}.")


def _unsupported(message: str) -> NoReturn:
    raise RefusedError(
        ErrorCode.THOTH_TARGET_UNSUPPORTED,
        message,
        hint="Choose a runtime environment of .thoth.yaml, or another engine.",
    )


def _no_service(message: str) -> UserError:
    return UserError(
        ErrorCode.THOTH_NO_SERVICE,
        message,
        hint="Name one in the setting thoth_host, or as 'host' in a .thoth.yaml.",
    )


def _invalid(message: str, hint: str) -> UserError:
    return UserError(ErrorCode.REQUEST_INVALID, message, hint=hint)
