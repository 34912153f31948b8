"""What one step of a notebook asks for: its imports, and what writes and reads its artifacts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from .kernels import KERNEL_PACKAGE
from .requirements import Requirement
from .split_plots import MATPLOTLIB

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .split import PlannedStep

PICKLER = "cloudpickle"
"""Writes and reads what crosses between steps and has no better format."""

FRAME_WRITER = "pyarrow"
"""Writes and reads frames as Parquet."""

ARRAYS = "numpy"
"""What torch uses where it is there, and says at every start that it is not."""

_BESIDE = {
    "torchinfo": ("torch", ARRAYS),
    "torchsummary": ("torch", ARRAYS),
    "pytorch-model-summary": ("torch", ARRAYS),
}
"""What packages import without asking for it."""

_BRING_WORDS = (
    "catboost datasets gensim geopandas gym gymnasium h5py imbalanced-learn keras lightgbm "
    "matplotlib numba numpy onnx onnxruntime opencv-python opencv-python-headless pandas prophet "
    "pytorch-lightning scikit-image scikit-learn scipy seaborn sentence-transformers shap spacy "
    "sparseml statsmodels tensorboard tensorflow torchmetrics torchvision transformers umap-learn "
    "xarray xgboost"
)
_BRING_ARRAYS = frozenset(_BRING_WORDS.split())

_FRAME_MODULES = frozenset({"pandas", "polars"})


class StepNeeds(Struct, frozen=True):
    """What an environment of that name has to hold, and whom it is for.

    ``notebook`` is the path of the step's own notebook, None where there is none; ``cells`` are
    those of the notebook that the step was cut from; ``modules`` are the files of the project that
    it imports.
    """

    name: str
    requirements: tuple[Requirement, ...]
    notebook: str | None = None
    cells: tuple[int, ...] = ()
    modules: tuple[str, ...] = ()


def step_requirements(
    step: PlannedStep, imported: Iterable[Requirement], elsewhere: Iterable[str] = ()
) -> tuple[Requirement, ...]:
    """What the step's environment must hold, each name once, sorted.

    ``imported`` are the distributions of the modules that it imports; what is said of them there
    (a version, an index) stands. The rest are what its first and last cells need: cloudpickle
    where anything crosses, pyarrow where frames may, and ipykernel always; and matplotlib where
    pandas and the like draw with it, although no cell imports it. ``elsewhere`` are the names of
    all that the notebook asks for: what brings numpy for the notebook has torch find it.
    """
    own = tuple({requirement.key: requirement for requirement in imported}.values())
    names = [KERNEL_PACKAGE]
    if step.takes or step.outputs or step.generators:
        names.append(PICKLER)
        if _FRAME_MODULES & {module.top_level for module in step.modules}:
            names.append(FRAME_WRITER)
    if any(module.top_level == MATPLOTLIB and not module.is_optional for module in step.modules):
        names.append(MATPLOTLIB)
    known = {requirement.key for requirement in own}
    names += [name for key in sorted(known & _BESIDE.keys()) for name in _BESIDE[key]]
    if "torch" in known and not _BRING_ARRAYS.isdisjoint(elsewhere):
        names.append(ARRAYS)
    added = tuple(Requirement(name) for name in dict.fromkeys(names) if name not in known)
    return tuple(sorted((*own, *added), key=lambda requirement: requirement.key))
