from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import pytest

from aidevsecops_ext.adapters.index_configuration import IndexConfiguration, index_configuration

DEFAULT = "https://default.example/simple"


def configured(
    folder: Path, pip: str = "", uv: str = "", **environ: str
) -> tuple[IndexConfiguration, Mapping[str, str]]:
    """The configuration, and what it adds to the environment."""
    (folder / "pip.conf").write_text(pip)
    (folder / "uv.toml").write_text(uv)
    given = {
        "HOME": str(folder),
        "XDG_CONFIG_DIRS": str(folder / "xdg"),
        "PIP_CONFIG_FILE": str(folder / "pip.conf"),
        **environ,
    }
    found = index_configuration(given, folder, lambda _environ: DEFAULT)
    added = {k: v for k, v in found.environment.items() if given.get(k) != v}
    return found, added


def test_index_configuration_adds_nothing_when_pip_says_nothing(tmp_path: Path) -> None:
    # Given, because the machine's own pip.conf may name one.
    found, added = configured(tmp_path, SSL_CERT_FILE="/certificates.pem")

    assert added == {}
    assert found.arguments == ()
    assert found.secrets == frozenset()


def test_index_configuration_translates_what_pip_says(tmp_path: Path) -> None:
    pip = """
[global]
index-url = https://me:pass%40word@main.example/simple
extra-index-url = https://one.example/simple
    file:///srv/simple
find-links = /opt/wheels wheels https://links.example/all
trusted-host = one.example two.example:8080
cert = /etc/certificates.pem
client-cert = /etc/client.pem
proxy = http://user:pr0xy-pass@proxy.example:3128
no-index = true
"""

    found, added = configured(tmp_path, pip)

    assert added == {
        "UV_DEFAULT_INDEX": "https://me:pass%40word@main.example/simple",
        "UV_INDEX": f"{DEFAULT} https://one.example/simple file:///srv/simple",
        "UV_INDEX_STRATEGY": "unsafe-best-match",
        "UV_FIND_LINKS": f"/opt/wheels,{os.path.abspath('wheels')},https://links.example/all",
        "UV_INSECURE_HOST": "one.example two.example:8080",
        "SSL_CERT_FILE": "/etc/certificates.pem",
        "SSL_CLIENT_CERT": "/etc/client.pem",
        "ALL_PROXY": "http://user:pr0xy-pass@proxy.example:3128",
    }
    assert found.arguments == ("--no-index",)
    assert found.secrets == {"pass%40word", "pass@word", "pr0xy-pass"}
    assert "pass" not in repr(found)


ALL = """
[global]
index-url = https://pip.example/simple
extra-index-url = https://extra.example/simple
find-links = /opt/wheels
no-index = yes
cert = /pip.pem
"""


@pytest.mark.parametrize(
    ("uv", "environ", "missing"),
    [
        ("", {"UV_DEFAULT_INDEX": "https://u.example"}, "UV_DEFAULT_INDEX"),
        ("", {"UV_INDEX_URL": "https://u.example"}, "UV_DEFAULT_INDEX"),
        ("index-url = 'https://u.example'", {}, "UV_DEFAULT_INDEX"),
        ("[pip]\nindex-url = 'https://u.example'", {}, "UV_DEFAULT_INDEX"),
        ("[[index]]\nurl = 'https://u.example'\ndefault = true", {}, "UV_DEFAULT_INDEX"),
        ("[[index]]\nurl = 'https://u.example'", {}, "UV_INDEX"),
        ("", {"UV_INDEX": "https://u.example"}, "UV_INDEX"),
        ("", {"UV_EXTRA_INDEX_URL": "https://u.example"}, "UV_INDEX"),
        ("extra-index-url = ['https://u.example']", {}, "UV_INDEX"),
        ("find-links = ['/mine']", {}, "UV_FIND_LINKS"),
        ("index-strategy = 'first-index'", {}, "UV_INDEX_STRATEGY"),
        ("", {"UV_INDEX_STRATEGY": "first-index"}, "UV_INDEX_STRATEGY"),
        ("", {"SSL_CERT_FILE": "/mine.pem"}, "SSL_CERT_FILE"),
        ("no-index = false", {}, "--no-index"),
    ],
)
def test_index_configuration_leaves_what_the_user_gave_uv(
    tmp_path: Path, uv: str, environ: dict[str, str], missing: str
) -> None:
    everything, all_added = configured(tmp_path, ALL)

    found, added = configured(tmp_path, ALL, uv, **environ)

    assert missing in {*all_added, *everything.arguments}
    assert missing not in {*added, *found.arguments}
    if missing != "UV_INDEX":
        lost = {*all_added, *everything.arguments} - {*added, *found.arguments}
        assert lost == {missing}


@pytest.mark.parametrize(
    ("place", "text"),
    [
        ("uv.toml", "index-url = 'https://u.example'"),
        ("../uv.toml", "index-url = 'https://u.example'"),
        ("../pyproject.toml", "[tool.uv]\nindex-url = 'https://u.example'"),
        ("../../home/.config/uv/uv.toml", "index-url = 'https://u.example'"),
        ("../../xdg/uv/uv.toml", "index-url = 'https://u.example'"),
    ],
)
def test_index_configuration_knows_where_uv_reads(tmp_path: Path, place: str, text: str) -> None:
    folder = tmp_path / "repository" / "notebooks"
    folder.mkdir(parents=True)
    path = (folder / place).resolve()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    environ = {
        "HOME": str(tmp_path / "home"),
        "XDG_CONFIG_DIRS": str(tmp_path / "xdg"),
        "PIP_INDEX_URL": "https://pip.example",
        "PIP_CONFIG_FILE": os.devnull,
    }

    def is_translated(**more: str) -> bool:
        found = index_configuration({**environ, **more}, folder, lambda _environ: None)
        return "UV_DEFAULT_INDEX" in found.environment

    assert not is_translated()
    assert is_translated(UV_NO_CONFIG="1")
    assert not is_translated(UV_NO_CONFIG="", UV_CONFIG_FILE=str(path)) or "pyproject" in place


def test_index_configuration_ignores_what_does_not_count_as_an_index(tmp_path: Path) -> None:
    uv = "index = [{url = 'https://u.example', explicit = true}]"

    _, added = configured(tmp_path, ALL, uv)
    _, with_broken = configured(tmp_path, ALL, "not = [toml")

    assert added["UV_INDEX"].startswith(DEFAULT)
    assert with_broken["UV_DEFAULT_INDEX"] == "https://pip.example/simple"


def test_index_configuration_has_only_the_extra_ones_when_uv_names_no_default(
    tmp_path: Path,
) -> None:
    environ = {
        "HOME": str(tmp_path),
        "PIP_CONFIG_FILE": os.devnull,
        "PIP_EXTRA_INDEX_URL": "https://x.example",
    }

    found = index_configuration(environ, tmp_path, lambda _environ: None)

    assert found.environment["UV_INDEX"] == "https://x.example"


@pytest.mark.parametrize(
    ("more", "is_built_in"),
    [
        ({}, True),
        ({"PIP_INDEX_URL": "https://pip.example/simple"}, False),
        ({"UV_DEFAULT_INDEX": "https://uv.example/simple"}, False),
    ],
)
def test_index_configuration_asks_for_the_built_in_index_when_nobody_configures_one(
    tmp_path: Path, more: dict[str, str], is_built_in: bool
) -> None:
    environ = {
        "HOME": str(tmp_path),
        "PIP_CONFIG_FILE": os.devnull,
        "PIP_EXTRA_INDEX_URL": "https://x.example",
        **more,
    }
    asked: list[bool] = []

    def remember(known: Mapping[str, str] | None) -> None:
        asked.append(known is None)

    index_configuration(environ, tmp_path, remember)

    assert asked == [is_built_in]


def test_index_configuration_masks_the_secrets_that_the_user_gave_uv(tmp_path: Path) -> None:
    found, _ = configured(
        tmp_path,
        UV_INDEX="mine=https://me:first-pass@a.example/simple https://second-token@b.example",
        UV_INDEX_MINE_PASSWORD="third-pass",
        UV_FIND_LINKS="/a,https://me:fourth-pass@links.example",
    )

    assert found.secrets == {"first-pass", "second-token", "third-pass", "fourth-pass"}
