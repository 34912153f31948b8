"""Which distribution a conda package is, for those that bear another name or are none."""

from __future__ import annotations

_DIFFERING = {
    "blas": None,
    "cmake": None,
    "cudatoolkit": None,
    "cudnn": None,
    "cxx-compiler": None,
    "dask-core": "dask",
    "ffmpeg": None,
    "gcc": None,
    "git": None,
    "jsonschema-base": "jsonschema",
    "matplotlib-base": "matplotlib",
    "mkl": None,
    "msgpack-python": "msgpack",
    "nodejs": None,
    "opencv": "opencv-python",
    "openjdk": None,
    "panel-core": "panel",
    "poppler": None,
    "py-opencv": "opencv-python",
    "py-xgboost": "xgboost",
    "py-xgboost-cpu": "xgboost",
    "py-xgboost-gpu": "xgboost",
    "pyqt": "PyQt5",
    "pytables": "tables",
    "python-annoy": "annoy",
    "python-graphviz": "graphviz",
    "pytorch": "torch",
    "pytorch-cpu": "torch",
    "pytorch-cuda": None,
    "pytorch-gpu": "torch",
    "r-base": None,
    "r-essentials": None,
    "seaborn-base": "seaborn",
    "tensorflow-base": "tensorflow",
    "tensorflow-eigen": "tensorflow",
    "tensorflow-mkl": "tensorflow",
    "tesseract": None,
}


def pypi_name(package: str) -> str | None:
    """The distribution that the conda package is; None when it is no Python distribution."""
    return _DIFFERING.get(package, package)
