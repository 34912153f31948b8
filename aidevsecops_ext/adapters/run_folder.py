"""The folder of one run: its record, what its steps printed and ran, copies of what they left."""

from __future__ import annotations

import os
import re
import shutil
import threading
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from ..app.run_ports import StepPlace
from ..domain.errors import ErrorCode, OutsideFailedError
from ..domain.pipeline_run import KeptFile
from ..formats.run_record import record_text
from .placing import put_in_place
from .project_copies import copy_file
from .project_data import sha256_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from ..domain.pipeline_run import PipelineRun

RECORD = "run.json"
STOP = "stop"
_RESERVE = ".reserve"
_RESERVED_BYTES = 262_144
_LOOK_SECONDS = 0.2
_READ_ONLY = 0o444


class KeepingFolder:
    """The port ``RunFolder``; copies of outputs take up to ``limit`` bytes."""

    def __init__(self, root: Path, place: Path, pipeline: str, limit: int) -> None:
        self.id = place.name
        self.path = place.relative_to(root).as_posix()
        self._root = root
        self._place = place
        self._home = (root / pipeline).parent
        self._left = limit
        self._slugs: dict[str, str] = {}
        self._lock = threading.Lock()
        self._callbacks: list[Callable[[], None]] = []
        self._is_over = threading.Event()

    @classmethod
    @contextmanager
    def opened(cls, root: Path, place: Path, pipeline: str, limit: int) -> Iterator[KeepingFolder]:
        """The folder, which is listened to for a wish to stop."""
        folder = cls(root, place, pipeline, limit)
        with suppress(OSError):
            # Room for the last word, should the steps fill the disk.
            (place / _RESERVE).write_bytes(os.urandom(_RESERVED_BYTES))
        listener = threading.Thread(target=folder._listen, name="run-stop", daemon=True)
        listener.start()
        try:
            yield folder
        finally:
            folder._is_over.set()
            listener.join()
            (place / _RESERVE).unlink(missing_ok=True)

    def save(self, run: PipelineRun) -> None:
        """Have the record say that.

        Raises:
            OutsideFailedError: the operating system refuses.
        """
        text = record_text(run)
        if run.state.is_final:
            # What the steps have filled the disk with stays; this must be written all the same.
            (self._place / _RESERVE).unlink(missing_ok=True)
        try:
            with self._lock:
                self._replace(text)
        except OSError as error:
            raise refused(f"The record of run {self.id} cannot be written", error) from error

    def on_stop_asked(self, callback: Callable[[], None]) -> Callable[[], None]:
        """Call back when somebody asks the run to stop; returns what takes the callback away."""
        self._callbacks.append(callback)
        return lambda: self._callbacks.remove(callback)

    def place_of(self, step: str, *, is_notebook: bool) -> StepPlace:
        """Where a step leaves what shows how it ran."""
        slug = self._slug(step)
        return StepPlace(
            f"{self.path}/{slug}.ipynb" if is_notebook else "", f"{self.path}/{slug}.log"
        )

    def keep(
        self, step: str, paths: Sequence[str], known: Mapping[str, str]
    ) -> tuple[KeptFile, ...]:
        """Keep copies of what a step left; ``known`` are copies of earlier runs by their digests.

        Raises:
            OutsideFailedError: the operating system refuses.
        """
        try:
            return tuple(self._kept(self._slug(step), path, known) for path in paths)
        except OSError as error:
            raise refused(f"What step {step} left cannot be kept", error) from error

    def put_back(self, file: KeptFile) -> bool:
        """Have the file be as it was kept; False where the copy is gone.

        Raises:
            OutsideFailedError: the operating system refuses.
        """
        if file.kept is None or not (self._root / file.kept).is_file():
            return False
        target = self._root / file.path
        draft = target.with_name(f".{target.name}.aidevsecops")
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            copy_file(self._root / file.kept, draft)
            if sha256_of(draft) != file.digest:
                return False
            put_in_place(draft, target)
        except OSError as error:
            raise refused(f"{file.path} cannot be put back", error) from error
        finally:
            with suppress(OSError):
                draft.unlink()
        return True

    def take_over(self, earlier: StepPlace, place: StepPlace) -> None:
        """Have what an earlier run of a step left at the place of this one, as far as it is there.

        Raises:
            OutsideFailedError: the operating system refuses.
        """
        pairs = ((earlier.notebook, place.notebook), (earlier.log, place.log))
        try:
            for old, new in pairs:
                if old and new and (self._root / old).is_file():
                    # No link: who saves an executed notebook changes this run only.
                    shutil.copyfile(self._root / old, self._root / new)
        except OSError as error:
            raise refused(f"What is shown of {place.log} cannot be written", error) from error

    def _replace(self, text: str) -> None:
        draft = self._place / f".{RECORD}.tmp"
        try:
            draft.write_text(text, encoding="utf-8")
            put_in_place(draft, self._place / RECORD)
        finally:
            with suppress(OSError):
                draft.unlink()

    def _listen(self) -> None:
        while not self._is_over.wait(_LOOK_SECONDS):
            if (self._place / STOP).exists():
                for callback in list(self._callbacks):
                    callback()
                return

    def _slug(self, step: str) -> str:
        with self._lock:
            if step not in self._slugs:
                name = re.sub(r"[^\w.-]+", "-", step).strip("-.")[:60] or "step"
                taken = {slug.casefold() for slug in self._slugs.values()}
                free, number = name, 1
                while free.casefold() in taken:
                    number += 1
                    free = f"{name}-{number}"
                self._slugs[step] = free
            return self._slugs[step]

    def _kept(self, slug: str, path: str, known: Mapping[str, str]) -> KeptFile:
        source = self._root / path
        digest, size = sha256_of(source), source.stat().st_size
        relative = os.path.relpath(source, self._home)
        if relative.split(os.sep)[0] == "..":
            relative = path
        target = self._place / "outputs" / slug / relative
        target.parent.mkdir(parents=True, exist_ok=True)
        kept = target.relative_to(self._root).as_posix()
        if digest in known:
            # Copies are never written again, so that runs may share them; outputs are.
            with suppress(OSError):
                os.link(self._root / known[digest], target)
                return KeptFile(path, digest, size, kept)
        with self._lock:
            if size > self._left:
                return KeptFile(path, digest, size)
            self._left -= size
        copy_file(source, target)
        target.chmod(_READ_ONLY)
        return KeptFile(path, digest, size, kept)


def refused(what: str, error: OSError) -> OutsideFailedError:
    """The error for what the operating system does not let us do."""
    return OutsideFailedError(
        ErrorCode.RUN_WRITE_FAILED,
        f"{what}: {error.strerror or error}.",
        hint="Is the disk full, or the folder read-only?",
    )
