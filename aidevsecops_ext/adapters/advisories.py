"""Advisories from an OSV service, asked through ``uv audit``, or from a folder of OSV records.

Why uv: ``docs/decisions/0003-advisories.md``.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from msgspec.structs import replace

from ..domain.advisories import Advisory, Audit, AuditedPackage, Unchecked, joined
from ..domain.errors import ErrorCode, ToolMissingError, UserError
from ..formats.osv import advisory_of, is_withdrawn
from ..formats.uv_audit import PROJECT, Pin, lock_text, read_answer
from .cancellable import run_cancellable
from .index_configuration import index_configuration
from .osv_dump import OsvDump
from .osv_records import OsvRecords
from .process import Command, DeadlineError, ProgramMissingError, run
from .uv_program import find_uv
from .work_folders import work_folder

if TYPE_CHECKING:
    from ..app.ports import CancelToken

_ANSWERED = (0, 1)
_FOREIGN_VARIABLES = ("UV_WORKING_DIR", "UV_PROJECT", "UV_NO_DEV", "UV_LOCKED", "UV_FROZEN")


class OsvAdvisories:
    """What an OSV service (``https://...``) or a dump (a folder) knows."""

    def __init__(self, root: Path, service: str, *, timeout: float) -> None:
        self._root = root
        self._service = service
        self._timeout = timeout
        self._dump = OsvDump(root / Path(service).expanduser())
        self._records = OsvRecords(service, timeout=timeout / 2)

    def audit(self, packages: tuple[Pin, ...], cancel: CancelToken) -> Audit:
        """The audit of those packages; each is checked or unchecked.

        Raises:
            UserError: the service's address is none, or holds credentials.
            CancelledError: cancelled.
        """
        if "://" not in self._service:
            return self._dump.audit(packages, cancel)
        _check_address(self._service)
        try:
            answer = self._ask(packages, cancel)
        except (DeadlineError, ToolMissingError, ProgramMissingError, OSError) as error:
            answer = _reason_of(error)
        if isinstance(answer, str):
            return Audit((), tuple(Unchecked(name, version, answer) for name, version in packages))
        return self._described(packages, answer, cancel)

    def _ask(
        self, packages: tuple[Pin, ...], cancel: CancelToken
    ) -> dict[Pin, list[Advisory]] | str:
        """The advisories by package, or why there are none."""
        with work_folder("aidevsecops-audit-") as work:
            (work / "empty").mkdir()
            (work / "pyproject.toml").write_text(PROJECT, encoding="utf-8")
            text = lock_text(packages, str(work / "empty"))
            (work / "uv.lock").write_text(text, encoding="utf-8")
            outcome = run(self._command(work), cancel)
        if outcome.returncode not in _ANSWERED:
            what = _said(outcome.tail) or f"uv ended with {outcome.returncode}"
            return f"The advisory service could not be asked: {what}."
        found = read_answer(outcome.stdout, len(packages))
        return "The advisory service did not answer for every package." if found is None else found

    def _command(self, work: Path) -> Command:
        seconds = str(max(1, round(self._timeout / 3)))
        environ = {"UV_HTTP_TIMEOUT": seconds, "UV_HTTP_RETRIES": "1", **os.environ}
        configuration = index_configuration(environ, self._root, lambda _known: None)
        return Command(
            argv=(
                find_uv(),
                "audit",
                "--frozen",
                "--color=never",
                "--no-progress",
                "--no-python-downloads",
                "--preview-features=audit-command,json-output",
                "--output-format=json",
                f"--service-url={self._service}",
            ),
            cwd=work,
            env={k: v for k, v in configuration.environment.items() if k not in _FOREIGN_VARIABLES},
            timeout=self._timeout,
            secrets=configuration.secrets,
        )

    def _described(
        self, packages: tuple[Pin, ...], found: dict[Pin, list[Advisory]], cancel: CancelToken
    ) -> Audit:
        ids = frozenset(advisory.id for advisories in found.values() for advisory in advisories)
        known = run_cancellable(lambda: self._records.read(ids), cancel)
        audited = []
        for name, version in packages:
            against = []
            for advisory in found.get((name, version), ()):
                record = known.get(advisory.id)
                if record is None:
                    against.append(advisory)
                elif not is_withdrawn(record):
                    told = advisory_of(record, name, version)
                    against.append(replace(told, fixed=told.fixed or advisory.fixed))
            audited.append(AuditedPackage(name, version, joined(against)))
        return Audit(tuple(audited))


def _said(tail: tuple[str, ...]) -> str:
    """What uv says went wrong, with the cause that is furthest down."""
    lines = [line.strip() for line in tail]
    errors = [line.removeprefix("error: ") for line in lines if line.startswith("error: ")]
    causes = [line.removeprefix("cause: ") for line in lines if line.startswith("cause: ")]
    return ": ".join([*errors[:1], *causes[-1:]])


def _reason_of(error: Exception) -> str:
    if isinstance(error, DeadlineError):
        return f"The advisory service did not answer within {error.seconds:g} seconds."
    if isinstance(error, OSError):
        return f"The audit's temporary files cannot be written: {error.strerror}."
    return "uv, which asks the advisory service, is not installed."


def _check_address(service: str) -> None:
    parts = urlsplit(service)
    if parts.scheme in ("http", "https") and parts.hostname and "@" not in parts.netloc:
        return
    raise UserError(
        ErrorCode.AUDIT_SERVICE_INVALID,
        "The advisory service must be an http or https address without credentials, or a folder.",
        hint="Correct the setting advisory_service or --service-url.",
    )
