"""A Thoth service that recommends what a test chooses."""

from __future__ import annotations

from msgspec.structs import replace

from aidevsecops_ext.app.ports import CancelToken, Progress, Resolution, ResolveRequest
from aidevsecops_ext.domain.requirements import Index
from aidevsecops_ext.domain.thoth import ThothQuestion, ThothRecord

from .resolver import FakeResolver

RECORD = ThothRecord({"host": "thoth.example"}, "adviser-1-2")


class FakeThoth(FakeResolver):
    """A resolver that is a Thoth service; ``question`` is the one that it was asked."""

    engine = "thoth"
    indexes: tuple[Index, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def question(self) -> ThothQuestion:
        (request,) = self.requests
        assert request.thoth is not None
        return request.thoth

    def resolve(
        self, request: ResolveRequest, progress: Progress, cancel: CancelToken
    ) -> Resolution:
        found = super().resolve(request, progress, cancel)
        return replace(found, indexes=self.indexes, notes=self.notes, thoth=RECORD)
