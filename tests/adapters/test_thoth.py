"""Thoth as an engine: the real thamos, and a service of the test's own that its API judges."""

from __future__ import annotations

import json
import os
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
import yaml
from openapi_core import OpenAPI
from openapi_core.testing import MockRequest, MockResponse

from aidevsecops_ext.adapters.thamos_environment import own_folder
from aidevsecops_ext.adapters.thoth import ThothResolver
from aidevsecops_ext.app.ports import Resolution, ResolveRequest
from aidevsecops_ext.domain.errors import (
    AidevsecopsError,
    CancelledError,
    ErrorCode,
    RefusedError,
)
from aidevsecops_ext.domain.recommendation import RecommendationType
from aidevsecops_ext.domain.requirements import Index, Requirement
from aidevsecops_ext.domain.target import Target
from aidevsecops_ext.domain.thoth import ThothQuestion
from aidevsecops_ext.formats.pipfile import read_pipfile
from aidevsecops_ext.jobs.cancel import CancelSource
from tests.fakes.progress import FakeProgress
from tests.kits.processes import is_running, running_with_argument
from tests.kits.specs import THOTH, needs_thoth_api
from tests.kits.thoth_service import (
    ANALYSIS,
    HASH,
    Exchange,
    ThothService,
    needs_openssl,
    pin,
    serve_thoth,
)

pytestmark = [
    needs_openssl,
    pytest.mark.needs_uv,
    pytest.mark.online,
    pytest.mark.slow,
    # Installing thamos, once, takes a while on a slow network.
    pytest.mark.timeout(600),
    pytest.mark.skipif(sys.platform == "win32", reason="process groups are POSIX"),
]

TOKEN = "t0ken/with+signs"
SIX = {"default": {"six": pin("1.16.0")}}


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Jupyter's data folder, where thamos is installed by whoever needs it first."""
    return tmp_path_factory.mktemp("data")


@pytest.fixture(autouse=True)
def _own_surroundings(
    data: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(data))
    for name in [*os.environ]:
        if name.startswith(("THAMOS_", "THOTH_")):
            monkeypatch.delenv(name)
    temporary = tmp_path_factory.mktemp("temporary")
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))


@pytest.fixture
def service(tmp_path: Path) -> Iterator[ThothService]:
    with serve_thoth(ThothService(SIX), tmp_path) as serving:
        yield serving


def question(host: str, **fields: object) -> ThothQuestion:
    verify = bool(fields.pop("verify_tls", False))
    environment = {
        "name": "train",
        "operating_system": {"name": "rhel", "version": "8"},
        "python_version": "3.8",
        "labels": {"team": "research"},
    }
    config = {
        "host": host,
        "tls_verify": verify,
        "requirements_format": "pipenv",
        "runtime_environments": [environment],
    }
    asked: dict[str, object] = {
        "pipfile": '[packages]\nsix = ">=1.15"\n\n[requires]\npython_version = "3.8"\n',
        "recommendation": RecommendationType.STABLE,
        **fields,
    }
    return ThothQuestion(host, verify, json.dumps(config), "train", **asked)  # type: ignore[arg-type]


def resolve(
    asked: ThothQuestion,
    progress: FakeProgress | None = None,
    cancel: CancelSource | None = None,
) -> Resolution:
    resolver = ThothResolver(Path.cwd(), host="", timeout=300.0, index_timeout=60.0)
    request = ResolveRequest((Requirement("six", ">=1.15"),), Target("3.8"), "", thoth=asked)
    return resolver.resolve(request, progress or FakeProgress(), cancel or CancelSource())


def query(exchange: Exchange) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(exchange.target).query))


def left_behind() -> list[str]:
    return os.listdir(tempfile.gettempdir())


def test_resolve_gives_the_versions_of_the_service_and_shows_both_logs(
    service: ThothService,
) -> None:
    service.guidance = [{"type": "INFO", "message": "Well done", "link": "https://t.example/"}]
    progress = FakeProgress()

    resolution = resolve(question(service.host), progress)

    (package,) = resolution.packages
    assert (package.name, package.version, package.hashes) == ("six", "1.16.0", (HASH,))
    assert (package.index, resolution.indexes) == (None, ())
    assert resolution.default_index == Index("pypi", "https://index.example/simple")
    assert resolution.thoth is not None
    assert resolution.thoth.analysis_id == ANALYSIS
    assert resolution.thoth.config["host"] == service.host
    assert "Thoth: Found a stack" in progress.lines
    assert "Thoth: Well done (https://t.example/)" in progress.lines
    assert any(line.startswith("thamos: Successfully submitted") for line in progress.lines)
    assert ("Waiting for Thoth: the analysis is running", None) in progress.messages
    assert not any("aidevsecops-thoth-" in line for line in progress.lines)
    assert left_behind() == []


def test_resolve_asks_what_the_question_says(service: ThothService) -> None:
    asked = question(
        service.host,
        recommendation=RecommendationType.SECURITY,
        is_forced=True,
        is_dev=True,
    )

    resolve(asked)

    sent = service.advise.json()
    assert read_pipfile(sent["application_stack"]["requirements"])["packages"] == {"six": ">=1.15"}
    assert sent["labels"] == {"team": "research"}
    assert sent["runtime_environment"]["operating_system"] == {"name": "rhel", "version": "8"}
    assert "library_usage" not in sent
    words = query(service.advise)
    assert words["recommendation_type"] == "security"
    assert (words["force"], words["dev"]) == ("True", "True")
    assert "token" not in words


def test_resolve_fills_in_this_machine_when_the_question_is_for_it(service: ThothService) -> None:
    resolution = resolve(question(service.host, is_for_this_machine=True))

    sent = service.advise.json()["runtime_environment"]["operating_system"]
    assert set(sent) == {"name", "version"}
    assert resolution.thoth is not None
    assert json.dumps(sent) in json.dumps(resolution.thoth.config)


@needs_thoth_api
def test_every_exchange_is_as_thoth_describes_it(service: ThothService) -> None:
    assert THOTH is not None
    api = OpenAPI.from_dict(yaml.safe_load(THOTH.read_text(encoding="utf-8")))
    service.guidance = [{"type": "INFO", "message": "Well done", "link": "https://t.example/"}]
    resolve(question(service.host, is_forced=True, is_dev=True))
    service.error = "No six."
    with pytest.raises(RefusedError):
        resolve(question(service.host))

    described = [e for e in service.exchanges if e.target != "/api/v1"]
    assert {(e.method, e.status) for e in described} == {("POST", 202), ("GET", 202), ("GET", 200)}
    for exchange in described:
        request = MockRequest(
            "https://thoth.example",
            exchange.method.lower(),
            urlsplit(exchange.target).path,
            args=query(exchange),
            headers=exchange.headers,
            data=exchange.body or None,
            content_type="application/json",
        )
        api.validate_request(request)
        answer = MockResponse(
            exchange.answer, status_code=exchange.status, content_type="application/json"
        )
        api.validate_response(request, answer)


@pytest.mark.parametrize("may_send", [True, False])
def test_resolve_sends_the_token_only_where_it_may_and_never_shows_it(
    service: ThothService, monkeypatch: pytest.MonkeyPatch, may_send: bool
) -> None:
    monkeypatch.setenv("THAMOS_TOKEN", TOKEN)
    service.refusal = 401
    progress = FakeProgress()

    with pytest.raises(AidevsecopsError) as caught:
        resolve(question(service.host, may_send_token=may_send), progress)

    assert caught.value.code is ErrorCode.THOTH_REFUSED
    assert "The token is not valid." in caught.value.message
    assert query(service.advise).get("token") == (TOKEN if may_send else None)
    shown = str((progress.lines, progress.messages, caught.value.message, caught.value.details))
    assert TOKEN not in shown


def test_resolve_gives_thoths_own_justification_when_it_recommends_nothing(
    service: ThothService,
) -> None:
    service.error = "Cannot satisfy direct dependency six"
    service.guidance = [{"type": "ERROR", "message": "No six", "link": "https://t.example/six"}]

    with pytest.raises(RefusedError) as caught:
        resolve(question(service.host))

    error = caught.value
    assert error.code is ErrorCode.THOTH_NO_RECOMMENDATION
    assert "Cannot satisfy direct dependency six" in error.message
    assert error.details["justification"] == ["No six (https://t.example/six)"]
    assert error.details["requirements"] == ["six"]


@pytest.mark.parametrize(
    ("changes", "code", "words"),
    [
        ({"discovery": 503}, ErrorCode.THOTH_UNREACHABLE, "503"),
        ({"discovery": 404}, ErrorCode.THOTH_BAD_ANSWER, "HTTP 404"),
        ({"refusal": 400}, ErrorCode.THOTH_REFUSED, "HTTP 400"),
        ({"result": "nothing"}, ErrorCode.THOTH_BAD_ANSWER, "Invalid value"),
        ({"polls": None}, ErrorCode.THOTH_TIMED_OUT, "within 1 seconds"),
    ],
)
def test_resolve_says_what_is_wrong_with_the_service(
    service: ThothService, changes: dict[str, object], code: ErrorCode, words: str
) -> None:
    for name, value in changes.items():
        setattr(service, name, value)
    timeout = 1.0 if code is ErrorCode.THOTH_TIMED_OUT else None

    with pytest.raises(AidevsecopsError) as caught:
        resolve(question(service.host, timeout=timeout))

    assert caught.value.code is code
    assert words in caught.value.message
    assert service.host in caught.value.message


def test_resolve_names_the_certificate_when_it_is_not_trusted(service: ThothService) -> None:
    with pytest.raises(AidevsecopsError) as caught:
        resolve(question(service.host, verify_tls=True))

    assert caught.value.code is ErrorCode.THOTH_UNREACHABLE
    assert "certificate verify failed" in caught.value.message
    assert "tls_verify" in caught.value.hint


@pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc")
def test_resolve_leaves_nothing_running_when_cancelled(service: ThothService) -> None:
    service.polls = None
    cancel = CancelSource()
    errors: list[BaseException] = []

    def work() -> None:
        try:
            resolve(question(service.host), None, cancel)
        except CancelledError as error:
            errors.append(error)

    thread = threading.Thread(target=work)
    thread.start()
    assert service.is_polled.wait(300)
    running = running_with_argument(str(own_folder()))
    cancel.cancel()
    thread.join()

    assert len(errors) == 1
    assert running
    assert not any(is_running(pid) for pid in running)
    assert left_behind() == []


def test_resolve_repairs_its_environment_when_that_is_broken(service: ThothService) -> None:
    resolve(question(service.host))
    (package,) = own_folder().glob("lib/python*/site-packages/thamos/__init__.py")
    # Another file of that name: the old one may be uv's own, in its cache.
    package.unlink()
    package.write_text("import nothing_of_that_name\n")
    progress = FakeProgress()

    resolution = resolve(question(service.host), progress)

    assert [package.name for package in resolution.packages] == ["six"]
    assert "The environment of thamos is broken and is made anew." in progress.lines


def test_resolve_installs_nothing_when_the_service_is_not_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path / "data"))

    for host in ("127.0.0.1:9", "no-such.example"):
        with pytest.raises(AidevsecopsError) as caught:
            resolve(question(host))

        assert caught.value.code is ErrorCode.THOTH_UNREACHABLE
        assert host in caught.value.message
    assert not (tmp_path / "data").exists()


def test_resolve_refuses_when_there_is_no_question() -> None:
    resolver = ThothResolver(Path.cwd(), host="", timeout=1.0, index_timeout=1.0)

    with pytest.raises(RefusedError, match="notebooks only"):
        resolver.resolve(ResolveRequest((), Target("3.8"), ""), FakeProgress(), CancelSource())


def test_missing_asks_for_a_service_when_the_settings_name_none() -> None:
    resolver = ThothResolver(Path.cwd(), host="", timeout=1.0, index_timeout=1.0)
    named = ThothResolver(Path.cwd(), host="a.example", timeout=1.0, index_timeout=1.0)

    assert "thoth_host" in (resolver.missing() or "")
    assert named.missing() is None
