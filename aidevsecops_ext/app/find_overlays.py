"""Find the overlays that files and folders name.

An overlay is ``<overlays_dir>/<runtime environment>/`` of a ``.thoth.yaml``, with a Pipfile or a
requirements.in; where the file names no folder for overlays, it is the folder of the file itself.
"""

from __future__ import annotations

from posixpath import basename, dirname, join, normpath
from typing import TYPE_CHECKING

from msgspec import Struct, field

from ..domain.errors import AidevsecopsError, ErrorCode, NotFoundError
from ..domain.overlay import Overlay, OverlayStyle
from ..formats.thoth_yaml import RuntimeEnvironment, ThothYaml, platform_of, read_thoth_yaml
from .find_notebooks import folders_below
from .project_folder import THOTH_YAML

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .ports import Files

_PIP_FORMATS = frozenset({"pip", "pip-tools", "pip-compile"})
_STYLES = {
    "Pipfile": OverlayStyle.PIPENV,
    "Pipfile.lock": OverlayStyle.PIPENV,
    "requirements.in": OverlayStyle.PIP,
    "requirements.txt": OverlayStyle.PIP,
    "constraints.txt": OverlayStyle.PIP,
}


class OverlayChoice(Struct, frozen=True):
    """What the user says in place of each ``.thoth.yaml``; None leaves it to the file.

    Only the overlays of ``environment`` are found; ``requirements_format`` decides where a folder
    holds both a Pipfile and a requirements.in.
    """

    environment: str | None = None
    requirements_format: str | None = None


class FoundOverlays(Struct):
    """The overlays, each folder once; ``problems`` are sentences on what is off around them.

    ``failures`` are the ``.thoth.yaml`` files that could not be read.
    """

    overlays: dict[str, Overlay] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    failures: dict[str, AidevsecopsError] = field(default_factory=dict)


def can_be_overlay(name: str, files: Files) -> bool:
    """True when a name may stand for overlays: a folder, or one of the files they are made of."""
    return basename(name) in (*_STYLES, THOTH_YAML) or files.is_folder(name)


def find_overlays(
    names: Sequence[str], files: Files, choice: OverlayChoice | None = None
) -> FoundOverlays:
    """What the names stand for: a folder for all overlays below it, a file for its own one.

    A file that is named need not be known to a ``.thoth.yaml``.

    Raises:
        NotFoundError: a file of an overlay is named that has nothing to lock beside it.
        AidevsecopsError: a folder cannot be read.
    """
    search = _Search(files, choice or OverlayChoice())
    for name in map(normpath, names):
        if basename(name) == THOTH_YAML:
            search.add_file(name, within=".")
        elif files.is_folder(name):
            search.add_folder(name)
        else:
            search.add_named(name)
    return search.found


class _Search:
    def __init__(self, files: Files, choice: OverlayChoice) -> None:
        self.found = FoundOverlays()
        self._files = files
        self._choice = choice
        self._read: set[tuple[str, str]] = set()

    def add_folder(self, folder: str) -> None:
        """Add what is in the folder and below it."""
        above = self._file_above(folder)
        if above is not None:
            self.add_file(above, within=folder)
        for below, entries in folders_below(folder, self._files):
            if THOTH_YAML in entries.files:
                self.add_file(normpath(join(below, THOTH_YAML)), within=folder)

    def add_named(self, path: str) -> None:
        """Add the overlay that a file belongs to."""
        folder = dirname(path)
        above = self._file_above(folder or ".")
        if above is not None:
            self.add_file(above, within=folder or ".", is_exact=True)
        if folder in self.found.overlays or (above and above in self.found.failures):
            return
        style = _STYLES[basename(path)]
        if not self._files.is_file(join(folder, style.asked_name)):
            raise NotFoundError(
                ErrorCode.NOTEBOOK_NOT_FOUND,
                f"{path} belongs to no {style.asked_name}.",
                hint=f"Name a {style.asked_name}, a notebook, or a folder with any of them.",
                details={"name": path},
            )
        self.found.overlays[folder] = Overlay(folder, style)

    def add_file(self, path: str, *, within: str, is_exact: bool = False) -> None:
        """Add the overlays that a ``.thoth.yaml`` names and that are within a folder."""
        if (path, within) in self._read:
            return
        self._read.add((path, within))
        try:
            config = read_thoth_yaml(self._files.read(path).text)
            overlays = list(self._overlays(config, dirname(path)))
        except AidevsecopsError as error:
            self.found.failures[path] = error
            return
        for overlay in overlays:
            inside = overlay.folder or "."
            if inside == within or (not is_exact and _is_below(inside, within)):
                self.found.overlays.setdefault(overlay.folder, overlay)

    def _file_above(self, folder: str) -> str | None:
        while True:
            path = normpath(join(folder, THOTH_YAML))
            if self._files.is_file(path):
                return path
            if folder in ("", "."):
                return None
            folder = dirname(folder) or "."

    def _overlays(self, config: ThothYaml, folder: str) -> Iterator[Overlay]:
        if config.overlays_dir is None:
            yield from self._root_overlay(config, folder)
            return
        base = _joined(folder, config.overlays_dir)
        if self._style(folder, config) is not None:
            self._tell(
                folder,
                "there are requirements at its side, but overlays_dir is set: they are not locked.",
            )
        if not self._files.is_folder(base or "."):
            self._tell(folder, f"overlays_dir is '{config.overlays_dir}', which is no folder.")
            return
        listed = set()
        for environment in config.environments:
            if self._choice.environment not in (None, environment.name):
                continue
            place = _joined(base, environment.name)
            # A name is meant to be one folder's, also where it holds other characters.
            style = None if "/" in environment.name else self._style(place, config)
            listed.add(place)
            if style is None:
                self._tell(
                    folder,
                    f"the overlay '{environment.name}' has no Pipfile or requirements.in "
                    f"in {place or '.'}.",
                )
            else:
                yield _overlay(place, style, environment)
        if base != folder and not self._choice.environment:
            yield from self._unlisted(config, folder, (base, listed))

    def _root_overlay(self, config: ThothYaml, folder: str) -> Iterator[Overlay]:
        style = self._style(folder, config)
        if style is None:
            return
        chosen = self._choice.environment
        environments = [e for e in config.environments if chosen in (None, e.name)]
        if chosen and not environments:
            return
        if len(environments) > 1:
            self._tell(
                folder,
                "it names several environments, but no overlays_dir: "
                f"{style.asked_name} is locked for the first one.",
            )
        yield _overlay(folder, style, environments[0]) if environments else Overlay(folder, style)

    def _unlisted(
        self, config: ThothYaml, folder: str, place: tuple[str, set[str]]
    ) -> Iterator[Overlay]:
        base, listed = place
        for name in self._files.entries(base or ".").folders:
            path = _joined(base, name)
            style = self._style(path, config)
            if path not in listed and style is not None:
                self._tell(folder, f"it does not name an environment for the overlay {path}.")
                yield Overlay(path, style)

    def _style(self, folder: str, config: ThothYaml) -> OverlayStyle | None:
        wanted = self._choice.requirements_format or config.requirements_format or ""
        styles = [OverlayStyle.PIPENV, OverlayStyle.PIP]
        if wanted.lower() in _PIP_FORMATS:
            styles.reverse()
        found = (s for s in styles if self._files.is_file(join(folder, s.asked_name)))
        return next(found, None)

    def _tell(self, folder: str, sentence: str) -> None:
        problem = f"{join(folder, THOTH_YAML)}: {sentence}"
        if problem not in self.found.problems:
            self.found.problems.append(problem)


def _overlay(folder: str, style: OverlayStyle, environment: RuntimeEnvironment) -> Overlay:
    return Overlay(
        folder=folder,
        style=style,
        environment=environment.name,
        python_version=environment.python_version,
        platform=platform_of(environment),
        recommendation=environment.recommendation,
    )


def _joined(folder: str, name: str) -> str:
    path = normpath(join(folder, name))
    return "" if path == "." else path


def _is_below(path: str, folder: str) -> bool:
    return folder == "." or path.startswith(f"{folder}/")
