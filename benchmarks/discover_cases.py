"""Twenty-five notebooks as people write them, and exactly what each needs."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Case:
    """A notebook's code cells, the files beside it, and the distributions that it needs.

    ``a|b`` in ``needs`` is either: both give the same imports.
    """

    name: str
    needs: str
    cells: tuple[str, ...]
    beside: dict[str, str] = field(default_factory=dict)


CASES = (
    Case(
        "explore-housing",
        "numpy pandas matplotlib seaborn",
        (
            "import os\nimport warnings\nimport numpy as np\nimport pandas as pd\n"
            "import matplotlib.pyplot as plt\nimport seaborn as sns\n\n%matplotlib inline\n"
            "warnings.filterwarnings('ignore')",
            "df = pd.read_csv('housing.csv')\ndf.head()",
            "fig, ax = plt.subplots(figsize=(12, 4))\nsns.histplot(df.price, ax=ax)",
        ),
    ),
    Case(
        "churn-classifier",
        "pandas scikit-learn xgboost joblib",
        (
            "import pandas as pd\nfrom sklearn.model_selection import train_test_split\n"
            "from sklearn.metrics import roc_auc_score\nfrom xgboost import XGBClassifier",
            "%%time\nmodel = XGBClassifier(n_estimators=200)\nmodel.fit(X_train, y_train)",
            "import joblib\njoblib.dump(model, 'churn.joblib')",
        ),
    ),
    Case(
        "cifar-torch",
        "torch torchvision tqdm matplotlib",
        (
            "import torch\nfrom torch import nn, optim\nfrom torchvision import transforms\n"
            "from tqdm.auto import tqdm\nimport matplotlib.pyplot as plt",
            "!nvidia-smi",
            "device = torch.device('cpu')\n%timeit torch.rand(100).to(device)",
        ),
    ),
    Case(
        "image-ops",
        "opencv-python pillow scikit-image numpy imageio",
        (
            "import cv2\nimport numpy as np\nfrom PIL import Image, ImageDraw\n"
            "from skimage import io, transform\nimport imageio",
            "files = !ls images\nfor f in files:\n    img = cv2.imread(f)",
        ),
    ),
    Case(
        "scrape-listings",
        "requests beautifulsoup4 lxml pandas python-dateutil",
        (
            "import re, json, time\nimport requests\nfrom bs4 import BeautifulSoup\n"
            "from dateutil import parser\nimport pandas as pd\nfrom lxml import etree",
            "soup = BeautifulSoup(requests.get(url).text, 'lxml')\nsoup?",
        ),
    ),
    Case(
        "bigquery-report",
        "google-cloud-bigquery google-cloud-storage google-auth pandas",
        (
            "from google.cloud import bigquery, storage\n"
            "from google.oauth2 import service_account\nimport pandas as pd",
            "%%bigquery df --project demo\nSELECT name FROM `demo.users` LIMIT 10",
            "client = bigquery.Client()\nbucket = storage.Client().bucket('reports')",
        ),
    ),
    Case(
        "sentiment-transformers",
        "transformers datasets evaluate numpy accelerate",
        (
            "%%capture\n!pip install -q transformers datasets evaluate accelerate",
            "from transformers import AutoTokenizer, Trainer\nfrom datasets import load_dataset\n"
            "import evaluate\nimport numpy as np",
        ),
    ),
    Case(
        "colab-keras",
        "tensorflow matplotlib pyyaml",
        (
            "from google.colab import drive\ndrive.mount('/content/drive')",
            "import tensorflow as tf\nfrom tensorflow.keras import layers\n"
            "import matplotlib.pyplot as plt\nimport yaml",
            "%load_ext autoreload\n%autoreload 2",
        ),
    ),
    Case(
        "maps",
        "geopandas shapely folium contextily matplotlib",
        (
            "import geopandas as gpd\nfrom shapely.geometry import Point\nimport folium\n"
            "import contextily as cx",
            "from mpl_toolkits.axes_grid1 import axes_size\nimport matplotlib.pyplot as plt",
        ),
    ),
    Case(
        "old-python",
        "numpy pandas",
        (
            "import numpy as np\nimport urllib2\nprint 'loading', np.__version__",
            "import pandas as pd\nimport cPickle as pickle",
        ),
    ),
    Case(
        "guarded",
        "numpy ujson orjson cupy-cuda12x|cupy",
        (
            "try:\n    import ujson as json\nexcept ImportError:\n    import json",
            "try:\n    import orjson\nexcept (ImportError, OSError):\n    orjson = None",
            "def on_gpu(a):\n    import cupy\n    return cupy.asarray(a)\n\nimport numpy as np",
        ),
    ),
    Case(
        "project-modules",
        "pandas scikit-learn pyarrow",
        (
            "import sys\nsys.path.insert(0, '.')\n%load_ext autoreload",
            "from features import build\nfrom helpers import load\nimport pandas as pd",
            "frame = build.make(load('a.parquet'))",
        ),
        {
            "helpers.py": "import pyarrow.parquet as pq\n\n\ndef load(path):\n"
            "    return pq.read_table(path)\n",
            "features/__init__.py": "",
            "features/build.py": "from sklearn.preprocessing import StandardScaler\n",
        },
    ),
    Case(
        "written-module",
        "flask numpy",
        (
            "%%writefile scorer.py\nimport numpy as np\n\n\ndef score(x):\n    return np.mean(x)",
            "%%writefile Dockerfile\nFROM python:3.11\nRUN pip install gunicorn",
            "from scorer import score\nfrom flask import Flask\napp = Flask('x')",
        ),
    ),
    Case(
        "shell-heavy",
        "boto3 s3fs pandas",
        (
            "%%bash\nset -e\nfor f in *.csv; do\n  wc -l $f\ndone",
            "import boto3, s3fs\nfrom pathlib import Path",
            "if not Path('data').exists():\n    !mkdir data\n    %cd data\nimport pandas as pd",
        ),
    ),
    Case(
        "sql-magic",
        "jupysql sqlalchemy psycopg2-binary|psycopg2 pandas",
        (
            "%load_ext sql\nimport sqlalchemy, psycopg2\nimport pandas as pd",
            "%sql postgresql://localhost/shop",
            "%%sql\nSELECT count(*) FROM orders\nWHERE created > now() - interval '1 day'",
            "result = %sql SELECT 1",
        ),
    ),
    Case(
        "widgets",
        "ipywidgets ipython plotly pandas",
        (
            "import ipywidgets as widgets\nfrom IPython.display import display, HTML\n"
            "import plotly.express as px\nimport pandas as pd",
            "%%html\n<style>.output { color: red }</style>",
            "%%javascript\nimport foo from 'bar';",
            "display(widgets.IntSlider())",
        ),
    ),
    Case(
        "plugins",
        "lightgbm catboost pandas",
        (
            "import importlib\nimport pandas as pd",
            "lgb = importlib.import_module('lightgbm')\ncat = __import__('catboost')",
            "name = 'x'\nimportlib.import_module(name)",
        ),
    ),
    Case(
        "profiling",
        "numpy numba line-profiler memory-profiler",
        (
            "%load_ext line_profiler\n%load_ext memory_profiler\nimport numpy as np",
            "%lprun -f work work(10)\n%memit work(10)",
            "%%timeit -n 10 import numba\nnumba.njit(work)(10)",
        ),
    ),
    Case(
        "secrets-and-tokens",
        "pyjwt pycryptodome pyopenssl python-dotenv paramiko",
        (
            "import os, ssl, hashlib\nfrom dotenv import load_dotenv\nimport jwt\n"
            "from Crypto.Cipher import AES\nfrom OpenSSL import crypto\nimport paramiko",
        ),
    ),
    Case(
        "time-series",
        "prophet statsmodels pmdarima yfinance pandas",
        (
            "# Forecasts\n\nimport pandas as pd, yfinance as yf\nfrom prophet import Prophet",
            "import statsmodels.api as sm\nfrom pmdarima import auto_arima",
            "m = Prophet()\nm.fit(df)??",
        ),
    ),
    Case(
        "rag",
        "langchain langchain-openai faiss-cpu sentence-transformers pypdf tiktoken",
        (
            "%pip install -qU langchain langchain-openai faiss-cpu pypdf",
            "from langchain.text_splitter import CharacterTextSplitter\n"
            "from langchain_openai import ChatOpenAI\nimport faiss, tiktoken",
            "from sentence_transformers import SentenceTransformer\nfrom pypdf import PdfReader",
            "answer = await chain.ainvoke({'question': 'why?'})",
        ),
    ),
    Case(
        "bio",
        "biopython scanpy anndata umap-learn python-levenshtein",
        (
            "from Bio import SeqIO\nimport scanpy as sc, anndata as ad",
            "import umap\nfrom Levenshtein import distance\nsc.settings.verbosity = 3",
        ),
    ),
    Case(
        "pinned-by-pip",
        "pandas numpy openpyxl",
        (
            "import sys\n!{sys.executable} -m pip install pandas==2.1.4 'openpyxl>=3.1' -q",
            "import pandas as pd\nimport numpy as np\npd.read_excel('a.xlsx')",
        ),
    ),
    Case(
        "conda-lab",
        "torch scipy h5py",
        (
            "%conda install -y -c pytorch pytorch scipy=1.11",
            "import torch\nfrom scipy import signal\nimport h5py\nfrom typing import TYPE_CHECKING",
        ),
    ),
    Case(
        "half-written",
        "polars duckdb altair",
        (
            "import polars as pl\nimport duckdb",
            "for row in pl.read_csv('x.csv').rows(\n    print(row",
            "import altair as alt\nalt.Chart(df).mark_bar()",
        ),
    ),
)
