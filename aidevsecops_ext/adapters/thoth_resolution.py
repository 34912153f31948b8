"""A result of Thoth as a resolution: checked, and with the notebook's own names for indexes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from ..app.ports import Progress, Resolution, ResolveRequest
from ..domain.requirements import DEFAULT_INDEX_NAME, Index
from ..formats.pipfile.entries import without_credentials
from ..formats.thoth_advice import InvalidAdviceError, check_advised, read_advice
from .thoth_failures import bad_answer, no_recommendation

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from ..domain.lock import Lock, LockedPackage
    from ..domain.thoth import ThothQuestion, ThothRecord


def resolution_of(
    request: ResolveRequest,
    question: ThothQuestion,
    answer: tuple[str, ThothRecord],
    users_default: Callable[[], Index],
    progress: Progress,
) -> Resolution:
    """What the service's result resolves the request to; its justification goes to the log.

    ``answer`` is the result's text and what was asked, ``users_default`` the index to record where
    the service names no default one.

    Raises:
        RefusedError: it recommends nothing.
        OutsideFailedError: it is not what was asked for.
    """
    text, asked = answer
    wanted = [r for r in request.requirements if question.is_dev or not r.is_dev]
    left_out = [r.name for r in request.requirements if r not in wanted]
    try:
        advice = read_advice(text)
        for sentence in advice.justification:
            progress.log(f"Thoth: {sentence}")
        if advice.lock is None:
            raise no_recommendation(advice, [r.name for r in request.requirements])
        check_advised(advice.lock.packages, wanted)
        packages, indexes = _indexed(advice.lock, request.indexes)
    except InvalidAdviceError as error:
        raise bad_answer(question.host, str(error)) from error
    names = ", ".join(left_out)
    return Resolution(
        packages=packages,
        default_index=_default_index(advice.lock.indexes) or users_default(),
        indexes=indexes,
        notes=(f"Not locked, as asked: the development requirements {names}.",) if names else (),
        thoth=asked,
    )


def _indexed(
    lock: Lock, known: Iterable[Index]
) -> tuple[tuple[LockedPackage, ...], tuple[Index, ...]]:
    """The packages by the notebook's names for indexes, and the indexes that it does not have."""
    named = {_address(index): index for index in known}
    new: dict[str, Index] = {}
    names: dict[str, str | None] = {}
    used = {package.index for package in lock.packages}
    for index in lock.indexes:
        mine = named.get(_address(index))
        if index.name not in used or index.is_default:
            names[index.name] = None
        elif mine is not None:
            names[index.name] = None if mine.is_default else mine.name
        else:
            names[index.name] = index.name
            new[index.name] = replace(index, url=without_credentials(index.url))
    _refuse_taken(new, known)
    packages = tuple(replace(p, index=_renamed(p.index, names)) for p in lock.packages)
    return packages, tuple(new.values())


def _renamed(name: str | None, names: Mapping[str, str | None]) -> str | None:
    if name is None or name == DEFAULT_INDEX_NAME:
        return None
    if name not in names:
        raise InvalidAdviceError(f"it names the index '{name}' without its address")
    return names[name]


def _refuse_taken(new: Mapping[str, Index], known: Iterable[Index]) -> None:
    for index in known:
        if index.name in new:
            raise InvalidAdviceError(f"it calls another index '{index.name}' than the notebook")


def _default_index(indexes: tuple[Index, ...]) -> Index | None:
    found = next((index for index in indexes if index.is_default), None)
    return None if found is None else replace(found, url=without_credentials(found.url))


def _address(index: Index) -> str:
    return without_credentials(index.url).rstrip("/")
