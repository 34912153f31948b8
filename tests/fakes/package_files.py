"""An index that knows the addresses of files."""

from __future__ import annotations

from collections.abc import Mapping

from aidevsecops_ext.app.ports import CancelToken, ResolveRequest
from aidevsecops_ext.domain.exchange import PackageFile


class FakePackageFiles:
    """Answers the files that it was given; remembers what it was asked."""

    def __init__(self, files: Mapping[str, tuple[PackageFile, ...]] | None = None) -> None:
        self.known = dict(files or {})
        self.asked: list[ResolveRequest] = []

    def files(
        self, request: ResolveRequest, cancel: CancelToken
    ) -> Mapping[str, tuple[PackageFile, ...]]:
        cancel.raise_if_cancelled()
        self.asked.append(request)
        return self.known
