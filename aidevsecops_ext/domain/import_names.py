"""Which distribution an import comes from, as far as it is known without asking anybody.

``sklearn.svm`` comes from ``scikit-learn``, ``google.cloud.storage.blob`` from
``google-cloud-storage``; ``utils`` is never looked for on an index.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .known_imports import DIFFERING, NO_DISTRIBUTION, OWN_NAME, PROJECT_NAMES
from .names import canonicalize_name

if TYPE_CHECKING:
    from collections.abc import Iterator

_NAMESPACES_WORDS = (
    "aliyunsdkcore azure azure.ai azure.ai.vision azure.cognitiveservices "
    "azure.cognitiveservices.vision azure.data azure.keyvault azure.kusto azure.mgmt "
    "azure.monitor azure.search azure.storage azureml backports databricks google google.ai "
    "google.cloud jaraco opentelemetry opentelemetry.exporter opentelemetry.instrumentation "
    "ruamel snowflake sphinxcontrib zope"
)
NAMESPACES = frozenset(_NAMESPACES_WORDS.split())
"""Packages that many distributions share, so that the name below them decides."""

_ALTERNATIVES: dict[str, tuple[str, ...]] = {
    "beautifulsoup4": ("bs4",),
    "cupy-cuda12x": ("cupy", "cupy-cuda11x", "cupy-cuda13x", "cupy-rocm-5-0"),
    "django-environ": ("environ-config",),
    "duckduckgo-search": ("ddgs",),
    "faiss-cpu": ("faiss", "faiss-gpu", "faiss-gpu-cu12"),
    "fuzzywuzzy": ("thefuzz",),
    "gdal": ("pygdal",),
    "haystack-ai": ("farm-haystack",),
    "igraph": ("python-igraph",),
    "jupysql": ("ipython-sql",),
    "kafka-python": ("kafka-python-ng",),
    "keras": ("keras-nightly",),
    "mxnet": ("mxnet-cu112",),
    "nvidia-ml-py": ("pynvml",),
    "onnxruntime": ("onnxruntime-gpu", "onnxruntime-directml", "ort-nightly"),
    "opencv-python": (
        "opencv-python-headless",
        "opencv-contrib-python",
        "opencv-contrib-python-headless",
    ),
    "paddlepaddle": ("paddlepaddle-gpu",),
    "pillow": ("pillow-simd", "pil"),
    "pinecone": ("pinecone-client",),
    "prophet": ("fbprophet",),
    "psycopg2-binary": ("psycopg2",),
    "pycryptodome": ("pycrypto",),
    "pyjwt": ("jwt",),
    "python-dateutil": ("dateutil",),
    "python-dotenv": ("dotenv",),
    "python-levenshtein": ("levenshtein",),
    "pyyaml": ("yaml",),
    "scikit-image": ("skimage",),
    "scikit-learn": ("sklearn", "scikit-learn-intelex"),
    "slackclient": ("slack",),
    "tables": ("pytables",),
    "tensorflow": (
        "tensorflow-cpu",
        "tensorflow-gpu",
        "tensorflow-macos",
        "tensorflow-rocm",
        "intel-tensorflow",
        "tf-nightly",
        "tf-nightly-gpu",
    ),
    "torch": ("pytorch",),
    "umap-learn": ("umap",),
    "websocket-client": ("websocket",),
    "xgboost": ("xgboost-cpu",),
}


def known_distribution(module: str) -> str | None:
    """The normalised distribution that the dotted module comes from, or None if not known."""
    for prefix in _prefixes(module):
        if prefix in DIFFERING:
            return canonicalize_name(DIFFERING[prefix])
        if prefix in OWN_NAME:
            return canonicalize_name(prefix)
    return None


def has_no_distribution(module: str) -> bool:
    """True for a module that no index gives, such as ``google.colab``."""
    return any(prefix in NO_DISTRIBUTION for prefix in _prefixes(module))


def own_names(module: str) -> tuple[str, ...]:
    """The normalised names under which an index may have the module, best first.

    Empty for names that projects give their own modules: an index has those too, but as
    something else. For a module of a namespace the longer names come first.
    """
    top_level = module.partition(".")[0]
    if top_level in PROJECT_NAMES or top_level.endswith(("_pb2", "_pb2_grpc")):
        return ()
    if top_level not in NAMESPACES:
        return (canonicalize_name(top_level),)
    return tuple(canonicalize_name(p) for p in _prefixes(module) if p not in NAMESPACES)


def report_name(module: str) -> str:
    """The part of the module that names what is required: all of it below a namespace."""
    top_level = module.partition(".")[0]
    return module if top_level in NAMESPACES else top_level


def alternatives(distribution: str) -> frozenset[str]:
    """Normalised names of the distributions that give the same imports, itself among them."""
    return _GROUPS.get(distribution) or frozenset({distribution})


def current_name(distribution: str) -> str:
    """The normalised name that an outdated alias stands for today, else the name itself."""
    key = canonicalize_name(distribution)
    return _OUTDATED.get(key, key)


_GROUPS = {
    member: frozenset({name, *others})
    for name, others in _ALTERNATIVES.items()
    for member in (name, *others)
}

_OUTDATED = {
    "bs4": "beautifulsoup4",
    "dateutil": "python-dateutil",
    "dotenv": "python-dotenv",
    "fbprophet": "prophet",
    "pil": "pillow",
    "pinecone-client": "pinecone",
    "pytorch": "torch",
    "skimage": "scikit-image",
    "sklearn": "scikit-learn",
    "yaml": "pyyaml",
}


def _prefixes(module: str) -> Iterator[str]:
    """``a.b.c``, ``a.b``, ``a``."""
    while module:
        yield module
        module = module.rpartition(".")[0]
