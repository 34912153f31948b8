from __future__ import annotations

import pytest

from aidevsecops_ext.domain.step_record import (
    CellChange,
    CellRole,
    RecordedCell,
    StepChange,
    StepRecord,
    StepState,
    compare_records,
)


def _record(*cells: RecordedCell, digest: str = "d", found: str = "d") -> StepRecord:
    return StepRecord("nb.ipynb", "train", digest, found, cells)


def _cell(source: str, role: CellRole = CellRole.SOURCE, cell: int | None = None) -> RecordedCell:
    return RecordedCell(role, source, cell)


def test_compare_finds_nothing_to_do_when_cells_are_the_same() -> None:
    change = compare_records(_record(_cell("a", cell=1)), _record(_cell("a", cell=2)))

    assert change == StepChange(StepState.UNCHANGED)


def test_compare_finds_nothing_to_do_when_an_edit_is_what_would_be_written() -> None:
    edited = _record(_cell("a"), found="other")

    assert compare_records(edited, _record(_cell("a"))).state is StepState.UNCHANGED


def test_compare_says_changed_when_the_step_has_another_name_now() -> None:
    old = StepRecord("nb.ipynb", "fit", "d", "d", (_cell("a"),))

    assert compare_records(old, _record(_cell("a"))) == StepChange(StepState.CHANGED)


def test_compare_pairs_cells_of_one_role_when_their_code_differs() -> None:
    old = _record(_cell("i", CellRole.IMPORTS), _cell("a", cell=3), _cell("b", cell=4))
    new = _record(
        _cell("i", CellRole.IMPORTS),
        _cell("s", CellRole.SETTINGS),
        _cell("A", cell=5),
        _cell("b", cell=6),
        _cell("c", cell=7),
    )

    change = compare_records(old, new)

    assert change.state is StepState.CHANGED
    assert change.changes == (
        CellChange(CellRole.SETTINGS, None, None, "s"),
        CellChange(CellRole.SOURCE, 5, "a", "A"),
        CellChange(CellRole.SOURCE, 7, None, "c"),
    )


def test_compare_says_which_cells_go_when_nothing_replaces_them() -> None:
    old = _record(_cell("a", cell=3), _cell("mine", CellRole.ADDED), found="other")

    change = compare_records(old, _record(_cell("a", cell=3)))

    assert change.state is StepState.EDITED
    assert change.changes == (CellChange(CellRole.ADDED, None, "mine", None),)


@pytest.mark.parametrize(
    ("state", "is_safe"),
    [
        (StepState.NEW, True),
        (StepState.UNCHANGED, True),
        (StepState.CHANGED, True),
        (StepState.EDITED, False),
        (StepState.FOREIGN, False),
    ],
)
def test_change_is_safe_when_nobody_wrote_what_goes(state: StepState, is_safe: bool) -> None:
    assert StepChange(state).is_safe is is_safe
