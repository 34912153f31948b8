"""Which functions and programs read and write files, and which of their arguments says which."""

from __future__ import annotations

_READERS_WORDS = (
    "fromfile genfromtxt imload imread load_dataset_from_file load_dotenv load_model load_npz "
    "load_state_dict_from_file load_svmlight_file load_weights load_workbook loadmat loadtxt "
    "read_bytes read_csv read_excel read_feather read_file read_fwf read_hdf read_html "
    "read_image read_json read_orc read_parquet read_pickle read_sas read_spss read_stata "
    "read_table read_text read_wav read_xml scan_csv scan_parquet"
)
READERS = frozenset(_READERS_WORDS.split())
"""Methods and functions whose first argument is a file that they read."""

_WRITERS_WORDS = (
    "dump_svmlight_file imsave imwrite save_model save_npz save_pretrained save_weights savefig "
    "savemat savetxt savez savez_compressed to_csv to_excel to_feather to_file to_hdf to_html "
    "to_json to_latex to_markdown to_netcdf to_orc to_parquet to_pickle to_stata to_xml to_zarr "
    "urlretrieve write_bytes write_csv write_html write_image write_json write_parquet "
    "write_text"
)
WRITERS = frozenset(_WRITERS_WORDS.split())
"""Methods and functions whose first argument is a file that they write."""

_LOADS_WORDS = (
    "PIL.Image.open cv2.imread joblib.load keras.models.load_model librosa.load "
    "matplotlib.pyplot.imread numpy.load soundfile.read tensorflow.keras.models.load_model "
    "torch.load wave.open"
)
LOADS = frozenset(_LOADS_WORDS.split())
"""Functions of modules that read their first argument."""

_SAVES_FIRST_WORDS = (
    "cv2.imwrite matplotlib.pyplot.savefig numpy.save shutil.rmtree soundfile.write"
)
SAVES_FIRST = frozenset(_SAVES_FIRST_WORDS.split())
"""Functions of modules that write their first argument."""

_SAVES_SECOND_WORDS = (
    "joblib.dump onnx.save onnx.save_model torch.save urllib.request.urlretrieve wget.download"
)
SAVES_SECOND = frozenset(_SAVES_SECOND_WORDS.split())
"""Functions of modules that write their second argument."""

_COPIES_WORDS = "os.rename os.replace shutil.copy shutil.copy2 shutil.copyfile shutil.move"
COPIES = frozenset(_COPIES_WORDS.split())
"""Functions that read their first argument and write their second."""

_OPENERS_WORDS = (
    "builtins.open bz2.open codecs.open gzip.open h5py.File io.open lzma.open open tarfile.open "
    "zipfile.ZipFile"
)
OPENERS = frozenset(_OPENERS_WORDS.split())
"""Functions that open their first argument; the second says for what."""

_PATHS_WORDS = "pathlib.Path pathlib.PosixPath pathlib.PurePath"
PATHS = frozenset(_PATHS_WORDS.split())
"""What makes a path of its arguments."""

_SHELL_QUIET_WORDS = (
    "cat cd chmod conda date df du echo env free git grep head ls mamba nvidia-smi pip pip3 "
    "printenv pwd rmdir touch "
    "mkdir rm sleep tail tree uname uv wc which whoami"
)
SHELL_QUIET = frozenset(_SHELL_QUIET_WORDS.split())
"""Programs that write no file."""

SHOWS = frozenset({"cat", "head", "tail", "wc", "grep"})
"""Programs that read the file that they are given."""
