from __future__ import annotations

import pytest

from aidevsecops_ext.formats.toml_text import parse_toml
from aidevsecops_ext.formats.uv_options import Steering, steering

A = "https://a.example/simple"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "resolution = 'lowest'\nexclude-newer = '2026-01-01'\nprerelease = 'allow'",
        "package = false\ndev-dependencies = ['pytest']\nworkspace = { members = ['a'] }",
        "sources = { a = { path = '../a' } }\nno-build = true",
        "constraint-dependencies = ['six<2']\noverride-dependencies = ['numpy>=2; extra==\"a\"']",
        "pip = { universal = true, no-deps = false }\npython-downloads = 'automatic'",
        "pip = 1",
    ],
)
def test_settings_of_the_project_itself_steer_nothing(text: str) -> None:
    assert steering(parse_toml(text)) == Steering()


@pytest.mark.parametrize(
    ("text", "indexes"),
    [
        (f"index-url = '{A}'", [("", A)]),
        (f"default-index = '{A}'", [("", A)]),
        (f"extra-index-url = ['{A}', 'b']", [("", A), ("", "b")]),
        ("find-links = ['./wheels']", [("", "./wheels")]),
        (f"[[index]]\nname = 'a'\nurl = '{A}'\nexplicit = true", [("a", A)]),
        (f"index = ['{A}']", [("", A)]),
        (f"index = '{A}'", [("", A)]),
        (f"[pip]\nindex-url = '{A}'", [("", A)]),
        (f"index-url = '{A}'\n[pip]\nindex-url = '{A}'", [("", A)]),
    ],
)
def test_each_way_to_name_an_index_is_known(text: str, indexes: list[tuple[str, str]]) -> None:
    assert steering(parse_toml(text)) == Steering(indexes=tuple(indexes))


@pytest.mark.parametrize(
    "key",
    [
        *("allow-insecure-host", "keyring-provider", "index-strategy", "no-build-isolation"),
        *("http-proxy", "https-proxy", "cache-dir", "python-install-mirror", "torch-backend"),
        *("extra-build-variables", "config-settings", "output-file", "of-a-later-uv"),
    ],
)
def test_what_is_not_known_to_be_harmless_steers(key: str) -> None:
    assert steering({key: "x"}) == Steering(settings=(key,))
    assert steering({"pip": {key: "x"}}) == Steering(settings=(f"pip.{key}",))


@pytest.mark.parametrize("key", ["constraint-dependencies", "override-dependencies"])
@pytest.mark.parametrize("value", ["a @ file:///a.whl", "https://a.example/a.whl"])
def test_package_from_an_address_steers(key: str, value: str) -> None:
    assert steering({key: ["b<2", value]}) == Steering(settings=(key,))
