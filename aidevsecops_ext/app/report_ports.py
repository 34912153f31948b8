"""What keeping reports needs of the outside, as a protocol."""

from __future__ import annotations

from typing import Protocol


class Reports(Protocol):
    """Pages that were made of verifications; only the newest are kept."""

    def keep(self, page: str) -> str:
        """The name under which the page can be read from now on.

        Raises:
            OutsideFailedError: the operating system refuses.
        """
        ...

    def read(self, name: str) -> str:
        """The page of that name.

        Raises:
            NotFoundError: there is none, or it is no longer kept.
        """
        ...
