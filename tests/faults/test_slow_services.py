"""Services whose answers come late, break off, never end or lead in circles: clients of ours."""

from __future__ import annotations

import threading
from pathlib import Path
from urllib.error import HTTPError

import pytest

from aidevsecops_ext.adapters.advisories import OsvAdvisories
from aidevsecops_ext.adapters.index_addresses import IndexAddresses
from aidevsecops_ext.adapters.json_http import get_json
from aidevsecops_ext.adapters.osv_records import OsvRecords
from aidevsecops_ext.adapters.package_catalogue import IndexCatalogue
from aidevsecops_ext.adapters.service_http import Question, ask
from aidevsecops_ext.domain.errors import (
    AidevsecopsError,
    CancelledError,
    ErrorCode,
    OutsideFailedError,
    TimedOutError,
)
from aidevsecops_ext.jobs.cancel import CancelSource
from tests.kits.slow_service import (
    BAD,
    Sender,
    a_page,
    endless,
    head,
    refusing,
    serve,
    silent,
)

pytestmark = pytest.mark.timeout(60)

TIMEOUT = 0.3
ANSWERS = {**BAD, "a page": a_page}


@pytest.mark.parametrize("name", ANSWERS)
def test_json_of_a_bad_service_is_an_error_and_no_wait_for_ever(name: str) -> None:
    with serve(ANSWERS[name]) as service, pytest.raises((OSError, ValueError)) as caught:
        get_json(service.url, timeout=TIMEOUT)

    if isinstance(caught.value, HTTPError):
        caught.value.close()


@pytest.mark.parametrize("name", ["silent", "cut off", "endless", "enormous", "no HTTP"])
def test_bad_service_is_named_and_what_to_do(name: str) -> None:
    with serve(ANSWERS[name]) as service, pytest.raises(AidevsecopsError) as caught:
        ask(Question(f"{service.url}/secret-path", timeout=TIMEOUT))

    is_late = name in {"silent", "endless"}
    assert isinstance(caught.value, TimedOutError if is_late else OutsideFailedError)
    assert service.url in caught.value.message
    assert "secret-path" not in caught.value.message
    assert caught.value.hint


@pytest.mark.parametrize(
    ("name", "status"), [("500", 500), ("429", 429), ("in circles", 302), ("a page", 200)]
)
def test_refusal_is_an_answer_and_a_redirect_is_not_followed(name: str, status: int) -> None:
    with serve(ANSWERS[name]) as service:
        reply = ask(Question(service.url, timeout=5.0))

    assert reply.status == status
    assert service.count == 1


@pytest.mark.parametrize("name", ANSWERS)
def test_advisory_records_of_a_bad_service_are_unknown(name: str) -> None:
    with serve(ANSWERS[name]) as service:
        found = OsvRecords(service.url, timeout=TIMEOUT).read(frozenset({"A-1", "A-2"}))

    assert found == {}


def test_advisory_records_are_known_when_the_service_is_well_again() -> None:
    with serve(refusing("500 Internal Server Error")) as service:
        records = OsvRecords(service.url, timeout=5.0)
        assert records.read(frozenset({"A-1"})) == {}
        text = b'{"id": "A-1", "modified": "2026-01-01T00:00:00Z", "affected": []}'
        answer = head(Content_Type="application/json", Content_Length=str(len(text))) + text
        service.how = lambda send, _: send(answer)

        assert [*records.read(frozenset({"A-1"}))] == ["A-1"]


@pytest.fixture
def catalogue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> IndexCatalogue:
    """The packages on the index that a test configures."""
    monkeypatch.setenv("UV_NO_CONFIG", "1")
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path / "data"))
    return IndexCatalogue(
        IndexAddresses(tmp_path, timeout=TIMEOUT),
        (tmp_path / "lists", 24.0),
        CancelSource(),
        timeout=TIMEOUT,
    )


@pytest.mark.needs_uv
@pytest.mark.parametrize("name", ANSWERS)
def test_page_of_a_bad_index_is_a_clear_error(
    catalogue: IndexCatalogue, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    with serve(ANSWERS[name]) as service:
        monkeypatch.setenv("UV_DEFAULT_INDEX", f"{service.url}/simple")
        if name == "a page":
            # A page without links to files: a package that has none.
            page = catalogue.page("apple", CancelSource())
            assert page is not None
            assert page.files == ()
            return
        with pytest.raises(AidevsecopsError) as caught:
            catalogue.page("apple", CancelSource())

    assert caught.value.code is ErrorCode.LOCK_INDEX_UNREACHABLE
    assert caught.value.hint


@pytest.mark.needs_uv
@pytest.mark.parametrize("how", [silent, endless])
def test_cancel_does_not_wait_for_an_index(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: Sender
) -> None:
    patient = IndexCatalogue(
        IndexAddresses(tmp_path, timeout=1000.0),
        (tmp_path / "lists", 24.0),
        CancelSource(),
        timeout=1000.0,
    )
    monkeypatch.setenv("UV_NO_CONFIG", "1")
    cancel = CancelSource()
    with serve(how) as service:
        monkeypatch.setenv("UV_DEFAULT_INDEX", f"{service.url}/simple")

        def cancel_when_asked() -> None:
            assert service.asked.wait(30)
            cancel.cancel()

        threading.Thread(target=cancel_when_asked, daemon=True).start()
        with pytest.raises(CancelledError):
            patient.page("apple", cancel)


@pytest.mark.needs_uv
@pytest.mark.parametrize("name", BAD)
def test_packages_are_unchecked_and_not_clean_when_the_advisory_service_is_bad(
    tmp_path: Path, name: str
) -> None:
    with serve(ANSWERS[name]) as service:
        found = OsvAdvisories(tmp_path, service.url, timeout=6.0).audit(
            (("apple", "1.0"),), CancelSource()
        )

    assert found.packages == ()
    [unchecked] = found.unchecked
    assert unchecked.reason
    assert not [*tmp_path.iterdir()]


@pytest.mark.needs_uv
def test_cancel_does_not_wait_for_an_advisory_service(tmp_path: Path) -> None:
    cancel = CancelSource()
    with serve(silent) as service:

        def cancel_when_asked() -> None:
            assert service.asked.wait(30)
            cancel.cancel()

        threading.Thread(target=cancel_when_asked, daemon=True).start()
        with pytest.raises(CancelledError):
            OsvAdvisories(tmp_path, service.url, timeout=1000.0).audit((("apple", "1.0"),), cancel)
