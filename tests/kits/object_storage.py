"""Object storage that speaks S3, on loopback: moto's, in the environment that has Elyra."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from aidevsecops_ext.adapters.s3 import BucketPlace
from aidevsecops_ext.formats.s3_signature import StorageKeys
from tests.kits.elyra import PYTHON

_SCRIPT = Path(__file__).with_name("child_scripts") / "object_storage.py"


@dataclass(frozen=True)
class ObjectStorage:
    """Storage that lets one account in."""

    url: str
    keys: StorageKeys
    _process: subprocess.Popen[str]

    def place(self, bucket: str) -> BucketPlace:
        """Where a bucket is, for those whom it lets in."""
        return BucketPlace(self.url, bucket, self.keys)

    def store(self, bucket: str, objects: Mapping[str, str]) -> None:
        """Have a bucket that holds these texts."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps([bucket, dict(objects)]) + "\n")
        self._process.stdin.flush()
        assert self._process.stdout.readline() == "stored\n"


@contextmanager
def serve_storage() -> Iterator[ObjectStorage]:
    """Storage that is there until the block ends."""
    with subprocess.Popen(
        [PYTHON, _SCRIPT],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            url, access, secret = json.loads(process.stdout.readline())
            yield ObjectStorage(url, StorageKeys(access, secret), process)
        finally:
            process.stdin.close()
            process.wait(timeout=20)
