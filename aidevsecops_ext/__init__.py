"""AIDevSecOps for JupyterLab: lock, split, release and run notebooks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ._version import __version__

if TYPE_CHECKING:
    from .magics.shell import Shell

__all__ = ["__version__"]


def _jupyter_labextension_paths() -> list[dict[str, str]]:
    """Where JupyterLab finds the prebuilt front end."""
    return [{"src": "labextension", "dest": "aidevsecops"}]


def _jupyter_server_extension_points() -> list[dict[str, object]]:
    """Where jupyter_server finds the server extension."""
    from .server.extension import AidevsecopsExtension

    return [{"module": "aidevsecops_ext", "app": AidevsecopsExtension}]


def load_ipython_extension(ipython: Shell) -> None:
    """What ``%load_ext aidevsecops_ext`` calls: makes ``%aidevsecops`` and ``%horus`` known."""
    from .magics.ipython import register

    register(ipython)
