"""What following runs elsewhere needs of the outside, as protocols."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from ..domain.remote_run import EngineRun
    from ..domain.stored_object import StoredObject
    from .ports import CancelToken


class EngineService(Protocol):
    """The service of an engine: Kubeflow Pipelines, or Airflow."""

    def check(self, cancel: CancelToken) -> None:
        """Make sure that it is there and lets us in.

        Raises:
            RefusedError: it does not let us in.
            OutsideFailedError: it cannot be reached, or is something else.
            TimedOutError: it does not answer in time.
            CancelledError: cancelled.
        """
        ...

    def read(self, run_id: str, cancel: CancelToken) -> EngineRun:
        """The run of that name; of unknown state where it tells nobody who has no account.

        Raises:
            NotFoundError: it has none.
            AidevsecopsError: as ``check``.
        """
        ...

    def stop(self, run_id: str, cancel: CancelToken) -> None:
        """Have it end a run.

        Raises:
            AidevsecopsError: as ``read``.
        """
        ...

    def retry(self, run_id: str, cancel: CancelToken) -> None:
        """Have it run again what failed in a run.

        Raises:
            RefusedError: it does not do that, or not in this state.
            AidevsecopsError: as ``read``.
        """
        ...


class ObjectStorage(Protocol):
    """The bucket of a runtime configuration."""

    def check(self, cancel: CancelToken) -> None:
        """Make sure that it is there and lets us in.

        Raises:
            RefusedError: it does not let us in.
            NotFoundError: there is no such bucket.
            OutsideFailedError: it cannot be reached, or is something else.
            TimedOutError: it does not answer in time.
            CancelledError: cancelled.
        """
        ...

    def list(self, prefix: str, cancel: CancelToken) -> tuple[StoredObject, ...]:
        """The objects whose keys begin so, in their order.

        Raises:
            AidevsecopsError: as ``check``.
        """
        ...

    def read(self, key: str, cancel: CancelToken) -> bytes:
        """What an object holds.

        Raises:
            AidevsecopsError: as ``check``.
        """
        ...
