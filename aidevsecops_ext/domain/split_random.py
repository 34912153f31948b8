"""The global random generators: who seeds them, who draws, and who may."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from msgspec import Struct

from .split import Generator
from .split_bindings import Bound

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .flow_facts import CallUse, Statement
    from .split_bindings import Binding

_MANY = 4096
"""Of so many functions it is kept whether they draw: a notebook calls few, and those often."""

_EVERY = frozenset(Generator)
_SEEDS = {
    "random.seed": frozenset({Generator.PYTHON}),
    "random.setstate": frozenset({Generator.PYTHON}),
    "numpy.random.seed": frozenset({Generator.NUMPY}),
    "numpy.random.set_state": frozenset({Generator.NUMPY}),
    "torch.manual_seed": frozenset({Generator.TORCH}),
    "torch.seed": frozenset({Generator.TORCH}),
    "torch.random.manual_seed": frozenset({Generator.TORCH}),
    "torch.set_rng_state": frozenset({Generator.TORCH}),
    "pytorch_lightning.seed_everything": _EVERY,
    "lightning.seed_everything": _EVERY,
    "lightning.pytorch.seed_everything": _EVERY,
    "transformers.set_seed": _EVERY,
    "transformers.enable_full_determinism": _EVERY,
    "accelerate.utils.set_seed": _EVERY,
    "fastai.torch_core.set_seed": _EVERY,
    "sklearn.utils.check_random_state": frozenset[Generator](),
    "keras.utils.set_random_seed": _EVERY,
    "tensorflow.keras.utils.set_random_seed": _EVERY,
    "tensorflow.random.set_seed": frozenset({Generator.TENSORFLOW}),
    "tensorflow.set_random_seed": frozenset({Generator.TENSORFLOW}),
}
_OWN_WORDS = (
    "Random SystemRandom getstate RandomState Generator default_rng SeedSequence PCG64 PCG64DXSM "
    "MT19937 Philox SFC64 BitGenerator get_state get_bit_generator initial_seed get_rng_state "
    "fork_rng get_global_generator set_global_generator"
)
_OWN = frozenset(_OWN_WORDS.split())
_TORCH = frozenset({"torch", "torchvision", "torchaudio", "transformers", "lightning", "fastai"})
_TENSORFLOW = frozenset({"tensorflow", "keras"})
_DRAWS_OF_TORCH = ("rand", "normal", "bernoulli", "multinomial", "poisson", "nn.", "utils.data.")
# Draw from the generator of numpy unless they are given one.
_MAY_DRAW_WORDS = (
    "sklearn scipy statsmodels imblearn category_encoders lightgbm hyperopt skopt umap shap "
    "seaborn pymc arviz networkx gensim nltk keras tensorflow pytorch_lightning torch torchvision "
    "torchaudio transformers lightning fastai datasets sentence_transformers prophet sktime "
    "darts albumentations imgaug gym gymnasium stable_baselines3 ray optuna"
)
MAY_DRAW = frozenset(_MAY_DRAW_WORDS.split())
_SAMPLES = frozenset({"sample", "rvs", "shuffle"})
# What is made of those modules draws by these, wherever it was made.
_FITTING_WORDS = "fit fit_predict fit_resample fit_transform partial_fit split"
_FITTING = frozenset(_FITTING_WORDS.split())


class Draws(Struct, frozen=True):
    """What calls do to generators: seed them, surely draw from them, perhaps draw from them."""

    seeds: frozenset[Generator] = frozenset()
    draws: frozenset[Generator] = frozenset()
    may_draw: frozenset[Generator] = frozenset()


_NONE = frozenset[Generator]()
NO_DRAWS = Draws()
_MAY_DRAW_ANY = Draws(may_draw=_EVERY)


def possible_with(modules: frozenset[str]) -> frozenset[Generator]:
    """The generators that code can use which imports these modules; Keras works with several."""
    possible = {Generator.PYTHON, Generator.NUMPY}
    if modules & {"torch", "keras"}:
        possible.add(Generator.TORCH)
    if modules & {"tensorflow", "keras"}:
        possible.add(Generator.TENSORFLOW)
    return frozenset(possible)


def is_fitting_call(callee: str, target: str) -> bool:
    """True for a call that may fit a model, as its name tells."""
    return not target and callee.rpartition(".")[2] in _FITTING


def is_fitting(statement: Statement, used: Iterable[Binding]) -> bool:
    """True for code that may fit a model, itself or by a function of the notebook that it uses."""
    functions = [each.placed.statement for each in used if each.kind is Bound.DEFINITION]
    return any(
        is_fitting_call(call.callee, call.target)
        for each in (statement, *functions)
        for call in each.calls
    )


def draws_of(
    calls: Iterable[CallUse], has_unknown: bool, fitted: frozenset[str] = frozenset()
) -> Draws:
    """What the calls do; an unknown function of another module may draw from any.

    ``fitted`` are the modules that models are of which the calls fit.
    """
    found = {_draws_of(call.callee, call.target) for call in calls}
    found |= {_draws_of("", f"{module}.fit") for module in fitted}
    if has_unknown:
        found.add(_MAY_DRAW_ANY)
    if len(found) == 1:
        return found.pop()
    return Draws(
        _NONE.union(*[each.seeds for each in found]),
        _NONE.union(*[each.draws for each in found]),
        _NONE.union(*[each.may_draw for each in found]),
    )


@lru_cache(_MANY)
def _draws_of(callee: str, target: str) -> Draws:
    """What one call does."""
    root, _, rest = target.partition(".")
    if target in _SEEDS:
        return Draws(seeds=_SEEDS[target])
    if root == "random" and rest and rest.partition(".")[0] not in _OWN:
        return _drawing(Generator.PYTHON)
    if target.startswith("numpy.random.") and rest.split(".")[1] not in _OWN:
        return _drawing(Generator.NUMPY)
    if root == "torch" and rest.startswith(_DRAWS_OF_TORCH):
        return _drawing(Generator.TORCH)
    if target.startswith("tensorflow.random.") and rest.split(".")[1] not in _OWN:
        return _drawing(Generator.TENSORFLOW)
    if root in _TORCH or root in _TENSORFLOW:
        return _MAY_DRAW_ANY
    if root in MAY_DRAW or callee.rpartition(".")[2] in _SAMPLES:
        return Draws(may_draw=frozenset({Generator.NUMPY}))
    return NO_DRAWS


def _drawing(generator: Generator) -> Draws:
    return Draws(draws=frozenset({generator}))
