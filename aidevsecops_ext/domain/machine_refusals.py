"""What the operating system refuses where nobody foresaw it: no mistake of this program."""

from __future__ import annotations

import errno

from .errors import ErrorCode, OutsideFailedError

_NO_ROOM = frozenset({errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)})
_NO_RIGHT = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
_NO_DISK = frozenset({errno.EIO, errno.EBUSY, getattr(errno, "ESTALE", errno.EIO), errno.ENOLCK})
_NO_MORE = frozenset({errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.EAGAIN})
_HINTS = {
    _NO_ROOM: "Free some space, or name another folder for temporary files (TMPDIR).",
    _NO_RIGHT: "Look at whose file or folder it is, and at its permissions.",
    _NO_DISK: "Try again; if it stays so, the disk or its server has a fault.",
    _NO_MORE: "End other programs, or raise the limits of this one (ulimit).",
}


def refusal_of(error: BaseException) -> OutsideFailedError | None:
    """The error to show for one of the operating system; None where it says another thing."""
    if not isinstance(error, OSError) or error.errno is None:
        return None
    hint = next((hint for numbers, hint in _HINTS.items() if error.errno in numbers), None)
    if hint is None:
        return None
    where = f" ({error.filename})" if isinstance(error.filename, str) else ""
    return OutsideFailedError(
        ErrorCode.MACHINE_REFUSED,
        f"The operating system refuses: {error.strerror}{where}.",
        hint=hint,
    )
