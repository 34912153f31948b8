"""The magics of jupyterlab-requirements in today's words."""

from __future__ import annotations

import pytest

from aidevsecops_ext.domain.errors import UserError
from aidevsecops_ext.magics.horus import translate


@pytest.mark.parametrize(
    ("old", "today"),
    [
        ("", "--help"),
        ("help", "--help"),
        ("version", "--version"),
        ("check", "check"),
        ("check -o json", "check --json"),
        ("check --output-format table", "check"),
        ("show", "show"),
        ("show --pipfile", "export --format pipfile --out -"),
        ("show --pipfile-lock", "export --format pipfile --out -"),
        ("show --thoth-config", "export --format thoth-yaml --out -"),
        ("discover --force", "discover"),
        ("convert", "convert"),
        ("requirements", "requirements"),
        ("requirements --add a b>=2 --dev", "requirements --add a --add b>=2 --dev"),
        ("requirements -a a -a b -r c d", "requirements --add a --add b --remove c --remove d"),
        (
            "requirements -a a -i https://index.example/simple",
            "requirements --add a --index https://index.example/simple",
        ),
        ("lock", "lock"),
        ("lock --pipenv --force --timeout 60 -l a=b,c=d --kernel-name k", "lock"),
        ("lock --set-timeout 60", "lock"),
        ("lock --recommendation-type security", "lock --recommendation-type security"),
        ("lock --python-version 3.9 --debug", "lock --python-version 3.9 --verbose"),
        ("lock --os-name rhel --os-version 8", "lock --python-platform x86_64-manylinux_2_28"),
        ("lock --help", "lock --help"),
        ("extract", "export --format pipfile"),
        (
            "extract --store-files-path d --force --pipfile",
            "export --format pipfile --out d --force",
        ),
        ("extract --use-overlay", "export --format pipfile --use-overlay"),
        ("extract --thoth-config", "export --format thoth-yaml"),
        ("set-kernel --kernel-name k --force", "kernel install --name k --force"),
        ("list-kernels", "kernel list"),
        ("delete-kernel k", "kernel delete k"),
        ("delete-kernel --kernel-name k", "kernel delete k"),
        ("check-kernel", "kernel check"),
        ("check-kernel --kernel-name k", "kernel check k"),
    ],
)
def test_translate_gives_the_words_of_today(old: str, today: str) -> None:
    assert translate(old.split()).words == tuple(today.split())


@pytest.mark.parametrize(
    ("old", "note"),
    [
        ("lock --force", "--force is for a Thoth service"),
        ("lock --labels a=b", "--labels is for a Thoth service"),
        ("lock --pipenv", "uv resolves"),
        ("lock --timeout 60", "AIDEVSECOPS_LOCK_TIMEOUT"),
        ("lock --kernel-name k", "'%aidevsecops kernel install --name k'"),
        ("lock", "'%aidevsecops kernel install'"),
        ("discover --force", "left out"),
        ("extract --pipfile", "written together"),
    ],
)
def test_translate_says_what_is_left_out(old: str, note: str) -> None:
    assert any(note in said for said in translate(old.split()).notes)


def test_translate_says_nothing_when_all_is_kept() -> None:
    assert translate(["extract", "--use-overlay"]).notes == ()
    assert translate(["lock", "--help"]).notes == ()


@pytest.mark.parametrize(
    ("old", "hint"),
    [
        ("log", "--verbose"),
        ("save", "import --from FILE"),
        ("check -o yaml", "check --json"),
        ("dance", "requirements"),
        ("lock --fast", "'%horus lock --help'"),
        ("lock --timeout", "'%horus lock --help'"),
    ],
)
def test_translate_says_what_to_use_instead_when_nothing_corresponds(old: str, hint: str) -> None:
    with pytest.raises(UserError) as caught:
        translate(old.split())

    assert hint in caught.value.hint
