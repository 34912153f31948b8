"""What well-known functions and methods do to what they are given."""

from __future__ import annotations

import sys


def words(text: str) -> frozenset[str]:
    """The words of a text."""
    return frozenset(text.split())


# Their functions do not change their arguments, but for those below.
WELL_BEHAVED = frozenset(sys.stdlib_module_names) | words(
    """
    IPython PIL aif360 altair bokeh boto3 bs4 builtins catboost category_encoders cloudpickle
    cv2 dask datasets dateutil dill dotenv fbprophet folium gensim geopandas h5py holoviews
    httpx hvplot imageio imblearn ipywidgets joblib keras lightgbm lime matplotlib minio
    missingno mlflow mlxtend mpl_toolkits networkx nltk numba numexpr numpy onnx onnxruntime
    openpyxl optuna pandas pandas_profiling patsy pickle5 plotly polars prophet psutil pyarrow
    pydantic pylab pymongo pyspark pytz requests ruamel scipy seaborn shap simplejson skimage
    sklearn spacy sqlalchemy statsmodels surprise sympy tensorboard tensorflow
    tensorflow_datasets toml tomli torch torchtext torchvision tqdm transformers umap urllib3
    wandb wordcloud xarray xgboost yaml yellowbrick zarr
    """
)

# What a name means that a cell uses and nobody binds: cells are also read one by one.
CONVENTIONS = {
    "np": "numpy",
    "pd": "pandas",
    "plt": "matplotlib.pyplot",
    "mpl": "matplotlib",
    "sns": "seaborn",
    "tf": "tensorflow",
    "sm": "statsmodels.api",
    "px": "plotly.express",
    "go": "plotly.graph_objects",
    "xgb": "xgboost",
    "lgb": "lightgbm",
    "nx": "networkx",
    "F": "torch.nn.functional",
    "nn": "torch.nn",
    "optim": "torch.optim",
    "alt": "altair",
    "pl": "polars",
    "stats": "scipy.stats",
    "dt": "datetime",
    **{
        name: name
        for name in words(
            """
        collections copy csv cv2 functools gc glob io itertools joblib json keras lightgbm logging
        math matplotlib numpy operator os pandas pathlib pickle pprint random re requests scipy
        seaborn shutil sklearn statistics string subprocess sys tensorflow time torch torchvision
        tqdm warnings xgboost
        """
        )
    },
}

# Functions that change an argument: its position, or None for all of them.
CHANGES_ARGUMENT: dict[str, int | None] = {
    "bisect.insort": 0,
    "bisect.insort_left": 0,
    "bisect.insort_right": 0,
    "builtins.anext": 0,
    "builtins.delattr": 0,
    "builtins.next": 0,
    "builtins.setattr": 0,
    "heapq.heapify": 0,
    "heapq.heappop": 0,
    "heapq.heappush": 0,
    "heapq.heappushpop": 0,
    "heapq.heapreplace": 0,
    "json.dump": 1,
    "json.load": 0,
    "matplotlib.pyplot.sca": None,
    "matplotlib.pyplot.setp": 0,
    "numpy.add.at": 0,
    "numpy.copyto": 0,
    "numpy.fill_diagonal": 0,
    "numpy.place": 0,
    "numpy.put": 0,
    "numpy.put_along_axis": 0,
    "numpy.putmask": 0,
    "numpy.random.shuffle": 0,
    "numpy.subtract.at": 0,
    "operator.delitem": 0,
    "operator.iadd": 0,
    "operator.setitem": 0,
    "pickle.dump": 1,
    "pickle.load": 0,
    "random.shuffle": 0,
    "sklearn.utils.gen_batches": None,
    "tensorflow.keras.utils.plot_model": None,
}
# What they give may be, or be a part of, what they are given.
PASSES_ON = words(
    """
    builtins.enumerate builtins.filter builtins.getattr builtins.iter builtins.map builtins.max
    builtins.memoryview builtins.min builtins.next builtins.reversed builtins.setattr
    builtins.super builtins.vars builtins.zip copy.copy heapq.heappop heapq.heappushpop
    heapq.heapreplace heapq.nlargest heapq.nsmallest numpy.array_split numpy.asanyarray
    numpy.asarray numpy.ascontiguousarray numpy.asfarray numpy.asmatrix numpy.atleast_1d
    numpy.atleast_2d numpy.atleast_3d numpy.broadcast_arrays numpy.broadcast_to numpy.diag
    numpy.diagonal numpy.dsplit numpy.expand_dims numpy.flip numpy.fliplr numpy.flipud
    numpy.frombuffer numpy.hsplit numpy.imag numpy.lib.stride_tricks.as_strided
    numpy.lib.stride_tricks.sliding_window_view numpy.moveaxis numpy.nan_to_num numpy.ndarray
    numpy.nditer numpy.ravel numpy.real numpy.require numpy.reshape numpy.rollaxis numpy.rot90
    numpy.split numpy.squeeze numpy.swapaxes numpy.transpose numpy.vsplit operator.getitem
    operator.iadd random.choice torch.as_tensor torch.asarray torch.chunk torch.flatten
    torch.from_numpy torch.narrow torch.permute torch.reshape torch.split torch.squeeze
    torch.transpose torch.unsqueeze torch.utils.data.random_split torch.view_as_real
    """
)
# What they give has the same parts as what they are given.
SAME_PARTS = words(
    """
    builtins.dict builtins.frozenset builtins.list builtins.set builtins.sorted builtins.sum
    builtins.tuple functools.reduce numpy.append numpy.array numpy.choose numpy.concatenate
    numpy.copy numpy.delete numpy.hstack numpy.insert numpy.stack numpy.vstack numpy.where
    random.choices random.sample sklearn.model_selection.train_test_split sklearn.utils.resample
    sklearn.utils.shuffle
    """
)
PLAIN_RESULTS = words(
    """
    builtins.all builtins.any builtins.ascii builtins.bin builtins.bool builtins.bytes
    builtins.callable builtins.chr builtins.complex builtins.float builtins.format
    builtins.hasattr builtins.hash builtins.hex builtins.id builtins.input builtins.int
    builtins.isinstance builtins.issubclass builtins.len builtins.oct builtins.ord
    builtins.print builtins.range builtins.repr builtins.str datetime.date datetime.date.today
    datetime.datetime datetime.datetime.now datetime.datetime.strptime datetime.datetime.today
    datetime.timedelta decimal.Decimal fractions.Fraction getpass.getpass hashlib.md5.hexdigest
    json.dumps numpy.dtype numpy.float32 numpy.float64 numpy.int32 numpy.int64 numpy.random.seed
    os.getcwd os.getenv os.getpid os.path.abspath os.path.basename os.path.dirname
    os.path.exists os.path.expanduser os.path.getsize os.path.isdir os.path.isfile os.path.join
    os.path.splitext pathlib.Path pathlib.Path.cwd pathlib.Path.home pathlib.PurePath
    platform.system random.gauss random.randint random.random random.randrange random.seed
    random.uniform re.escape re.sub sys.getsizeof textwrap.dedent time.monotonic
    time.perf_counter time.process_time time.sleep time.strftime time.time torch.manual_seed
    uuid.uuid1 uuid.uuid4
    """
)
PLAIN_MODULES = frozenset({"math", "cmath", "statistics"})
PLAIN_CONSTANTS = words(
    """
    math.e math.inf math.nan math.pi math.tau numpy.e numpy.float32 numpy.float64 numpy.inf
    numpy.int32 numpy.int64 numpy.nan numpy.newaxis numpy.pi numpy.uint8 os.name os.sep
    pandas.NA pandas.NaT string.ascii_letters string.ascii_lowercase string.ascii_uppercase
    string.digits string.punctuation sys.executable sys.maxsize sys.platform sys.version
    """
)
ITERATOR_RESULTS = words(
    """
    builtins.enumerate builtins.filter builtins.iter builtins.map builtins.open
    builtins.reversed builtins.zip csv.DictReader csv.reader io.open os.scandir os.walk
    re.finditer
    """
)
ITERATOR_MODULES = frozenset({"itertools"})
ARRAY_MODULES = frozenset({"numpy", "scipy"})
ARRAY_RESULTS = words(
    """
    pandas.Categorical pandas.DataFrame pandas.DataFrame.from_dict pandas.DataFrame.from_records
    pandas.Index pandas.Series pandas.concat pandas.crosstab pandas.cut pandas.date_range
    pandas.get_dummies pandas.isna pandas.isnull pandas.json_normalize pandas.melt pandas.merge
    pandas.merge_asof pandas.notna pandas.notnull pandas.period_range pandas.pivot
    pandas.pivot_table pandas.qcut pandas.timedelta_range pandas.to_datetime pandas.to_numeric
    pandas.to_timedelta
    """
)
# Objects of these are no arrays, wherever they come from.
NO_ARRAYS = words(
    """
    numpy.array numpy.asarray numpy.errstate numpy.load numpy.memmap numpy.nditer
    numpy.random.Generator numpy.random.RandomState numpy.random.default_rng numpy.vectorize
    """
)

# Plain whatever has them: the shape of an array, the name of a function.
PLAIN_ATTRIBUTES = words(
    """
    __doc__ __module__ __name__ __qualname__ __version__ dtype itemsize nbytes ndim shape
    """
)
# Decorators after which calling the function still does the same to its arguments.
PLAIN_DECORATORS = words(
    """
    abc.abstractmethod builtins.classmethod builtins.property builtins.staticmethod
    contextlib.contextmanager dataclasses.dataclass enum.unique functools.cache
    functools.cached_property functools.lru_cache functools.total_ordering functools.wraps
    joblib.delayed numba.jit numba.njit tensorflow.function torch.inference_mode
    torch.jit.script torch.no_grad typing.final typing.overload typing.runtime_checkable
    """
)
# The code that they run is a value: nobody can read it.
DYNAMIC_CODE = words(
    """
    builtins.__import__ builtins.eval builtins.exec builtins.globals builtins.locals
    """
)


def root_of(target: str) -> str:
    """The top-level module of a dotted name."""
    return target.partition(".")[0]
