"""The lists of names that indexes give, kept in files and renewed by child processes."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import os
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from msgspec import Struct, structs

from ..app.ports import CancelToken
from ..domain.errors import CancelledError
from ..domain.packages import IndexList, ListState
from .file_lock import file_lock
from .name_file import search_names
from .placing import put_in_place
from .process import Command, DeadlineError, run

if TYPE_CHECKING:
    from ..domain.json_value import Json
    from .index_http import HttpSettings, IndexAddress

# After a failure the index is left alone for so long.
_PAUSE_SECONDS = 600.0
_LONGEST_SECONDS = 900.0
_SCRIPT = (
    "import sys; sys.path.insert(0, sys.argv[1]); "
    "from aidevsecops_ext.adapters.name_list_child import main; main()"
)
_PACKAGE_FOLDER = Path(__file__).parents[2]
_OFF = "Lists of names are turned off (package_list_hours is 0)."


class CancelSwitch(CancelToken, Protocol):
    """A cancel token that can be pulled."""

    def cancel(self) -> None:
        """Cancel."""
        ...


class _Known(Struct, frozen=True):
    """What is on record of a list that was fetched."""

    projects: int
    known_at: float
    max_age: int = 0
    etag: str | None = None
    last_modified: str | None = None


class NameLists:
    """Lists of names in ``folder``; each is good for some hours, then renewed where it changed.

    With 0 hours there are none. ``stop`` ends what runs in the background.
    """

    def __init__(self, folder: Path, hours: float, stop: CancelSwitch) -> None:
        self._folder = folder
        self._seconds = hours * 3600
        self._stop = stop
        self._lock = threading.Lock()
        self._running: dict[str, threading.Thread] = {}
        self._failures: dict[str, tuple[float, str]] = {}

    def search(
        self, index: IndexAddress, query: str, well_known: frozenset[str]
    ) -> tuple[tuple[str, ...], bool]:
        """The listed names that hold the query, and whether these are all; none without a list."""
        try:
            return search_names(self._names(index), query, well_known)
        except OSError:
            return (), False

    def state(self, index: IndexAddress) -> IndexList:
        """What is known of the index's list."""
        known = self._known(index)
        _, reason = self._failures.get(index.url, (0.0, ""))
        if self._seconds <= 0:
            return IndexList(index.url, ListState.UNLISTED, reason=_OFF)
        if known is not None:
            return IndexList(index.url, ListState.LISTED, known.projects, known.known_at, reason)
        state = ListState.UNLISTED if reason else ListState.LOADING
        return IndexList(index.url, state, reason=reason)

    def renew_later(self, index: IndexAddress, settings: HttpSettings) -> None:
        """Renew the list in the background, if it is time."""
        if not self.is_due(index) or self._stop.is_cancelled:
            return
        with self._lock:
            running = self._running.get(index.url)
            if running is None or not running.is_alive():
                thread = threading.Thread(
                    target=self._renew_quietly,
                    args=(index, settings),
                    name="aidevsecops-names",
                    daemon=True,
                )
                self._running[index.url] = thread
                thread.start()

    def renew(self, index: IndexAddress, settings: HttpSettings, cancel: CancelToken) -> None:
        """Renew the list now, if it is time; why that failed is in its state.

        Raises:
            CancelledError: cancelled.
        """
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            # One of several servers and terminals fetches, the others wait and find it done.
            with file_lock(self._folder / f"{_key(index)}.lock", cancel):
                reason = self._fetch(index, settings, cancel) if self.is_due(index) else ""
        except DeadlineError:
            reason = "The index's list of names took too long."
        except OSError as error:
            reason = f"The list of names cannot be kept: {error.strerror}."
        with self._lock:
            self._failures.pop(index.url, None)
            if reason:
                self._failures[index.url] = (time.monotonic(), reason)

    def is_due(self, index: IndexAddress) -> bool:
        """True when the list is missing or old, and did not fail a moment ago."""
        if self._seconds <= 0:
            return False
        failure = self._failures.get(index.url)
        if failure is not None and time.monotonic() - failure[0] < _PAUSE_SECONDS:
            return False
        known = self._known(index)
        return known is None or not (
            0 <= time.time() - known.known_at < max(self._seconds, known.max_age)
        )

    def close(self) -> None:
        """Stop what runs in the background, and wait for its end."""
        self._stop.cancel()
        with self._lock:
            threads = [*self._running.values()]
        for thread in threads:
            thread.join()

    def _renew_quietly(self, index: IndexAddress, settings: HttpSettings) -> None:
        try:
            self.renew(index, settings, self._stop)
        except CancelledError:
            return

    def _fetch(self, index: IndexAddress, settings: HttpSettings, cancel: CancelToken) -> str:
        """Why there is no newer list; empty when there is."""
        known = self._known(index)
        with tempfile.TemporaryDirectory(dir=self._folder, prefix="new-") as folder:
            new = Path(folder) / "names"
            answer = _run_child(index, settings, (known, new), cancel)
            reason, projects = answer.get("reason"), answer.get("projects")
            if reason:
                return str(reason)
            if isinstance(projects, int):
                put_in_place(new, self._names(index))
                known = _Known(
                    projects,
                    time.time(),
                    _count(answer.get("max_age")),
                    _text(answer.get("etag")),
                    _text(answer.get("last_modified")),
                )
            elif known is not None:
                known = _Known(
                    known.projects, time.time(), known.max_age, known.etag, known.last_modified
                )
            if known is None:
                return "The index gives no list of its names."
            record = Path(folder) / "record"
            record.write_text(
                json.dumps({"url": index.url, **structs.asdict(known)}), encoding="utf-8"
            )
            put_in_place(record, self._record(index))
        return ""

    def _known(self, index: IndexAddress) -> _Known | None:
        try:
            value: Json = json.loads(self._record(index).read_text(encoding="utf-8"))
            if not isinstance(value, dict) or not self._names(index).is_file():
                return None
            known_at = value["known_at"]
            return _Known(
                _count(value["projects"]),
                float(known_at) if isinstance(known_at, int | float) else 0.0,
                _count(value.get("max_age")),
                _text(value.get("etag")),
                _text(value.get("last_modified")),
            )
        except (OSError, ValueError, KeyError, RecursionError):
            return None

    def _names(self, index: IndexAddress) -> Path:
        return self._folder / f"{_key(index)}.names"

    def _record(self, index: IndexAddress) -> Path:
        return self._folder / f"{_key(index)}.json"


def _run_child(
    index: IndexAddress,
    settings: HttpSettings,
    files: tuple[_Known | None, Path],
    cancel: CancelToken,
) -> dict[str, Json]:
    known, new = files
    validators = {}
    if known is not None and known.etag:
        validators["If-None-Match"] = known.etag
    if known is not None and known.last_modified:
        validators["If-Modified-Since"] = known.last_modified
    asked = {
        "url": index.url,
        # By the pipe: arguments and the environment can be read by others.
        "authorization": index.authorization,
        "settings": dataclasses.asdict(settings),
        "validators": validators,
        "file": str(new),
    }
    command = Command(
        # Isolated, and without site-packages: only the standard library is needed.
        (sys.executable, "-I", "-S", "-c", _SCRIPT, str(_PACKAGE_FOLDER)),
        env={**os.environ},
        stdin=json.dumps(asked),
        timeout=_LONGEST_SECONDS,
    )
    outcome = run(command, cancel)
    try:
        answer: Json = json.loads(outcome.stdout)
    except ValueError:
        answer = None
    if outcome.returncode != 0 or not isinstance(answer, dict):
        return {"reason": "The index's list of names could not be read."}
    return answer


def _key(index: IndexAddress) -> str:
    return hashlib.sha256(index.url.encode()).hexdigest()[:16]


def _count(value: Json) -> int:
    return value if isinstance(value, int) else 0


def _text(value: Json) -> str | None:
    return value if isinstance(value, str) else None
