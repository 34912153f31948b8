from __future__ import annotations

import pytest

from aidevsecops_ext.formats.uv_report import UvFailureKind, named_in, read_failure

CONFLICT = """\
warning: The requested Python version 3.8 is not available; 3.11 will be used instead.
error: No solution found when resolving dependencies
  cause: Because this-notebook depends on pandas>=3 and numpy<1.20, and
             pandas>=3
         depends on numpy>=1.26, we can conclude that your requirements are unsatisfiable.

hint: The `--python-version` value (>=3.8) includes Python versions that are not supported.
"""


def test_read_failure_keeps_the_explanation_in_the_notebooks_words() -> None:
    failure = read_failure(CONFLICT.splitlines())

    assert failure.kind is UvFailureKind.UNSATISFIABLE
    assert failure.is_python_unsupported
    assert failure.explanation == (
        "Because this notebook depends on pandas>=3 and numpy<1.20, and\n"
        "    pandas>=3\n"
        "depends on numpy>=1.26, we can conclude that your requirements are unsatisfiable.\n"
        "The `--python-version` value (>=3.8) includes Python versions that are not supported."
    )


@pytest.mark.parametrize(
    ("text", "kind", "names", "url"),
    [
        (
            "error: No solution found when resolving dependencies\n"
            "  cause: Because pandsa was not found in the package registry and this-notebook "
            "depends on pandsa, we can conclude that your requirements are unsatisfiable.",
            UvFailureKind.NOT_FOUND,
            ("pandsa",),
            None,
        ),
        (
            "  cause: Because six was not found in the provided package locations and so on",
            UvFailureKind.NOT_FOUND,
            ("six",),
            None,
        ),
        (
            "error: Failed to build `sklearn==0.0.post12`\n  cause: The build backend failed",
            UvFailureKind.BUILD_FAILED,
            ("sklearn",),
            None,
        ),
        (
            "error: Failed to download and build `mine==1`\n",
            UvFailureKind.BUILD_FAILED,
            ("mine",),
            None,
        ),
        (
            "error: Request failed after 1 retry in 5.1s\n"
            "  cause: Failed to fetch: http://127.0.0.1:9/simple/six/\n"
            "  cause: tcp connect error",
            UvFailureKind.UNREACHABLE,
            (),
            "http://127.0.0.1:9/simple/six/",
        ),
        (
            "error: Failed to fetch: `https://slow.example/simple/six/`\n"
            "  cause: operation timed out",
            UvFailureKind.TIMED_OUT,
            (),
            "https://slow.example/simple/six/",
        ),
        (
            "error: No solution found when resolving dependencies\n"
            "  cause: Because six was not found in the cache and so on.\n\n"
            "hint: Packages were unavailable because the network was disabled.",
            UvFailureKind.UNREACHABLE,
            (),
            None,
        ),
        (
            "  cause: Because six was not found in the package registry and so on.\n\n"
            "hint: An index URL (https://mine.example/simple) could not be queried due to a lack "
            "of valid authentication credentials (401 Unauthorized).",
            UvFailureKind.UNAUTHORIZED,
            ("six",),
            "https://mine.example/simple",
        ),
        (
            "error: Failed to fetch: `https://index.example/simple/six/`\n"
            "  cause: No space left on device (os error 28)",
            UvFailureKind.DISK,
            (),
            "https://index.example/simple/six/",
        ),
        (
            "error: Failed to initialize cache at `/home/jo/.cache/uv`\n"
            "  cause: failed to create directory `/home/jo/.cache/uv`: Permission denied",
            UvFailureKind.DISK,
            (),
            None,
        ),
        ("error: unexpected argument '--x' found", UvFailureKind.OTHER, (), None),
        ("", UvFailureKind.OTHER, (), None),
    ],
)
def test_read_failure_sorts_what_went_wrong(
    text: str, kind: UvFailureKind, names: tuple[str, ...], url: str | None
) -> None:
    failure = read_failure(text.splitlines())

    assert (failure.kind, failure.names, failure.url) == (kind, names, url)
    assert not failure.is_python_unsupported


def test_read_failure_knows_what_uv_takes_to_be_meant() -> None:
    lines = [
        "error: Failed to build `sklearn==0.0.post12`",
        "hint: `sklearn` is often confused for `scikit-learn`. "
        "Did you mean to install `scikit-learn` instead?",
    ]

    assert read_failure(lines).suggestion == "scikit-learn"


def test_read_failure_keeps_the_beginning_of_a_long_explanation() -> None:
    lines = ["error: Failed to build `big==1`", *(f"  line {n}" for n in range(10_000))]

    explanation = read_failure(lines).explanation

    assert explanation.startswith("Failed to build `big==1`")
    assert len(explanation.splitlines()) < 1000


def test_named_in_finds_whole_names_in_their_order() -> None:
    explanation = "Because scikit_learn==1.0 needs numpy[x]>=2, and pandas. So six-extra fails"

    named = named_in(explanation, ["pandas", "Scikit-Learn", "six", "numpy", "learn"])

    assert named == ("pandas", "Scikit-Learn", "numpy")
