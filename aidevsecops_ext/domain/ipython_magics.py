"""What the magics of IPython, and well-known ones of others, take and do."""

from __future__ import annotations

import shlex

from msgspec import Struct

from .late_patterns import late_pattern

PACKAGE_MANAGERS = frozenset({"pip", "pip3", "conda", "mamba", "micromamba", "uv"})
SHELL_MAGICS = frozenset({"sx", "system", "sc"})
BODY_IS_SHELL = frozenset({"!", "bash", "sh", "zsh", "ksh", "dash", "sx", "system", "cmd"})
FIRST_LINE_IS_CODE = frozenset({"lprun", "memit", "mprun", "prun", "time", "timeit"})
_BODY_IS_CODE_WORDS = (
    "cache capture debug heat notify px pyinstrument pypy3 python python3 scalene snakeviz wandb"
)
BODY_IS_CODE = FIRST_LINE_IS_CODE | frozenset(_BODY_IS_CODE_WORDS.split())
_BODY_IS_FOREIGN_WORDS = (
    "R SVG aimport bigquery cpp cython cython_inline dot fortran gremlin groovy html java "
    "javascript jinja js julia kotlin latex lua markdown matlab node octave perl php powershell "
    "pwsh pypy python2 ruby rust scala shell_escape spark sparksql spl sql svg ts typescript xml "
    "yaml"
)
BODY_IS_FOREIGN = frozenset(_BODY_IS_FOREIGN_WORDS.split())

# The options of each magic that take a value, which may be a word of its own.
_VALUE_OPTIONS = {
    "lprun": "fmDTzu",
    "memit": "rti",
    "mprun": "fT",
    "prun": "lsTD",
    "time": "",
    "timeit": "nrp",
}
_OPTION = late_pattern(r"-(-?)([A-Za-z][\w-]*)(=\S*)?(?:\s+|$)")
# IPython's own, and those that look after a notebook: it does not need them for what it computes.
_TOOLS = frozenset({"autoreload", "storemagic", "aidevsecops_ext", "jupyterlab_requirements"})
_DOTTED_NAME = late_pattern(r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*")


class RunFile(Struct, frozen=True):
    """A file that ``%run`` runs in the notebook's own namespace, as seen from the notebook."""

    path: str


class MagicLine(Struct, frozen=True):
    """A magic, a ``!command`` or a help line, where it stands in its cell, and its text there.

    ``name`` is ``timeit``, ``!`` or ``?``; ``arguments`` is what follows it. A cell magic
    ``is_cell``: its lines are those that are not Python of the notebook's own.
    """

    name: str
    arguments: str
    line: int
    end_line: int
    text: str
    is_cell: bool = False


def named(magic: str) -> tuple[str, str]:
    """The name of a magic as written, and its arguments."""
    if magic.startswith("!"):
        return "!", magic.lstrip("!").strip()
    if magic.startswith("?") or magic.endswith("?"):
        return "?", magic.strip("?").strip()
    name, _, rest = magic.lstrip("%").strip().partition(" ")
    return name, rest.strip()


def statement_of(name: str, rest: str) -> str:
    """The statement that a magic such as ``%timeit`` runs, without the options before it."""
    while option := _OPTION.match(rest):
        rest = rest[option.end() :]
        is_long, letters, value = option[1], option[2], option[3]
        if not is_long and not value and len(letters) == 1 and letters in _VALUE_OPTIONS[name]:
            rest = rest.partition(" ")[2].lstrip()
    return rest


def loaded_modules(name: str, rest: str) -> str:
    """The import that a magic does, as Python; ``pass`` for a magic that imports nothing."""
    if name == "pylab":
        return "import numpy, matplotlib"
    if name not in ("load_ext", "reload_ext", "aimport"):
        return "pass"
    modules = [
        module
        for module in rest.replace(",", " ").split()
        if _DOTTED_NAME.fullmatch(module) and module not in _TOOLS
    ]
    return f"import {', '.join(modules)}" if modules else "pass"


def run_file(rest: str) -> RunFile | str:
    """The file that ``%run`` runs, or the Python that stands for it (``%run -m module``)."""
    words = _words(rest)
    while words and words[0].startswith("-"):
        option = words.pop(0)
        if option == "-m" and words:
            return f"import {words[0]}"
    if not words or not words[0].endswith((".py", ".ipy", ".ipynb")):
        return "pass"
    return RunFile(words[0])


def written_path(rest: str) -> tuple[str, bool]:
    """The path that ``%%writefile`` writes, empty when there is none, and whether it appends."""
    words = _words(rest)
    paths = [word for word in words if not word.startswith("-")]
    return (paths[0] if paths else "", "-a" in words or "--append" in words)


def _words(text: str) -> list[str]:
    try:
        return shlex.split(text)
    except ValueError:
        return text.split()
