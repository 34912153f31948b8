"""``aidevsecops search``."""

from __future__ import annotations

from pathlib import Path

import pytest

from aidevsecops_ext.config import Settings
from aidevsecops_ext.domain.packages import IndexFile, IndexList, IndexPage, ListState
from aidevsecops_ext.wiring import Services
from tests.cli.conftest import Terminal
from tests.fakes.catalogue import LISTED, UNLISTED, FakeCatalogue
from tests.kits.services import with_ports

OLD = IndexList(LISTED.url, ListState.LISTED, 3, 10.0, "It is away.")
PAGE = IndexPage(
    "Holey",
    LISTED.url,
    (
        IndexFile(
            "holey-1.0-py3-none-any.whl",
            "https://files.example/a",
            uploaded_at="2026-01-02T03:04:05Z",
            metadata_url="https://files.example/a.metadata",
        ),
        IndexFile("holey-0.9.tar.gz", "https://files.example/b", yanked="Broken."),
        IndexFile("holey-0.8.tar.gz", "https://files.example/b", requires_python=">=3.99"),
        IndexFile("holey-0.7-cp27-none-any.whl", "https://files.example/b", yanked=""),
        IndexFile("holey-2.0a1.tar.gz", "https://files.example/c"),
    ),
)


class SearchTerminal(Terminal):
    """A terminal with a catalogue of packages."""

    catalogue = FakeCatalogue()

    def services(self, root: Path, settings: Settings) -> Services:
        """The services, with the catalogue."""
        return with_ports(super().services(root, settings), catalogue=self.catalogue)


@pytest.fixture
def terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SearchTerminal:
    """A terminal in an empty folder."""
    monkeypatch.chdir(tmp_path)
    return SearchTerminal(tmp_path)


def test_search_prints_names_once_the_lists_are_there(terminal: SearchTerminal) -> None:
    terminal.catalogue = FakeCatalogue(["holey", "holey-tools"])

    result = terminal.run("search", "Holey")

    assert (result.exit_code, result.stdout) == (0, "holey\nholey-tools\n")
    assert terminal.catalogue.is_loaded


def test_search_answers_in_json(terminal: SearchTerminal) -> None:
    terminal.catalogue = FakeCatalogue(["holey", "holey-tools"])

    answer = terminal.json("search", "hol", "--limit", "1")

    assert answer["packages"] == [{"name": "holey", "match": "prefix"}]
    assert (answer["query"], answer["complete"]) == ("hol", False)


@pytest.mark.parametrize(
    ("index", "said"), [(UNLISTED, "It has no list."), (OLD, "an older list. It is away.")]
)
def test_search_says_when_a_list_is_missing_or_old(
    terminal: SearchTerminal, index: IndexList, said: str
) -> None:
    terminal.catalogue = FakeCatalogue([], (index,))

    result = terminal.run("search", "holey")

    assert result.exit_code == 1
    assert "No package has 'holey' in its name." in result.stderr
    assert said in result.stderr


def test_search_shows_the_versions_of_a_package(terminal: SearchTerminal) -> None:
    described = {"holey-1.0-py3-none-any.whl": "Summary: Has holes\n"}
    terminal.catalogue = FakeCatalogue(pages={"holey": PAGE}, described=described)

    result = terminal.run(
        "search", "holey", "--versions", "--python-version", "3.11", "--python-platform", "linux"
    )

    assert result.stdout.splitlines() == [
        "Holey on https://index.example/simple",
        "  Has holes",
        "  latest for Python 3.11 on linux: 1.0",
        "  2.0a1             pre-release, to be built",
        "  1.0               2026-01-02",
        "  0.9               yanked: Broken., to be built",
        "  0.8               needs Python >=3.99",
        "  0.7               yanked, no file fits",
    ]


def test_search_shows_no_more_versions_than_asked_for(terminal: SearchTerminal) -> None:
    terminal.catalogue = FakeCatalogue(pages={"holey": PAGE})

    result = terminal.run("search", "holey", "--versions", "--limit", "2")

    assert result.stdout.splitlines()[-1] == "  and 3 older ones (--limit shows more, --json all)"


def test_search_answers_versions_in_json(terminal: SearchTerminal) -> None:
    terminal.catalogue = FakeCatalogue(pages={"holey": PAGE})

    answer = terminal.json("search", "holey", "--versions")

    assert (answer["latest"], len(answer["versions"])) == ("1.0", 5)


def test_search_ends_with_2_when_there_is_no_such_package(terminal: SearchTerminal) -> None:
    terminal.catalogue = FakeCatalogue()

    result = terminal.run("search", "gone", "--versions")

    assert result.exit_code == 2
    assert "No package index has a package 'gone'." in result.stderr
