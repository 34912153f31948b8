"""The example project, as it comes with the package."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ..domain.errors import ErrorCode, OutsideFailedError

if TYPE_CHECKING:
    from collections.abc import Mapping

_PACKAGE = Path(__file__).parents[1]
# In a wheel they are in the package; in a working copy beside it.
_PLACES = (_PACKAGE / "examples", _PACKAGE.parent / "examples")
# What notebooks and tools make, which a working copy may have.
_LEFT_OUT = frozenset(
    ("data", "models", "reports", "__pycache__", ".ipynb_checkpoints", ".venv", ".mypy_cache")
)


class PackagedExamples:
    """The port ``ExampleFiles``."""

    def __init__(self, places: tuple[Path, ...] = _PLACES) -> None:
        self._places = places

    def texts(self) -> Mapping[str, str]:
        """The text of each file by its path in the project.

        Raises:
            OutsideFailedError: they are not where this package was installed.
        """
        source = next((place for place in self._places if place.is_dir()), None)
        if source is None:
            raise OutsideFailedError(
                ErrorCode.EXAMPLES_MISSING,
                "The examples are not there: the package was installed without them.",
                hint="Install aidevsecops-ext again.",
            )
        paths = (path for path in sorted(source.rglob("*")) if path.is_file())
        return {
            inside.as_posix(): (source / inside).read_text(encoding="utf-8")
            for path in paths
            if _LEFT_OUT.isdisjoint((inside := path.relative_to(source)).parts)
        }
