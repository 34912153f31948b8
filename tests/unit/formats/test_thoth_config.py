from __future__ import annotations

import pytest

from aidevsecops_ext.formats.thoth_config import (
    ThothService,
    allowed_name,
    environment_entry,
    host_of,
    read_service,
    thoth_config,
    with_operating_system,
)

WHOLE = """\
host: thoth.example
tls_verify: no
requirements_format: pip-tools
overlays_dir: overlays
runtime_environments:
  - name: other
  - name: train
    operating_system: {name: ubi, version: 8}
    python_version: 3.10
    recommendation_type: stable
    platform: linux-x86_64
    cuda_version: 11.1
    mkl_version: null
    base_image: quay.example/base:v1
    hardware: {cpu_family: 6, cpu_model: many, gpu_model: tesla}
    labels: {team: research, number: 7, nested: {a: b}}
    limit_latest_versions: 5
managers:
  - name: update
    configuration: {token: secret}
"""


@pytest.mark.parametrize(
    ("text", "service"),
    [
        (WHOLE, ThothService("thoth.example", False)),
        ("host: a.example\n", ThothService("a.example", True)),
        ("host: null\ntls_verify: true\n", ThothService(None, True)),
        ("tls_verify: False\n", ThothService(None, False)),
    ],
)
def test_read_service_reads_the_host_and_whether_it_is_verified(
    text: str, service: ThothService
) -> None:
    assert read_service(text) == service


@pytest.mark.parametrize(
    ("text", "host"),
    [
        ("thoth.example", "thoth.example"),
        (" https://thoth.example:8443/ ", "thoth.example:8443"),
        ("127.0.0.1:1", "127.0.0.1:1"),
        ("[::1]:443", "[::1]:443"),
        ("", None),
        ("http://thoth.example", None),
        ("thoth.example/api", None),
        ("user:pass@thoth.example", None),
        ("{THOTH_HOST}", None),
        ("-oProxyCommand", None),
        ("a b", None),
    ],
)
def test_host_of_takes_hosts_only(text: str, host: str | None) -> None:
    assert host_of(text) == host


def test_environment_entry_keeps_what_the_schema_knows_in_its_kinds() -> None:
    assert environment_entry(WHOLE, "train") == {
        "name": "train",
        "operating_system": {"name": "ubi", "version": "8"},
        "cuda_version": "11.1",
        "platform": "linux-x86_64",
        "base_image": "quay.example/base:v1",
        "hardware": {"cpu_family": 6, "gpu_model": "tesla"},
        "labels": {"team": "research", "number": "7"},
    }


@pytest.mark.parametrize(
    "text",
    ["host: a\n", "runtime_environments: [7, {name: other}]\n", WHOLE.replace("other", "train")],
)
def test_environment_entry_has_a_name_when_the_file_says_no_more(text: str) -> None:
    assert environment_entry(text, "train") == {"name": "train"}


def test_thoth_config_holds_one_environment_with_all_labels() -> None:
    entry = environment_entry(WHOLE, "train")

    config = thoth_config(
        ThothService("thoth.example", False), entry, [("team", "x"), ("more", "y")]
    )

    assert config["host"] == "thoth.example"
    assert config["tls_verify"] is False
    assert config["requirements_format"] == "pipenv"
    labels = {"team": "x", "number": "7", "more": "y"}
    assert config["runtime_environments"] == [{**entry, "labels": labels}]
    assert "secret" not in str(config)


def test_thoth_config_has_no_labels_when_nobody_names_any() -> None:
    config = thoth_config(ThothService("a.example"), {"name": "rhel:8"})

    assert config["runtime_environments"] == [{"name": "rhel-8"}]


def test_allowed_name_is_never_empty() -> None:
    assert allowed_name({"name": "rhel:8 (x)"}) == "rhel-8-x-"
    assert allowed_name({}) == "default"


def test_with_operating_system_says_it_of_the_environment() -> None:
    config = thoth_config(ThothService("a.example"), {"name": "here"})

    changed = with_operating_system(config, "debian", None)

    assert changed["runtime_environments"] == [
        {"name": "here", "operating_system": {"name": "debian", "version": None}}
    ]
    assert config["runtime_environments"] == [{"name": "here"}]
