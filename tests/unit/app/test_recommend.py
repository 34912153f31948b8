from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from aidevsecops_ext.app.audit_notebook import AuditPorts
from aidevsecops_ext.app.ports import Resolution, ResolvePolicy, ResolveRequest
from aidevsecops_ext.app.recommend import Recommended, RecommendPorts, resolve_for
from aidevsecops_ext.app.resolve_securely import ROUNDS
from aidevsecops_ext.domain.advisories import Advisory, Severity
from aidevsecops_ext.domain.errors import ErrorCode, OutsideFailedError, RefusedError
from aidevsecops_ext.domain.lock import LockedPackage
from aidevsecops_ext.domain.recommendation import RecommendationType
from aidevsecops_ext.domain.requirements import Requirement
from aidevsecops_ext.domain.target import Target
from tests.fakes.advisories import FakeAdvisories
from tests.fakes.cancel import FakeCancelToken
from tests.fakes.clock import FakeClock
from tests.fakes.files import FakeFiles
from tests.kits.notebooks import INDEX

DAY = 86400.0
ASKED = ResolveRequest(
    (Requirement("holey"),), Target("3.11"), "deep", preferred=(LockedPackage("holey", "1"),)
)
IGNORING = '[[audit.ignore]]\nid = "V3"\nreason = "so"\nexpires = 1970-03-01\n'


class Versions:
    """Resolves ``holey`` to the first of its versions that is not excluded."""

    def __init__(self, *versions: str) -> None:
        self.versions = versions
        self.requests: list[ResolveRequest] = []

    def __call__(self, request: ResolveRequest) -> Resolution:
        self.requests.append(request)
        gone = {version for _, version in request.policy.excluded}
        left = [version for version in self.versions if version not in gone]
        if not left:
            raise RefusedError(ErrorCode.LOCK_UNSATISFIABLE, "None is left.")
        return Resolution((LockedPackage("holey", left[0]),), INDEX)


def against(**severities: Severity) -> FakeAdvisories:
    """What is known: V3 is the advisory against version 3."""
    return FakeAdvisories(
        {
            ("holey", name[1:]): (Advisory(name, (), severity),)
            for name, severity in severities.items()
        }
    )


def recommend(
    kind: RecommendationType,
    resolve: Callable[[ResolveRequest], Resolution],
    advisories: FakeAdvisories | None = None,
    files: dict[str, str] | None = None,
) -> Recommended:
    audit = AuditPorts(FakeFiles(files), advisories or FakeAdvisories(), FakeClock(30 * DAY + 3600))
    ports = RecommendPorts(audit.clock, lambda: audit, 14)
    return resolve_for(kind, ASKED, ports, resolve, FakeCancelToken())


@pytest.mark.parametrize(
    ("kind", "policy", "keeps"),
    [
        ("latest", ResolvePolicy(), True),
        ("stable", ResolvePolicy(prereleases=False, not_after="1970-01-17T00:00:00Z"), False),
        ("testing", ResolvePolicy(prereleases=True), True),
        ("performance", ResolvePolicy(wheels_only=True), True),
        ("security", ResolvePolicy(), False),
    ],
)
def test_resolve_for_has_a_policy_for_each_type(
    kind: str, policy: ResolvePolicy, keeps: bool
) -> None:
    resolve = Versions("1")

    found = recommend(RecommendationType(kind), resolve)

    [request] = resolve.requests
    assert (found.kind.value, found.notes) == (kind, ())
    assert request.policy == policy
    assert bool(request.preferred) is keeps


def test_security_takes_the_newest_without_an_advisory() -> None:
    resolve = Versions("3", "2", "1")

    found = recommend(
        RecommendationType.SECURITY, resolve, against(V3=Severity.LOW, V2=Severity.HIGH)
    )

    assert found.resolution.packages[0].version == "1"
    assert found.notes == ()
    assert resolve.requests[-1].policy.excluded == (("holey", "3"), ("holey", "2"))


def test_security_takes_the_least_severe_when_none_is_without() -> None:
    found = recommend(
        RecommendationType.SECURITY,
        Versions("3", "2"),
        against(V3=Severity.CRITICAL, V2=Severity.MODERATE),
    )

    assert found.resolution.packages[0].version == "2"
    assert found.notes == (
        "No solution is without known advisories, the requirements leave none; "
        "the least severe has: holey 2 (V2, moderate).",
    )


def test_security_gives_up_after_some_rounds() -> None:
    versions: Sequence[str] = [str(number) for number in range(ROUNDS + 5)]
    resolve = Versions(*versions)

    found = recommend(
        RecommendationType.SECURITY,
        resolve,
        against(**{f"V{version}": Severity.LOW for version in versions}),
    )

    assert len(resolve.requests) == ROUNDS
    assert f"none was found in {ROUNDS} rounds" in found.notes[0]


def test_security_accepts_what_the_repository_ignores() -> None:
    found = recommend(
        RecommendationType.SECURITY,
        Versions("3", "2"),
        against(V3=Severity.HIGH),
        {"deep/.aidevsecops.toml": IGNORING},
    )

    assert found.resolution.packages[0].version == "3"


def test_security_says_what_was_not_checked() -> None:
    found = recommend(RecommendationType.SECURITY, Versions("3"), FakeAdvisories(failing=["holey"]))

    assert found.notes == ("Not checked for advisories: holey. The service is away.",)


@pytest.mark.parametrize("at", [0, 1])
def test_security_fails_as_the_engine_does(at: int) -> None:
    versions = Versions("3", "2")

    def resolve(request: ResolveRequest) -> Resolution:
        if len(versions.requests) == at:
            raise OutsideFailedError(ErrorCode.LOCK_ENGINE_FAILED, "No.")
        return versions(request)

    with pytest.raises(OutsideFailedError):
        recommend(RecommendationType.SECURITY, resolve, against(V3=Severity.HIGH))


def test_security_is_refused_when_nothing_fits_at_all() -> None:
    with pytest.raises(RefusedError, match="None is left"):
        recommend(RecommendationType.SECURITY, Versions())
