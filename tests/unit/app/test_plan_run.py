"""Plans of runs: what is refused, which values parameters have, and where each step runs."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from aidevsecops_ext.app.kernel_ports import KernelPackages
from aidevsecops_ext.app.plan_run import PlannedStep, is_secret, plan_run
from aidevsecops_ext.domain.errors import ErrorCode, NotFoundError, RefusedError, UserError
from aidevsecops_ext.domain.kernels import Machine
from aidevsecops_ext.domain.pipeline import NodeKind, Parameter
from aidevsecops_ext.formats.custody import Custody
from tests.fakes.kernels import FakeKernels
from tests.kits.notebooks import notebook_text
from tests.kits.overlays import overlay_texts
from tests.kits.pipeline_runs import World, node


def plan(world: World, **options: object) -> tuple[PlannedStep, ...]:
    """The steps of a run of it."""
    return plan_run(world.request(**options), world.ports)


def test_components_of_catalogs_are_refused_by_name() -> None:
    world = World((node("a"), node("spark", kind=NodeKind.OTHER)))

    with pytest.raises(RefusedError, match="not: spark") as raised:
        plan(world)

    assert raised.value.code is ErrorCode.RUN_NODE_UNSUPPORTED


def test_unknown_step_is_refused_with_those_there_are() -> None:
    with pytest.raises(NotFoundError) as raised:
        plan(World((node("a"), node("b", "a"))), from_step="c")

    assert (raised.value.code, raised.value.hint) == (ErrorCode.RUN_STEP_UNKNOWN, "It has: a, b.")


@pytest.mark.parametrize(
    ("parameters", "given", "message"),
    [
        ((), {"x": "1"}, "The pipeline has no parameter 'x'."),
        ((Parameter("x"),), {"y": "1"}, "The pipeline has no parameter 'y'."),
        ((Parameter("x", is_required=True),), {}, "Parameter 'x' needs a value."),
        ((Parameter("x", is_required=True),), {"x": ""}, "Parameter 'x' needs a value."),
        ((Parameter("x", "Integer"),), {"x": "1.5"}, "'x' is no integer."),
        ((Parameter("x", "Float"),), {"x": "y"}, "'x' is no float."),
        ((Parameter("x", "Bool"),), {"x": "2"}, "'x' is no bool."),
    ],
)
def test_parameters_that_do_not_fit_are_refused(
    parameters: tuple[Parameter, ...], given: dict[str, str], message: str
) -> None:
    world = World((node("a"),), parameters=parameters)

    with pytest.raises(UserError) as raised:
        plan(world, parameters=given)

    assert (raised.value.code, raised.value.message) == (ErrorCode.RUN_PARAMETER_INVALID, message)


def test_step_gets_the_parameters_that_it_asks_for() -> None:
    world = World(
        (node("a", parameters=("n", "b", "unset", "nobody's")), node("c")),
        parameters=(
            Parameter("n", "Integer", "3"),
            Parameter("b", "Bool"),
            Parameter("f", "Float", "0.5"),
            Parameter("unset"),
        ),
    )

    a, c = plan(world, parameters={"b": "TRUE"})

    assert (dict(a.parameters), dict(c.parameters)) == ({"n": "3", "b": "TRUE"}, {})


def test_cells_are_counted_that_have_code() -> None:
    world = World((node("a"), node("b", file="b.py")), {"a.ipynb": notebook_text(["1", " ", "2"])})

    assert [step.cell_count for step in plan(world)] == [2, 1]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("DB_PASSWORD", True),
        ("api_token", True),
        ("KEY", True),
        ("S3_KEY", True),
        ("MONKEY", False),
    ],
)
def test_secrets_are_known_by_their_names(name: str, expected: bool) -> None:
    assert is_secret(name) is expected


def environments(world: World) -> list[tuple[str, tuple[str, ...]]]:
    """Where each step runs, and what there is to say of that."""
    return [(step.environment.where, step.environment.notes) for step in plan(world)]


def test_step_runs_in_the_overlay_that_was_made_for_its_notebook() -> None:
    custody = Custody("nb.ipynb", "x", step="train", step_notebook="steps/train.ipynb")
    world = World(
        (node("a", file="steps/train.ipynb"), node("b"), node("c", file="steps/c.py")),
        overlay_texts(custody=custody),
    )

    steps = plan(world)

    assert [step.environment.where for step in steps] == [
        "overlay train",
        "kernel python3",
        "kernel python3",
    ]
    assert steps[0].environment.lock is not None


def test_overlay_may_be_named_as_seen_from_its_settings() -> None:
    texts = overlay_texts(custody=Custody("nb.ipynb", "x"))
    inside = {f"project/{name}": text for name, text in texts.items()}
    world = World((node("a", file="project/nb.ipynb"),), inside)

    assert environments(world) == [("overlay train", ())]


def test_overlay_may_be_called_like_the_kernel() -> None:
    text = notebook_text(["1"], kernelspec={"name": "train", "language": "python"})
    world = World((node("a"),), {"a.ipynb": text, **overlay_texts()})

    assert environments(world) == [("overlay train", ())]


def test_overlay_of_a_step_without_a_notebook_is_nobodys() -> None:
    world = World((node("nb"),), overlay_texts(custody=Custody("nb.ipynb", "x", step="train")))

    assert environments(world) == [("kernel python3", ())]


def test_overlay_without_a_lock_is_noted() -> None:
    texts = overlay_texts(custody=Custody("a.ipynb", "x"))
    del texts["overlays/train/Pipfile.lock"]

    assert environments(World((node("a"),), texts)) == [
        ("kernel python3", ("The overlay train has no lock, so it is not used.",))
    ]


def test_kernel_with_other_packages_is_another_environment() -> None:
    world = World((node("a"),))
    kernels = FakeKernels()
    world.ports = replace(world.ports, kernels=replace(world.ports.kernels, kernels=kernels))
    found = []
    for version in ("1.0", "2.0", "2.0"):
        kernels.installed[None] = KernelPackages(Machine("3.11", "x"), {"six": version})
        found.append(plan(world)[0].environment.digest)

    assert (found[0] == found[1], found[1] == found[2]) == (False, True)
