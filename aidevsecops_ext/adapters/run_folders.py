"""The folders of runs, ``runs/PIPELINE/RUN`` beside each pipeline, and the records in them.

A run that goes on holds the lock of its folder. The system lets go of it however the run ends, so
a record that says *running* and whose lock is free tells of a run that nobody carries on.
"""

from __future__ import annotations

import os
import shutil
import time
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from ..app.run_ports import RunLog
from ..domain.errors import ConflictError, ErrorCode, NotFoundError
from ..domain.pipeline_run import PipelineRun, RunKind, as_lost
from ..domain.run_ids import is_run_id, run_id_after, run_id_at
from ..formats.run_record import read_record
from .file_lock import take_lock
from .placing import put_in_place
from .run_folder import RECORD, STOP, KeepingFolder, refused

if TYPE_CHECKING:
    from collections.abc import Iterator

RUNS = "runs"
_LOCK = ".lock"
_LOG_BYTES = 1_000_000
# No clock tells of later runs.
_LAST = "9"
_IGNORED = "# Runs of pipelines; what they left is made again by running them.\n*\n"
# Folders that hold copies or other people's files.
_SKIPPED = frozenset({"node_modules", "venv", "env", "__pycache__", "site-packages"})


class RootedRunFolders:
    """The port ``RunFolders`` for the pipelines below a folder.

    ``kept`` runs of each pipeline stay, and copies of outputs up to ``limit`` bytes a run.
    """

    def __init__(self, root: Path, *, kept: int, limit: int) -> None:
        self._root = root.resolve()
        self._kept = kept
        self._limit = limit
        self._places: dict[str, Path] = {}

    @contextmanager
    def begin(self, pipeline: str, kind: RunKind) -> Iterator[KeepingFolder]:
        """A new run of a pipeline; of those that run here there is one at a time.

        Raises:
            ConflictError: another run of it is going on.
            OutsideFailedError: the operating system refuses.
        """
        with ExitStack() as held:
            try:
                home = self._home(pipeline)
                home.mkdir(parents=True, exist_ok=True)
                _ignore(home)
                if kind is RunKind.LOCAL and not _hold(home / _LOCK, held):
                    raise self._busy(pipeline)
                # Afterwards: a run may need what the oldest has kept.
                held.callback(self._forget_old, home)
                place = _made_place(home)
                _hold(place / _LOCK, held)
            except OSError as error:
                raise refused(
                    f"The folder of runs of {pipeline} cannot be written", error
                ) from error
            # Opened already: what is written last may come when the disk is full.
            yield held.enter_context(KeepingFolder.opened(self._root, place, pipeline, self._limit))

    def find_all(self, pipeline: str | None = None) -> tuple[PipelineRun, ...]:
        """The runs of a pipeline, or of all of them, newest first."""
        homes = [self._home(pipeline)] if pipeline is not None else [*self._homes()]
        found = (self._read(place) for home in homes for place in _runs_in(home))
        return tuple(sorted(filter(None, found), key=lambda run: run.id, reverse=True))

    def find(self, run_id: str, pipeline: str | None = None) -> PipelineRun:
        """The run of that name; to name the pipeline as well is faster.

        Raises:
            NotFoundError: there is none.
        """
        place = self._place(run_id, pipeline) if is_run_id(run_id) else None
        run = None if place is None else self._read(place)
        if run is None:
            raise NotFoundError(
                ErrorCode.RUN_NOT_FOUND,
                f"There is no run {run_id}.",
                hint="Only the newest runs of each pipeline are kept; list them.",
                details={"run": run_id},
            )
        return run

    def update(self, run: PipelineRun) -> None:
        """Have the record of a run that another machine carries out say that.

        Raises:
            OutsideFailedError: the operating system refuses.
        """
        place = self._root / run.folder
        KeepingFolder(self._root, place, run.pipeline, self._limit).save(run)

    def ask_to_stop(self, run: PipelineRun) -> None:
        """Have whoever runs it stop it.

        Raises:
            OutsideFailedError: the operating system refuses.
        """
        try:
            (self._root / run.folder / STOP).touch()
        except OSError as error:
            raise refused(f"Run {run.id} cannot be asked to stop", error) from error

    def read_log(self, path: str, offset: int) -> RunLog:
        """Some lines of a log, from an offset that an earlier reading gave, or 0."""
        try:
            with (self._root / path).open("rb") as file:
                file.seek(offset)
                content = file.read(_LOG_BYTES)
                is_all = len(content) < _LOG_BYTES
        except OSError:
            return RunLog((), offset, is_last=True)
        # A line that is still being written is read when it is whole.
        end = content.rfind(b"\n") + 1
        if not end:
            end = len(content)
        lines = content[:end].decode("utf-8", "replace").split("\n")
        if lines and not lines[-1]:
            lines.pop()
        return RunLog(tuple(lines), offset + end, is_last=is_all and end == len(content))

    def _home(self, pipeline: str) -> Path:
        path = self._root / pipeline
        return path.parent / RUNS / path.stem

    def _homes(self) -> Iterator[Path]:
        for folder, names, _ in os.walk(self._root):
            if RUNS in names:
                for home in sorted(Path(folder, RUNS).iterdir()):
                    if next(_runs_in(home), None) is not None:
                        yield home
            names[:] = [n for n in names if not n.startswith(".") and n not in _SKIPPED]

    def _place(self, run_id: str, pipeline: str | None) -> Path | None:
        if pipeline is not None:
            return self._home(pipeline) / run_id
        if not (self._places.get(run_id, self._root) / RECORD).is_file():
            self._places = {place.name: place for home in self._homes() for place in _runs_in(home)}
        return self._places.get(run_id)

    def _read(self, place: Path) -> PipelineRun | None:
        run = self._recorded(place)
        if run is None or run.state.is_final or run.kind is not RunKind.LOCAL:
            return run
        with ExitStack() as held:
            try:
                if not _hold(place / _LOCK, held):
                    return run
            except OSError:
                return run
            # It may have ended between the first look and the lock.
            run = self._recorded(place)
            return run if run is None or run.state.is_final else as_lost(run)

    def _recorded(self, place: Path) -> PipelineRun | None:
        folder = place.parents[2].relative_to(self._root).as_posix()
        try:
            return read_record((place / RECORD).read_text(encoding="utf-8"), folder)
        except (OSError, UnicodeDecodeError):
            return None

    def _forget_old(self, home: Path) -> None:
        for place in sorted(_runs_in(home), reverse=True)[max(1, self._kept) :]:
            run = self._read(place)
            if run is None or run.state.is_final:
                shutil.rmtree(place, ignore_errors=True)

    def _busy(self, pipeline: str) -> ConflictError:
        ids = [run.id for run in self.find_all(pipeline) if not run.state.is_final]
        return ConflictError(
            ErrorCode.RUN_BUSY,
            f"Another run of {pipeline} is going on{f': {ids[0]}' if ids else ''}.",
            hint="Wait for it, or cancel it.",
            details={"pipeline": pipeline, "runs": [*ids]},
        )


def _hold(path: Path, held: ExitStack) -> bool:
    """True when the lock is ours, until the end of the stack."""
    descriptor = take_lock(path)
    if descriptor is None:
        return False
    held.callback(os.close, descriptor)
    return True


def _runs_in(home: Path) -> Iterator[Path]:
    with suppress(OSError):
        for place in home.iterdir():
            if is_run_id(place.name):
                yield place


def _ignore(home: Path) -> None:
    # Looked at each time: when the first run began, the disk may have been full.
    path = home / ".gitignore"
    with suppress(FileNotFoundError):
        if path.stat().st_size:
            return
    draft = home / ".gitignore.tmp"
    try:
        draft.write_text(_IGNORED, encoding="utf-8")
        put_in_place(draft, path)
    finally:
        with suppress(OSError):
            draft.unlink()


def _made_place(home: Path) -> Path:
    """The folder of a run that begins now; its name comes after those that are there."""
    names = (place.name for place in _runs_in(home))
    newest = max((name for name in names if name < _LAST), default=None)
    name = run_id_at(time.time())
    if newest is not None:
        # The clock may have been set back since.
        name = max(name, run_id_after(newest))
    while not _is_made(home / name):
        # Another machine submits at this moment.
        name = run_id_after(name)
    return home / name


def _is_made(place: Path) -> bool:
    try:
        place.mkdir()
    except FileExistsError:
        return False
    return True
