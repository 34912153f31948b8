"""The overlays of real repositories, as pipenv and Thoth left them."""

from __future__ import annotations

from pathlib import Path

from aidevsecops_ext.adapters.files import RootedFiles
from aidevsecops_ext.app.check_overlay import check_overlay
from aidevsecops_ext.app.find_overlays import find_overlays
from aidevsecops_ext.app.open_overlay import open_overlay
from aidevsecops_ext.domain.recommendation import RecommendationType
from tests.kits.corpus import FOLDER, needs_corpus


@needs_corpus
def test_overlays_of_real_repositories_are_found_and_fresh() -> None:
    files = RootedFiles(Path(FOLDER), size_limit=50_000_000)

    found = find_overlays(["."], files)
    overlays = found.overlays.values()
    statuses = {o.asked_path: check_overlay(open_overlay(o, files)).status for o in overlays}

    assert len(statuses) == 11
    assert {status.value for status in statuses.values()} == {"fresh"}
    assert (found.problems, found.failures) == ([], {})
    kinds = {overlay.environment: overlay.recommendation for overlay in overlays}
    assert kinds["inference"] is RecommendationType.SECURITY
    assert {(o.python_version, o.platform) for o in overlays} == {("3.8", "x86_64-manylinux_2_28")}
