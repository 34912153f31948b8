"""The files that shell commands and magics read and write, as far as they are written down."""

from __future__ import annotations

import posixpath
import re
import shlex
from enum import Enum
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from .late_patterns import late_pattern
from .split_file_calls import SHELL_MAGICS, SHELL_QUIET, SHOWS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .flow_facts import MagicUse


class FileMatter(str, Enum):
    """What of a file matters: what is in it, that it is there, or that it is so no more."""

    CONTENT = "content"
    PLACE = "place"
    GONE = "gone"


class FileUse(Struct, frozen=True):
    """A file or folder that a statement reads or writes: ``path`` is as seen from the notebook.

    It is None where it is not written down. A folder that is made or gone to is a place. Where a
    ``program`` uses files that nobody knows, it is named as a person would.
    """

    path: str | None
    is_written: bool
    line: int
    matter: FileMatter = FileMatter.CONTENT
    program: str = ""


CALLED = "the program that is called here"
"""What a program is called whose name is known only when it runs."""

# Python's reader of shells copies a word once more with each of its characters.
_LONGEST = 50_000
_MARKS = late_pattern(r"[<>|&]+")
_ENDS = late_pattern(r"[|&;()]+")
_SENT_TO = late_pattern(r"&?>>?\|?&?")
_VARIABLE = late_pattern(r"[$`{}]")
_PATTERN = late_pattern(r"[*?\[]")
_NOWHERE = late_pattern(r"/dev/\w+|&?\d+|-")
_BEFORE = frozenset({"sudo", "time", "nohup", "exec", "then", "do", "else", "!"})


def files_of_magic(magic: MagicUse) -> Iterator[FileUse]:
    """The files of a magic or a shell command."""
    if magic.name in ("writefile", "file"):
        words = [word for word in magic.arguments.split() if not word.startswith("-")]
        if words:
            yield _path(words[0], True, magic.line)
    elif magic.name == "cd":
        if magic.arguments:
            yield FileUse(folder_gone_to(magic), False, magic.line, FileMatter.PLACE)
    elif magic.is_cell and magic.name in ("bash", "sh", "script", "!", "sx", "system"):
        name = "shell" if magic.name in ("!", "sx", "system") else magic.name
        yield from anything(magic.line, f"the {name} script")
    elif magic.name in ("!", "!!", "sx", "system"):
        yield from files_of_command(magic.arguments, magic.line)
    elif magic.name in SHELL_MAGICS and not magic.is_cell:
        yield from files_of_command(f"{magic.name} {magic.arguments}", magic.line)


def folder_gone_to(magic: MagicUse) -> str | None:
    """The folder that ``%cd`` goes to, where that is written down."""
    words = [word for word in _words(magic.arguments) if not word.startswith("-")]
    known = len(words) == 1 and not _VARIABLE.search(words[0]) and not words[0].startswith("~")
    return words[0] if known else None


def files_of_command(text: str, line: int) -> list[FileUse]:
    """The files of a command line, with all its parts: ``mkdir a && echo 1 > a/b``."""
    found: list[FileUse] = []
    part: list[str] = []
    folder: str | None = "."
    for word in [*_words(text), ";"]:
        if not _ENDS.fullmatch(word):
            part.append(word)
            continue
        while part and (part[0] in _BEFORE or re.fullmatch(r"\w+=.*", part[0])):
            part.pop(0)
        if part[:1] == ["cd"]:
            # Each line has a shell of its own, so that it matters to the rest of the line only.
            goes = len(part) == 2 and not _VARIABLE.search(part[1]) and folder is not None
            folder = posixpath.join(folder or "", part[1]) if goes else None
        elif part:
            found += _within(folder, _of_part(part, line))
        part = []
    return found


def _within(folder: str | None, uses: Sequence[FileUse]) -> Iterator[FileUse]:
    for use in uses:
        path = use.path
        if path is not None and not path.startswith("/"):
            path = None if folder is None else posixpath.normpath(posixpath.join(folder, path))
        yield replace(use, path=path)


def _of_part(words: list[str], line: int) -> list[FileUse]:
    """The files of one command."""
    if _MARKS.fullmatch(words[0]):
        words = ["echo", *words]
    plain: list[str] = []
    sent: list[FileUse] = []
    waiting = iter(words[1:])
    for word in waiting:
        if _SENT_TO.fullmatch(word) or word == "<":
            path = next(waiting, "")
            if path and not _NOWHERE.fullmatch(path):
                sent.append(_path(path, word != "<", line))
            if word != "<" and plain and plain[-1].isdigit():
                plain.pop()
        elif not _MARKS.fullmatch(word):
            plain.append(word)
    paths = [word for word in plain if not word.startswith("-")]
    if words[0] in ("wget", "curl"):
        return [*_downloaded(words[0], plain, paths, line), *sent]
    return [*_of_program(words[0], plain, paths, line), *sent]


def _of_program(program: str, words: list[str], paths: list[str], line: int) -> list[FileUse]:
    """What a program does to the files that it is given."""
    match program:
        case "cp" | "mv" | "ln" | "rsync" if len(paths) > 1:
            *sources, target = paths
            moved = [_path(each, True, line, FileMatter.GONE) for each in sources]
            read = [_path(each, False, line) for each in sources]
            return [*read, *(moved if program == "mv" else ()), _path(target, True, line)]
        case "mkdir":
            return [_path(each, True, line, FileMatter.PLACE) for each in paths]
        case "rm" | "rmdir":
            return [_path(each, True, line, FileMatter.GONE) for each in paths]
        case "touch" | "tee" | "truncate":
            return [_path(each, True, line) for each in paths]
        case "ls" | "ll" | "tree" | "du" | "find":
            folders = [each for each in paths if program != "find" or each == paths[0]]
            return [_path(each, False, line) for each in folders or ["."]]
        case "git" if paths[:1] == ["clone"]:
            where = paths[2] if len(paths) > 2 else _last_part(paths[-1]).removesuffix(".git")
            return [_path(where, True, line)]
        case "sed" if any(word.startswith(("-i", "--in-place")) for word in words):
            return anything(line, program)
        case _ if program in SHOWS:
            given = [each for each in paths if re.search(r"[./]", each)]
            return [_path(each, False, line) for each in given]
        case _ if program in SHELL_QUIET:
            return []
    return anything(line, CALLED if _VARIABLE.search(program) else program)


def _downloaded(program: str, words: list[str], paths: list[str], line: int) -> list[FileUse]:
    for number, word in enumerate(words[:-1]):
        if word in ("-P", "--directory-prefix", "--output-dir"):
            return [_path(words[number + 1], True, line)]
        is_named = word in ("-O", "--output-document") if program == "wget" else word == "-o"
        if is_named or word == "--output":
            named = words[number + 1]
            return [] if named == "-" else [_path(named, True, line)]
    is_kept = program == "wget" or any(re.fullmatch(r"-\w*O\w*|--remote-name", w) for w in words)
    if not is_kept:
        return []
    names = [_last_part(each) for each in paths if re.search(r"[^:/]/+[^/?]", each)]
    return [_path(each, True, line) for each in names] or anything(line, program)


def _last_part(address: str) -> str:
    return address.partition("?")[0].rstrip("/").rpartition("/")[2]


def anything(line: int, program: str) -> list[FileUse]:
    """What a program does of which nobody knows which files it uses."""
    return [FileUse(None, is_written, line, program=program) for is_written in (False, True)]


def _words(text: str) -> list[str]:
    if len(text) > _LONGEST:
        return text.split()
    try:
        lexer = shlex.shlex(text, posix=True, punctuation_chars="<>|&;()")
        lexer.whitespace_split = True
        lexer.commenters = ""
        return list(lexer)
    except ValueError:
        return text.split()


def _path(
    word: str, is_written: bool, line: int, matter: FileMatter = FileMatter.CONTENT
) -> FileUse:
    """A path as a shell has it; of a pattern the folder that it looks in."""
    if _VARIABLE.search(word) or word.startswith("~"):
        return FileUse(None, is_written, line)
    found = _PATTERN.search(word)
    if found is not None:
        word = word[: found.start()].rpartition("/")[0] or "."
    return FileUse(posixpath.normpath(word), is_written, line, matter)
