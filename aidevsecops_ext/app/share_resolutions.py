"""Resolve the same requirements once for all notebooks and overlays that ask for them."""

from __future__ import annotations

import threading
from concurrent.futures import Future
from copy import deepcopy
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from msgspec.structs import replace

from ..domain.errors import AidevsecopsError, CancelledError

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Mapping

    from .ports import CancelToken, Files, Progress, Resolution, Resolver, ResolveRequest

ENGINE_SETTINGS = ("uv.toml", "pyproject.toml", ".thoth.yaml")
"""Files in which engines look for settings, from the folder of a request upward."""


def share_resolutions(
    resolvers: Mapping[str, Resolver], files: Files, slot_count: int
) -> dict[str, SharedResolver]:
    """The same engines, of which all together resolve at most ``slot_count`` requests at a time.

    Requests are the same when they ask for the same, and the engine would read the same settings.
    """
    slots = threading.BoundedSemaphore(slot_count)
    return {name: SharedResolver(engine, files, slots) for name, engine in resolvers.items()}


class SharedResolver:
    """The port ``Resolver`` over another one that is asked only once for the same; thread-safe."""

    def __init__(self, resolver: Resolver, files: Files, slots: threading.BoundedSemaphore) -> None:
        self._resolver = resolver
        self._files = files
        self._slots = slots
        self._mutex = threading.Lock()
        self._started: dict[Hashable, Future[Resolution]] = {}
        self._places: dict[str, str] = {}

    @property
    def engine(self) -> str:
        """The name that users choose it by."""
        return self._resolver.engine

    @property
    def resolution_count(self) -> int:
        """How many different requests there were."""
        return len(self._started)

    def missing(self) -> str | None:
        """How to install the engine; None when it is there."""
        return self._resolver.missing()

    def resolve(
        self, request: ResolveRequest, progress: Progress, cancel: CancelToken
    ) -> Resolution:
        """The exact versions, from the first request that asked for the same.

        Raises:
            AidevsecopsError: that request failed, or this one was cancelled.
        """
        key = self._key(request)
        while True:
            with self._mutex:
                shared = self._started.get(key)
                is_first = shared is None
                if shared is None:
                    shared = self._started[key] = Future()
            if is_first:
                self._settle(shared, key, lambda: self._resolver.resolve(request, progress, cancel))
            elif not shared.done():
                progress.report("Waiting for a resolution of the same requirements")
            try:
                return _wait(shared, cancel)
            except CancelledError:
                if is_first or cancel.is_cancelled:
                    raise
                # Only who asked first does not want to know any more.
            except AidevsecopsError as error:
                raise _again(error) from error

    def _settle(
        self, shared: Future[Resolution], key: Hashable, resolve: Callable[[], Resolution]
    ) -> None:
        try:
            with self._slots:
                shared.set_result(resolve())
        except BaseException as error:
            if not isinstance(error, AidevsecopsError) or isinstance(error, CancelledError):
                with self._mutex:
                    del self._started[key]
            shared.set_exception(error)

    def _key(self, request: ResolveRequest) -> Hashable:
        return (
            # What has no order or needs not be the same, and then all else.
            frozenset(request.requirements),
            frozenset(request.constraints),
            frozenset((package.key, package.version) for package in request.preferred),
            self._place(request.folder),
            replace(request, requirements=(), constraints=(), preferred=(), folder=""),
            request.thoth,
        )

    def _place(self, folder: str) -> str:
        """The nearest folder from there upward whose settings count."""
        if folder not in self._places:
            path = PurePosixPath(folder)
            self._places[folder] = next(
                (
                    str(place)
                    for place in (path, *path.parents)
                    if any(self._files.is_file(str(place / name)) for name in ENGINE_SETTINGS)
                ),
                "",
            )
        return self._places[folder]


def _wait(shared: Future[Resolution], cancel: CancelToken) -> Resolution:
    """The shared resolution, or its error; a cancel ends the wait."""
    ended = threading.Event()
    forget = cancel.on_cancel(ended.set)
    try:
        shared.add_done_callback(lambda _future: ended.set())
        ended.wait()
    finally:
        forget()
    if not shared.done():
        raise CancelledError
    return shared.result()


def _again(error: AidevsecopsError) -> AidevsecopsError:
    """The same error for somebody else: who gets it adds where its own requirements come from."""
    return type(error)(error.code, error.message, hint=error.hint, details=deepcopy(error.details))
