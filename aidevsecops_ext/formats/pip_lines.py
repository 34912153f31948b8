"""A command line -> the requirements that it installs, and what of it a lock cannot hold.

``pip install -q "pandas[excel]>=2" && conda install numpy=1.26`` gives ``pandas[excel]>=2`` and
``numpy==1.26.*``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct

from ..domain.late_patterns import late_pattern
from .conda_names import pypi_name
from .pep508 import InvalidRequirementError, parse_requirement
from .shell_words import split_commands

if TYPE_CHECKING:
    from ..domain.requirements import Requirement


class Installs(Struct, frozen=True):
    """What a command line installs; each problem is a sentence about what was left out.

    ``is_whole`` is true for a line that does nothing else; ``is_conda`` when conda installs.
    """

    requirements: tuple[Requirement, ...] = ()
    problems: tuple[str, ...] = ()
    is_whole: bool = False
    is_conda: bool = False


_PYTHON = late_pattern(r"(?:python|pypy)[\d.]*(?:\.exe)?|py(?:\.exe)?", re.IGNORECASE)
_PIP = late_pattern(r"pip[\d.]*(?:\.exe)?", re.IGNORECASE)
_CONDA = frozenset({"conda", "mamba", "micromamba", "conda.exe"})
_WRAPPERS = frozenset({"sudo", "time", "nohup", "exec", "command", "yes", "env", "nice"})
_ASSIGNMENT = late_pattern(r"[A-Za-z_]\w*=")
_MENTION = late_pattern(r"pip|conda|mamba|\buv\b")

_PIP_FILES = frozenset({"-r", "--requirement", "--requirements"})
_CONDA_FILES = frozenset({"-f", "--file"})
_INDEX_OPTIONS = frozenset(
    {"-i", "--index-url", "--extra-index-url", "--index", "--default-index", "--find-links", "-f"}
)
_OTHER_OPTIONS = (
    "--abi --build --build-constraint --build-constraints --cache-dir --cert --client-cert"
    " --config-file --config-setting --config-settings --constraint --constraints --directory"
    " --exclude-newer --exists-action --extra --global-option --implementation --index-strategy"
    " --install-option --keyring-provider --link-mode --log --no-binary --only-binary --overrides"
    " --override --platform --prefix --prerelease --progress-bar --project --proxy --python"
    " --python-platform --python-version --refresh-package --reinstall-package --report"
    " --resolution --resume-retries --retries --root --root-user-action --src --target --timeout"
    " --torch-backend --trusted-host --upgrade-package --upgrade-strategy --use-deprecated"
    " --use-feature -C -P -b -c -d -p -t"
)
_PIP_VALUES = frozenset(_OTHER_OPTIONS.split()) | _PIP_FILES | _INDEX_OPTIONS
_CONDA_VALUES = _CONDA_FILES.union(
    {"-c", "--channel", "-n", "--name", "-p", "--prefix", "--revision", "--solver"}
    | {"--repodata-fn", "--experimental", "--subdir", "--platform", "--pinned-package", "-r"}
)
# Installed to install others; a notebook that wants them pins or imports them.
_TOOLS = frozenset({"pip", "setuptools", "uv", "wheel"})

_OPERATORS = frozenset("<>=!~@")

_CONDA_SPEC = late_pattern(r"(?:[\w./-]+::?)?([A-Za-z0-9][\w.-]*)\s*(.*)", re.DOTALL)
_CONDA_PIN = late_pattern(r"=\s*([\w.!+*]+)(?:=[\w.*]+)?")


def read_installs(line: str) -> Installs:
    """The requirements of every install command in the line. Never fails."""
    if not _MENTION.search(line):
        return Installs()
    requirements: list[Requirement] = []
    problems: list[str] = []
    is_whole, is_any_conda = True, False
    for words in split_commands(line):
        install = _install_command(words)
        is_whole = is_whole and install is not None
        if install is not None:
            is_conda, arguments = install
            is_any_conda = is_any_conda or is_conda
            reader = _Arguments(is_conda)
            reader.read(arguments)
            requirements += reader.requirements
            problems += reader.problems
    return Installs(tuple(requirements), tuple(problems), is_whole, is_any_conda)


def _install_command(words: list[str]) -> tuple[bool, list[str]] | None:
    """Whether it is conda's, and the words behind ``install``; None for another command."""
    words = _without_wrappers(words)
    if not words:
        return None
    program = words[0].replace("\\", "/").rpartition("/")[2]
    rest = words[1:]
    if _PYTHON.fullmatch(program) or words[0].startswith(("{", "$")):
        while rest and rest[0].startswith("-") and rest[0] != "-m":
            rest = rest[1:]
        if len(rest) < 2 or rest[0] != "-m":
            return None
        program, rest = rest[1], rest[2:]
    if program in ("uv", "uv.exe"):
        rest = _from_subcommand(rest)
        if rest[:1] == ["add"]:
            return False, rest[1:]
        if rest[:1] != ["pip"]:
            return None
        program, rest = "pip", rest[1:]
    is_conda = program in _CONDA
    if not is_conda and not _PIP.fullmatch(program):
        return None
    rest = _from_subcommand(rest)
    return (is_conda, rest[1:]) if rest[:1] == ["install"] else None


def _without_wrappers(words: list[str]) -> list[str]:
    """The words from the program on: without ``sudo -H``, ``A=b`` and the like before it."""
    at = 0
    is_wrapped = False
    while at < len(words):
        word = words[at]
        if word in _WRAPPERS:
            is_wrapped = True
        elif not _ASSIGNMENT.match(word) and not (is_wrapped and word.startswith("-")):
            break
        at += 1
    return words[at:]


def _from_subcommand(words: list[str]) -> list[str]:
    """The words from the subcommand on: without the options before it."""
    at = 0
    while at < len(words) and words[at].startswith("-"):
        at += 2 if words[at] in _PIP_VALUES else 1
    return words[at:]


class _Arguments:
    """Reads the words behind ``install``."""

    def __init__(self, is_conda: bool) -> None:
        self._is_conda = is_conda
        self._files = _CONDA_FILES if is_conda else _PIP_FILES
        self._values = _CONDA_VALUES if is_conda else _PIP_VALUES
        self.requirements: list[Requirement] = []
        self.problems: list[str] = []

    def read(self, words: list[str]) -> None:
        words = _joined_specifiers(words)
        at = 0
        while at < len(words):
            word = words[at]
            at += 1
            if not word.startswith("-"):
                self._add(word)
                continue
            name, equals, value = word.partition("=")
            if not equals and not name.startswith("--") and len(name) > 2:
                name, value = _short_option(name, self._values)
            elif not equals and name in self._values and at < len(words):
                value = words[at]
                at += 1
            self._option(name, value)

    def _option(self, name: str, value: str) -> None:
        if name in ("-e", "--editable"):
            # Its value is the next word, which is then read as a path or an address.
            if value:
                self._add(value)
        elif name in self._files:
            self.problems.append(
                f"The requirements in {value or 'a file'} are not read; add them to the notebook."
            )
        elif name in _INDEX_OPTIONS and not self._is_conda:
            self.problems.append(
                f"The package index of {name} is not taken over; add it to the notebook's indexes."
            )

    def _add(self, word: str) -> None:
        try:
            requirement = _conda_requirement(word) if self._is_conda else parse_requirement(word)
        except InvalidRequirementError as error:
            self.problems.append(str(error))
            return
        if requirement is None or (requirement.key in _TOOLS and not requirement.specifier):
            return
        self.requirements.append(requirement)


def _short_option(word: str, values: frozenset[str]) -> tuple[str, str]:
    """``-rfile`` as an option and its value; letters that take none come together, as ``-qU``."""
    name = word[:2]
    return (name, word[2:]) if name in values or name == "-e" else (word, "")


def _joined_specifiers(words: list[str]) -> list[str]:
    """``x >= 1`` as one word, and ``x, y`` as two: pip refuses them, but they are plain."""
    joined: list[str] = []
    for word in words:
        can_join = bool(joined) and not joined[-1].startswith("-")
        if can_join and (joined[-1][-1] in _OPERATORS or word[:1] in _OPERATORS):
            joined[-1] += word
        elif word.strip(","):
            joined.append(word)
    return [word.strip(",") for word in joined]


def _conda_requirement(word: str) -> Requirement | None:
    """A conda package as a distribution; None for Python itself.

    Raises:
        InvalidRequirementError: no Python distribution, or a specifier that PEP 440 cannot say.
    """
    match = _CONDA_SPEC.fullmatch(word)
    if match is None:
        return parse_requirement(word)
    package, specifier = match[1].lower(), match[2].strip()
    if package == "python":
        return None
    name = pypi_name(package)
    if name is None:
        raise InvalidRequirementError(f"{package} is a conda package, not a Python distribution.")
    pin = _CONDA_PIN.fullmatch(specifier)
    if pin is not None:
        version = pin[1]
        is_exact = specifier.count("=") == 2 or version.endswith("*")
        specifier = f"=={version}" if is_exact else f"=={version}.*"
    elif re.fullmatch(r"[\d.*]+", specifier):
        specifier = f"=={specifier}"
    return parse_requirement(f"{name}{specifier}")
