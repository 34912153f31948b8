from __future__ import annotations

import threading

import pytest

from aidevsecops_ext.app.ports import CancelToken
from aidevsecops_ext.domain.errors import CancelledError
from aidevsecops_ext.jobs.cancel import CancelSource


def test_cancel_source_is_a_cancel_token() -> None:
    token: CancelToken = CancelSource()

    token.raise_if_cancelled()

    assert not token.is_cancelled


def test_raise_if_cancelled_raises_when_cancelled() -> None:
    source = CancelSource()

    source.cancel()

    assert source.is_cancelled
    with pytest.raises(CancelledError):
        source.raise_if_cancelled()


def test_cancel_runs_each_callback_once_when_cancelled_twice() -> None:
    source = CancelSource()
    calls: list[str] = []
    source.on_cancel(lambda: calls.append("first"))
    source.on_cancel(lambda: calls.append("second"))

    source.cancel()
    source.cancel()

    assert calls == ["first", "second"]


def test_on_cancel_calls_back_at_once_when_already_cancelled() -> None:
    source = CancelSource()
    source.cancel()
    calls: list[str] = []

    forget = source.on_cancel(lambda: calls.append("late"))
    forget()

    assert calls == ["late"]


def test_on_cancel_forgets_only_its_own_callback_when_taken_away() -> None:
    source = CancelSource()
    calls: list[str] = []

    def callback() -> None:
        calls.append("called")

    forget = source.on_cancel(callback)
    source.on_cancel(callback)
    forget()
    forget()
    source.cancel()

    assert calls == ["called"]


def test_cancel_runs_the_other_callbacks_when_one_fails() -> None:
    source = CancelSource()
    calls: list[str] = []

    def fail() -> None:
        raise RuntimeError("callback failed")

    source.on_cancel(fail)
    source.on_cancel(lambda: calls.append("called"))

    with pytest.raises(RuntimeError, match="callback failed"):
        source.cancel()

    assert calls == ["called"]


def test_on_cancel_runs_every_callback_once_when_threads_race() -> None:
    source = CancelSource()
    gate = threading.Barrier(9)
    calls: list[int] = []

    def register(number: int) -> None:
        gate.wait()
        for _ in range(200):
            source.on_cancel(lambda: calls.append(number))

    threads = [threading.Thread(target=register, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    gate.wait()
    source.cancel()
    for thread in threads:
        thread.join()

    assert len(calls) == 8 * 200


def test_wait_returns_early_when_cancelled_by_another_thread() -> None:
    source = CancelSource()
    threading.Thread(target=source.cancel).start()

    was_cancelled = source.wait(30)

    assert was_cancelled
    assert not CancelSource().wait(0)
