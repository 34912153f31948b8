"""Which distribution an import comes from, for the imports that data scientists use.

Kept by hand. An entry belongs here when the import's name differs from the distribution's, or
when it is so common that asking an index for it would be a waste. Dotted names are for
namespaces that many distributions share; the longest dotted prefix wins.
"""

from __future__ import annotations

DIFFERING: dict[str, str] = {
    "absl": "absl-py",
    "airflow": "apache-airflow",
    "allel": "scikit-allel",
    "antlr4": "antlr4-python3-runtime",
    "apiclient": "google-api-python-client",
    "attr": "attrs",
    "auth0": "auth0-python",
    "azure.storage.filedatalake": "azure-storage-file-datalake",
    "azure.storage.fileshare": "azure-storage-file-share",
    "azureml.train": "azureml-train-core",
    "barcode": "python-barcode",
    "bidi": "python-bidi",
    "binance": "python-binance",
    "Bio": "biopython",
    "bluetooth": "PyBluez",
    "bs4": "beautifulsoup4",
    "bson": "pymongo",
    "cairo": "pycairo",
    "camelot": "camelot-py",
    "cassandra": "cassandra-driver",
    "clr": "pythonnet",
    "colors": "ansicolors",
    "community": "python-louvain",
    "constraint": "python-constraint",
    "corsheaders": "django-cors-headers",
    "crispy_forms": "django-crispy-forms",
    "crontab": "python-crontab",
    "Crypto": "pycryptodome",
    "Cryptodome": "pycryptodomex",
    "cups": "pycups",
    "cupy": "cupy-cuda12x",
    "curl": "pycurl",
    "cv2": "opencv-python",
    "daemon": "python-daemon",
    "dash_core_components": "dash",
    "dash_html_components": "dash",
    "dash_table": "dash",
    "databricks.koalas": "koalas",
    "databricks.sql": "databricks-sql-connector",
    "databricks.vector_search": "databricks-vectorsearch",
    "dateutil": "python-dateutil",
    "dbus": "dbus-python",
    "debian": "python-debian",
    "decouple": "python-decouple",
    "delta": "delta-spark",
    "dicom": "pydicom",
    "digitalocean": "python-digitalocean",
    "discord": "discord.py",
    "django_filters": "django-filter",
    "dns": "dnspython",
    "docx": "python-docx",
    "dotenv": "python-dotenv",
    "ee": "earthengine-api",
    "elftools": "pyelftools",
    "engineio": "python-engineio",
    "environ": "django-environ",
    "faiss": "faiss-cpu",
    "fbprophet": "prophet",
    "ffmpeg": "ffmpeg-python",
    "fitz": "PyMuPDF",
    "freetype": "freetype-py",
    "frontmatter": "python-frontmatter",
    "fuse": "fusepy",
    "gflags": "python-gflags",
    "gi": "PyGObject",
    "git": "GitPython",
    "github": "PyGithub",
    "github3": "github3.py",
    "gitlab": "python-gitlab",
    "gnupg": "python-gnupg",
    "google.appengine": "appengine-python-standard",
    "google.cloud.monitoring_v3": "google-cloud-monitoring",
    "google.cloud.pubsub_v1": "google-cloud-pubsub",
    "google.cloud.secretmanager": "google-cloud-secret-manager",
    "google.cloud.sql": "google-cloud-sql-connector",
    "google.cloud.tasks_v2": "google-cloud-tasks",
    "google.cloud.translate_v2": "google-cloud-translate",
    "google.oauth2": "google-auth",
    "google.protobuf": "protobuf",
    "google.rpc": "googleapis-common-protos",
    "google.type": "googleapis-common-protos",
    "googleapiclient": "google-api-python-client",
    "googlesearch": "googlesearch-python",
    "gridfs": "pymongo",
    "grpc": "grpcio",
    "grpc_health": "grpcio-health-checking",
    "grpc_reflection": "grpcio-reflection",
    "grpc_status": "grpcio-status",
    "grpc_tools": "grpcio-tools",
    "haiku": "dm-haiku",
    "hamcrest": "PyHamcrest",
    "haystack": "haystack-ai",
    "hydra": "hydra-core",
    "ibm_boto3": "ibm-cos-sdk",
    "ibm_botocore": "ibm-cos-sdk-core",
    "Image": "Pillow",
    "imblearn": "imbalanced-learn",
    "imdb": "cinemagoer",
    "impala": "impyla",
    "jenkins": "python-jenkins",
    "jose": "python-jose",
    "jpype": "JPype1",
    "jwt": "PyJWT",
    "kafka": "kafka-python",
    "kale": "kubeflow-kale",
    "kerastuner": "keras-tuner",
    "ldap": "python-ldap",
    "Levenshtein": "python-Levenshtein",
    "libcloud": "apache-libcloud",
    "llama_cpp": "llama-cpp-python",
    "magic": "python-magic",
    "MeCab": "mecab-python3",
    "memcache": "python-memcached",
    "model_utils": "django-model-utils",
    "mpl_toolkits": "matplotlib",
    "mpl_toolkits.basemap": "basemap",
    "mysql": "mysql-connector-python",
    "MySQLdb": "mysqlclient",
    "nacl": "PyNaCl",
    "nats": "nats-py",
    "newspaper": "newspaper3k",
    "nmap": "python-nmap",
    "nvidia_smi": "nvidia-ml-py3",
    "objc": "pyobjc-core",
    "odf": "odfpy",
    "openbabel": "openbabel-wheel",
    "OpenGL": "PyOpenGL",
    "opensearchpy": "opensearch-py",
    "openslide": "openslide-python",
    "OpenSSL": "pyOpenSSL",
    "opentelemetry": "opentelemetry-api",
    "osgeo": "GDAL",
    "ot": "POT",
    "paddle": "paddlepaddle",
    "paho": "paho-mqtt",
    "past": "future",
    "patoolib": "patool",
    "pdfminer": "pdfminer.six",
    "PIL": "Pillow",
    "pkg_resources": "setuptools",
    "pl_bolts": "lightning-bolts",
    "plaid": "plaid-python",
    "playhouse": "peewee",
    "png": "pypng",
    "pptx": "python-pptx",
    "progressbar": "progressbar2",
    "psycopg2": "psycopg2-binary",
    "pybel": "openbabel-wheel",
    "pycrfsuite": "python-crfsuite",
    "pylab": "matplotlib",
    "pynvml": "nvidia-ml-py",
    "pyramid_arima": "pmdarima",
    "pyro": "pyro-ppl",
    "pythoncom": "pywin32",
    "pythonjsonlogger": "python-json-logger",
    "pywintypes": "pywin32",
    "pywt": "PyWavelets",
    "pyximport": "Cython",
    "readability": "readability-lxml",
    "rediscluster": "redis-py-cluster",
    "rest_framework": "djangorestframework",
    "rest_framework_simplejwt": "djangorestframework-simplejwt",
    "robot": "robotframework",
    "saml2": "pysaml2",
    "sass": "libsass",
    "scikitplot": "scikit-plot",
    "scvi": "scvi-tools",
    "serial": "pyserial",
    "serpapi": "google-search-results",
    "shapefile": "pyshp",
    "simtk": "openmm",
    "sip": "PyQt5-sip",
    "skbio": "scikit-bio",
    "skfuzzy": "scikit-fuzzy",
    "skimage": "scikit-image",
    "sklearn": "scikit-learn",
    "sklearnex": "scikit-learn-intelex",
    "skmisc": "scikit-misc",
    "skmultilearn": "scikit-multilearn",
    "skopt": "scikit-optimize",
    "sksurv": "scikit-survival",
    "skvideo": "scikit-video",
    "slack": "slackclient",
    "slugify": "python-slugify",
    "smartcard": "pyscard",
    "snappy": "python-snappy",
    "snowflake.connector": "snowflake-connector-python",
    "snowflake.ml": "snowflake-ml-python",
    "snowflake.snowpark": "snowflake-snowpark-python",
    "socketio": "python-socketio",
    "socks": "PySocks",
    "sonnet": "dm-sonnet",
    "speech_recognition": "SpeechRecognition",
    "sql": "jupysql",
    "stan": "pystan",
    "stdnum": "python-stdnum",
    "Stemmer": "PyStemmer",
    "stomp": "stomp.py",
    "suds": "suds-community",
    "surprise": "scikit-surprise",
    "tabula": "tabula-py",
    "taggit": "django-taggit",
    "talib": "TA-Lib",
    "telebot": "pyTelegramBotAPI",
    "telegram": "python-telegram-bot",
    "tlz": "toolz",
    "tree": "dm-tree",
    "umap": "umap-learn",
    "usb": "pyusb",
    "vcr": "vcrpy",
    "vlc": "python-vlc",
    "vtkmodules": "vtk",
    "weaviate": "weaviate-client",
    "websocket": "websocket-client",
    "whisper": "openai-whisper",
    "whois": "python-whois",
    "wikipediaapi": "Wikipedia-API",
    "win32api": "pywin32",
    "win32clipboard": "pywin32",
    "win32com": "pywin32",
    "win32con": "pywin32",
    "win32gui": "pywin32",
    "winerror": "pywin32",
    "winrm": "pywinrm",
    "wx": "wxPython",
    "Xlib": "python-xlib",
    "yaml": "PyYAML",
    "zipline": "zipline-reloaded",
    "zmq": "pyzmq",
}
"""Imports whose distribution bears another name."""

_OWN_NAMES = (
    "accelerate adjustText adlfs aiohttp albumentations alibi alibi_detect alphalens altair "
    "anndata ansible anthropic apache_beam apscheduler arabic_reshaper arch arrow arviz ase "
    "astropy astroquery autogluon azure.ai.documentintelligence azure.ai.formrecognizer "
    "azure.ai.inference azure.ai.ml azure.ai.projects azure.ai.textanalytics "
    "azure.ai.vision.imageanalysis azure.cognitiveservices.speech "
    "azure.cognitiveservices.vision.computervision azure.common azure.core azure.cosmos "
    "azure.data.tables azure.eventhub azure.functions azure.identity azure.keyvault.keys "
    "azure.keyvault.secrets azure.kusto.data azure.mgmt.compute azure.mgmt.network "
    "azure.mgmt.resource azure.mgmt.storage azure.monitor.query azure.search.documents "
    "azure.servicebus azure.storage.blob azure.storage.queue azureml.core azureml.widgets backoff "
    "backports.zoneinfo backtrader bambi baselines bcrypt behave bitsandbytes blackcellmagic "
    "bokeh boto boto3 botocore bottleneck bpy brotli bsddb3 cachetools camel_tools captum cartopy "
    "casadi catboost category_encoders causalml ccxt cdsapi celery cellpose certifi cfgrib "
    "chardet charset_normalizer chart_studio chromadb cirq clearml click cloudpickle cmdstanpy "
    "cohere colorama coloredlogs comet_ml confluent_kafka contextily control cplex cryptography "
    "cssselect cufflinks cvxopt cvxpy cx_Oracle Cython cytoolz dalex darts dash "
    "dash_bootstrap_components dask dask_ml databricks.connect databricks.feature_store "
    "databricks.sdk dataclasses_json dataset datasets datashader dateparser deap deepchem "
    "deepface deepsparse df2gspread diffusers dill diskcache distributed django dlib docker "
    "docplex dowhy dspy duckdb duckduckgo_search dvc easyocr eccodes econml einops elasticsearch "
    "elasticsearch_dsl eli5 elyra email_validator emcee emoji empyrical ephem ete3 evaluate "
    "evidently fabric face_recognition fake_useragent faker fastai fastapi fastparquet feast "
    "featuretools feedparser filterpy findspark fiona flaml flask flask_bcrypt flask_cors "
    "flask_login flask_migrate flask_restful flask_sqlalchemy flask_wtf flax folium freezegun "
    "fsspec ftfy future fuzzywuzzy gcsfs gdown geemap gensim geopandas geopy gluoncv gluonts "
    "gmpy2 google.ai.generativelanguage google.api_core google.auth google.cloud.aiplatform "
    "google.cloud.bigquery google.cloud.bigquery_storage google.cloud.bigtable "
    "google.cloud.dataproc google.cloud.datastore google.cloud.dlp google.cloud.documentai "
    "google.cloud.firestore google.cloud.functions google.cloud.kms google.cloud.language "
    "google.cloud.logging google.cloud.monitoring google.cloud.ndb google.cloud.pubsub "
    "google.cloud.spanner google.cloud.speech google.cloud.storage google.cloud.tasks "
    "google.cloud.texttospeech google.cloud.trace google.cloud.translate "
    "google.cloud.videointelligence google.cloud.vision google.genai google.generativeai "
    "google.resumable_media google_auth_httplib2 google_auth_oauthlib googlemaps googletrans "
    "GPUtil gradio graphviz great_expectations groq gspread gspread_dataframe gtts guidance "
    "gunicorn gurobipy gym gymnasium h2o h5py happybase hdbscan hdfs healpy holidays holoviews "
    "html2text html5lib httpx huggingface_hub humanize hvac hvplot hyperopt hypothesis ibm_db "
    "ibm_watson ibm_watson_machine_learning idna igraph imageio imgaug iminuit implicit "
    "import_ipynb imutils inflect influxdb_client instaloader instructor interpret ipykernel "
    "ipyleaflet ipympl ipyparallel IPython ipython_blocking ipython_genutils ipyvolume ipywidgets "
    "itk jaraco.classes jaraco.functools jaraco.text jax jaxlib jaydebeapi jieba jinja2 jmespath "
    "joblib jsonschema jupyter_client jupyter_core jupyter_dash jupyter_server jupyterlab kedro "
    "keras keras_tuner kfp kmodes konlpy kopf kornia kserve kubernetes langchain "
    "langchain_anthropic langchain_chroma langchain_community langchain_core "
    "langchain_google_genai langchain_huggingface langchain_openai langchain_text_splitters "
    "langdetect langgraph langid ldap3 libpysal librosa lifelines lightfm lightgbm lightkurve "
    "lightning lightning_utilities lime line_profiler linearmodels litellm llama_index "
    "llama_parse loguru lxml lxml_html_clean lz4 mahotas mako manim mapclassify markdown "
    "markdown2 markdownify markupsafe marshmallow matplotlib matplotlib_venn MDAnalysis mdtraj "
    "mechanize mediapipe memory_profiler metpy mimesis minio missingno mistralai mlflow mlxtend "
    "mne mock modin monai mongoengine more_itertools motor moviepy mpi4py mpl_finance mpmath "
    "mtcnn mujoco music21 nb_black nbconvert nbformat nbimporter neo4j neptune nest_asyncio "
    "netCDF4 networkit networkx neuralprophet ngboost nibabel nilearn nltk nmslib nose notebook "
    "numba numexpr numpy numpyro nvitop oauth2client oauthlib ollama omegaconf onnx onnxruntime "
    "openai openmm openpyxl openshift opentelemetry.instrumentation opentelemetry.sdk optax "
    "optimum optuna oracledb orjson ortools osmnx packaging paddleocr pandas pandas_datareader "
    "pandas_profiling pandas_ta panel papermill parameterized paramiko parsel passlib pathos "
    "pdf2image pdfplumber peakutils peewee peft pendulum pennylane pettingzoo pexpect "
    "phonenumbers pika pinecone pint pip plotly plotly_express plotnine pm4py pmdarima polars "
    "praw prefect pretty_midi prettytable prometheus_client prophet psutil psycopg psycopg2cffi "
    "pulp py4j py7zr pyarabic pyarrow pyaudio pyautogui pybullet pycaret pycld2 pycocotools "
    "pycountry pydantic pydantic_settings pydicom pydot pydotplus pydrive pydrive2 pydruid pydub "
    "pyfolio pygal pygame pyglet pygments pygraphviz pygrib pyhdf pyhive pyLDAvis pymatgen pymc "
    "pymc3 pymongo pymssql pymupdf pymupdf4llm pymysql pynput pyod pyodbc pyomo pypandoc pypdf "
    "PyPDF2 pyproj PyQt5 PyQt6 pyquery Pyro4 pysam pyscf pyspark pysrt pystan pyswarms "
    "pytesseract pytest pythainlp pytorch_forecasting pytorch_lightning pytorch_tabnet pyttsx3 "
    "pytz pyvis pyxlsb qdrant_client qiskit qiskit_aer qiskit_ibm_runtime Quandl quandl "
    "quantities ragas rapidfuzz rarfile rasterio ray rdkit records redis regex replicate requests "
    "requests_cache requests_html requests_oauthlib requests_toolbelt responses retry retrying "
    "rich rioxarray roboflow rouge_score rpy2 rtree ruamel.yaml ruamel_yaml s3fs sacrebleu "
    "safetensors sagemaker scanpy schedule scipy scrapbook scrapy seaborn segmentation_models "
    "segmentation_models_pytorch seldon_core selenium sentence_transformers sentencepiece "
    "sentinelhub sentry_sdk setuptools shap shapely simple_salesforce SimpleITK simplejson siphon "
    "six sklearn_crfsuite skorch sktime slack_sdk smart_open snowflake.sqlalchemy "
    "sortedcontainers sounddevice soundfile sox spacy sparse sparseml sparsezoo sphinx sqlalchemy "
    "sqlalchemy_utils squarify stable_baselines3 starlette statsforecast statsmodels stellargraph "
    "streamlit stumpy sunpy supersuit supervision sympy ta tables tabulate tenacity tensorboardX "
    "tensorflow tensorflow_addons tensorflow_datasets tensorflow_hub tensorflow_probability "
    "tensorflow_text tensorly teradatasql termcolor testbook textblob tf2onnx tflite_runtime "
    "theano tifffile tiktoken timm tokenizers toml tomli tomlkit toolz torch torch_geometric "
    "torch_scatter torch_sparse torchaudio torchinfo torchmetrics torchsummary torchtext "
    "torchvision tornado tpot tqdm transformers tree_sitter trino trl tsfresh tslearn turbodbc "
    "tweepy twilio twisted typer typing_extensions tzlocal ujson ultralytics uncertainties "
    "underthesea unidecode unrar urllib3 uvicorn vaex validators vega vega_datasets voila vpython "
    "vtk wandb watermark webdriver_manager webob werkzeug wget wheel wordcloud workalendar "
    "wtforms xarray xattr xgboost xlrd xlsxwriter xlwt xmltodict ydata_profiling yellowbrick "
    "yfinance youtube_dl youtube_transcript_api yt_dlp zarr zeep zope.component zope.interface "
    "zstandard zstd"
)

OWN_NAME = frozenset(_OWN_NAMES.split())
"""Imports whose distribution bears the same name, once dots and underscores are dashes."""

_NO_DISTRIBUTION_WORDS = (
    "arcpy cudf cuml dbutils en_core_web_lg en_core_web_md en_core_web_sm google.colab graph_tool "
    "hou kaggle_secrets pyspark.dbutils PyQt4 rclpy ROOT"
)
NO_DISTRIBUTION = frozenset(_NO_DISTRIBUTION_WORDS.split())
"""Imports that only their own platform, or an index of their own, can give."""

_PROJECT_NAMES_WORDS = (
    "_utils app args base build callbacks classes client common conf config configs configuration "
    "const constants core custom data data_loader data_utils dataloader datasource db demo engine "
    "eval example examples exceptions feature features func funcs functions generator helper "
    "helper_functions helpers inference input io_utils lib libs load loader loss losses main misc "
    "ml model models module modules my_module mymodule my_package mypackage mylib net nets "
    "network networks notebooks options plot plots plotting predict preprocess preprocessing "
    "process processing project proto protos runner sample scripts server settings shared solution "
    "src steps test tests tools train trainer training transforms utilities utility utils util viz "
    "visualization visualize"
)
PROJECT_NAMES = frozenset(_PROJECT_NAMES_WORDS.split())
"""Names that projects give their own modules: what an index has under them is something else."""
