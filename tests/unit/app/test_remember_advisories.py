"""What an advisory service said is remembered."""

from __future__ import annotations

from aidevsecops_ext.app.remember_advisories import (
    NOT_ASKED,
    RememberedAdvisories,
    RememberingAdvisories,
)
from aidevsecops_ext.domain.advisories import Advisory, Audit, AuditedPackage, Unchecked
from tests.fakes.advisories import FakeAdvisories
from tests.fakes.advisory_memory import FakeAdvisoryMemory
from tests.fakes.cancel import FakeCancelToken
from tests.fakes.clock import FakeClock

SIX, ATTRS = ("six", "1.16"), ("attrs", "23.1")
KNOWN = (Advisory("CVE-1"),)


def test_answers_are_remembered_and_failures_are_not() -> None:
    memory, cancel = FakeAdvisoryMemory(), FakeCancelToken()
    asked = RememberingAdvisories(
        FakeAdvisories({SIX: KNOWN}, failing=["attrs"]), memory, FakeClock(7.0)
    )

    found = asked.audit((SIX, ATTRS), cancel)
    asked.audit((ATTRS,), cancel)

    assert [package.name for package in found.packages] == ["six"]
    assert memory.kept == {SIX: (7.0, AuditedPackage(*SIX, KNOWN))}


def test_what_nobody_asked_of_is_unchecked_and_the_oldest_answer_is_told() -> None:
    memory = FakeAdvisoryMemory(AuditedPackage(*SIX, KNOWN), at=5.0)
    memory.keep([AuditedPackage("rich", "1")], 3.0)
    told = RememberedAdvisories(memory)

    none = told.audit((ATTRS,), FakeCancelToken())
    before = told.oldest
    some = told.audit((SIX, ATTRS), FakeCancelToken())
    middle = told.oldest
    told.audit((("rich", "1"),), FakeCancelToken())

    assert none == Audit((), (Unchecked(*ATTRS, NOT_ASKED),))
    assert some == Audit((AuditedPackage(*SIX, KNOWN),), (Unchecked(*ATTRS, NOT_ASKED),))
    assert (before, middle, told.oldest) == (None, 5.0, 3.0)
