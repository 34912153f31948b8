"""Settings from the environment, and exit statuses."""

from __future__ import annotations

import pytest

from aidevsecops_ext.cli.environment import settings_from
from aidevsecops_ext.cli.exit_codes import exit_code_of, unexpected
from aidevsecops_ext.config import Settings
from aidevsecops_ext.domain import errors
from aidevsecops_ext.domain.errors import AidevsecopsError, ErrorCode, UserError
from tests.cli.conftest import Terminal
from tests.kits.notebooks import notebook_text


def test_settings_from_gives_the_defaults_when_the_environment_is_silent() -> None:
    assert settings_from({"HOME": "/home/jo", "AIDEVSECOPS_LOCK_TIMEOUT": " "}) == Settings()


def test_settings_from_reads_every_kind_when_variables_are_set() -> None:
    found = settings_from(
        {
            "AIDEVSECOPS_DEFAULT_ENGINE": "thoth",
            "AIDEVSECOPS_LOCK_TIMEOUT": "12.5",
            "AIDEVSECOPS_TRUSTED_INDEXES": "https://a.example/simple  https://b.example/simple",
            "AIDEVSECOPS_MAX_NOTEBOOK_BYTES": "1000",
        }
    )

    assert found == Settings(
        default_engine="thoth",
        lock_timeout=12.5,
        trusted_indexes=("https://a.example/simple", "https://b.example/simple"),
        max_notebook_bytes=1000,
    )


@pytest.mark.parametrize(
    ("name", "text"),
    [("HEAVY_JOBS", "two"), ("HEAVY_JOBS", "1.5"), ("LOCK_TIMEOUT", "0"), ("LOCK_TIMEOUT", "nan")],
)
def test_settings_from_refuses_when_a_number_is_not_one(name: str, text: str) -> None:
    with pytest.raises(UserError, match=f"AIDEVSECOPS_{name} is '{text}'"):
        settings_from({f"AIDEVSECOPS_{name}": text})


@pytest.mark.parametrize("name", ["PACKAGE_LIST_HOURS", "KEPT_HOURS"])
def test_settings_from_takes_zero_where_it_means_never(name: str) -> None:
    found = settings_from({f"AIDEVSECOPS_{name}": "0"})

    assert getattr(found, name.lower()) == 0
    with pytest.raises(UserError):
        settings_from({f"AIDEVSECOPS_{name}": "-1"})


def test_command_answers_in_words_when_a_variable_is_wrong(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AIDEVSECOPS_HEAVY_JOBS", "many")
    terminal.write("nb.ipynb", notebook_text())

    result = terminal.run("discover", "nb.ipynb")

    assert result.exit_code == 2
    assert result.stderr.startswith("Error: The environment variable AIDEVSECOPS_HEAVY_JOBS")


def test_exit_code_of_knows_every_class_of_error() -> None:
    classes = [
        value
        for value in vars(errors).values()
        if isinstance(value, type) and issubclass(value, AidevsecopsError)
    ]
    made = [
        kind() if kind is errors.CancelledError else kind(ErrorCode.INTERNAL_UNEXPECTED, "x")
        for kind in classes
    ]

    codes = {type(error).__name__: exit_code_of(error) for error in made}

    assert codes == {
        "AidevsecopsError": 4,
        "UserError": 2,
        "NotFoundError": 2,
        "ConflictError": 3,
        "RefusedError": 3,
        "ToolMissingError": 4,
        "OutsideFailedError": 4,
        "TimedOutError": 4,
        "CancelledError": 130,
    }


def test_unexpected_names_the_mistake_when_there_is_one() -> None:
    assert unexpected(KeyError("k")).message == "Unexpected error (KeyError: 'k')."
