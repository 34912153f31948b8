"""A command line -> the words of each simple command in it, as far as package managers need.

Quotes, backslashes, ``&&``, ``;``, ``|``, comments and redirections are understood as a shell does,
but for one thing: an unquoted ``x>=1`` stays a word, because that is what its writer meant.
"""

from __future__ import annotations

from ..domain.late_patterns import late_pattern

_PLAIN = late_pattern(r"[^\s'\"\\;&|()#<>]+")
_REDIRECTION = late_pattern(r"(?:&>>?|>>|>&\d?|>(?!=|[ \t]*\d)|<<-?)[ \t]*")


def split_commands(line: str) -> list[list[str]]:
    """The words of each command in the line, in order; a broken quote ends with the line."""
    reader = _Reader(line)
    reader.read()
    return [words for words in reader.commands if words]


class _Reader:
    def __init__(self, line: str) -> None:
        self._line = line
        self._at = 0
        self._word: list[str] | None = None
        self._is_target = False
        self.commands: list[list[str]] = [[]]

    def read(self) -> None:
        while self._at < len(self._line):
            character = self._line[self._at]
            if character in " \t\r":
                self._end_word()
                self._at += 1
            elif self._line.startswith("\\\n", self._at):
                self._at += 2
            elif character == "#" and self._word is None:
                self._skip_comment()
            elif self._take_redirection():
                continue
            elif character in ";&|()\n":
                self._end_word()
                self.commands.append([])
                self._at += 1
            else:
                self._take_text(character)
        self._end_word()

    def _take_text(self, character: str) -> None:
        if self._word is None:
            self._word = []
        if character in "'\"":
            end = self._line.find(character, self._at + 1)
            end = len(self._line) if end < 0 else end
            self._word.append(self._line[self._at + 1 : end])
            self._at = end + 1
        elif character == "\\":
            self._word.append(self._line[self._at + 1 : self._at + 2])
            self._at += 2
        else:
            plain = _PLAIN.match(self._line, self._at)
            text = plain[0] if plain else character
            self._word.append(text)
            self._at += len(text)

    def _take_redirection(self) -> bool:
        """Step over ``2>&1``, ``> log`` and the like."""
        redirection = _REDIRECTION.match(self._line, self._at)
        if redirection is None:
            return False
        if self._word in (["1"], ["2"]):
            self._word = None
        self._end_word()
        self._at = redirection.end()
        self._is_target = not redirection[0][-1].isdigit()
        return True

    def _end_word(self) -> None:
        if self._word is not None and not self._is_target:
            self.commands[-1].append("".join(self._word))
        if self._word is not None:
            self._is_target = False
        self._word = None

    def _skip_comment(self) -> None:
        end = self._line.find("\n", self._at)
        self._at = len(self._line) if end < 0 else end
