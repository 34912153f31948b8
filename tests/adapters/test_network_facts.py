"""Which configured hosts are found to answer."""

from __future__ import annotations

from pathlib import Path

import pytest

from aidevsecops_ext.adapters.index_addresses import IndexAddresses
from aidevsecops_ext.adapters.network_facts import ConfiguredHosts
from aidevsecops_ext.domain.errors import ErrorCode, OutsideFailedError
from tests.fakes.cancel import FakeCancelToken
from tests.kits.loopback import Said, serve

CANCEL = FakeCancelToken()
# Nobody answers on the port for discarding.
SILENT = "http://127.0.0.1:9"


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package index that is a folder, and the only one."""
    folder = tmp_path / "index"
    (folder / "pip").mkdir(parents=True)
    (folder / "pip" / "index.html").write_text("<a href='pip-1-py3-none-any.whl'>pip</a>")
    for name in ("PIP_CONFIG_FILE", "PIP_EXTRA_INDEX_URL", "PIP_INDEX_URL", "UV_INDEX"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null")
    monkeypatch.setenv("UV_NO_CONFIG", "1")
    monkeypatch.setenv("UV_DEFAULT_INDEX", folder.as_uri())
    return folder


@pytest.mark.needs_uv
def test_an_index_answers_with_or_without_the_package(index: Path, tmp_path: Path) -> None:
    hosts = ConfiguredHosts(IndexAddresses(tmp_path, timeout=10.0), timeout=10.0)

    [url] = hosts.indexes(CANCEL)
    hosts.ask_index(url, CANCEL)
    (index / "pip" / "index.html").unlink()
    hosts.ask_index(url, CANCEL)

    assert url == index.as_uri()


@pytest.mark.needs_uv
def test_an_index_that_is_silent_is_told_of(
    index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert index.is_dir()
    monkeypatch.setenv("UV_DEFAULT_INDEX", f"http://jo:very-secret@{SILENT[7:]}/simple")
    hosts = ConfiguredHosts(IndexAddresses(tmp_path, timeout=10.0), timeout=10.0)
    [url] = hosts.indexes(CANCEL)

    with pytest.raises(OutsideFailedError, match="cannot be asked") as told:
        hosts.ask_index(url, CANCEL)

    assert "very-secret" not in f"{url} {told.value.message} {told.value.hint}"


@pytest.mark.needs_uv
def test_an_index_that_does_not_let_us_in_is_told_of(
    index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert index.is_dir()
    with serve(lambda _: Said(403)) as service:
        monkeypatch.setenv("UV_DEFAULT_INDEX", f"{service.url}/simple")
        hosts = ConfiguredHosts(IndexAddresses(tmp_path, timeout=10.0), timeout=10.0)
        [url] = hosts.indexes(CANCEL)
        with pytest.raises(OutsideFailedError, match="does not let us in: it answered 403"):
            hosts.ask_index(url, CANCEL)


def test_an_address_is_reached_where_anything_answers(tmp_path: Path) -> None:
    hosts = ConfiguredHosts(IndexAddresses(tmp_path, timeout=10.0), timeout=10.0)

    hosts.reach(tmp_path.as_uri(), CANCEL)
    hosts.reach((tmp_path / "gone").as_uri(), CANCEL)
    with pytest.raises(OutsideFailedError) as told:
        hosts.reach(SILENT, CANCEL)

    assert told.value.code is ErrorCode.SERVICE_UNREACHABLE
