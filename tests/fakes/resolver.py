"""A resolver that pins every requirement to a version that a test chooses."""

from __future__ import annotations

from collections.abc import Mapping

from aidevsecops_ext.app.ports import CancelToken, Progress, Resolution, ResolveRequest
from aidevsecops_ext.domain.errors import AidevsecopsError
from aidevsecops_ext.domain.lock import LockedPackage
from aidevsecops_ext.domain.requirements import DEFAULT_INDEX_NAME, Index


class FakeResolver:
    """Keeps preferred versions, else takes ``versions``, else ``1.0``; records its requests."""

    engine = "fake"

    def __init__(
        self,
        versions: Mapping[str, str] | None = None,
        error: AidevsecopsError | None = None,
        default_index: Index | None = None,
    ) -> None:
        self.versions = dict(versions or {})
        self.error = error
        self.default_index = default_index or Index(
            DEFAULT_INDEX_NAME, "https://index.example/simple"
        )
        self.requests: list[ResolveRequest] = []

    def missing(self) -> str | None:
        return None

    def resolve(
        self, request: ResolveRequest, progress: Progress, cancel: CancelToken
    ) -> Resolution:
        self.requests.append(request)
        cancel.raise_if_cancelled()
        progress.report(f"Resolving for {request.target.describe()}")
        if self.error is not None:
            raise self.error
        kept = {package.key: package.version for package in request.preferred}
        return Resolution(
            packages=tuple(
                LockedPackage(
                    name=requirement.key,
                    version=kept.get(requirement.key) or self.versions.get(requirement.key, "1.0"),
                    hashes=(f"sha256:{requirement.key}",),
                    index=requirement.index,
                    is_dev=requirement.is_dev,
                )
                for requirement in request.requirements
            ),
            default_index=self.default_index,
        )
