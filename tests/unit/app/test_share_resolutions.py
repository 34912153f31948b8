"""The same requirements are resolved once, whoever asks for them."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from msgspec.structs import replace

from aidevsecops_ext.app.ports import (
    CancelToken,
    Progress,
    Resolution,
    ResolvePolicy,
    ResolveRequest,
)
from aidevsecops_ext.app.share_resolutions import SharedResolver, share_resolutions
from aidevsecops_ext.domain.errors import CancelledError, ErrorCode, RefusedError
from aidevsecops_ext.domain.lock import LockedPackage
from aidevsecops_ext.domain.requirements import Index, Requirement
from aidevsecops_ext.domain.target import Target
from tests.fakes.cancel import FakeCancelToken
from tests.fakes.files import FakeFiles
from tests.fakes.progress import FakeProgress
from tests.fakes.resolver import FakeResolver

ASKED = ResolveRequest(
    (Requirement("numpy", ">=2"), Requirement("rich")), Target("3.11"), folder="a/b"
)
SECONDS = 30


class WaitingResolver(FakeResolver):
    """Counts who resolves at the same time; each waits for ``may_end``, or until cancelled."""

    def __init__(self) -> None:
        super().__init__()
        self.may_end = threading.Event()
        self.started = threading.Semaphore(0)
        self._mutex = threading.Lock()
        self.running = 0
        self.most = 0

    def resolve(
        self, request: ResolveRequest, progress: Progress, cancel: CancelToken
    ) -> Resolution:
        forget = cancel.on_cancel(self.may_end.set)
        with self._mutex:
            self.running += 1
            self.most = max(self.most, self.running)
        self.started.release()
        assert self.may_end.wait(SECONDS)
        with self._mutex:
            self.running -= 1
        forget()
        return super().resolve(request, progress, cancel)


def shared(resolver: FakeResolver, slots: int = 4, **files: str) -> SharedResolver:
    texts = {name.replace("__", "/"): text for name, text in files.items()}
    return share_resolutions({"uv": resolver}, FakeFiles(texts), slots)["uv"]


def ask(resolver: SharedResolver, request: ResolveRequest = ASKED) -> Resolution:
    return resolver.resolve(request, FakeProgress(), FakeCancelToken())


def test_share_resolutions_asks_the_engine_once_when_requests_are_the_same() -> None:
    engine = FakeResolver({"numpy": "2.1"})
    resolver = shared(engine)
    again = replace(ASKED, requirements=ASKED.requirements[::-1], folder="c")

    answers = [ask(resolver), ask(resolver, again)]

    assert answers[0] is answers[1]
    assert engine.requests == [ASKED]
    assert resolver.resolution_count == 1
    assert (resolver.engine, resolver.missing()) == ("fake", None)


@pytest.mark.parametrize(
    "other",
    [
        replace(ASKED, requirements=(Requirement("numpy"), Requirement("rich"))),
        replace(ASKED, target=Target("3.12")),
        replace(ASKED, indexes=(Index("own", "https://own.example/simple"),)),
        replace(ASKED, preferred=(LockedPackage("numpy", "2.0"),)),
        replace(ASKED, allow_prereleases=True),
        replace(ASKED, constraints=(Requirement("rich", "<15"),)),
        replace(ASKED, policy=ResolvePolicy(wheels_only=True)),
    ],
)
def test_share_resolutions_asks_again_when_something_else_is_asked(other: ResolveRequest) -> None:
    engine = FakeResolver()
    resolver = shared(engine)

    ask(resolver)
    ask(resolver, other)

    assert engine.requests == [ASKED, other]


@pytest.mark.parametrize(
    ("file", "count"), [("uv.toml", 1), ("a/uv.toml", 2), ("a/b/pyproject.toml", 2)]
)
def test_share_resolutions_asks_again_when_other_settings_count(file: str, count: int) -> None:
    engine = FakeResolver()
    resolver = share_resolutions({"uv": engine}, FakeFiles({file: ""}), 4)["uv"]

    ask(resolver)
    ask(resolver, replace(ASKED, folder=""))

    assert len(engine.requests) == count


def test_share_resolutions_lets_the_others_wait_when_one_resolves_the_same() -> None:
    engine = WaitingResolver()
    resolver = shared(engine)
    progress = FakeProgress()

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(ask, resolver)
        assert engine.started.acquire(timeout=SECONDS)
        second = pool.submit(resolver.resolve, ASKED, progress, FakeCancelToken())
        _until(lambda: bool(progress.messages))
        engine.may_end.set()

        assert first.result(SECONDS) is second.result(SECONDS)
    assert len(engine.requests) == 1


def test_share_resolutions_keeps_to_the_slots_when_more_is_asked() -> None:
    engine = WaitingResolver()
    resolver = shared(engine, slots=2)
    requests = [replace(ASKED, target=Target(f"3.{minor}")) for minor in range(10, 14)]

    with ThreadPoolExecutor(4) as pool:
        asked = [pool.submit(ask, resolver, request) for request in requests]
        assert all(engine.started.acquire(timeout=SECONDS) for _ in range(2))
        engine.may_end.set()
        for future in asked:
            future.result(SECONDS)

    assert engine.most == 2
    assert len(engine.requests) == 4


def test_share_resolutions_gives_each_an_error_of_its_own_when_it_fails() -> None:
    error = RefusedError(
        ErrorCode.LOCK_UNSATISFIABLE, "No.", hint="Try.", details={"requirements": ["numpy"]}
    )
    engine = FakeResolver(error=error)
    resolver = shared(engine)
    caught: list[RefusedError] = []

    for _ in range(2):
        with pytest.raises(RefusedError) as raised:
            ask(resolver)
        caught.append(raised.value)
        # As is done with what a notebook asked for.
        raised.value.details["requirements"] = "explained"

    assert len(engine.requests) == 1
    assert caught[0] is not caught[1]
    assert [(e.code, e.message, e.hint) for e in caught] == [(error.code, "No.", "Try.")] * 2
    assert error.details == {"requirements": ["numpy"]}


def test_share_resolutions_ends_a_wait_when_who_waits_is_cancelled() -> None:
    engine = WaitingResolver()
    resolver = shared(engine)
    cancel, progress = FakeCancelToken(), FakeProgress()

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(ask, resolver)
        assert engine.started.acquire(timeout=SECONDS)
        second = pool.submit(resolver.resolve, ASKED, progress, cancel)
        _until(lambda: bool(progress.messages))
        cancel.cancel()

        with pytest.raises(CancelledError):
            second.result(SECONDS)
        assert not first.done()
        engine.may_end.set()
        first.result(SECONDS)


def test_share_resolutions_asks_for_the_other_when_who_asked_first_is_cancelled() -> None:
    engine = WaitingResolver()
    resolver = shared(engine)
    cancel, progress = FakeCancelToken(), FakeProgress()

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(resolver.resolve, ASKED, FakeProgress(), cancel)
        assert engine.started.acquire(timeout=SECONDS)
        second = pool.submit(resolver.resolve, ASKED, progress, FakeCancelToken())
        _until(lambda: bool(progress.messages))
        cancel.cancel()

        with pytest.raises(CancelledError):
            first.result(SECONDS)
        assert second.result(SECONDS).packages
    assert len(engine.requests) == 2


def test_share_resolutions_asks_again_when_a_mistake_of_ours_came_up() -> None:
    class BrokenOnce(FakeResolver):
        def resolve(
            self, request: ResolveRequest, progress: Progress, cancel: CancelToken
        ) -> Resolution:
            if not self.requests:
                self.requests.append(request)
                raise ZeroDivisionError("a mistake")
            return super().resolve(request, progress, cancel)

    resolver = shared(BrokenOnce())

    with pytest.raises(ZeroDivisionError):
        ask(resolver)

    assert ask(resolver).packages


def _until(is_so: Callable[[], bool]) -> None:
    """Wait for a state that only another thread brings about."""
    pause = threading.Event()
    for _ in range(SECONDS * 100):
        if is_so():
            return
        pause.wait(0.01)
    raise AssertionError("it did not come about")
