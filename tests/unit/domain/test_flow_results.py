"""What well-known functions give, as the plan has it."""

from __future__ import annotations

from tests.kits.plans import plan


def test_plan_keeps_a_figure_with_its_axes() -> None:
    found = plan(
        "import matplotlib.pyplot as plt\nfig, (one, other) = plt.subplots(1, 2)",
        "one.plot([1])",
        "fig.savefig('a.png')",
    )

    assert found.steps[2].upstream == ("s1",)
