from __future__ import annotations

import pytest

from aidevsecops_ext.domain.split import Generator, SplitCode
from tests.kits.plans import codes_of, plan


def test_plan_hands_on_the_state_of_tensorflow() -> None:
    found = plan(
        "import tensorflow as tf\ntf.random.set_seed(1)",
        "tf.random.normal([3])",
        "model = tf.keras.Sequential()",
    )

    assert Generator.TENSORFLOW in found.steps[1].takes[0].generators
    assert Generator.TENSORFLOW in found.steps[2].takes[0].generators
    assert codes_of(found) == []


def test_plan_hands_on_all_that_keras_seeds() -> None:
    found = plan("import keras\nkeras.utils.set_random_seed(1)", "keras.Sequential()")

    assert set(found.steps[1].takes[0].generators) == set(Generator)


def test_plan_warns_when_numbers_of_tensorflow_are_never_seeded() -> None:
    found = plan("import tensorflow as tf\ntf.random.normal([3])", "x = 1")

    assert SplitCode.UNSEEDED.value in codes_of(found)


SEEDED = (
    "import numpy as np\n"
    "from sklearn.ensemble import RandomForestClassifier\n"
    "from sklearn.model_selection import KFold, cross_val_score, train_test_split\n"
    "X = np.arange(9)\n"
)
OWN = f"{SEEDED}rng = np.random.RandomState(0)\n"


@pytest.mark.parametrize(
    "fits",
    ["model.fit(X, X)", "def run(it):\n    it.fit(X, X)\nrun(model)"],
)
def test_plan_hands_on_the_state_that_a_model_of_another_step_draws_from(fits: str) -> None:
    made = f"{SEEDED}np.random.seed(0)\nmodel = RandomForestClassifier()"

    found = plan(made, fits, "np.random.rand()")

    assert found.steps[1].takes[0].generators == (Generator.NUMPY,)
    assert [(each.producer, each.generators) for each in found.steps[2].takes] == [
        ("s1", (Generator.NUMPY,))
    ]


def test_plan_hands_on_no_state_when_what_has_a_fitting_name_is_of_no_such_module() -> None:
    found = plan("import numpy as np\nnp.random.seed(0)\ntext = 'a b'", "text.split()")

    assert found.steps[1].generators == ()


@pytest.mark.parametrize(
    ("made", "draws", "crossing"),
    [
        (OWN, "a = train_test_split(X, random_state=rng)", "rng"),
        (
            f"{OWN}folds = KFold(3, shuffle=True, random_state=rng)",
            "a = [*folds.split(X)]",
            "folds",
        ),
        (f"{OWN}folds = KFold(random_state=rng)", "a = cross_val_score(1, X, cv=folds)", "folds"),
    ],
)
def test_plan_hands_on_a_generator_that_another_step_drew_from(
    made: str, draws: str, crossing: str
) -> None:
    found = plan(made, draws, draws)

    assert (crossing in found.steps[1].outputs, found.steps[2].upstream) == (True, ("s0", "s1"))


def test_plan_shares_a_splitter_that_no_step_changes() -> None:
    made = f"{SEEDED}folds = KFold(3, shuffle=True, random_state=0)"

    found = plan(made, "a = [*folds.split(X)]", "b = [*folds.split(X)]")

    assert found.steps[2].upstream == ("s0",)


@pytest.mark.parametrize(
    "made",
    [
        "a = np.ones((3, 3))[1:]",
        "a = np.ones((3, 3)).T",
        "a = np.ones((3, 3)).dot(X)",
        "a = pd.read_csv('x').to_numpy()",
        "a = pd.read_csv('x').values",
        "a = RandomForestClassifier().fit_transform(X)",
    ],
)
def test_plan_keeps_rows_of_an_array_with_the_array(made: str) -> None:
    found = plan(
        f"{SEEDED}import pandas as pd\n{made}\nrows = list(a)", "a[0, 0] = 5", "print(rows)"
    )

    assert "rows" in found.steps[1].outputs
