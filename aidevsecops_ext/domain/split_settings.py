"""Statements that set something for all that follows: a folder, an option, a style.

Each process begins anew, so that a step repeats the settings of the steps before it that can
matter to it: those of the process always, those of a library where it uses the library.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .flow_facts import StatementKind

if TYPE_CHECKING:
    from .flow_facts import Statement

PROCESS = ""
"""What a setting is of that matters to every step."""

_OF_PROCESS = (
    "warnings.filterwarnings warnings.simplefilter warnings.resetwarnings warnings.showwarning "
    "os.chdir os.putenv os.unsetenv os.umask os.environ.update os.environ.setdefault "
    "os.environ.pop os.environ.clear sys.path.append sys.path.insert sys.path.extend "
    "sys.path.remove sys.setrecursionlimit sys.set_int_max_str_digits site.addsitedir "
    "locale.setlocale logging.basicConfig logging.disable logging.config.dictConfig "
    "logging.captureWarnings logging.addLevelName time.tzset gc.disable gc.enable "
    "faulthandler.enable socket.setdefaulttimeout dotenv.load_dotenv decimal.setcontext "
    "multiprocessing.set_start_method nest_asyncio.apply IPython.get_ipython rich.pretty.install "
    "rich.traceback.install"
)
_OF_LIBRARY = (
    "pandas.set_option pandas.reset_option pandas.set_eng_float_format "
    "pandas.options pandas.plotting.register_matplotlib_converters "
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
}
# Not what only shows, or only helps whoever types.
_SETS = re.compile(r"(?!env\s[^=]*$|config\s+(?:\w*Completer|HistoryManager|\w*Alias)\b)")
_PROCESS_MODULES = frozenset({"os", "sys", "warnings", "locale", "logging", "time", "decimal"})
_ASSIGNED = re.compile(
    r"(?:del\s+)?[A-Za-z_]\w*(?:\.\w+|\[[^=]*\])+\s*(?:[-+*/|&^]|//|>>|<<)?=(?!=)"
)
_LEVEL = re.compile(r"\blogging\.getLogger\([^()]*\)\.(?:setLevel|addHandler|propagate)\b")
_RELATED = {
    "matplotlib": frozenset({"matplotlib", "pylab", "seaborn", "pandas", "sklearn", "plotnine"}),
    "seaborn": frozenset({"matplotlib", "pylab", "seaborn", "pandas"}),
    "numpy": frozenset({"numpy", "pandas", "scipy", "sklearn"}),
    "pandas": frozenset({"pandas", "geopandas", "dask"}),
    "IPython": frozenset({"matplotlib", "seaborn", "pandas"}),
    "matplotlib_inline": frozenset({"matplotlib", "seaborn", "pandas"}),
    "tqdm": frozenset({"pandas"}),
    "tensorflow": frozenset({"tensorflow", "keras"}),
    "keras": frozenset({"tensorflow", "keras"}),
    "transformers": frozenset({"transformers", "datasets"}),
}


def setting_of(statement: Statement, modules: frozenset[str]) -> str | None:
    """The module that the statement sets something of, ``PROCESS`` for all, None for no setting.

    ``modules`` are those that the names stand for which the statement changes.
    """
    if statement.kind is not StatementKind.PLAIN:
        return None
    for magic in statement.magics:
        if magic.name in _MAGICS and _SETS.match(f"{magic.name} {magic.arguments}"):
            return _MAGICS[magic.name]
    if statement.is_conditional:
        return None
    for call in statement.calls:
        found = None if call.is_deferred else _of_target(call.target)
        if found is not None:
            return found
    if _LEVEL.search(statement.source):
        return PROCESS
    if modules and (_ASSIGNED.match(statement.source) or not statement.writes):
        module = min(modules)
        return PROCESS if module in _PROCESS_MODULES else module
    return None


def matters_to(setting: str, roots: frozenset[str]) -> bool:
    """True when a step that uses modules of these roots can tell that something was set."""
    if setting == PROCESS or setting in roots:
        return True
    return not roots.isdisjoint(_RELATED.get(setting, ()))


def _of_target(target: str) -> str | None:
    while target:
        if target in _TARGETS:
            return _TARGETS[target]
        target = target.rpartition(".")[0]
    return None
