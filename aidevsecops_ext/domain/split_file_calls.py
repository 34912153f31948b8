"""Which functions and programs read and write files, and which of their arguments says which."""

from __future__ import annotations

_READERS_WORDS = (
    "fromfile genfromtxt imload imread load_dataset_from_file load_dotenv load_model load_npz "
    "load_state_dict_from_file load_svmlight_file load_weights load_workbook loadmat loadtxt "
    "read_bytes read_csv read_excel read_feather read_file read_fwf read_hdf read_html "
    "read_image read_json read_orc read_parquet read_pickle read_sas read_spss read_stata "
    "open_dataset read_table read_text read_wav read_xml scan_csv scan_parquet"
)
READERS = frozenset(_READERS_WORDS.split())
"""Methods and functions whose first argument is a file that they read."""

_WRITERS_WORDS = (
    "dump_svmlight_file imsave imwrite save_model save_npz save_pretrained save_weights savefig "
    "savemat savetxt to_csv to_excel to_feather to_file to_hdf to_html "
    "to_json to_latex to_markdown to_netcdf to_orc to_parquet to_pickle to_stata to_xml to_zarr "
    "tofile "
    "urlretrieve write_bytes write_csv write_html write_image write_json write_parquet "
    "write_text"
)
WRITERS = frozenset(_WRITERS_WORDS.split())
"""Methods and functions whose first argument is a file that they write."""

_LOADS_WORDS = (
    "PIL.Image.open cv2.imread joblib.load keras.models.load_model librosa.load "
    "linecache.getline linecache.getlines matplotlib.pyplot.imread numpy.load "
    "sklearn.externals.joblib.load soundfile.read "
    "tensorflow.keras.models.load_model "
    "torch.jit.load torch.load wave.open"
)
LOADS = frozenset(_LOADS_WORDS.split())
"""Functions of modules that read their first argument."""

_SAVES_FIRST_WORDS = (
    "cv2.imwrite logging.FileHandler logging.handlers.RotatingFileHandler "
    "matplotlib.pyplot.savefig soundfile.write"
)
SAVES_FIRST = frozenset(_SAVES_FIRST_WORDS.split())
"""Functions of modules that write their first argument."""

_SAVES_SECOND_WORDS = (
    "joblib.dump onnx.save onnx.save_model torch.jit.save torch.save urllib.request.urlretrieve"
    " wget.download keras.models.save_model sklearn.externals.joblib.dump"
    " tensorflow.keras.models.save_model"
)
SAVES_SECOND = frozenset(_SAVES_SECOND_WORDS.split())
"""Functions of modules that write their second argument."""

_COPIES_WORDS = (
    "os.link os.symlink shutil.copy shutil.copy2 shutil.copyfile shutil.copytree "
    "shutil.unpack_archive"
)
COPIES = frozenset(_COPIES_WORDS.split())
"""Functions that read their first argument and write their second."""

MOVES = frozenset({"os.rename", "os.replace", "os.renames", "shutil.move"})
"""Functions that make their first argument their second."""

_OPENERS_WORDS = (
    "builtins.open bz2.open codecs.open gzip.open h5py.File io.open lzma.open open tarfile.open "
    "zipfile.ZipFile"
)
OPENERS = frozenset(_OPENERS_WORDS.split())
"""Functions that open their first argument; the second says for what."""

_PATHS_WORDS = "pathlib.Path pathlib.PosixPath pathlib.PurePath"
PATHS = frozenset(_PATHS_WORDS.split())
"""What makes a path of its arguments."""

SAME_PATH = frozenset({"os.path.join", "str", "os.fspath", "os.path.normpath"})
"""Functions that give the path of their arguments."""

HERE = frozenset({"os.getcwd", "pathlib.Path.cwd"})
"""Functions that give the folder where the notebook is when it runs."""

MADE_WHOLE = frozenset({"os.path.abspath", "os.path.realpath"})
"""Functions that give a path that means the same in every folder."""

_LOOKS_WORDS = (
    "filecmp.cmp glob.glob glob.iglob os.listdir os.lstat os.scandir os.stat os.walk "
    "os.path.exists os.path.getctime os.path.getmtime os.path.getsize os.path.isdir "
    "os.path.isfile os.path.islink os.path.lexists"
)
LOOKS = frozenset(_LOOKS_WORDS.split())
"""Functions that look at their first argument, a file, a folder or a pattern."""

PLACES = frozenset({"os.makedirs", "os.mkdir"})
"""Functions that make a folder."""

REMOVES = frozenset({"os.remove", "os.removedirs", "os.rmdir", "os.unlink", "shutil.rmtree"})
"""Functions that remove their first argument."""

GOES_TO = frozenset({"os.chdir", "contextlib.chdir"})
"""What goes to a folder: paths mean something else from then on."""

IMPORTERS = frozenset({"__import__", "importlib.import_module", "runpy.run_module"})
"""Functions that import the module that their first argument names."""

_DATABASES_WORDS = (
    "anydbm.open dbm.open duckdb.connect lmdb.open netCDF4.Dataset numpy.memmap "
    "numpy.lib.format.open_memmap os.open pandas.HDFStore shelve.open sqlite3.connect "
    "sqlalchemy.create_engine tables.open_file tinydb.TinyDB zarr.open"
)
DATABASES = frozenset(_DATABASES_WORDS.split())
"""What may read and write its first argument."""

ADDED_SUFFIX = {"numpy.save": ".npy", "numpy.savez": ".npz", "numpy.savez_compressed": ".npz"}
"""Functions that give the name of the file that they write an ending, where it has none."""

_SHELLS_WORDS = (
    "os.popen os.startfile os.system subprocess.Popen subprocess.call subprocess.check_call "
    "subprocess.check_output subprocess.getoutput subprocess.getstatusoutput subprocess.run"
)
SHELLS = frozenset(_SHELLS_WORDS.split())
"""Functions that run a command."""

LOOKING_METHODS = frozenset({"is_dir", "is_file", "iterdir", "rglob"})
"""Methods of paths that look at what is there."""

CHANGING_METHODS = frozenset({"mkdir", "rmdir", "touch", "unlink"})
"""Methods of paths that change what is there."""

COMMON_METHODS = frozenset({"exists", "glob", "rename", "replace", "stat"})
"""Methods of paths that others have too: they count where the path is written down."""

_SHELL_QUIET_WORDS = (
    "awk cd chmod column cmp conda cut date df diff echo env expr export false free git hostname "
    "id jq less lscpu mamba md5sum more nl nproc nvcc nvidia-smi paste pip pip3 printenv printf "
    "ps pwd sed seq set sha1sum sha256sum sleep sort source test tr true ulimit uname uniq uptime "
    "uv which whoami"
)
SHELL_QUIET = frozenset(_SHELL_QUIET_WORDS.split())
"""Programs that write no file."""

_SHOWS_WORDS = (
    "awk cat cmp cut diff file grep head jq less md5sum more nl paste sed sha1sum sha256sum sort "
    "stat tail uniq wc zcat"
)
SHOWS = frozenset(_SHOWS_WORDS.split())
"""Programs that read the files that they are given."""

SHELL_MAGICS = frozenset({"cat", "cp", "ll", "ls", "mkdir", "mv", "rm", "rmdir"})
"""Magics that are programs."""
