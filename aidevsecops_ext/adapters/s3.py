"""A bucket of object storage that speaks S3, with nothing but the standard library."""

from __future__ import annotations

from datetime import datetime, timezone
from http import HTTPStatus
from typing import TYPE_CHECKING, TypeVar

from msgspec import Struct

from ..domain.errors import ErrorCode, NotFoundError, OutsideFailedError, RefusedError
from ..formats.s3_answers import read_list, read_refusal
from ..formats.s3_signature import StorageKeys, address_of, signed_headers
from .cancellable import run_cancellable
from .service_http import Question, Reply, ask, place_of, strange_answer

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..app.ports import CancelToken
    from ..domain.errors import AidevsecopsError
    from ..domain.json_value import Json
    from ..domain.stored_object import StoredObject

T = TypeVar("T")

_FIRST_REGION = "us-east-1"
_PAGES = 20
_BAD_KEYS = {"InvalidAccessKeyId": "access key", "SignatureDoesNotMatch": "secret key"}


class BucketPlace(Struct, frozen=True):
    """Where a bucket is, and what lets somebody in."""

    endpoint: str
    bucket: str
    keys: StorageKeys


class Bucket:
    """A bucket; the region that its service wants requests to be signed for is found out."""

    def __init__(self, place: BucketPlace, *, timeout: float) -> None:
        self._place = place
        self._timeout = timeout
        self._region = _FIRST_REGION

    def check(self, cancel: CancelToken) -> None:
        """Make sure that the bucket is there and lets us in.

        Raises:
            RefusedError: the keys are wrong, or may not.
            NotFoundError: there is no such bucket.
            OutsideFailedError: the service cannot be reached, or answers something else.
            TimedOutError: it does not answer in time.
            CancelledError: cancelled.
        """
        run_cancellable(lambda: self._get("", {"list-type": "2", "max-keys": "1"}), cancel)

    def list(self, prefix: str, cancel: CancelToken) -> tuple[StoredObject, ...]:
        """The objects whose keys begin so, in their order; the first twenty thousand.

        Raises:
            AidevsecopsError: as ``check``.
        """
        return run_cancellable(lambda: self._list(prefix), cancel)

    def read(self, key: str, cancel: CancelToken) -> bytes:
        """What an object holds, up to twenty megabytes.

        Raises:
            AidevsecopsError: as ``check``; ``NotFoundError`` also when there is no such object.
        """
        return run_cancellable(lambda: self._get(key, {}).body, cancel)

    def _list(self, prefix: str) -> tuple[StoredObject, ...]:
        found: list[StoredObject] = []
        query = {"list-type": "2", "prefix": prefix}
        for _ in range(_PAGES):
            page = self._understood(lambda: read_list(self._get("", query).text))
            found += page.objects
            if not page.next_page:
                break
            query["continuation-token"] = page.next_page
        return tuple(found)

    def _get(self, key: str, query: dict[str, str]) -> Reply:
        reply = self._ask(key, query)
        refusal = read_refusal(reply.text) if reply.status >= HTTPStatus.BAD_REQUEST else None
        if refusal and refusal.region not in ("", self._region):
            self._region = refusal.region
            reply = self._ask(key, query)
        if reply.status != HTTPStatus.OK:
            raise self._refusal(reply, key)
        return reply

    def _ask(self, key: str, query: dict[str, str]) -> Reply:
        place = self._place
        url = address_of(place.endpoint, f"{place.bucket}/{key}".rstrip("/"), query)
        now = datetime.now(timezone.utc)
        headers = signed_headers("GET", url, place.keys, self._region, now)
        return ask(Question(url, headers=headers, timeout=self._timeout))

    def _understood(self, read: Callable[[], T]) -> T:
        try:
            return read()
        except ValueError as error:
            raise self._strange(str(error)) from error

    def _refusal(self, reply: Reply, key: str) -> AidevsecopsError:
        code = read_refusal(reply.text).code
        where, bucket = place_of(self._place.endpoint), self._place.bucket
        details: dict[str, Json] = {
            "service": where,
            "bucket": bucket,
            "status": reply.status,
            "code": code,
        }
        if code in _BAD_KEYS:
            return RefusedError(
                ErrorCode.STORAGE_REFUSED,
                f"Object storage at {where} does not accept the {_BAD_KEYS[code]}.",
                hint="Correct user name and password of object storage in the runtime "
                "configuration.",
                details=details,
            )
        if reply.status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN):
            return RefusedError(
                ErrorCode.STORAGE_REFUSED,
                f"Object storage at {where} does not let these credentials into bucket {bucket}.",
                hint="Give them the right to list, read and write there.",
                details=details,
            )
        if reply.status == HTTPStatus.NOT_FOUND and key:
            return NotFoundError(
                ErrorCode.STORAGE_NOT_FOUND,
                f"There is no {key} in bucket {bucket}.",
                hint="The step may not have come so far, or its image stores no output.",
                details={**details, "key": key},
            )
        if code == "NoSuchBucket":
            return NotFoundError(
                ErrorCode.STORAGE_NOT_FOUND,
                f"There is no bucket {bucket} at {where}.",
                hint="It is made when a pipeline is first submitted, if these credentials may; "
                "else ask for it.",
                details=details,
            )
        return self._strange(f"status {reply.status}{f', {code}' if code else ''}")

    def _strange(self, said: str) -> OutsideFailedError:
        hint = "Is that the address of object storage that speaks S3?"
        return strange_answer(ErrorCode.STORAGE_FAILED, self._place.endpoint, said, hint)
