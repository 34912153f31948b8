"""Where nodes are drawn."""

from __future__ import annotations

from aidevsecops_ext.domain.pipeline_layout import ACROSS, DOWN, LEFT, TOP, Position, lay_out


def test_nodes_stand_right_of_what_they_wait_for() -> None:
    found = lay_out({"c": ["b", "a"], "a": [], "b": ["a"], "d": ["a", "gone"]}, {})

    assert found == {
        "a": Position(LEFT, TOP),
        "b": Position(LEFT + ACROSS, TOP),
        "d": Position(LEFT + ACROSS, TOP + DOWN),
        "c": Position(LEFT + 2 * ACROSS, TOP),
    }
    assert [*found] == ["c", "a", "b", "d"]


def test_a_node_goes_below_one_that_somebody_put_at_its_place() -> None:
    taken = {"a": Position(LEFT + 30, TOP - 10)}

    found = lay_out({"a": [], "b": []}, taken)

    assert found == {**taken, "b": Position(LEFT, TOP + DOWN)}


def test_nodes_in_a_circle_have_places_too() -> None:
    found = lay_out({"first": [], "a": ["first", "b"], "b": ["a"]}, {})

    assert found["a"] == Position(LEFT + ACROSS, TOP)
    assert len({*found.values()}) == 3
