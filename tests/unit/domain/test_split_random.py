from __future__ import annotations

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
