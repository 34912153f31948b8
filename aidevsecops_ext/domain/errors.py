"""The error tree: a stable code, a message that is safe to show, a hint and details."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .json_value import Json


class ErrorCode(str, Enum):
    """Every code that a face may show; explained in ``docs/reference/errors.md``, never renamed."""

    REQUEST_INVALID = "request.invalid"
    REQUEST_FORBIDDEN = "request.forbidden"
    REQUEST_UNKNOWN_ROUTE = "request.unknown-route"
    INTERNAL_UNEXPECTED = "internal.unexpected"
    MACHINE_REFUSED = "machine.refused"

    NOTEBOOK_NOT_FOUND = "notebook.not-found"
    NOTEBOOK_INVALID = "notebook.invalid"
    NOTEBOOK_UNSUPPORTED_FORMAT = "notebook.unsupported-format"
    NOTEBOOK_UNSUPPORTED_LANGUAGE = "notebook.unsupported-language"
    NOTEBOOK_TOO_LARGE = "notebook.too-large"
    NOTEBOOK_OUTSIDE_ROOT = "notebook.outside-root"
    NOTEBOOK_CHANGED = "notebook.changed"
    NOTEBOOK_UNSAVED = "notebook.unsaved"
    NOTEBOOK_UNREADABLE = "notebook.unreadable"
    NOTEBOOK_WRITE_FAILED = "notebook.write-failed"
    NOTEBOOK_NONE_FOUND = "notebook.none-found"

    REQUIREMENTS_INVALID = "requirements.invalid"
    REQUIREMENTS_UNSUPPORTED = "requirements.unsupported"
    REQUIREMENTS_UNKNOWN = "requirements.unknown"

    FORMAT_INVALID = "format.invalid"
    FORMAT_UNSUPPORTED = "format.unsupported"
    FORMAT_NEEDS_LOCK = "format.needs-lock"
    FORMAT_FILES_MISSING = "format.files-missing"
    FORMAT_FILE_DIFFERS = "format.file-differs"
    FORMAT_NO_THOTH_CONFIG = "format.no-thoth-config"
    FORMAT_OVERLAY_UNNAMED = "format.overlay-unnamed"
    FORMAT_OVERLAY_TAKEN = "format.overlay-taken"

    EXAMPLES_MISSING = "examples.missing"

    SELDON_INCOMPLETE = "seldon.incomplete"

    TARGET_INVALID = "target.invalid"
    TARGET_UNKNOWN_ENVIRONMENT = "target.unknown-environment"
    THOTH_YAML_INVALID = "thoth-yaml.invalid"

    ENGINE_UNKNOWN = "engine.unknown"
    ENGINE_MISSING = "engine.missing"

    LOCK_UNSATISFIABLE = "lock.unsatisfiable"
    LOCK_PACKAGE_NOT_FOUND = "lock.package-not-found"
    LOCK_BUILD_FAILED = "lock.build-failed"
    LOCK_PYTHON_UNSUPPORTED = "lock.python-unsupported"
    LOCK_UNTRUSTED_INDEX = "lock.untrusted-index"
    LOCK_UNTRUSTED_SETTINGS = "lock.untrusted-settings"
    LOCK_FORKED = "lock.forked"
    LOCK_INDEX_UNREACHABLE = "lock.index-unreachable"
    LOCK_TIMED_OUT = "lock.timed-out"
    LOCK_ENGINE_FAILED = "lock.engine-failed"

    THOTH_NO_SERVICE = "thoth.no-service"
    THOTH_UNREACHABLE = "thoth.unreachable"
    THOTH_REFUSED = "thoth.refused"
    THOTH_NO_RECOMMENDATION = "thoth.no-recommendation"
    THOTH_TIMED_OUT = "thoth.timed-out"
    THOTH_BAD_ANSWER = "thoth.bad-answer"
    THOTH_CLIENT_FAILED = "thoth.client-failed"
    THOTH_TARGET_UNSUPPORTED = "thoth.target-unsupported"

    KERNEL_UNLOCKED = "kernel.unlocked"
    KERNEL_LOCK_INCOMPLETE = "kernel.lock-incomplete"
    KERNEL_NAME_INVALID = "kernel.name-invalid"
    KERNEL_NAME_TAKEN = "kernel.name-taken"
    KERNEL_NOT_FOUND = "kernel.not-found"
    KERNEL_FOREIGN = "kernel.foreign"
    KERNEL_PYTHON_MISSING = "kernel.python-missing"
    KERNEL_NO_IPYKERNEL = "kernel.no-ipykernel"
    KERNEL_HASH_MISMATCH = "kernel.hash-mismatch"
    KERNEL_NOT_INSTALLABLE = "kernel.not-installable"
    KERNEL_BUILD_FAILED = "kernel.build-failed"
    KERNEL_TIMED_OUT = "kernel.timed-out"
    KERNEL_WRITE_FAILED = "kernel.write-failed"

    AUDIT_UNLOCKED = "audit.unlocked"
    AUDIT_SETTINGS_INVALID = "audit.settings-invalid"
    AUDIT_SERVICE_INVALID = "audit.service-invalid"

    TREE_UNLOCKED = "tree.unlocked"
    TREE_NOT_LOCKED = "tree.not-locked"

    SPLIT_CYCLE = "split.cycle"
    SPLIT_IMPOSSIBLE = "split.impossible"
    SPLIT_FILE_TAKEN = "split.file-taken"
    SPLIT_STEP_EDITED = "split.step-edited"
    SPLIT_PREVIEW_OUTDATED = "split.preview-outdated"
    SPLIT_NOT_MADE = "split.not-made"
    SPLIT_REPORT_NOT_FOUND = "split.report-not-found"

    RELEASE_VERSION_INVALID = "release.version-invalid"
    RELEASE_NOT_NEWER = "release.not-newer"
    RELEASE_NO_GIT = "release.no-git"
    RELEASE_NO_REPOSITORY = "release.no-repository"
    RELEASE_GIT_FAILED = "release.git-failed"
    RELEASE_GIT_TIMED_OUT = "release.git-timed-out"
    RELEASE_NO_CREDENTIALS = "release.no-credentials"
    RELEASE_REMOTE_UNREACHABLE = "release.remote-unreachable"
    RELEASE_CHECKS_FAILED = "release.checks-failed"
    RELEASE_OPERATION_OPEN = "release.operation-open"
    RELEASE_NO_COMMITS = "release.no-commits"
    RELEASE_DETACHED = "release.detached"
    RELEASE_NO_IDENTITY = "release.no-identity"
    RELEASE_REMOTE_UNCLEAR = "release.remote-unclear"
    RELEASE_NO_REMOTE = "release.no-remote"
    RELEASE_BY_BOT = "release.by-bot"
    RELEASE_NO_FORGE = "release.no-forge"
    RELEASE_BRANCH_TAKEN = "release.branch-taken"
    RELEASE_PLAN_OUTDATED = "release.plan-outdated"
    RELEASE_TAG_TAKEN = "release.tag-taken"
    RELEASE_REMOTE_MOVED = "release.remote-moved"
    RELEASE_COMMIT_FAILED = "release.commit-failed"
    RELEASE_TAG_FAILED = "release.tag-failed"
    RELEASE_PUSH_REJECTED = "release.push-rejected"
    RELEASE_RUNNING = "release.running"
    RELEASE_UNFINISHED = "release.unfinished"
    RELEASE_NONE = "release.none"
    RELEASE_IS_OUT = "release.is-out"
    RELEASE_MOVED_ON = "release.moved-on"
    RELEASE_JOURNAL_FAILED = "release.journal-failed"
    RELEASE_NOT_AGREED = "release.not-agreed"
    RELEASE_SETTINGS_INVALID = "release.settings-invalid"
    RELEASE_VERSIONS_DIFFER = "release.versions-differ"
    RELEASE_NO_VERSION = "release.no-version"
    RELEASE_NO_GIT_CLIFF = "release.no-git-cliff"
    RELEASE_CHANGES_UNREADABLE = "release.changes-unreadable"

    BOT_REQUEST_UNKNOWN = "bot.request-unknown"
    BOT_TAG_INVALID = "bot.tag-invalid"
    BOT_OWNERS_INVALID = "bot.owners-invalid"

    FORGE_SETTINGS_INVALID = "forge.settings-invalid"
    FORGE_NO_CLIENT = "forge.no-client"
    FORGE_NO_CREDENTIALS = "forge.no-credentials"
    FORGE_NO_HELPER = "forge.no-helper"
    FORGE_REFUSED = "forge.refused"
    FORGE_NOT_FOUND = "forge.not-found"
    FORGE_TAKEN = "forge.taken"
    FORGE_BUSY = "forge.busy"
    FORGE_UNREACHABLE = "forge.unreachable"
    FORGE_TIMED_OUT = "forge.timed-out"
    FORGE_FAILED = "forge.failed"

    VERIFY_KERNEL_FAILED = "verify.kernel-failed"
    VERIFY_PROJECT_TOO_LARGE = "verify.project-too-large"
    VERIFY_COPY_FAILED = "verify.copy-failed"
    VERIFY_NO_NBDIME = "verify.no-nbdime"

    PIPELINE_INVALID = "pipeline.invalid"
    PIPELINE_UNSUPPORTED_VERSION = "pipeline.unsupported-version"
    PIPELINE_CYCLE = "pipeline.cycle"
    PIPELINE_FOREIGN = "pipeline.foreign"
    PIPELINE_NEEDS_EDITOR = "pipeline.needs-editor"

    RUN_LOST = "run.lost"
    RUN_BUSY = "run.busy"
    RUN_NOT_FOUND = "run.not-found"
    RUN_NODE_UNSUPPORTED = "run.node-unsupported"
    RUN_FILE_MISSING = "run.file-missing"
    RUN_STEP_UNKNOWN = "run.step-unknown"
    RUN_PARAMETER_INVALID = "run.parameter-invalid"
    RUN_KERNEL_FAILED = "run.kernel-failed"
    RUN_WRITE_FAILED = "run.write-failed"
    RUN_STEP_FAILED = "run.step-failed"

    PIPELINE_OTHER_ENGINE = "pipeline.other-engine"
    PIPELINE_HOLDS_KEYS = "pipeline.holds-keys"
    RUN_NOT_REMOTE = "run.not-remote"
    ELYRA_MISSING = "elyra.missing"
    ELYRA_REFUSED = "elyra.refused"
    ELYRA_FAILED = "elyra.failed"
    ELYRA_TIMED_OUT = "elyra.timed-out"
    RUNTIME_NOT_FOUND = "runtime.not-found"
    RUNTIME_INVALID = "runtime.invalid"
    RUNTIME_IN_REPOSITORY = "runtime.in-repository"
    SERVICE_UNREACHABLE = "service.unreachable"
    SERVICE_TIMED_OUT = "service.timed-out"
    SERVICE_REFUSED = "service.refused"
    SERVICE_NOT_FOUND = "service.not-found"
    SERVICE_FAILED = "service.failed"
    STORAGE_REFUSED = "storage.refused"
    STORAGE_NOT_FOUND = "storage.not-found"
    STORAGE_FAILED = "storage.failed"

    METADATA_TAKEN = "metadata.taken"
    METADATA_WRITE_FAILED = "metadata.write-failed"

    CONFIGURATION_UNKNOWN = "configuration.unknown"
    CONFIGURATION_NOT_FOUND = "configuration.not-found"
    CONFIGURATION_CHANGED = "configuration.changed"
    SETUP_UNKNOWN = "setup.unknown"

    PROJECT_PREVIEW_OUTDATED = "project.preview-outdated"
    PROJECT_IS_HOME = "project.is-home"

    JOB_NOT_FOUND = "job.not-found"
    JOB_LOST = "job.lost"
    JOB_CANCELLED = "job.cancelled"
    JOB_ELSEWHERE = "job.elsewhere"
    JOB_STOPPING = "job.stopping"


class AidevsecopsError(Exception):
    """What went wrong, where, and what to do: the only errors that faces show to users.

    ``message`` and ``hint`` are sentences for a person and never hold a secret or a traceback;
    ``details`` is for machines (paths, cells, names).
    """

    def __init__(
        self,
        code: ErrorCode,
        message: str,
        *,
        hint: str = "",
        details: Mapping[str, Json] | None = None,
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.hint = hint
        self.details: dict[str, Json] = dict(details or {})


class UserError(AidevsecopsError):
    """The request itself is malformed."""


class NotFoundError(AidevsecopsError):
    """The thing asked for does not exist."""


class ConflictError(AidevsecopsError):
    """The thing changed meanwhile, or is busy."""


class RefusedError(AidevsecopsError):
    """The request is well-formed, but what it asks for cannot or must not be done."""


class ToolMissingError(AidevsecopsError):
    """A program or an optional package that this needs is not installed."""


class OutsideFailedError(AidevsecopsError):
    """Something outside (index, disk, child process) failed."""


class TimedOutError(AidevsecopsError):
    """Something outside did not answer in time."""


class CancelledError(AidevsecopsError):
    """The user cancelled."""

    def __init__(self) -> None:
        super().__init__(ErrorCode.JOB_CANCELLED, "Cancelled.")
