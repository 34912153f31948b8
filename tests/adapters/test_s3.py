"""Tests of object storage: moto's, which looks at keys, signatures and rights."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from msgspec.structs import replace

from aidevsecops_ext.adapters.s3 import Bucket, BucketPlace
from aidevsecops_ext.domain.errors import AidevsecopsError, ErrorCode, TimedOutError
from aidevsecops_ext.formats.s3_signature import StorageKeys
from tests.fakes.cancel import FakeCancelToken
from tests.kits.elyra import needs_elyra
from tests.kits.loopback import Heard, Said, serve
from tests.kits.object_storage import ObjectStorage, serve_storage


@pytest.fixture(scope="module")
def storage() -> Iterator[ObjectStorage]:
    with serve_storage() as served:
        served.store(
            "steps", {"run 1/über+train.log": "loss 0.1\n", "run 1/z.csv": "a,b", "run 2/a": ""}
        )
        yield served


def _bucket(place: BucketPlace) -> Bucket:
    return Bucket(place, timeout=20)


def _code(place: BucketPlace, key: str = "") -> ErrorCode:
    with pytest.raises(AidevsecopsError) as caught:
        _bucket(place).read(key, FakeCancelToken()) if key else _bucket(place).check(
            FakeCancelToken()
        )
    return caught.value.code


@needs_elyra
def test_bucket_lists_and_reads_what_is_stored(storage: ObjectStorage) -> None:
    bucket = _bucket(storage.place("steps"))

    bucket.check(FakeCancelToken())
    found = bucket.list("run 1/", FakeCancelToken())

    assert [(one.key, one.size) for one in found] == [
        ("run 1/z.csv", 3),
        ("run 1/über+train.log", 9),
    ]
    assert bucket.read("run 1/über+train.log", FakeCancelToken()) == b"loss 0.1\n"


@needs_elyra
def test_bucket_says_what_is_not_there(storage: ObjectStorage) -> None:
    assert _code(storage.place("others")) is ErrorCode.STORAGE_NOT_FOUND
    assert _code(storage.place("steps"), "run 3/a.log") is ErrorCode.STORAGE_NOT_FOUND


@needs_elyra
@pytest.mark.parametrize(
    ("access", "secret", "named"), [("nobody", None, "access key"), (None, "wrong", "secret key")]
)
def test_bucket_says_which_key_is_wrong(
    storage: ObjectStorage, access: str | None, secret: str | None, named: str
) -> None:
    keys = StorageKeys(access or storage.keys.access, secret or storage.keys.secret)

    with pytest.raises(AidevsecopsError, match=named) as caught:
        _bucket(replace(storage.place("steps"), keys=keys)).check(FakeCancelToken())

    assert caught.value.code is ErrorCode.STORAGE_REFUSED
    assert storage.keys.secret not in str(caught.value.details)


def test_bucket_says_when_nobody_answers() -> None:
    place = BucketPlace("http://127.0.0.1:9", "steps", StorageKeys("a", "b"))

    assert _code(place) is ErrorCode.SERVICE_UNREACHABLE
    assert _code(replace(place, endpoint="ftp://127.0.0.1")) is ErrorCode.SERVICE_UNREACHABLE


def test_bucket_is_asked_again_in_its_region() -> None:
    elsewhere = b"<Error><Code>AuthorizationHeaderMalformed</Code><Region>eu-1</Region></Error>"

    def answer(heard: Heard) -> Said:
        is_right = "/eu-1/s3/" in heard.headers["authorization"]
        return Said(200, b"<ListBucketResult/>") if is_right else Said(400, elsewhere)

    with serve(answer) as served:
        bucket = _bucket(BucketPlace(served.url, "steps", StorageKeys("a", "b")))
        bucket.check(FakeCancelToken())
        bucket.check(FakeCancelToken())

    assert [said.status for _, said in served.exchanges] == [400, 200, 200]


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (Said(302, headers={"Location": "http://elsewhere.example/"}), ErrorCode.STORAGE_FAILED),
        (Said(200, b"<p>Welcome"), ErrorCode.STORAGE_FAILED),
        (Said(403), ErrorCode.STORAGE_REFUSED),
    ],
)
def test_bucket_says_when_that_is_no_storage(said: Said, code: ErrorCode) -> None:
    with serve(lambda _heard: said) as served:
        bucket = _bucket(BucketPlace(served.url, "steps", StorageKeys("a", "b")))
        with pytest.raises(AidevsecopsError) as caught:
            bucket.list("", FakeCancelToken())

    assert caught.value.code is code


def test_bucket_says_when_no_answer_comes_in_time() -> None:
    stop = threading.Event()

    def answer(_heard: Heard) -> Said:
        stop.wait(20)
        return Said(200)

    with serve(answer) as served:
        bucket = Bucket(BucketPlace(served.url, "steps", StorageKeys("a", "b")), timeout=0.2)
        with pytest.raises(TimedOutError):
            bucket.check(FakeCancelToken())
        stop.set()


def test_bucket_is_listed_page_by_page() -> None:
    first = b"<ListBucketResult><Contents><Key>a</Key><Size>1</Size></Contents>"
    first += b"<NextContinuationToken>n</NextContinuationToken></ListBucketResult>"
    last = b"<ListBucketResult><Contents><Key>b</Key><Size>1</Size></Contents></ListBucketResult>"

    def answer(heard: Heard) -> Said:
        return Said(200, last if heard.query.get("continuation-token") == "n" else first)

    with serve(answer) as served:
        bucket = _bucket(BucketPlace(served.url, "steps", StorageKeys("a", "b")))
        found = bucket.list("", FakeCancelToken())

    assert [one.key for one in found] == ["a", "b"]
