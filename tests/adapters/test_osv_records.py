"""The records of an OSV service are read once an hour."""

from __future__ import annotations

from aidevsecops_ext.adapters.osv_records import OsvRecords
from tests.kits.osv_service import OsvService, osv_record, serve_osv


class Watch:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


def test_records_are_read_again_when_they_are_older_than_an_hour() -> None:
    watch = Watch()
    with serve_osv(OsvService(records=[osv_record("GHSA-1", "holey", fixed="2.0")])) as service:
        records = OsvRecords(service.url, timeout=10.0, now=watch)

        asked = []
        for watch.seconds in (0.0, 3000.0, 4000.0):
            assert records.read(frozenset({"GHSA-1"})).keys() == {"GHSA-1"}
            asked.append(len(service.asked))

    assert asked == [1, 1, 2]
