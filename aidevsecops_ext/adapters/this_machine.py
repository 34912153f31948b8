"""The machine that this runs on."""

from __future__ import annotations

import os
import sys

from ..domain.target import platform_words

# Systems whose minor versions run the same programs.
_MAJOR_ONLY = frozenset({"rhel", "ubi", "centos", "rocky", "almalinux"})


def platform_tags_of_this_machine() -> tuple[str, ...]:
    """The platform tags of wheels that fit, the best first (PEP 425)."""
    from packaging.tags import platform_tags

    return (*platform_tags(),)


def platform_of_this_machine() -> str:
    """The platform in words, such as ``Linux x86-64``."""
    if sys.platform == "win32":
        import platform

        return platform_words(platform.system(), platform.machine())
    else:  # noqa: RET505 - the type checker reads only the branch of its own platform
        # What ``platform`` would say too, but it takes long to import.
        name = os.uname()
        return platform_words(name.sysname, name.machine)


def operating_system_of_this_machine() -> tuple[str | None, str | None]:
    """The system's name and version as ``.thoth.yaml`` has them; None where it does not say."""
    import platform

    try:
        release = platform.freedesktop_os_release()
    except OSError:
        return None, None
    name, version = release.get("ID"), release.get("VERSION_ID")
    if version and name in _MAJOR_ONLY:
        version = version.partition(".")[0]
    return name, version
