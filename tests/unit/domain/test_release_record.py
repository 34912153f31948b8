"""How far a release came."""

from __future__ import annotations

from aidevsecops_ext.domain.release_record import ReleaseStage


def test_stage_is_final_when_nothing_is_left_to_do() -> None:
    assert [stage.value for stage in ReleaseStage if stage.is_final] == ["done", "undone"]
