from __future__ import annotations

import pytest
import yaml

from aidevsecops_ext.domain.accelerator import Accelerator
from aidevsecops_ext.domain.errors import ErrorCode, UserError
from aidevsecops_ext.domain.recommendation import RecommendationType
from aidevsecops_ext.domain.target import Target
from aidevsecops_ext.formats.thoth_yaml import (
    RuntimeEnvironment,
    platform_of,
    read_thoth_yaml,
    targets_of,
)

REAL = """
host: khemenu.example
tls_verify: true
requirements_format: pipenv
overlays_dir: overlays
runtime_environments:
  - name: rhel:8
    operating_system:
      name: rhel
      version: "8"
    python_version: "3.8"
    recommendation_type: latest
  - name: training
    operating_system: {name: null, version: null}
    python_version: 3.10
    base_image: ~
managers:
  - name: update
"""


def test_read_thoth_yaml_reads_a_real_file_and_says_what_is_off() -> None:
    config = read_thoth_yaml(REAL)

    assert config.environments == (
        RuntimeEnvironment("rhel:8", "3.8", "rhel", "8", recommendation=RecommendationType.LATEST),
        RuntimeEnvironment("training", "3.10"),
    )
    assert config.overlays_dir == "overlays"
    assert config.requirements_format == "pipenv"
    assert config.problems == ("The name 'rhel:8' holds characters that Thoth does not allow.",)


def test_targets_of_fills_in_the_default_python() -> None:
    config = read_thoth_yaml("runtime_environments: [{name: a}, {name: b, python_version: '3.9'}]")

    targets = targets_of(config, "3.12")

    assert [(entry.name, entry.target) for entry in targets] == [
        ("a", Target("3.12", "linux")),
        ("b", Target("3.9", "linux")),
    ]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("runtime_environments: [{name: a}, {name: a}]", "occurs twice"),
        ("runtime_environments: [{}, {name: a}]", "environment 1 has no name"),
        ("runtime_environments: [text, {name: a}]", "environment 1 has no name"),
        ("runtime_environments: [{name: a, python_version: '2.7'}]", "Python '2.7'"),
        ("runtime_environments: {name: a}", "names no runtime environment"),
        ("host: x", "names no runtime environment"),
    ],
)
def test_read_thoth_yaml_reports_a_problem(text: str, problem: str) -> None:
    config = read_thoth_yaml(text)

    assert len(config.problems) == 1
    assert problem in config.problems[0]


@pytest.mark.parametrize("text", ["", "- a list", "a: [", "a: !!python/object:os.system {}\n b"])
def test_read_thoth_yaml_raises_when_it_is_no_table(text: str) -> None:
    with pytest.raises(UserError) as caught:
        read_thoth_yaml(text)

    assert caught.value.code is ErrorCode.THOTH_YAML_INVALID


def test_read_thoth_yaml_needs_no_compiled_loader(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(yaml, "CBaseLoader", raising=False)

    assert read_thoth_yaml(REAL).environments[0].name == "rhel:8"


@pytest.mark.parametrize(
    ("name", "version", "machine", "expected"),
    [
        ("rhel", "8", None, "x86_64-manylinux_2_28"),
        ("ubi", "8.4", None, "x86_64-manylinux_2_28"),
        ("UBI", "9", None, "x86_64-manylinux_2_34"),
        ("centos", "7", None, "x86_64-manylinux_2_17"),
        ("fedora", "35", None, "x86_64-manylinux_2_34"),
        ("fedora", "43", None, "x86_64-manylinux_2_40"),
        ("fedora", "99", None, "linux"),
        ("ubuntu", "20.04", None, "x86_64-manylinux_2_31"),
        ("ubuntu", "18.04", None, "x86_64-manylinux_2_17"),
        ("ubuntu", "20", None, "linux"),
        ("debian", "12.5", None, "x86_64-manylinux_2_36"),
        ("rhel", "9", "aarch64", "aarch64-manylinux_2_34"),
        ("alpine", "3", "arm64", "aarch64-unknown-linux-gnu"),
        ("macos", "14", None, "macos"),
        ("windows", "11", None, "windows"),
        ("slackware", "15", None, "linux"),
        (None, None, None, "linux"),
    ],
)
def test_platform_of_follows_the_c_library(
    name: str | None, version: str | None, machine: str | None, expected: str
) -> None:
    environment = RuntimeEnvironment("a", None, name, version, machine)

    assert platform_of(environment) == expected


def test_read_thoth_yaml_takes_the_machine_from_the_platform() -> None:
    config = read_thoth_yaml("runtime_environments: [{name: a, platform: linux-aarch64}]")

    assert config.environments[0].machine == "aarch64"


@pytest.mark.parametrize("hardware", ["{gpu_model: Tesla}", "odd", "null"])
def test_targets_of_have_the_accelerator_of_the_environment(hardware: str) -> None:
    config = read_thoth_yaml(
        "runtime_environments:\n"
        f"  - {{name: a, cuda_version: '12.6', hardware: {hardware}}}\n"
        f"  - {{name: b, hardware: {hardware}}}\n"
    )

    with_cuda, without = (entry.target.accelerator for entry in targets_of(config, "3.12"))

    assert with_cuda == Accelerator("CUDA 12.6", "cu126")
    assert (without is not None) is ("Tesla" in hardware)


def test_read_thoth_yaml_says_that_a_recommendation_type_is_none() -> None:
    config = read_thoth_yaml("runtime_environments: [{name: a, recommendation_type: best}]")

    assert config.environments == (RuntimeEnvironment("a"),)
    assert config.problems == (
        "'a' asks for the recommendation type 'best', "
        "not one of: latest, stable, performance, security, testing.",
    )
