"""One look at a project: each question to the outside is asked once, and noted on demand.

What was concluded from some answers holds as long as these are the answers, so it need not be
concluded anew. That the text of a file is the same is known by its stamp.
"""

from __future__ import annotations

from posixpath import dirname
from typing import TYPE_CHECKING, Protocol, TypeVar, cast

from msgspec import Struct

from ..domain.errors import AidevsecopsError
from .discover_requirements import DiscoverPorts
from .project_memory import Notes

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from .ports import FileText, FolderEntries
    from .project_ports import FileStamp, ProjectPorts

_T = TypeVar("_T")
_T_co = TypeVar("_T_co", covariant=True)

_RESTING_SECONDS = 2.0
"""Clocks of file systems are coarse: what changed just now may change again, unseen."""


class _Question(Protocol[_T_co]):
    """Something that can be asked of the outside; equal ones have equal answers in one look."""

    def ask(self, ports: ProjectPorts) -> _T_co: ...


class _Stamp(Struct, frozen=True):
    path: str

    def ask(self, ports: ProjectPorts) -> FileStamp | None:
        return ports.stamps.stamp(self.path)


class _IsFile(Struct, frozen=True):
    path: str

    def ask(self, ports: ProjectPorts) -> bool:
        return ports.files.is_file(self.path)


class _IsFolder(Struct, frozen=True):
    path: str

    def ask(self, ports: ProjectPorts) -> bool:
        return ports.files.is_folder(self.path)


class _Entries(Struct, frozen=True):
    path: str

    def ask(self, ports: ProjectPorts) -> FolderEntries:
        return ports.files.entries(self.path)


class _Module(Struct, frozen=True):
    name: str
    folder: str

    def ask(self, ports: ProjectPorts) -> str | None:
        # Which file of the folder imports it makes no difference.
        importer = f"{self.folder}/_" if self.folder else "_"
        return ports.discover.modules.find(self.name, importer)


class _Installed(Struct, frozen=True):
    kernel: str | None
    modules: frozenset[str]

    def ask(self, ports: ProjectPorts) -> Mapping[str, str]:
        return ports.discover.installed.distributions(self.kernel, self.modules)


class Look:
    """The ports ``Files``, ``ProjectModules`` and ``InstalledPackages`` of one look, one thread."""

    def __init__(self, ports: ProjectPorts) -> None:
        self._ports = ports
        self._known: dict[_Question[object], object] = {}
        self._notes = Notes()
        self._resting_before = ports.audit.clock.now() - _RESTING_SECONDS
        # The index is never asked: nobody outside is.
        self.discover = DiscoverPorts(self, self, None, self)

    def noted(self, work: Callable[[], _T]) -> tuple[_T, Notes]:
        """What ``work`` answers, and what it asked for that."""
        self._notes = notes = Notes()
        return work(), notes

    def holds(self, notes: Notes) -> bool:
        """True where the answers are the same now."""
        try:
            asked = cast("dict[_Question[object], object]", notes.answers)
            return all(self._told(question) == told for question, told in asked.items())
        except AidevsecopsError:
            return False

    def read(self, path: str) -> FileText:
        """The text of a file."""
        # Before the text is read: a change in between makes another stamp the next time.
        stamp = self._ask(_Stamp(path))
        if stamp is not None and stamp.changed >= self._resting_before:
            self._notes.is_whole = False
        return self._ports.files.read(path)

    def replace(self, path: str, text: str, revision: str) -> None:
        """Replace a file; who only looks does not."""
        self._ports.files.replace(path, text, revision)

    def is_file(self, path: str) -> bool:
        """True when there is such a file."""
        return self._ask(_IsFile(path))

    def is_folder(self, path: str) -> bool:
        """True when there is such a folder."""
        return self._ask(_IsFolder(path))

    def entries(self, path: str) -> FolderEntries:
        """The names in a folder."""
        return self._ask(_Entries(path))

    def find(self, module: str, importer: str) -> str | None:
        """The path of a local module's source, or None."""
        return self._ask(_Module(module, dirname(importer)))

    def distributions(self, kernel_name: str | None, modules: frozenset[str]) -> Mapping[str, str]:
        """The distribution that provides each module, for those that are installed."""
        return self._ask(_Installed(kernel_name, modules))

    def _ask(self, question: _Question[_T]) -> _T:
        try:
            answer = self._told(question)
        except AidevsecopsError:
            self._notes.is_whole = False
            raise
        self._notes.answers[question] = answer
        return answer

    def _told(self, question: _Question[_T]) -> _T:
        if question not in self._known:
            self._known[question] = question.ask(self._ports)
        return cast("_T", self._known[question])
