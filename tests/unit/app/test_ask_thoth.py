"""Locks by a Thoth service, as far as they are decided before and after it is asked."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest

from aidevsecops_ext.app.ask_thoth import service_host
from aidevsecops_ext.app.audit_notebook import AuditPorts
from aidevsecops_ext.app.lock_notebook import LockOutcome, LockPorts, LockRequest, lock_notebook
from aidevsecops_ext.app.recommend import RecommendPorts
from aidevsecops_ext.domain.discovery import Discovery
from aidevsecops_ext.domain.errors import (
    AidevsecopsError,
    ErrorCode,
    OutsideFailedError,
    RefusedError,
    UserError,
)
from aidevsecops_ext.domain.json_value import Json
from aidevsecops_ext.domain.notebook import Cell, CellKind, Notebook
from aidevsecops_ext.domain.recommendation import RecommendationType
from aidevsecops_ext.domain.requirements import Index
from aidevsecops_ext.domain.target import TargetChoice
from aidevsecops_ext.domain.thoth import (
    ThothOptions,
    ThothQuestion,
    ThothSettings,
)
from aidevsecops_ext.formats.pipfile import read_pipfile
from tests.fakes.advisories import FakeAdvisories
from tests.fakes.cancel import FakeCancelToken
from tests.fakes.clock import FakeClock
from tests.fakes.files import FakeFiles
from tests.fakes.package_index import FakePackageIndex
from tests.fakes.progress import FakeProgress
from tests.fakes.resolver import FakeResolver
from tests.fakes.thoth import FakeThoth

PYPI: dict[str, Json] = {"name": "pypi", "url": "https://index.example/simple", "verify_ssl": True}
INTERNAL: dict[str, Json] = {
    "name": "internal",
    "url": "https://u:pw@internal.example/simple",
    "verify_ssl": True,
}
FILE = """\
host: thoth.example
tls_verify: false
runtime_environments:
  - name: first:8
    python_version: "3.8"
    operating_system: {name: rhel, version: "8"}
    recommendation_type: security
  - name: second
    python_version: "3.9"
    labels: {team: research}
"""
UNREACHABLE = OutsideFailedError(ErrorCode.THOTH_UNREACHABLE, "Thoth cannot be reached: gone.")


class FakeUv(FakeResolver):
    engine = "uv"


def notebook(pipfile: Mapping[str, Json] | None = None, **metadata: Json) -> Notebook:
    declared = pipfile or {"packages": {"six": "*"}, "dev-packages": {}}
    metadata["requirements"] = json.dumps(declared)
    return Notebook((Cell(0, CellKind.CODE, "import six"),), metadata, "python", "python3")


def lock(
    thoth: FakeThoth,
    book: Notebook | None = None,
    /,
    *,
    here: str = "Linux x86-64",
    files: Mapping[str, str] | None = None,
    settings: ThothSettings | None = None,
    **fields: Any,
) -> LockOutcome:
    request = LockRequest(
        path="work/notebook.ipynb",
        notebook=book or notebook(),
        discovery=Discovery(),
        **{"engine": "thoth", **fields},
    )
    uv = FakeUv({"six": "1.17"})
    ports = LockPorts(
        files=FakeFiles({".thoth.yaml": FILE} if files is None else files),
        index=FakePackageIndex(),
        resolvers={"thoth": thoth, "uv": uv},
        default_engine="uv",
        default_python="3.12",
        recommend=RecommendPorts(
            FakeClock(),
            lambda: AuditPorts(FakeFiles(), FakeAdvisories(), FakeClock()),
            stable_days=14,
        ),
        here=here,
        thoth=settings or ThothSettings(),
    )
    return lock_notebook(request, ports, FakeProgress(), FakeCancelToken())


def environment(question: ThothQuestion) -> Json:
    (found,) = json.loads(question.config)["runtime_environments"]
    value: Json = found
    return value


def test_lock_asks_for_the_first_environment_when_none_is_chosen() -> None:
    thoth = FakeThoth()

    outcome = lock(thoth)

    question = thoth.question
    assert (question.host, question.verify_tls) == ("thoth.example", False)
    assert question.environment == "first-8"
    assert question.recommendation is RecommendationType.SECURITY
    assert not question.is_for_this_machine
    assert not question.may_send_token
    assert environment(question) == {
        "name": "first-8",
        "operating_system": {"name": "rhel", "version": "8"},
        "python_version": "3.8",
        "recommendation_type": "security",
    }
    assert (outcome.engine, outcome.target.python_version) == ("thoth", "3.8")


def test_lock_asks_as_it_is_told_when_options_are_chosen() -> None:
    thoth = FakeThoth()
    options = ThothOptions(labels=(("run", "7"),), timeout=5.0, is_forced=True, is_dev=True)

    lock(
        thoth,
        target=TargetChoice(environment="second"),
        recommendation=RecommendationType.TESTING,
        thoth=options,
    )

    question = thoth.question
    assert (question.timeout, question.is_forced, question.is_dev) == (5.0, True, True)
    assert question.recommendation is RecommendationType.TESTING
    assert environment(question) == {
        "name": "second",
        "labels": {"team": "research", "run": "7"},
        "python_version": "3.9",
        "recommendation_type": "testing",
    }


def test_lock_asks_for_this_machine_when_nothing_names_an_environment() -> None:
    thoth = FakeThoth()

    lock(thoth, files={}, settings=ThothSettings("https://own.example/"))

    question = thoth.question
    assert (question.host, question.verify_tls) == ("own.example", True)
    assert question.is_for_this_machine
    assert question.may_send_token
    assert environment(question) == {
        "name": "notebook",
        "platform": "linux-x86_64",
        "python_version": "3.12",
        "recommendation_type": "latest",
    }


@pytest.mark.parametrize(
    ("host", "asked", "is_verified"),
    [("own.example", "own.example", True), ("thoth.example", "thoth.example", False)],
)
def test_lock_verifies_the_host_of_the_settings_unless_the_file_speaks_of_it(
    host: str, asked: str, is_verified: bool
) -> None:
    thoth = FakeThoth()

    lock(thoth, settings=ThothSettings(host))

    assert (thoth.question.host, thoth.question.verify_tls) == (asked, is_verified)


@pytest.mark.parametrize(
    ("files", "host", "message"),
    [
        ({}, "", "No Thoth service is named."),
        ({".thoth.yaml": "host: http://a.example"}, "", "'http://a.example' in .thoth.yaml"),
        ({}, "a b", "'a b' in the setting thoth_host"),
    ],
)
def test_lock_refuses_when_no_service_is_named(
    files: dict[str, str], host: str, message: str
) -> None:
    thoth = FakeThoth()

    with pytest.raises(UserError, match=message) as caught:
        lock(thoth, files=files, settings=ThothSettings(host))

    assert caught.value.code is ErrorCode.THOTH_NO_SERVICE
    assert thoth.requests == []


@pytest.mark.parametrize(
    "choice",
    [
        TargetChoice(is_universal=True),
        TargetChoice(platform="windows"),
        TargetChoice(platform="macos"),
        TargetChoice(platform="x86_64-pc-windows-msvc"),
        TargetChoice(platform="aarch64-manylinux_2_28"),
    ],
)
def test_lock_refuses_when_thoth_has_no_word_for_the_target(choice: TargetChoice) -> None:
    thoth = FakeThoth()

    with pytest.raises(RefusedError) as caught:
        lock(thoth, target=choice)

    assert caught.value.code is ErrorCode.THOTH_TARGET_UNSUPPORTED
    assert thoth.requests == []


@pytest.mark.parametrize("platform", ["linux", "x86_64-manylinux_2_28"])
def test_lock_asks_for_a_platform_when_it_is_the_one_that_thoth_knows(platform: str) -> None:
    thoth = FakeThoth()

    lock(thoth, target=TargetChoice(platform=platform, python_version="3.9"))

    assert not thoth.question.is_for_this_machine


def test_lock_keeps_the_index_of_this_installation_for_itself() -> None:
    thoth = FakeThoth()
    packages: Json = {"six": {"version": "*", "index": "pypi"}, "idna": ">=3"}
    pipfile: dict[str, Json] = {
        "packages": packages,
        "dev-packages": {},
        "source": [PYPI],
        "thoth": {"disable_index_adjustment": True},
    }

    lock(thoth, notebook(pipfile))

    asked = read_pipfile(thoth.question.pipfile)
    assert asked == {
        "packages": {"six": {"version": "*"}, "idna": ">=3"},
        "dev-packages": {},
        "requires": {"python_version": "3.8"},
        "thoth": {"disable_index_adjustment": True},
    }


def test_lock_asks_when_the_notebook_leaves_a_section_empty() -> None:
    thoth = FakeThoth()

    lock(thoth, notebook({"packages": {"six": "*"}, "dev-packages": None}))

    assert read_pipfile(thoth.question.pipfile)["packages"] == {"six": "*"}


def test_lock_refuses_when_this_machine_is_none_that_thoth_knows() -> None:
    with pytest.raises(RefusedError, match="macOS ARM64, only for Linux x86-64"):
        lock(FakeThoth(), files={}, settings=ThothSettings("a.example"), here="macOS ARM64")


def test_lock_names_further_indexes_without_their_credentials() -> None:
    thoth = FakeThoth()
    packages: Json = {"six": {"version": "*", "index": "internal"}}
    pipfile: dict[str, Json] = {"packages": packages, "source": [PYPI, INTERNAL]}

    lock(thoth, notebook(pipfile), trusted_indexes=("https://internal.example/simple",))

    asked = read_pipfile(thoth.question.pipfile)
    assert asked["packages"] == packages
    assert asked["source"] == [PYPI, {**INTERNAL, "url": "https://internal.example/simple"}]


@pytest.mark.parametrize(("is_dev", "asked"), [(None, True), (True, True), (False, False)])
def test_lock_asks_for_development_requirements_unless_told_otherwise(
    is_dev: bool | None, asked: bool
) -> None:
    thoth = FakeThoth()
    book = notebook({"packages": {}, "dev-packages": {"six": "*"}})

    lock(thoth, book, thoth=ThothOptions(is_dev=is_dev))

    assert thoth.question.is_dev is asked


def test_lock_records_what_the_old_tools_look_for() -> None:
    thoth = FakeThoth()
    thoth.notes = ("Something to know.",)

    outcome = lock(thoth)

    edit = outcome.edit.metadata
    assert edit["dependency_resolution_engine"] == "thoth"
    assert edit["thoth_config"] == '{"host":"thoth.example"}'
    assert edit["thoth_analysis_id"] == "adviser-1-2"
    assert edit["aidevsecops"] == {
        "lock": {
            "engine": "thoth",
            "target": {
                "python_version": "3.8",
                "platform": "x86_64-manylinux_2_28",
                "universal": False,
            },
            "recommendation_type": "security",
        }
    }
    assert outcome.notes == ("Something to know.",)


def test_lock_falls_back_and_says_so_when_the_service_is_gone_and_the_user_agreed() -> None:
    book = notebook(thoth_analysis_id="adviser-0-0", dependency_resolution_engine="thoth")

    outcome = lock(FakeThoth(error=UNREACHABLE), book, fallback="uv")

    assert outcome.engine == "uv"
    assert outcome.notes[0] == "Thoth cannot be reached: gone; uv chose the versions instead."
    assert [package.version for package in outcome.lock.packages] == ["1.17"]
    edit = outcome.edit.metadata
    assert edit["dependency_resolution_engine"] == "pipenv"
    assert edit["thoth_analysis_id"] == ""
    made = edit["aidevsecops"]
    assert isinstance(made, dict)
    assert json.loads(json.dumps(made["lock"]))["engine"] == "uv"


def test_lock_falls_back_when_the_settings_say_so_and_the_request_nothing() -> None:
    outcome = lock(FakeThoth(error=UNREACHABLE), settings=ThothSettings("", "uv"))

    assert outcome.engine == "uv"


@pytest.mark.parametrize(
    ("error", "fallback", "setting"),
    [
        (UNREACHABLE, None, "none"),
        (UNREACHABLE, "none", "uv"),
        (OutsideFailedError(ErrorCode.THOTH_BAD_ANSWER, "No."), "uv", "uv"),
        (RefusedError(ErrorCode.THOTH_NO_RECOMMENDATION, "No."), "uv", "uv"),
    ],
)
def test_lock_fails_when_nobody_agreed_to_another_engine_or_the_service_is_there(
    error: AidevsecopsError, fallback: str | None, setting: str
) -> None:
    with pytest.raises(AidevsecopsError) as caught:
        lock(FakeThoth(error=error), fallback=fallback, settings=ThothSettings("", setting))

    assert caught.value.code is error.code


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"fallback": "thoth"}, ErrorCode.REQUEST_INVALID),
        ({"fallback": "pip"}, ErrorCode.ENGINE_UNKNOWN),
        ({"thoth": ThothOptions(labels=(("a", ""),))}, ErrorCode.REQUEST_INVALID),
        ({"engine": "uv", "thoth": ThothOptions(is_forced=True)}, ErrorCode.REQUEST_INVALID),
    ],
)
def test_lock_refuses_options_that_do_not_fit(fields: dict[str, Any], code: ErrorCode) -> None:
    thoth = FakeThoth()

    with pytest.raises(UserError) as caught:
        lock(thoth, **fields)

    assert caught.value.code is code
    assert thoth.requests == []


def test_lock_refuses_indexes_that_the_service_chose_and_nobody_agreed_to() -> None:
    thoth = FakeThoth()
    thoth.indexes = (Index("cuda", "https://cuda.example/simple"),)

    with pytest.raises(RefusedError, match="Thoth recommends") as caught:
        lock(thoth)

    assert caught.value.code is ErrorCode.LOCK_UNTRUSTED_INDEX
    assert caught.value.details["indexes"] == [
        {"name": "cuda", "url": "https://cuda.example/simple"}
    ]


def test_lock_records_indexes_that_the_service_chose_when_the_user_agreed() -> None:
    thoth = FakeThoth()
    thoth.indexes = (Index("cuda", "https://cuda.example/simple"),)

    outcome = lock(thoth, trusted_indexes=("https://cuda.example/simple/",))

    assert [index.name for index in outcome.lock.indexes] == ["pypi", "cuda"]


@pytest.mark.parametrize(
    ("files", "setting", "host"),
    [
        ({}, "", None),
        ({".thoth.yaml": FILE}, "", "thoth.example"),
        ({"work/.thoth.yaml": "host: near.example"}, "", "near.example"),
        ({".thoth.yaml": FILE}, "own.example", "own.example"),
        ({".thoth.yaml": "host: '{HOST}'"}, "", None),
    ],
)
def test_service_host_is_the_one_that_would_be_asked(
    files: dict[str, str], setting: str, host: str | None
) -> None:
    found = service_host("work/notebook.ipynb", ThothSettings(setting), FakeFiles(files))

    assert found == host
