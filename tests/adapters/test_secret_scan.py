"""Secrets in texts, found by the real detectors of detect-secrets."""

from __future__ import annotations

import json
import socket
from pathlib import Path

import pytest

from aidevsecops_ext.adapters.secret_scan import DetectSecrets
from aidevsecops_ext.domain.errors import CancelledError
from aidevsecops_ext.domain.secrets_found import FoundSecret, Passage, PassagePart
from aidevsecops_ext.formats.passages import passages_of
from tests.fakes.cancel import FakeCancelToken
from tests.kits.corpus import FOLDER, needs_corpus
from tests.kits.notebooks import notebook_text

AWS = "AKIA" + "IOSFODNN7EXAMPLE"
GITHUB = "ghp_" + "abcdefghijklmnopqrstuvwxyz0123456789"


def scan(
    text: str, part: PassagePart = PassagePart.SOURCE, file: str = "a.ipynb"
) -> list[FoundSecret]:
    return [*DetectSecrets().scan([Passage(file, text, part)], FakeCancelToken())]


def kinds(text: str, part: PassagePart = PassagePart.SOURCE, file: str = "a.ipynb") -> list[str]:
    return [secret.kind for secret in scan(text, part, file) if secret.is_certain]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f'key = "{AWS}"', "AWS Access Key"),
        (f"x = foo('{AWS}')", "AWS Access Key"),
        (f'x = f("{GITHUB}")', "GitHub Token"),
        ("github_pat_" + "11ABCDEFG0abcdefghijkl", "GitHub Token"),
        ("glpat-" + "abcdefghij0123456789", "GitLab Token"),
        ("-----BEGIN RSA " + "PRIVATE KEY-----", "Private Key"),
        ("postgresql://admin:s3cr3t" + "pw@db.example.com/x", "Basic Auth Credentials"),
        ('HF_TOKEN = "hf_' + 'abcdefghijklmnopqrstuvwxyzABCDEFGH"', "Hugging Face Token"),
        ("AIza" + "SyA1234567890abcdefghijklmnopqrstuv", "Google API Key"),
        ("sk-ant-" + "api03-abcdefghijklmnop12345", "Anthropic API Key"),
        ('token = "8f14e45f' + 'ceea167a5a36"', "Secret Keyword"),
        ('softlayer_api_key = "' + "0123456789abcdef" * 4 + '"', "SoftLayer Credentials"),
        ('password = "hunter2"', "Secret Keyword"),
        ('client = OpenAI(api_key="hunter2")', "Secret Keyword"),
        ('config = {"password": "hunter2"}', "Secret Keyword"),
        ("os.environ['AWS_SECRET_ACCESS_KEY'] = 'hunter2'", "Secret Keyword"),
        ("%env API_KEY=hunter2", "Secret Keyword"),
        ("!export DB_PASSWORD=hunter2", "Secret Keyword"),
        ('p="password"; password="password", secret="hunter2"', "Secret Keyword"),
    ],
)
def test_scan_finds_secrets_by_form_and_by_name(text: str, expected: str) -> None:
    (found,) = [secret for secret in scan(f"\n{text}\n") if secret.is_certain]

    assert (found.kind, found.line) == (expected, 2)


@pytest.mark.parametrize(
    "text",
    [
        'password = getpass("Password: ")',
        'api_key = os.environ["API_KEY"]',
        'password = "{password}"',
        'password = "<your password>"',
        'password = "$PASSWORD"',
        'password = "********"',
        'url = f"https://{user}:{password}@host"',
        'secret_name = "aws-creds"',
        '"oauth_secret": "oauth-secret"',
        'primary_key = "id"',
        'id_password = "hunter2"'.replace("id_", "user_id_password, "),
        'df.rename(columns={"password": "has_password"})',
        'digest = "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"',
        'password = "hunter2"  # pragma: allowlist secret',
        '# pragma: allowlist nextline secret\npassword = "hunter2"',
        "address = '203.0.113.9'",
    ],
)
def test_scan_finds_nothing_in_what_is_no_secret(text: str) -> None:
    assert kinds(text) == []


@pytest.mark.parametrize(
    "text",
    [
        'password = "mypassword"',
        'SECRETS = "secrets"',
        'password = "correct horse battery staple"',
        'password = "some-lower-case-words"',
        "https://user:password@host/",
    ],
)
def test_scan_is_not_certain_of_words(text: str) -> None:
    assert [secret.is_certain for secret in scan(text)] == [False]


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        ("a.yaml", 1),
        (".env", 1),
        (".env.local", 1),
        ("run.sh", 1),
        ("Dockerfile", 1),
        ("a.toml", 1),
        ("a.py", 0),
        ("a.md", 0),
    ],
)
def test_scan_needs_no_quotes_where_files_have_none(file: str, expected: int) -> None:
    text = "DB_PASSWORD=hunter2x\nregistry-secret: train-pusher-secret\n"

    assert len(scan(text, PassagePart.FILE, file)) == expected


def test_scan_looks_for_addresses_alone_in_locks() -> None:
    text = f'"url": "https://me:hunter2@host/simple"\n"key": "{AWS}"\n'

    found = DetectSecrets().scan(
        [Passage("Pipfile.lock", text, is_addresses_only=True)], FakeCancelToken()
    )

    assert [(one.kind, one.line) for one in found] == [("Basic Auth Credentials", 1)]


def test_scan_tells_the_cell_and_never_the_secret() -> None:
    notebook = json.loads(notebook_text(["1", f'x = 1\nkey = "{AWS}"']))
    notebook["cells"][0]["outputs"] = [
        {"output_type": "error", "traceback": ["\x1b[31mpassword\x1b[0m = 'hunter2'"]}
    ]

    found = [*DetectSecrets().scan(passages_of("a.ipynb", json.dumps(notebook)), FakeCancelToken())]

    assert [one.place for one in found] == [
        "a.ipynb, cell 1, output, line 1",
        "a.ipynb, cell 2, line 2",
    ]
    assert AWS not in repr(found)
    assert "hunter2" not in repr(found)


def test_scan_finds_what_is_within_a_very_long_line() -> None:
    text = f"{'x' * 3_990} {GITHUB} {'y' * 20_000} {AWS}\n{GITHUB}"

    assert [(one.kind, one.line) for one in scan(text)] == [
        ("AWS Access Key", 1),
        ("GitHub Token", 1),
        ("GitHub Token", 2),
    ]


@pytest.mark.parametrize("piece", ["//", "aws_key='", "password=", "eyJ", "://a:", "İtoken = '"])
def test_scan_comes_to_an_end_where_patterns_go_astray(piece: str) -> None:
    text = piece * (100_000 // len(piece))

    assert {one.line for one in scan(text)} <= {1}


def test_scan_tells_the_line_also_after_letters_that_grow_in_lower_case() -> None:
    assert [one.line for one in scan('İİİİ\n\n\npassword = "hunter2"\n')] == [4]


def test_scan_asks_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(socket.socket, "connect", refuse)

    assert kinds(f'token = "{GITHUB}"\naws = "{AWS}"') == ["GitHub Token", "AWS Access Key"]


def test_scan_ends_when_cancelled() -> None:
    with pytest.raises(CancelledError):
        [*DetectSecrets().scan([Passage("a", "b")], FakeCancelToken(is_cancelled=True))]


@needs_corpus
def test_scan_of_real_repositories_is_quiet() -> None:
    found: list[FoundSecret] = []
    for path in sorted(Path(FOLDER).rglob("*")):
        if path.is_file() and path.suffix in {".ipynb", ".yaml", ".json", ".md", ".py", ".toml"}:
            text = path.read_text(encoding="utf-8")
            found += DetectSecrets().scan(passages_of(path.name, text), FakeCancelToken())

    assert [(one.place, one.is_certain) for one in found] == [
        ("frauddetection.ipynb, cell 10, line 14", False)
    ]
