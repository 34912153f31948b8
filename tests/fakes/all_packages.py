"""An index that has every package, with the hashes that the fake resolver locks."""

from __future__ import annotations

from collections.abc import Mapping

from aidevsecops_ext.app.ports import CancelToken, ResolveRequest
from aidevsecops_ext.domain.exchange import PackageFile


class AllPackages:
    """Has one wheel of each package that is asked for."""

    def files(
        self, request: ResolveRequest, cancel: CancelToken
    ) -> Mapping[str, tuple[PackageFile, ...]]:
        cancel.raise_if_cancelled()
        return {
            asked.key: (
                PackageFile(f"https://index.example/{asked.key}.whl", f"sha256:{asked.key}"),
            )
            for asked in request.requirements
        }
