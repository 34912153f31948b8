"""Figures that are open from one cell to the next: the plan tells who goes on with them."""

from __future__ import annotations

import pytest

from tests.kits.plans import plan

PLT = "import matplotlib\nimport matplotlib.pyplot as plt\n"
WIDGET = "%matplotlib widget\n"


def _told(*steps: str) -> list[tuple[int | None, int | None]]:
    found = plan(PLT + steps[0], *steps[1:])
    return [(each.cell, each.line) for each in found.warnings if each.code.value == "flow.not-kept"]


@pytest.mark.parametrize(
    "chosen",
    [
        "%matplotlib qt",
        "%config InlineBackend.close_figures = False",
        "matplotlib.use('agg')",
        "plt.switch_backend(name)",
    ],
)
def test_plan_tells_of_a_figure_that_a_later_step_goes_on_with(chosen: str) -> None:
    assert _told(f"name = 'agg'\n{chosen}\nplt.plot([1])", "x = 1\nplt.title('a')") == [(1, 2)]


@pytest.mark.parametrize(
    "steps",
    [
        ("plt.plot([1])", "plt.title('a')"),
        ("%matplotlib inline\nplt.plot([1])", "plt.title('a')"),
        ("%matplotlib\nplt.plot([1])", "plt.title('a')"),
        ("%config InlineBackend.rc = {}\nplt.plot([1])", "plt.title('a')"),
        ("matplotlib.use('module://matplotlib_inline.backend_inline')\nplt.plot([1])", "plt.gcf()"),
        (f"{WIDGET}plt.plot([1])\nplt.close()", "plt.title('a')"),
        (f"{WIDGET}plt.plot([1])\nplt.title('a')", "x = 1"),
        (f"{WIDGET}plt.figure()", "plt.figure()\nplt.title('a')"),
        (f"{WIDGET}plt.plot([1])", "def draw():\n    plt.title('a')\nx = draw", "print(1)"),
        (f"{WIDGET}plt.plot([1])", "plt.style.use('ggplot')"),
    ],
)
def test_plan_tells_of_no_figure_that_is_closed_or_begun_anew(steps: tuple[str, ...]) -> None:
    assert _told(*steps) == []
