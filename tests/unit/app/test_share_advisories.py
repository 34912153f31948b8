"""Each package is asked for once."""

from __future__ import annotations

import pytest

from aidevsecops_ext.app.share_advisories import SharedAdvisories
from aidevsecops_ext.domain.advisories import Advisory
from aidevsecops_ext.domain.errors import CancelledError
from tests.fakes.advisories import FakeAdvisories
from tests.fakes.cancel import FakeCancelToken

A, B, C = ("a", "1"), ("b", "1"), ("c", "1")


def test_shared_advisories_ask_only_for_what_is_not_known_yet() -> None:
    service = FakeAdvisories({B: (Advisory("X-1"),)}, failing=["c"])
    advisories = SharedAdvisories(service)

    first = advisories.audit((A, B, C), FakeCancelToken())
    second = advisories.audit((C, B), FakeCancelToken())
    third = advisories.audit((("a", "2"), A), FakeCancelToken())

    assert service.asked == [(A, B, C), (("a", "2"),)]
    assert [(p.name, len(p.advisories)) for p in first.packages] == [("a", 0), ("b", 1)]
    assert [u.name for u in first.unchecked] == ["c"]
    assert [p.name for p in second.packages] == ["b"]
    assert second.unchecked == first.unchecked
    assert [(p.name, p.version) for p in third.packages] == [("a", "2"), ("a", "1")]


def test_shared_advisories_ask_nothing_when_cancelled() -> None:
    service = FakeAdvisories()

    with pytest.raises(CancelledError):
        SharedAdvisories(service).audit((A,), FakeCancelToken(is_cancelled=True))

    assert service.asked == []


def test_shared_advisories_give_a_service_up_when_it_checks_nothing_twice() -> None:
    service = FakeAdvisories(failing=["a", "b"])
    advisories = SharedAdvisories(service)

    for pin in (A, C, B, ("a", "2")):
        advisories.audit((pin,), FakeCancelToken())
    last = advisories.audit((("c", "2"),), FakeCancelToken())

    assert service.asked == [(A,), (C,), (B,), (("a", "2"),)]
    assert [(u.name, u.reason) for u in last.unchecked] == [("c", "The service is away.")]
