"""Make the release of a tag on a forge, and take it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from ..domain.errors import AidevsecopsError, ConflictError, ErrorCode, NotFoundError
from ..domain.versions import parse_version
from .find_forge import forge_of, is_for_people
from .forge_ports import NewRelease

if TYPE_CHECKING:
    from ..domain.release_record import ReleasePage, ReleaseRecord
    from .git_ports import CutPorts
    from .ports import CancelToken, Progress


def make_page(
    record: ReleaseRecord,
    page: ReleasePage,
    ports: CutPorts,
    progress: Progress,
    cancel: CancelToken,
) -> ReleasePage:
    """The release on the forge: one that is there already, else a new one.

    Where we are not let in it is left to people: then ``note`` says so.

    Raises:
        ConflictError: the remote has not the tag any more.
        AidevsecopsError: the remote or the forge failed.
        CancelledError: cancelled.
    """
    progress.report(f"Making the release on {page.place}", 0.9)
    _refuse_without_tag(record, ports, cancel)
    try:
        forge = forge_of(page.remote_url, ports.forges)
        made = forge.release(record.tag, cancel) or forge.create_release(_new(record), cancel)
    except AidevsecopsError as error:
        if not is_for_people(error):
            raise
        return replace(page, note=f"{page.place} has no release of it. {error.message}")
    return replace(page, url=made.url, note="")


def delete_page(
    record: ReleaseRecord, page: ReleasePage, ports: CutPorts, cancel: CancelToken
) -> tuple[str, ...]:
    """What stays on the forge, in a sentence.

    Raises:
        AidevsecopsError: the forge failed.
        CancelledError: cancelled.
    """
    try:
        forge_of(page.remote_url, ports.forges).delete_release(record.tag, cancel)
    except NotFoundError:
        return ()
    except AidevsecopsError as error:
        if not is_for_people(error):
            raise
        return (f"The release on {page.place} stays ({page.url}). {error.message}",)
    return ()


def _refuse_without_tag(record: ReleaseRecord, ports: CutPorts, cancel: CancelToken) -> None:
    """Return when the remote has the tag: some forges would make another one."""
    remote = record.remote or ""
    refs = ports.git.remote_refs(remote, record.remote_branch, record.tag, cancel)
    if refs.tag is None or refs.tag != record.tag_id:
        raise ConflictError(
            ErrorCode.RELEASE_REMOTE_MOVED,
            f"'{remote}' has not the tag '{record.tag}' of the release any more.",
            hint="Who deleted it? 'aidevsecops release undo --published' takes back the rest.",
            details={"remote": remote, "tag": record.tag},
        )


def _new(record: ReleaseRecord) -> NewRelease:
    version = parse_version(record.version)
    return NewRelease(
        record.tag, record.tag, record.notes, is_prerelease=version.prerelease is not None
    )
