from __future__ import annotations

import pytest

from aidevsecops_ext.app.check_advisories import check_advisories, unchecked_offline
from aidevsecops_ext.domain.advisories import Advisory, Audit, Severity
from aidevsecops_ext.domain.errors import CancelledError, ErrorCode, NotFoundError
from aidevsecops_ext.domain.lock import LockedPackage
from aidevsecops_ext.domain.release import Check, CheckStatus
from tests.fakes.advisories import FakeAdvisories
from tests.fakes.cancel import FakeCancelToken
from tests.fakes.content import content_ports
from tests.fakes.files import FakeFiles
from tests.fakes.progress import FakeProgress
from tests.kits.notebooks import locked_metadata, notebook_text
from tests.kits.overlays import overlay_texts

LOCKED = locked_metadata({"six": "*"}, [LockedPackage("six", "1.16", ("sha256:aa",))])
NOTEBOOK = notebook_text(["import six"], **LOCKED)
KNOWN = {("six", "1.16"): (Advisory("GHSA-1", severity=Severity.HIGH),)}


def check(texts: dict[str, str], advisories: FakeAdvisories | None = None) -> Check:
    ports = content_ports(FakeFiles(texts), advisories)
    return check_advisories(ports, FakeProgress(), FakeCancelToken())


def test_advisories_pass_when_there_are_no_locks() -> None:
    found = check({"a.ipynb": notebook_text(["1"]), "b.ipynb": "{"})

    assert (found.status, found.message) == (CheckStatus.PASSED, "There are no locks.")


def test_advisories_pass_when_nothing_is_known() -> None:
    one, two = check({"a.ipynb": NOTEBOOK}), check({"a.ipynb": NOTEBOOK, **overlay_texts()})

    assert one.message == "Nothing is known against the packages of 1 lock."
    assert (two.status, two.message) == (
        CheckStatus.PASSED,
        "Nothing is known against the packages of 2 locks.",
    )


def test_advisories_fail_with_ids_and_places() -> None:
    advisories = FakeAdvisories(KNOWN)

    found = check({"a.ipynb": NOTEBOOK, **overlay_texts()}, advisories)

    assert found.status is CheckStatus.FAILED
    assert found.message == (
        "1 advisory against 1 package in a.ipynb, overlays/train: GHSA-1 (six 1.16, high)."
    )
    assert "--upgrade-package" in found.fix
    assert len(advisories.asked) == 1


def test_advisories_count_them_all() -> None:
    known = {**KNOWN, ("six", "1.17"): (Advisory("GHSA-1"), Advisory("GHSA-2"))}

    found = check({"a.ipynb": NOTEBOOK, **overlay_texts("1.17")}, FakeAdvisories(known))

    assert found.message.startswith("3 advisories against 2 packages in")


def test_advisories_warn_when_the_service_is_away() -> None:
    found = check({"a.ipynb": NOTEBOOK}, FakeAdvisories(failing="*"))

    assert found.status is CheckStatus.WARNED
    assert found.message == "Unchecked: 1 package. The service is away."
    assert "Try again" in found.fix


def test_advisories_tell_what_is_known_when_the_rest_is_unchecked() -> None:
    metadata = locked_metadata(
        {"six": "*"},
        [LockedPackage("six", "1.16"), LockedPackage("a", "1"), LockedPackage("b", "1")],
    )

    found = check(
        {"a.ipynb": notebook_text(["1"], **metadata)}, FakeAdvisories(KNOWN, failing=["a", "b"])
    )

    assert found.status is CheckStatus.FAILED
    assert found.message.endswith("Unchecked: 2 packages. The service is away.")


def test_advisories_warn_of_locks_that_cannot_be_read() -> None:
    broken = notebook_text(["1"], **{**LOCKED, "requirements_lock": "{"})
    texts = {**overlay_texts(), "overlays/train/Pipfile": "["}

    found = check({"a.ipynb": broken, **texts})

    assert found.status is CheckStatus.WARNED
    assert found.message.startswith("Unchecked: a.ipynb: ")
    assert "overlays/train: " in found.message


def test_advisories_leave_out_overlays_without_a_lock() -> None:
    texts = overlay_texts()
    del texts["overlays/train/Pipfile.lock"]

    assert check(texts).message == "There are no locks."


def test_advisories_are_not_asked_for_offline() -> None:
    assert unchecked_offline().status is CheckStatus.WARNED


class _Cancelling(FakeAdvisories):
    def audit(self, packages: tuple[tuple[str, str], ...], cancel: object) -> Audit:
        del packages, cancel
        raise CancelledError


@pytest.mark.parametrize("texts", [{"a.ipynb": NOTEBOOK}, overlay_texts()])
def test_advisories_end_when_cancelled(texts: dict[str, str]) -> None:
    with pytest.raises(CancelledError):
        check(texts, _Cancelling())


def test_advisories_leave_out_a_notebook_that_was_deleted() -> None:
    gone = NotFoundError(ErrorCode.NOTEBOOK_NOT_FOUND, "gone")
    ports = content_ports(FakeFiles({"a.ipynb": ""}, {"a.ipynb": gone}))

    found = check_advisories(ports, FakeProgress(), FakeCancelToken())

    assert found.message == "There are no locks."
