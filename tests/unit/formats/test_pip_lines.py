"""Install commands as requirements."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aidevsecops_ext.formats.pip_lines import read_installs
from aidevsecops_ext.formats.shell_words import split_commands


@pytest.mark.parametrize(
    ("line", "requirements"),
    [
        ("pip install a", ["a"]),
        ("pip install a b==1.0", ["a", "b==1.0"]),
        ("pip3 install a", ["a"]),
        ("pip3.11 install a", ["a"]),
        ("/opt/bin/pip install a", ["a"]),
        (r"C:\\x\\pip.exe install a", ["a"]),
        ("python -m pip install a", ["a"]),
        ("python3.11 -u -m pip install a", ["a"]),
        ("py -m pip install a", ["a"]),
        ("{sys.executable} -m pip install a", ["a"]),
        ('"{sys.executable}" -m pip install a', ["a"]),
        ("$PYTHON -m pip install a", ["a"]),
        ("uv pip install --system a", ["a"]),
        ("uv --quiet add a", ["a"]),
        ("python -m uv pip install a", ["a"]),
        ("sudo -H pip install a", ["a"]),
        ("PIP_NO_CACHE=1 pip install a", ["a"]),
        ("yes | pip install a", ["a"]),
        ("cd x && pip install a; pip install b || echo", ["a", "b"]),
        ("(pip install a)\npip install b", ["a", "b"]),
        ("pip --no-color --log x install a", ["a"]),
        ("pip install -q -U --upgrade --pre a", ["a"]),
        ("pip install -qU a", ["a"]),
        ("pip install --upgrade-strategy eager --timeout=9 -t /x a", ["a"]),
        ("pip install -t/x a --target", ["a"]),
        ("pip install a>=1,<2", ["a<2,>=1"]),
        ("pip install 'a>=1' \"b<2\"", ["a>=1", "b<2"]),
        ("pip install a >= 1", ["a>=1"]),
        ("pip install a < 3 b", ["a<3", "b"]),
        ("pip install a > 3", ["a>3"]),
        ("pip install a, b ,", ["a", "b"]),
        ("pip install a[x,y]~=1.2", ["a[x,y]~=1.2"]),
        ("pip install \"a; python_version < '3.8'\"", ['a ; python_version < "3.8"']),
        ("pip install a # b", ["a"]),
        ("pip install a#b # c\npip install d", ["d"]),
        ("pip install a > log.txt 2>&1", ["a"]),
        ("pip install a>log.txt", ["a"]),
        ("pip install a 2> /dev/null b", ["a", "b"]),
        ("pip install a &> log", ["a"]),
        ("pip install a 1>&2 >> x", ["a"]),
        ('pip install "a', ["a"]),
        ("pip install a\\\n b", ["a", "b"]),
        ("pip install -U pip setuptools wheel uv", []),
        ("pip install setuptools<58", ["setuptools<58"]),
        ("pip uninstall a; pip list; pip", []),
        ("pip-compile a; mypip install b", []),
        ("python -c 'import pip'; python x.py pip install", []),
        ("uv run x; uv; uv pip list", []),
        ("echo pip install a", []),
        ("sudo", []),
        ("sudo pip", []),
        ("ls", []),
        ("conda install a", ["a"]),
        (
            "conda install -y -c conda-forge --name env a=1.2 b==1.3 'c>=2,<3'",
            ["a==1.2.*", "b==1.3", "c<3,>=2"],
        ),
        ("mamba install a=1.2.3=py311_0 b=1.2.*", ["a==1.2.3", "b==1.2.*"]),
        ("micromamba install 'a 1.2.*'", ["a==1.2.*"]),
        ("conda install conda-forge::a python=3.8", ["a"]),
        ("conda install pytorch torchvision py-opencv", ["torch", "torchvision", "opencv-python"]),
        ("conda create -n x a", []),
    ],
)
def test_read_installs_gives_the_requirements(line: str, requirements: list[str]) -> None:
    installs = read_installs(line)

    assert [each.to_pep508() for each in installs.requirements] == requirements


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("pip install -r req.txt a", "The requirements in req.txt are not read"),
        ("pip install -rreq.txt a", "The requirements in req.txt are not read"),
        ("pip install --requirement=req.txt a", "The requirements in req.txt are not read"),
        ("pip install a -r", "The requirements in a file are not read"),
        ("conda install --file req.txt a", "The requirements in req.txt are not read"),
        ("pip install -i https://index.example/simple a", "package index of -i is not taken over"),
        ("pip install --extra-index-url=https://x.example a", "--extra-index-url is not taken"),
        (
            "pip install git+https://me:secret@forge.example/a.git a",
            "git+https://***@forge.example",
        ),
        ("pip install b@git+https://forge.example/b a", "is an address"),
        ("pip install b @ https://forge.example/b.whl a", "is an address"),
        ("pip install -e . a", ". is a path"),
        ("pip install -e. a", ". is a path"),
        ("pip install ./b a", "./b is a path"),
        ("pip install b-1.0-py3-none-any.whl a", "is a path"),
        ("pip install $B a", "$B is not known before the notebook runs"),
        ("pip install {b} a", "{b} is not known before the notebook runs"),
        ("pip install b==bad a", "b==bad is not a requirement"),
        ("conda install cudatoolkit=11.1 a", "cudatoolkit is a conda package"),
        ("conda install 'b=1|2' a", "b=1|2 is not a requirement"),
        ("conda install ?b a", "?b is not a requirement"),
    ],
)
def test_read_installs_says_what_it_leaves_out(line: str, problem: str) -> None:
    installs = read_installs(line)

    assert [problem in said for said in installs.problems] == [True]
    assert "secret" not in installs.problems[0]
    assert [each.name for each in installs.requirements] in (["a"], [])


def test_split_commands_keeps_words_when_they_are_quoted() -> None:
    commands = split_commands(r"""a 'b c'd "e;f" g\ h << EOF; i \
 j\ """)

    assert commands == [["a", "b cd", "e;f", "g h"], ["i", "j "]]


_PARTS = st.sampled_from(
    ["pip", " install", " ", "'", '"', "\\", ";", "&", "|", "(", ")", "#", "<", ">", "=", "==", "1"]
    + ["a", "-r", "-e", "-", "--", ",", "@", "{", "$", "\n", "conda", "python -m ", "[", "]", "~"]
)


@given(st.lists(_PARTS, max_size=15).map("".join), st.booleans())
def test_read_installs_never_fails_whatever_it_reads(text: str, is_install: bool) -> None:
    line = f"conda install {text}" if is_install else f"pip install {text}"

    installs = read_installs(line)

    assert all(each.name for each in installs.requirements)
