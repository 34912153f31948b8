"""Which notebook a kernel runs, as far as it can know."""

from __future__ import annotations

from pathlib import Path

import pytest

from aidevsecops_ext.magics.session import RunningCell, Session, session_of

from .shells import saved


def test_session_is_the_path_that_the_server_says(tmp_path: Path) -> None:
    path = saved(tmp_path / "nb.ipynb")

    found = session_of({}, {"JPY_SESSION_NAME": str(path)}, Path("/"), {})

    assert found == Session(path, str(path))


@pytest.mark.parametrize("name", ["__session__", "__vsc_ipynb_file__"])
def test_session_is_the_name_that_the_user_sees(tmp_path: Path, name: str) -> None:
    path = saved(tmp_path / "nb.ipynb")

    assert session_of({name: str(path)}, {}, tmp_path, {}).notebook == path


def test_session_prefers_what_vs_code_says(tmp_path: Path) -> None:
    here, other = saved(tmp_path / "here.ipynb"), saved(tmp_path / "other.ipynb")

    found = session_of(
        {"__vsc_ipynb_file__": str(here)}, {"JPY_SESSION_NAME": str(other)}, tmp_path, {}
    )

    assert found.notebook == here


def test_session_is_found_above_when_its_path_is_below_the_servers_root(tmp_path: Path) -> None:
    folder = tmp_path / "sub"
    folder.mkdir()
    path = saved(folder / "nb.ipynb")

    assert session_of({}, {"JPY_SESSION_NAME": "sub/nb.ipynb"}, folder, {}).notebook == path


def test_session_says_what_it_was_told_when_the_notebook_is_gone(tmp_path: Path) -> None:
    gone = str(tmp_path / "old.ipynb")

    assert session_of({}, {"JPY_SESSION_NAME": gone}, tmp_path, {}) == Session(None, gone)


@pytest.mark.parametrize("said", ["/work/console-1-af3c", 7, ""])
def test_session_has_no_notebook_when_it_is_a_console(said: object) -> None:
    assert session_of({"__session__": said}, {}, Path("/"), {}) == Session()


def test_session_knows_the_cell_that_runs() -> None:
    message = {"content": {"code": "%aidevsecops check"}, "metadata": {"cellId": "c1"}}

    assert session_of({}, {}, Path("/"), message).cell == RunningCell("%aidevsecops check", "c1")


def test_session_knows_no_cell_when_nobody_sends_one() -> None:
    assert session_of({}, {}, Path("/"), {"content": {}, "metadata": None}).cell is None
