"""Short valid notebooks, and what is in their cells and metadata."""

from __future__ import annotations

import json

CODE = """\
%pip install requests "pandas>=2" --index-url https://index.example/simple
import numpy as np, os
from google.cloud import storage
try:
    import ujson as json
except ImportError:
    json = __import__("json")
x = !ls -l | grep data
%%time
df = np.arange(10)[::2]; df[0] += 1
def f(a, *b, c=lambda y: y, **d) -> int:
    global counter
    counter = [z for z in a if (w := z)]
    return f"{a!r:>{c}}" and os.environ["TOKEN"]
class A(dict): pass
with open("data.csv") as file: text = file.read()
match x:
    case {"a": [1, *rest]}: del df
"""
PLAIN_CODE = "import a.b as c\nfrom . import d\ntry:\n    import e\nexcept ImportError:\n    pass\n"
MAGICS = """\
%%capture out --no-stdout
%%bash -s
pip install torch==2.1 \\
  --extra-index-url=https://index.example/whl
%run ./other.py -i
x? ; !!ls
>>> import scipy
get_ipython().system('conda install -y xgboost')
%load_ext autoreload
%%writefile -a a/b.py
import yaml
"""
PEP723 = """\
# /// script
# requires-python = ">=3.11"
# dependencies = [
#   "requests<3",
#   "rich[jupyter]>=13; python_version < '3.13'",
# ]
# [[tool.uv.index]]
# name = "own"
# url = "https://index.example/simple"
# [tool.uv.sources]
# rich = { index = "own" }
# ///
import requests
"""
PIPFILE_TABLE = {
    "source": [{"name": "main", "url": "https://${USER}@index.example/simple", "verify_ssl": True}],
    "packages": {
        "numpy": "*",
        "pandas": {"version": ">=2", "extras": ["all"], "markers": "os_name == 'posix'"},
        "own": {"git": "https://git.example/own.git", "ref": "main"},
        "near": {"path": "../near", "editable": True},
        "remote": {"file": "https://files.example/a.whl"},
        "pinned": {"version": "==1.0", "index": "main"},
    },
    "dev-packages": {"pytest": "~=8.0"},
    "requires": {"python_version": "3.11"},
    "scripts": {"serve": "python -m http.server"},
}
PIPFILE = """\
[[source]]
url = "https://index.example/simple"
verify_ssl = true
name = "main"

[packages]
numpy = "*"
pandas = {version = ">=2", extras = ["all"], markers = "os_name == 'posix'"}
own = {git = "https://git.example/own.git", ref = "main"}

[dev-packages]
pytest = "~=8.0"

[requires]
python_version = "3.11"
"""
PIPFILE_LOCK = json.dumps(
    {
        "_meta": {
            "hash": {"sha256": "0" * 64},
            "pipfile-spec": 6,
            "requires": {"python_version": "3.11"},
            "sources": [{"name": "main", "url": "https://index.example", "verify_ssl": True}],
        },
        "default": {
            "numpy": {
                "hashes": ["sha256:" + "1" * 64],
                "index": "main",
                "markers": "python_version >= '3.9'",
                "version": "==1.26.4",
            }
        },
        "develop": {"own": {"git": "https://git.example/own.git", "ref": "abc"}},
    },
    indent=4,
)
NOTEBOOK = json.dumps(
    {
        "cells": [
            {
                "cell_type": "markdown",
                "id": "a",
                "metadata": {},
                "source": ["# Load\n", "text"],
            },
            {
                "cell_type": "code",
                "execution_count": 1,
                "id": "b",
                "metadata": {"tags": ["block:load", "prev:first", "imports"]},
                "outputs": [{"name": "stdout", "output_type": "stream", "text": ["1\n"]}],
                "source": CODE,
            },
            {
                "cell_type": "code",
                "execution_count": None,
                "metadata": {"tags": ["parameters", "seldon-model"]},
                "outputs": [],
                "source": ["%pip install x\n", "y = df + 1"],
            },
            {"cell_type": "raw", "metadata": {}, "source": ""},
        ],
        "metadata": {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python", "version": "3.11.4"},
            "dependency_resolution_engine": "thoth",
            "requirements": json.dumps(PIPFILE_TABLE),
            "requirements_lock": PIPFILE_LOCK,
            "thoth_config": '{"host": "thoth.example", "runtime_environments": []}',
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    },
    indent=1,
)
HORUS = json.dumps(
    {
        "requirements": PIPFILE_TABLE,
        "requirements_lock": json.dumps(json.dumps(json.loads(PIPFILE_LOCK))),
        "adviser_analysis_id": "adviser-1",
        "thoth_config": "{}",
        "dependency_resolution_engine": "pipenv",
    }
)
TAGS = "block:load\nstep:x\nprev:a;b\nlimit:nvidia.com/gpu:1\nimports\npipeline-parameters\nskip"
