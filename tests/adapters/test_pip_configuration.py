from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from aidevsecops_ext.adapters.pip_configuration import configuration_files, pip_settings

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="POSIX places")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """An environment whose configuration lies in a folder of the test's own."""
    monkeypatch.setattr(sys, "prefix", str(tmp_path / "venv"))
    monkeypatch.setattr(sys, "platform", "linux")
    return {
        "HOME": str(tmp_path),
        "XDG_CONFIG_DIRS": str(tmp_path / "xdg"),
        # Takes the machine's own file out of the way: what it says, these tests say as well.
        "PIP_CERT": "/certificates",
    }


def write(environ: Mapping[str, str], place: str, text: str) -> Path:
    path = Path(environ["HOME"]) / place
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def test_pip_settings_lets_the_stronger_place_win(home: dict[str, str]) -> None:
    places = ("xdg/pip/pip.conf", ".pip/pip.conf", ".config/pip/pip.conf", "venv/pip.conf")
    for number, place in enumerate(places):
        lines = "".join(f"option-{n} = {place}\n" for n in range(number, len(places)))
        write(home, place, f"[global]\n{lines}")

    settings = pip_settings(home)

    assert [settings[f"option-{number}"] for number in range(len(places))] == [*places]


def test_pip_settings_lets_the_commands_section_win_over_a_stronger_file(
    home: dict[str, str],
) -> None:
    write(home, "xdg/pip/pip.conf", "[install]\nindex-url = https://install.example\n")
    write(home, "venv/pip.conf", "[global]\nindex-url = https://global.example\n[list]\nx = 1\n")

    assert pip_settings(home)["index-url"] == "https://install.example"


def test_pip_settings_lets_variables_win_and_ignores_empty_ones(home: dict[str, str]) -> None:
    write(home, ".config/pip/pip.conf", "[global]\nindex_url = https://a%20b.example\n--no-index=")
    environ = {**home, "PIP_INDEX_URL": " ", "PIP_EXTRA_INDEX_URL": "https://x.example "}

    settings = pip_settings(environ)

    assert settings["index-url"] == "https://a%20b.example"
    assert settings["extra-index-url"] == "https://x.example"
    assert "no-index" not in settings


def test_pip_settings_takes_the_chosen_file_instead_of_the_users_own(
    home: dict[str, str],
) -> None:
    write(home, ".config/pip/pip.conf", "[global]\nindex-url = https://user.example\nproxy = p\n")
    chosen = write(home, "chosen.conf", "[global]\nindex-url = https://chosen.example\n")

    settings = pip_settings({**home, "PIP_CONFIG_FILE": str(chosen)})

    assert settings["index-url"] == "https://chosen.example"
    assert "proxy" not in settings


def test_pip_settings_keeps_the_users_file_when_the_chosen_one_is_missing(
    home: dict[str, str],
) -> None:
    write(home, ".config/pip/pip.conf", "[global]\nindex-url = https://user.example\n")

    settings = pip_settings({**home, "PIP_CONFIG_FILE": str(Path(home["HOME"]) / "missing")})

    assert settings["index-url"] == "https://user.example"


def test_pip_settings_reads_no_file_when_told_so(home: dict[str, str]) -> None:
    write(home, ".config/pip/pip.conf", "[global]\nindex-url = https://user.example\n")

    settings = pip_settings({**home, "PIP_CONFIG_FILE": os.devnull})

    assert settings == {"cert": "/certificates"}


@pytest.mark.parametrize("text", ["index-url = x\n", "[global\n", "[global]\na=1\n[global]\nb=2\n"])
def test_pip_settings_ignores_a_file_that_is_not_valid(home: dict[str, str], text: str) -> None:
    write(home, ".config/pip/pip.conf", text)

    assert "index-url" not in pip_settings(home)


@pytest.mark.parametrize(
    ("platform", "has_library", "expected"),
    [
        ("darwin", False, ["/Library/Application Support/pip/pip.conf", "~/.pip/pip.conf",
                           "~/.config/pip/pip.conf", "~/venv/pip.conf"]),
        ("darwin", True, ["/Library/Application Support/pip/pip.conf", "~/.pip/pip.conf",
                          "~/Library/Application Support/pip/pip.conf", "~/venv/pip.conf"]),
        ("win32", False, ["~/data/pip/pip.ini", "~/pip/pip.ini", "~/roaming/pip/pip.ini",
                          "~/venv/pip.ini"]),
    ],
)  # fmt: skip
def test_configuration_files_are_where_pip_has_them(
    home: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
    platform: str,
    has_library: bool,
    expected: list[str],
) -> None:
    folder = home["HOME"]
    monkeypatch.setattr(sys, "platform", platform)
    if has_library:
        (Path(folder) / "Library" / "Application Support" / "pip").mkdir(parents=True)
    environ = {**home, "PROGRAMDATA": f"{folder}/data", "APPDATA": f"{folder}/roaming"}

    files = configuration_files(environ)

    assert [str(path).replace(folder, "~") for path in files] == expected
