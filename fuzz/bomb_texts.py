"""Texts of each format that are dear to read, made for a size."""

from __future__ import annotations

from collections.abc import Callable, Iterator

_ALIASES = "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}, *a{n - 1}]\n" for n in range(1, 40))
_MERGES = "".join(f"a{n}: &a{n} {{<<: [*a{n - 1}, *a{n - 1}]}}\n" for n in range(1, 40))
_ENTITIES = "".join(f'<!ENTITY x{n} "{f"&x{n - 1};" * 10}">' for n in range(1, 12))

# What comes once before, again and again, and once after.
_REPEATED: dict[str, tuple[str, str, str]] = {
    "yaml: lists": ("", "- ", "a"),
    "yaml: questions": ("", "? ", "a"),
    "yaml: brackets": ("a: ", "[", ""),
    "yaml: tables in brackets": ("a: ", "{a: ", ""),
    "yaml: entries": ("a:\n", "- b: 1\n", ""),
    "yaml: aliases of one": ("- &a x\n", "- *a\n", ""),
    "yaml: documents": ("", "---\n", ""),
    "yaml: one key": ("", "a: 1\n", ""),
    "yaml: block": ("a: |\n", "  b\n", ""),
    "yaml: folded": ("a: >\n", "  b\n\n", ""),
    "yaml: quoted": ('a: "', "\\x41", '"'),
    "yaml: plain": ("a: ", "b ", ""),
    "yaml: wide": ("a: [", "b, ", "]"),
    "yaml: forty deep": ("", "- " * 40 + "a\n", ""),
    "json: arrays": ("", "[", ""),
    "json: objects": ("", '{"a":', ""),
    "json: number": ('{"version": ', "9", "}"),
    "json: wide": ("[", "0,", "0]"),
    "json: empty arrays": ("[", "[],", "0]"),
    "json: empty objects": ("[", "{},", "0]"),
    "json: one key": ("{", '"a":1,', '"a":1}'),
    "json: text": ('{"a": "', "b", '"}'),
    "json: key": ('{"', "b", '": 1}'),
    "json: escapes": ('{"a": "', "\\u0041", '"}'),
    "json: halves": ('{"a": "', "\\ud800", '"}'),
    "json: lines": ("", "{}\n", ""),
    "toml: arrays": ("a = ", "[", ""),
    "toml: tables within": ("a = ", "{b = ", ""),
    "toml: dotted": ("", "a.", "a = 1"),
    "toml: dotted table": ("[", "a.", "a]"),
    "toml: tables": ("", "[[a]]\n", ""),
    "toml: one table": ("", "[a]\n", ""),
    "toml: number": ("a = ", "9", ""),
    "toml: hexadecimal": ("a = 0x", "f", ""),
    "toml: fraction": ("a = 1.", "9", ""),
    "toml: date": ("a = 1979-05-27T07:32:00.", "9", ""),
    "toml: lines": ('a = """', "b\n", '"""'),
    "toml: wide": ("a = [", "{b=1},", "]"),
    "code: brackets": ("x = ", "(", ""),
    "code: minus": ("x = ", "-", "1"),
    "code: sum": ("x = 1", "+1", ""),
    "code: calls": ("x", ".a()", ""),
    "code: indices": ("x", "[0]", ""),
    "code: comparisons": ("x", "<x", ""),
    "code: lambdas": ("", "lambda: ", "1"),
    "code: choices": ("", "1 if 1 else ", "1"),
    "code: formats": ('f"', "{a}", '"'),
    "code: lines": ("", "a=1\n", ""),
    "code: statements": ("", "a;", ""),
    "code: elif": ("if x: pass\n", "elif x: pass\n", ""),
    "code: tries": ("", "try: import a\nexcept ImportError: import b\n", ""),
    "code: targets": ("", "a=", "1"),
    "code: number": ("x=", "9", ""),
    "code: generators": ("x = [1 ", "for a in a ", "]"),
    "code: installs": ("", "%pip install a\n", ""),
    "code: shell": ("", "!ls\n", ""),
    "code: questions": ("", "a?\n", ""),
    "code: continued": ("", "%a \\\n", ""),
    "code: cells": ("", "# %%\na=1\n", ""),
    "code: stars": ("f(", "*a,", ")"),
    "code: calls of one": ("def f(x): return x\n", "f(f)\n", ""),
    "code: text": ("x='", "a", "'"),
    "xml: elements": ("", "<a>", ""),
    "html: links": ("", '<a href="x">', ""),
    "html: bangs": ("", "<!", ""),
    "html: sections": ("", "<![", ""),
    "html: ends": ("", "</", ""),
    "html: comments": ("", "<!--", ""),
    "html: quotes": ('<a href="', 'a="', ""),
    "html: attributes": ("<a ", "b ", ""),
    "text: versions": ("", "1.", "1"),
    "text: dashes": ("", "a-", "!"),
    "text: slashes": ("", "a/", "!"),
    "text: addresses": ("", "http://a@", ""),
    "text: variables": ("", "${A", ""),
    "text: fields": ("", "%(a)s", ""),
    "text: colours": ("", "\x1b[", ""),
    "text: specifiers": ("a", ">=1,", ""),
    "text: markers": ("a; ", "(", ""),
    "text: conditions": ("a; ", "os_name=='a' and ", "os_name=='a'"),
    "text: extras": ("a[", "a,", "a]"),
    "text: sections": ("", "[a]\nb=c\n", ""),
    "text: continued": ("[a]\nb=\n", " c\n", ""),
    "text: accents": ("e", "\u0301", ""),
    "text: numbers": ("", "9" * 4_000 + " ", ""),
    "text: fences": ("", "```\n", ""),
    "text: hashes": ("", "a \\\n --hash=sha256:00\n", ""),
    "text: script": ("# /// script\n", "# a\n", ""),
    "text: returns": ("", "a = 1\r", ""),
    **{f"text: {sign!r}": ("x", sign, "\x01") for sign in " \n\t\0'\"\\-_./#=<({[$%*`@:&|!?;,+~a1"},
}
# The same with a number in each.
_NUMBERED: dict[str, tuple[str, str, str]] = {
    "yaml: keys": ("", "k{n}: {n}\n", ""),
    "yaml: anchors": ("", "- &a{n} x\n", ""),
    "json: keys": ("{", '"k{n}":{n},', '"k":1}'),
    "toml: keys": ("", "a{n} = 1\n", ""),
    "toml: numbered tables": ("", "[a{n}]\n", ""),
    "toml: dotted keys": ("", "a.b{n}.c = 1\n", ""),
    "code: names": ("", "a{n} = a{m}\n", ""),
    "code: functions": ("", "def f{n}(): return f{m}()\n", ""),
    "code: classes": ("", "class A{n}(A{m}): pass\n", ""),
    "code: imports": ("", "import a{n}\n", ""),
    "code: arguments": ("f(", "a{n},", ")"),
    "code: parameters": ("def f(", "a{n},", "): pass"),
    "code: linked cells": ("", "# %%\na{n}=a{m}\n", ""),
    "text: requirements": ("", "a{n}>=1\n", ""),
    "xml: attributes": ("<a ", 'b{n}="" ', "/>"),
}


def bombs(size: int) -> Iterator[tuple[str, Callable[[], str]]]:
    """The names of all, and what makes each of them with about so many characters."""
    for name, (before, piece, after) in _REPEATED.items():
        yield name, _repeated(before, piece, after, size)
    for name, (before, piece, after) in _NUMBERED.items():
        yield name, _numbered(before, piece, after, size)
    yield "yaml: aliases of aliases", lambda: f"a0: &a0 [x, x]\n{_ALIASES}"
    yield "yaml: merges of merges", lambda: f"a0: &a0 {{k: v}}\n{_MERGES}"
    yield "yaml: itself", lambda: "&a [*a, {b: *a}]\n"
    yield "yaml: stairs", lambda: "".join(f"{' ' * n}a:\n" for n in range(int((2 * size) ** 0.5)))
    yield "json: closed", lambda: "[" * (size // 2) + "]" * (size // 2)
    yield "json: no numbers", lambda: '{"nbformat": 1e999, "cells": NaN, "version": -Infinity}'
    yield "toml: closed", lambda: "a = " + "[" * (size // 2) + "]" * (size // 2)
    yield "code: closed", lambda: "x = " + "(" * (size // 2) + ")" * (size // 2)
    yield "code: stairs", lambda: "".join(f"{' ' * n}if 1:\n" for n in range(99)) + " " * 99 + "a"
    yield "xml: entities", lambda: f'<!DOCTYPE a [<!ENTITY x0 "x">{_ENTITIES}]><a>&x11;</a>'
    yield "xml: closed", lambda: "<a>" * (size // 7) + "</a>" * (size // 7)


def _repeated(before: str, piece: str, after: str, size: int) -> Callable[[], str]:
    return lambda: before + piece * (size // len(piece)) + after


def _numbered(before: str, piece: str, after: str, size: int) -> Callable[[], str]:
    def write() -> str:
        count = size // (len(piece) - 1)
        pieces = (
            piece.replace("{n}", str(n)).replace("{m}", str(n - 1)) for n in range(1, count + 1)
        )
        return before + "".join(pieces) + after

    return write
