"""Statements that set something for all that follows: a folder, an option, a style.

Each process begins anew, so that a step repeats the settings of the steps before it that can
matter to it: those of the process always, those of a library where it uses the library.
"""

from __future__ import annotations

import ast
from functools import lru_cache
from typing import TYPE_CHECKING

from msgspec import Struct

from .flow_facts import StatementKind
from .flow_library import WELL_BEHAVED
from .imports import parse_python
from .ipython import read_cell
from .late_patterns import late_pattern
from .split_bindings import Bound
from .split_hidden import CHANGERS
from .split_magics import magics_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from .flow_facts import CallUse, Statement
    from .split_bindings import Binding

PROCESS = ""
"""What a setting is of that matters to every step."""

_MANY = 4096
"""Of so many functions it is kept what they set: a notebook calls few, and those often."""

_OF_PROCESS = (
    "warnings.filterwarnings warnings.simplefilter warnings.resetwarnings warnings.showwarning "
    "os.chdir os.putenv os.unsetenv os.umask os.environ.update os.environ.setdefault "
    "os.environ.pop os.environ.clear sys.path.append sys.path.insert sys.path.extend "
    "sys.path.remove sys.setrecursionlimit sys.set_int_max_str_digits site.addsitedir "
    "locale.setlocale logging.basicConfig logging.disable logging.config.dictConfig "
    "logging.captureWarnings logging.addLevelName time.tzset gc.disable gc.enable "
    "faulthandler.enable socket.setdefaulttimeout dotenv.load_dotenv decimal.setcontext "
    "multiprocessing.set_start_method signal.signal nest_asyncio.apply IPython.get_ipython "
    "rich.pretty.install rich.traceback.install"
)
_OF_LIBRARY = (
    "pandas.set_option pandas.reset_option pandas.set_eng_float_format "
    "pandas.options pandas.plotting.register_matplotlib_converters "
    "pandas.api.extensions.register_dataframe_accessor "
    "pandas.api.extensions.register_series_accessor pandas.api.extensions.register_index_accessor "
    "numpy.set_printoptions numpy.seterr numpy.seterrcall "
    "matplotlib.use matplotlib.rc matplotlib.rcdefaults matplotlib.rc_file "
    "matplotlib.rcParams matplotlib.style.use matplotlib.pyplot.rc matplotlib.pyplot.rcParams "
    "matplotlib.pyplot.rcdefaults matplotlib.pyplot.style.use matplotlib.pyplot.ion "
    "matplotlib.pyplot.ioff matplotlib.pyplot.switch_backend matplotlib.pyplot.set_cmap "
    "matplotlib_inline.backend_inline.set_matplotlib_formats "
    "IPython.display.set_matplotlib_formats "
    "seaborn.set seaborn.set_theme seaborn.set_style seaborn.set_context seaborn.set_palette "
    "seaborn.reset_defaults seaborn.despine sklearn.set_config tqdm.pandas tqdm.tqdm.pandas "
    "tqdm.auto.tqdm.pandas tqdm.notebook.tqdm.pandas plotly.offline.init_notebook_mode "
    "plotly.io.templates plotly.io.renderers bokeh.io.output_notebook "
    "bokeh.plotting.output_notebook holoviews.extension hvplot.extension panel.extension "
    "altair.data_transformers altair.renderers altair.themes polars.Config "
    "torch.set_default_dtype torch.set_default_device torch.set_default_tensor_type "
    "torch.set_num_threads torch.set_printoptions torch.set_grad_enabled "
    "torch.use_deterministic_algorithms torch.set_float32_matmul_precision "
    "tensorflow.config tensorflow.random.set_seed tensorflow.get_logger tensorflow.set_random_seed "
    "tensorflow.compat.v1.disable_eager_execution tensorflow.keras.backend.set_floatx "
    "tensorflow.keras.utils.set_random_seed keras.utils.set_random_seed keras.backend.set_floatx "
    "tensorflow.keras.mixed_precision.set_global_policy jax.config.update jax.config "
    "transformers.logging datasets.logging datasets.disable_progress_bar optuna.logging "
    "nltk.data.path.append shap.initjs spacy.prefer_gpu spacy.require_gpu sympy.init_printing "
    "mlflow.set_tracking_uri mlflow.set_experiment mlflow.autolog mlflow.sklearn.autolog "
    "wandb.login openai.api_key dask.config.set ray.init xgboost.set_config "
    "lightgbm.register_logger"
)
_TARGETS = dict.fromkeys(_OF_PROCESS.split(), PROCESS) | {
    name: name.partition(".")[0] for name in _OF_LIBRARY.split()
}
_MAGICS = {
    "matplotlib": "matplotlib",
    "config": PROCESS,
    "load_ext": PROCESS,
    "reload_ext": PROCESS,
    "autoreload": PROCESS,
    "aimport": PROCESS,
    "env": PROCESS,
    "set_env": PROCESS,
    "cd": PROCESS,
    "precision": PROCESS,
    "xmode": PROCESS,
    "pprint": PROCESS,
    **dict.fromkeys(
        ("alias", "alias_magic", "unalias", "rehashx", "unload_ext", "colors", "gui"), PROCESS
    ),
    **dict.fromkeys(("autocall", "automagic", "doctest_mode"), PROCESS),
}
# Not what only shows, or only helps whoever types.
_SETS = late_pattern(r"(?!env\s[^=]*$|config\s+(?:\w*Completer|HistoryManager|\w*Alias)\b)")
_PROCESS_MODULES = frozenset({"os", "sys", "warnings", "locale", "logging", "time", "decimal"})
# One bracket to the last one: as a group of each that repeats, "a[0][0]..." would take for ever.
_ASSIGNED = late_pattern(
    r"(?:del\s+)?[A-Za-z_]\w*(?=[.\[])(?:\.\w+)*(?:\[[^=]*\](?:\.\w+)*)?"
    r"\s*(?:[-+*/|&^]|//|>>|<<)?=(?!=)"
)
_LEVEL = late_pattern(
    r"\blogging\.getLogger\([^()]*\)\.(?:setLevel|addHandler|propagate)\b"
    r"|\bgetcontext\(\)\.\w+\s*=(?!=)"
)
_RELATED = {
    "matplotlib": frozenset({"matplotlib", "pylab", "seaborn", "plotnine", "mpl_toolkits"}),
    "seaborn": frozenset({"matplotlib", "pylab", "seaborn"}),
    "numpy": frozenset({"numpy", "pandas", "scipy", "sklearn"}),
    "pandas": frozenset({"pandas", "geopandas", "dask"}),
    "IPython": frozenset({"matplotlib", "seaborn"}),
    "matplotlib_inline": frozenset({"matplotlib", "seaborn"}),
    "tqdm": frozenset({"pandas"}),
    "tensorflow": frozenset({"tensorflow", "keras"}),
    "keras": frozenset({"tensorflow", "keras"}),
    "transformers": frozenset({"transformers", "datasets"}),
}
_KEEPS_TO_ITSELF = (
    ast.FunctionDef,
    ast.AsyncFunctionDef,
    ast.ClassDef,
)
_SUPPRESSES = late_pattern(r"(?:contextlib\.)?suppress\([\w., ]*\)")
# What some blocks set, they set back: warnings.catch_warnings, pandas.option_context …
_SETS_BACK = late_pattern(
    r"context(?!lib)|warnings|errstate|printoptions|chdir|environ|patch|no_grad|scope|style|options"
)
_OF_ENVIRONMENT = late_pattern(r"\bos\.environ\[[^\]]*\]\s*=(?!=)")


class Sets(Struct, frozen=True):
    """That a statement sets something of a module, ``PROCESS`` for all.

    With ``is_whole`` it does nothing else, so that it can be repeated.
    """

    module: str
    is_whole: bool = True


def setting_of(statement: Statement, used: Collection[Binding]) -> Sets | None:
    """What the statement sets for all that follows; None where it sets nothing.

    ``used`` is what the names stand for that the statement reads, and the functions that it calls.
    """
    if statement.kind is StatementKind.DEFINITION:
        return _of_decorator(statement)
    held = changed_state(statement)
    if held is not None:
        return Sets(held, is_whole=False)
    imported = {
        each.name: each.imported.module.partition(".")[0]
        for each in used
        if each.imported is not None
    }
    modules = frozenset([imported[name] for name in statement.mutates if name in imported])
    magics = _of_magics(statement)
    if statement.is_conditional:
        return _of_block(statement, modules, magics)
    if magics:
        return Sets(magics[0])
    for call in statement.calls:
        found = None if call.is_deferred else module_set_by(call.target)
        if found is not None:
            return Sets(found)
    if _sets_level(statement.source):
        return Sets(PROCESS)
    if modules and (_ASSIGNED.match(statement.source) or not statement.writes):
        return Sets(_of_modules(modules))
    return _of_functions(statement, used, imported)


def _of_decorator(statement: Statement) -> Sets | None:
    """What a definition sets that a library is given: ``@register_dataframe_accessor("geo")``."""
    found = [module for call in statement.calls if (module := _of_call(call)) is not None]
    return Sets(found[0]) if found else None


def _of_functions(
    statement: Statement, used: Collection[Binding], imported: Mapping[str, str]
) -> Sets | None:
    """What the functions set that the statement calls."""
    functions = {each.name: each.placed.statement for each in used if each.kind is Bound.DEFINITION}
    inner = [
        found
        for function in (_called(statement, functions) if functions else ())
        for found in _of_function(function, imported)
    ]
    return Sets(_joined(inner), is_whole=False) if inner else None


def _of_block(statement: Statement, modules: frozenset[str], magics: list[str]) -> Sets | None:
    """What a block sets: one that does nothing else, and surely once, can be repeated."""
    called = {call.callee: _of_call(call) for call in statement.calls}
    targets = {callee: module for callee, module in called.items() if module is not None}
    if not (targets or magics or modules or _sets_level(statement.source)):
        return None
    source = read_cell(statement.source).python if statement.magics else statement.source
    block = parse_python(source).body[0]
    parts = [
        _of_part(part, targets, modules)
        for part in _leaves_of(block)
        if not isinstance(part, ast.Pass)
    ]
    found = [*magics, *(each for each in parts if each is not None)]
    if not found:
        return None
    is_whole = isinstance(block, ast.If | ast.Try | ast.With) and None not in parts
    return Sets(_joined(found), is_whole=is_whole and len(magics) == len(statement.magics))


def _of_part(part: ast.stmt, targets: Mapping[str, str], modules: frozenset[str]) -> str | None:
    """What a statement of a block sets."""
    source = ast.unparse(part)
    if isinstance(part, ast.Expr) and isinstance(part.value, ast.Call):
        callee = ast.unparse(part.value.func)
        if callee in targets:
            return targets[callee]
    if _sets_level(source):
        return PROCESS
    is_set = _ASSIGNED.match(source) or isinstance(part, ast.Delete)
    return _of_modules(modules) if modules and is_set else None


def _leaves_of(statement: ast.stmt) -> Iterator[ast.stmt]:
    """The statements in a block, and in the blocks within it, that are no blocks.

    What a function does, it does when it is called; what some ``with`` sets, it sets back.
    """
    if isinstance(statement, _KEEPS_TO_ITSELF):
        yield statement
        return
    if isinstance(statement, ast.With | ast.AsyncWith):
        opened = " ".join([ast.unparse(each.context_expr) for each in statement.items])
        if not _SUPPRESSES.fullmatch(opened):
            yield statement
        if _SETS_BACK.search(opened):
            return
    blocks = [
        *getattr(statement, "body", ()),
        *getattr(statement, "orelse", ()),
        *getattr(statement, "finalbody", ()),
        *(each for handler in getattr(statement, "handlers", ()) for each in handler.body),
        *(each for case in getattr(statement, "cases", ()) for each in case.body),
    ]
    if not blocks:
        yield statement
    for each in blocks:
        yield from _leaves_of(each)


def _of_magics(statement: Statement) -> list[str]:
    return [
        _MAGICS[magic.name]
        for magic in magics_of(statement)
        if magic.name in _MAGICS and _SETS.match(f"{magic.name} {magic.arguments}")
    ]


def changed_state(statement: Statement, *, is_called: bool = False) -> str | None:
    """The module that holds what the statement changes: ``mine.rows.append(1)``.

    With ``is_called`` it is a function, which is called.
    """
    for call in statement.calls:
        root = changed_holder(call.target)
        if root is not None and call.is_deferred is is_called:
            return root
    return None


@lru_cache(_MANY)
def changed_holder(target: str) -> str | None:
    """The module that holds what a call of ``mine.rows.append`` changes."""
    holder, _, changer = target.rpartition(".")
    root = holder.partition(".")[0]
    is_own = root != holder and root not in WELL_BEHAVED and module_set_by(target) is None
    return root if is_own and changer in CHANGERS else None


def _called(statement: Statement, functions: Mapping[str, Statement]) -> Iterator[Statement]:
    """The functions that a statement calls, and those that they call."""
    names = [call.callee for call in statement.calls if not call.is_deferred]
    for place, name in enumerate(names):
        if name in functions and name not in names[:place]:
            yield functions[name]
            names += [call.callee for call in functions[name].calls]


def _of_function(statement: Statement, imported: Mapping[str, str]) -> Iterator[str]:
    """What calling a function sets."""
    held = changed_state(statement, is_called=True)
    if held is not None:
        yield held
    changed = frozenset([imported[name] for name in statement.deferred_mutates if name in imported])
    if changed:
        yield _of_modules(changed)
    source = statement.source
    # Of a module that it imports itself, too; to look for a word is faster than for a pattern.
    if "os.environ[" in source and _OF_ENVIRONMENT.search(source):
        yield PROCESS
    for call in statement.calls:
        found = module_set_by(call.target) if call.is_deferred else None
        if found is not None:
            yield found


def _of_call(call: CallUse) -> str | None:
    return None if call.is_deferred else module_set_by(call.target)


def _of_modules(modules: frozenset[str]) -> str:
    return PROCESS if modules & _PROCESS_MODULES else min(modules)


def _joined(found: Sequence[str]) -> str:
    """One module for all; what sets something of several matters to every step."""
    return found[0] if len(set(found)) == 1 else PROCESS


def matters_to(setting: str, roots: frozenset[str]) -> bool:
    """True when a step that uses modules of these roots can tell that something was set.

    What draws with matplotlib without importing it uses matplotlib too.
    """
    if setting == PROCESS or setting in roots:
        return True
    return not roots.isdisjoint(_RELATED.get(setting, ()))


def _sets_level(source: str) -> bool:
    # To look for a word is many times as fast as to look for a pattern.
    has_word = "getLogger" in source or "getcontext" in source
    return has_word and _LEVEL.search(source) is not None


@lru_cache(_MANY)
def module_set_by(target: str) -> str | None:
    """The module of which a function sets something; None for all others."""
    while target:
        if target in _TARGETS:
            return _TARGETS[target]
        target = target.rpartition(".")[0]
    return None
