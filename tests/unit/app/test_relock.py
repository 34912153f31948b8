"""Locking anew: some packages only, and with the advisories that this gains and loses."""

from __future__ import annotations

import pytest

from aidevsecops_ext.app.audit_notebook import AuditPorts
from aidevsecops_ext.app.lock_notebook import LockOutcome, LockPorts, LockRequest, lock_notebook
from aidevsecops_ext.app.recommend import RecommendPorts
from aidevsecops_ext.domain.advisories import Advisory, AdvisoryAgainst, AdvisoryChange, Unchecked
from aidevsecops_ext.domain.discovery import Discovery
from aidevsecops_ext.domain.errors import ErrorCode, UserError
from aidevsecops_ext.domain.lock import LockedPackage, VersionChange
from aidevsecops_ext.domain.notebook import Notebook
from aidevsecops_ext.domain.requirements import Requirement
from tests.fakes.advisories import FakeAdvisories
from tests.fakes.cancel import FakeCancelToken
from tests.fakes.clock import FakeClock
from tests.fakes.files import FakeFiles
from tests.fakes.package_index import FakePackageIndex
from tests.fakes.progress import FakeProgress
from tests.fakes.resolver import FakeResolver
from tests.kits.notebooks import locked_metadata, notebook

OLD = (LockedPackage("holey", "1"), LockedPackage("other", "1"))
HOLE, CRACK = Advisory("GHSA-1", ("CVE-1",)), Advisory("GHSA-2")
IGNORING = '[[audit.ignore]]\nid = "CVE-1"\nreason = "so"\nexpires = 2999-01-01\n'


def locked() -> Notebook:
    return notebook([], **locked_metadata({"holey": "*", "other": "*"}, OLD))


def relock(
    *upgrades: str,
    book: Notebook | None = None,
    resolver: FakeResolver | None = None,
    advisories: FakeAdvisories | None = None,
    files: dict[str, str] | None = None,
) -> LockOutcome:
    resolver = resolver or FakeResolver({"holey": "2", "other": "2"})
    request = LockRequest(
        path="work/nb.ipynb",
        notebook=book or locked(),
        discovery=Discovery(),
        upgrade_packages=upgrades,
        with_advisories=advisories is not None,
    )
    audit = AuditPorts(FakeFiles(files), advisories or FakeAdvisories(), FakeClock())
    ports = LockPorts(
        files=FakeFiles(files),
        index=FakePackageIndex(),
        resolvers={"fake": resolver},
        default_engine="fake",
        default_python="3.11",
        recommend=RecommendPorts(FakeClock(), lambda: audit, stable_days=14),
    )
    return lock_notebook(request, ports, FakeProgress(), FakeCancelToken())


def test_lock_notebook_upgrades_the_packages_that_are_named_and_no_other() -> None:
    resolver = FakeResolver({"holey": "2", "other": "2"})

    outcome = relock("Holey>=2", resolver=resolver)

    assert outcome.change.updated == (VersionChange("holey", "1", "2"),)
    assert resolver.requests[0].preferred == (OLD[1],)
    assert resolver.requests[0].constraints == (Requirement("Holey", ">=2"),)
    assert outcome.notes == ()


def test_lock_notebook_constrains_nothing_when_an_upgrade_names_no_versions() -> None:
    resolver = FakeResolver({"holey": "2"})

    relock("holey", resolver=resolver)

    assert resolver.requests[0].constraints == ()
    assert resolver.requests[0].preferred == (OLD[1],)


def test_lock_notebook_says_so_when_what_is_upgraded_is_not_needed() -> None:
    outcome = relock("elsewhere>=3")

    assert outcome.notes == ("elsewhere was not upgraded: the notebook does not need it.",)
    assert outcome.change.updated == ()


@pytest.mark.parametrize(
    "word", ["", "-x", "a b", "holey[extra]>=1", "holey; python_version<'3'", "holey @ https://a.b"]
)
def test_lock_notebook_refuses_when_an_upgrade_is_no_name_with_versions(word: str) -> None:
    resolver = FakeResolver()

    with pytest.raises(UserError) as raised:
        relock(word, resolver=resolver)

    assert raised.value.code is ErrorCode.REQUIREMENTS_INVALID
    assert resolver.requests == []


def test_lock_notebook_compares_the_advisories_when_asked() -> None:
    advisories = FakeAdvisories(
        {("holey", "1"): (HOLE, CRACK), ("holey", "2"): (CRACK,), ("other", "1"): (HOLE,)}
    )

    outcome = relock("holey", advisories=advisories)

    assert outcome.advisories == AdvisoryChange(
        gained=(),
        lost=(AdvisoryAgainst("holey", "1", HOLE),),
        kept=(AdvisoryAgainst("holey", "2", CRACK), AdvisoryAgainst("other", "1", HOLE)),
    )
    assert advisories.asked == [(("holey", "2"), ("other", "1")), (("holey", "1"),)]


def test_lock_notebook_gains_advisories_when_there_was_no_lock() -> None:
    book = notebook([], **{"requirements": locked().metadata["requirements"]})
    advisories = FakeAdvisories({("holey", "2"): (HOLE,)})

    outcome = relock(book=book, advisories=advisories)

    assert outcome.advisories == AdvisoryChange(gained=(AdvisoryAgainst("holey", "2", HOLE),))


def test_lock_notebook_does_not_count_advisories_that_the_repository_ignores() -> None:
    advisories = FakeAdvisories({("holey", "1"): (HOLE,)})

    outcome = relock("holey", advisories=advisories, files={"work/.aidevsecops.toml": IGNORING})

    assert outcome.advisories == AdvisoryChange()


def test_lock_notebook_neither_gains_nor_loses_what_was_not_checked() -> None:
    advisories = FakeAdvisories({("holey", "1"): (HOLE,)}, failing=["other"])

    outcome = relock("other", advisories=advisories)

    assert outcome.advisories == AdvisoryChange(
        kept=(AdvisoryAgainst("holey", "1", HOLE),),
        unchecked=(
            Unchecked("other", "1", "The service is away."),
            Unchecked("other", "2", "The service is away."),
        ),
    )


def test_lock_notebook_asks_for_no_advisories_when_not_asked() -> None:
    outcome = relock()

    assert outcome.advisories is None
