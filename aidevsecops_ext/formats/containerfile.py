"""The ``Containerfile`` of an overlay: the step's notebook in an image of its own.

It is built from the root of the repository (``podman build -f overlays/train/Containerfile .``)
and runs under any user id, as OpenShift gives one.
"""

from __future__ import annotations

import json
import re
from posixpath import dirname
from typing import TYPE_CHECKING

from msgspec import Struct

from .custody import Custody, read_custody, sealed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_HOME = "/opt/app-root/src"

# ipykernel is all that an overlay certainly holds, so its IPython runs the cells.
_RUNNER = """\
import json, os, sys
from IPython.core.interactiveshell import InteractiveShell
path = os.environ["NOTEBOOK"]
notebook = json.load(open(path, encoding="utf-8"))
os.chdir(os.path.dirname(os.path.abspath(path)))
sys.path.insert(0, os.getcwd())
shell = InteractiveShell.instance()
for cell in notebook["cells"]:
    if cell["cell_type"] == "code":
        shell.run_cell("".join(cell["source"])).raise_error()
"""


class Image(Struct, frozen=True):
    """What an image is made of: paths are below the root of the repository.

    ``base_image`` None stands for Python's own of that version; ``modules`` are what the notebook
    imports of the repository.
    """

    folder: str
    python_version: str
    custody: Custody
    notebook: str | None = None
    modules: tuple[str, ...] = ()
    base_image: str | None = None


def containerfile_text(image: Image) -> str:
    """The text of the file."""
    body = "\n".join(_lines(image)) + "\n"
    return sealed(image.custody, body)


def kept_containerfile(text: str, lock: str) -> str:
    """A file that somebody edited, as it is but for the lock that it names."""
    custody = read_custody(text)
    return text if custody is None or not custody.lock else text.replace(custody.lock, lock)


def _lines(image: Image) -> Iterator[str]:
    base = image.base_image or f"python:{image.python_version}-slim"
    yield f"ARG BASE_IMAGE={base}"
    yield "FROM ${BASE_IMAGE}"
    yield ""
    yield f"LABEL {_labels(image.custody)}"
    yield f"ENV HOME={_HOME} \\"
    yield "    PYTHONDONTWRITEBYTECODE=1 \\"
    yield "    PYTHONUNBUFFERED=1"
    yield "USER 0"
    yield f"WORKDIR {_HOME}"
    yield ""
    requirements = _pattern(f"{image.folder}/requirements.txt")
    yield f"COPY {_words(requirements, './')}"
    yield "RUN python -m pip install --no-cache-dir --require-hashes -r requirements.txt"
    yield ""
    if image.notebook is not None:
        yield from _copies((image.notebook, *image.modules))
    yield "# OpenShift runs it as any user, who is in the group 0."
    yield f"RUN chgrp -R 0 {_HOME} && chmod -R g=u {_HOME}"
    yield "USER 1001"
    if image.notebook is not None:
        yield f"ENV NOTEBOOK={_quoted(_literal(image.notebook))}"
        yield f"CMD {_words('python', '-c', _RUNNER)}"


def _copies(paths: Sequence[str]) -> Iterator[str]:
    """Each file to where it is in the repository, one line a folder."""
    folders: dict[str, list[str]] = {}
    for path in paths:
        folders.setdefault(dirname(path), []).append(path)
    for folder, inside in folders.items():
        place = f"{_HOME}/{folder}/" if folder else f"{_HOME}/"
        yield f"COPY {_words(*map(_pattern, inside), _literal(place))}"


def _labels(custody: Custody) -> str:
    labels = {"notebook": custody.notebook, "lock": f"sha256:{custody.lock}"}
    if custody.step is not None:
        labels["step"] = custody.step
    return " ".join(
        f"aidevsecops.{key}={_quoted(_literal(value))}" for key, value in labels.items()
    )


def _words(*words: str) -> str:
    return json.dumps(words, ensure_ascii=False)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _literal(text: str) -> str:
    """The text without variables: a path may hold a dollar."""
    return text.replace("$", "\\$")


def _pattern(path: str) -> str:
    """The path as a pattern that matches it alone."""
    return _literal(re.sub(r"([\[*?])", r"[\1]", path))
