"""Looks for secrets with the detectors of detect-secrets, in this process and without a network.

Only its patterns are used: its settings are global to a process, and its detectors would ask the
services that a secret is for whether it is valid.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache
from posixpath import basename, splitext
from typing import TYPE_CHECKING

from msgspec import Struct

from ..domain.secrets_found import FoundSecret, Passage, PassagePart

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from detect_secrets.plugins.base import BasePlugin

    from ..app.ports import CancelToken

_KEYWORD = "Secret Keyword"
_ADDRESSES = "Basic Auth Credentials"
# An address of a machine is no secret.
_LEFT_OUT = frozenset({"Public IP (ipv4)"})
# Some patterns take a time that grows with the square of a line.
_LONGEST_LINE, _OVERLAP = 4_000, 300
_UNQUOTED = frozenset(
    {
        *(".yaml", ".yml", ".eyaml", ".cnf", ".conf", ".cfg", ".cf", ".ini", ".properties"),
        *(".toml", ".env", ".sh", ".bash", ".zsh"),
    }
)
_UNQUOTED_NAMES = ("Dockerfile", "Containerfile", ".env")
# What keywords and patterns of "name = value" have in them, and what rarer ones have.
_TELLING = re.compile("key|pass|pw|secret|token|contrase")
_NEEDED = {
    "Artifactory Credentials": ("AKC", "AP"),
    "Mailchimp Access Key": ("-us",),
    "NPM tokens": ("_authToken",),
    "Stripe Access Key": ("k_live_",),
}
_OF_ASSIGNMENTS = r"(?:(?<=\W)|(?<=^))"
# What a name is of that only leads to a secret: secretName, password_file, apiKeyRef.
_POINTER = re.compile(
    r"(?:name|ref|references?|file|path|env|url|uri|type|field|label|id|arn|hint|prompt)s?"
    r"[\]'\"]{0,2}\s*[:=]",
    re.IGNORECASE,
)
# The name of a secret that is elsewhere, as manifests and templates have it.
_NAME = re.compile(
    r"[a-z]+(?:[-_.][a-z]+)*[-_.](?:secrets?|keys?|token|password|pass|creds|credentials?)"
)
_WORDS = re.compile(r"[a-z]+(?:[-_.][a-z]+)+")
_PLACEHOLDER = re.compile(
    r"[<\[{(*.]|your|change.?me|change.?it|example|placeholder|dummy|xxx|redacted|insert|todo"
    r"|(?:my|the|some|a|an|new|test|user)?[-_ ]?"
    r"(?:password|passwd|pass|pwd|secret|token|(?:api[-_ ]?|secret[-_ ]?|access[-_ ]?)?key)s?\d*$"
    r"|(?:none|null|true|false|str|string|required|optional|hidden|env|default)$",
    re.IGNORECASE,
)


class _Pattern(Struct, frozen=True):
    """A pattern of our own, for services that notebooks speak to."""

    kind: str
    regex: re.Pattern[str]


_OURS = (
    _Pattern("Hugging Face Token", re.compile(r"(hf_[A-Za-z0-9]{30,})")),
    _Pattern("GitHub Token", re.compile(r"(github_pat_[A-Za-z0-9_]{22,})")),
    _Pattern("Google API Key", re.compile(r"(AIza[A-Za-z0-9_-]{35})(?![A-Za-z0-9_-])")),
    _Pattern("OpenAI Token", re.compile(r"(sk-(?:proj|svcacct|admin)-[A-Za-z0-9_-]{40,})")),
    _Pattern("Anthropic API Key", re.compile(r"(sk-ant-[A-Za-z0-9_-]{20,})")),
    _Pattern("Databricks Token", re.compile(r"(dapi[0-9a-f]{32})")),
    # The keywords of detect-secrets do not have this one.
    _Pattern(
        _KEYWORD,
        re.compile(
            r"(?i:token)\w*[\]'\"]{0,2}\s*[:=]\s*['\"]"
            r"((?=[^'\"]*\d)(?=[^'\"]*[A-Za-z])[A-Za-z0-9_.+/=~-]{16,})['\"]"
        ),
    ),
)


class DetectSecrets:
    """The port ``SecretScanner``."""

    def scan(self, passages: Iterable[Passage], cancel: CancelToken) -> Iterator[FoundSecret]:
        """The secrets in each passage, as they are found; each kind once a line.

        Raises:
            CancelledError: cancelled.
        """
        for passage in passages:
            cancel.raise_if_cancelled()
            yield from _Scan(passage).found()


class _Scan:
    """One passage; a line that is too long is looked at piece by piece."""

    def __init__(self, passage: Passage) -> None:
        self._passage = passage
        self._lines = passage.text.splitlines()
        self._numbers: list[int] = []
        self._starts: list[int] = []
        self._pieces: list[str] = []
        position = 0
        for number, line in enumerate(self._lines):
            for piece in _pieces_of(line):
                self._numbers.append(number)
                self._starts.append(position)
                self._pieces.append(piece)
                position += len(piece) + 1
        self._text = "\n".join(self._pieces)

    def found(self) -> list[FoundSecret]:
        """What was found, by lines; a keyword says nothing more where the kind is known."""
        found: dict[int, dict[str, bool]] = {}
        for kind, piece, secret in self._candidates():
            number = self._numbers[piece]
            kinds = found.setdefault(number, {})
            is_known = kinds.get(kind) or (kind == _KEYWORD and kinds.keys() - {kind})
            if not is_known and not self._is_harmless(number, secret):
                kinds[kind] = _is_certain(kind, secret)
        passage = self._passage
        return [
            FoundSecret(passage.file, number + 1, kind, is_certain, passage.part, passage.cell)
            for number in sorted(found)
            for kind, is_certain in sorted(found[number].items())
        ]

    def _candidates(self) -> Iterator[tuple[str, int, str]]:
        """The kind, the number of the piece, and the secret; keywords come last."""
        detectors = _detectors()
        if self._passage.is_addresses_only:
            yield from self._of_form({_ADDRESSES: detectors[_ADDRESSES]}, [])
            return
        telling = self._telling()
        yield from self._of_form(detectors, telling)
        for pattern in _OURS:
            for piece in self._matching((pattern.regex,)):
                for secret in pattern.regex.findall(self._pieces[piece]):
                    yield pattern.kind, piece, secret
        for piece in telling:
            text = self._pieces[piece]
            for secret in _keywords_in(text, is_unquoted=self._is_unquoted(text)):
                yield _KEYWORD, piece, secret

    def _of_form(
        self, detectors: Mapping[str, _Detector], telling: Sequence[int]
    ) -> Iterator[tuple[str, int, str]]:
        for kind, detector in detectors.items():
            if not any(needed in self._text for needed in _NEEDED.get(kind, ("",))):
                continue
            pieces = self._matching(detector.regexes)
            for piece in sorted({*pieces, *telling}) if detector.has_assignments else pieces:
                for secret in detector.plugin.analyze_string(self._pieces[piece]):
                    yield kind, piece, secret

    def _telling(self) -> list[int]:
        """The numbers of the pieces that may say what something secret is."""
        # The one letter that is two in lower case would move all that follows.
        return self._matching((_TELLING,), self._text.replace("\u0130", "i").lower())

    def _matching(self, regexes: Sequence[re.Pattern[str]], text: str | None = None) -> list[int]:
        """The numbers of the pieces that one of them matches in."""
        looked_at = self._text if text is None else text
        return sorted(
            {
                bisect_right(self._starts, match.start()) - 1
                for regex in regexes
                for match in regex.finditer(looked_at)
            }
        )

    def _is_unquoted(self, line: str) -> bool:
        """True where a value needs no quotes."""
        passage = self._passage
        if passage.part is PassagePart.SOURCE:
            return line.lstrip().startswith(("%", "!"))
        name = basename(passage.file)
        return passage.part is PassagePart.FILE and (
            splitext(name)[1] in _UNQUOTED or name.startswith(_UNQUOTED_NAMES)
        )

    def _is_harmless(self, number: int, secret: str) -> bool:
        from detect_secrets.filters import allowlist, heuristic
        from detect_secrets.util.code_snippet import get_code_snippet

        is_code = self._passage.part is not PassagePart.FILE
        return (
            heuristic.is_sequential_string(secret)
            or heuristic.is_potential_uuid(secret)
            or heuristic.is_templated_secret(secret)
            or heuristic.is_prefixed_with_dollar_sign(secret)
            or heuristic.is_not_alphanumeric_string(secret)
            or allowlist.is_line_allowlisted(
                "cell.py" if is_code else self._passage.file,
                self._lines[number],
                get_code_snippet(self._lines, number + 1),
            )
        )


class _Detector(Struct, frozen=True):
    """A detector, and those of its patterns that are looked for in a whole text.

    Those of assignments are slow, and only looked for where there is a telling word.
    """

    plugin: BasePlugin
    regexes: tuple[re.Pattern[str], ...]
    has_assignments: bool


@lru_cache(maxsize=1)
def _detectors() -> Mapping[str, _Detector]:
    """Those that know a secret by its form, by their kinds; slow to import."""
    from detect_secrets.core.plugins.util import get_mapping_from_secret_type_to_class
    from detect_secrets.plugins.base import RegexBasedDetector

    detectors = {}
    classes: Mapping[str, type[BasePlugin]] = get_mapping_from_secret_type_to_class()
    for kind, made in classes.items():
        plugin = made()
        if isinstance(plugin, RegexBasedDetector) and kind not in _LEFT_OUT:
            slow = [r for r in plugin.denylist if r.pattern.startswith(_OF_ASSIGNMENTS)]
            quick = [r for r in plugin.denylist if r not in slow]
            regexes = [re.compile(regex.pattern, regex.flags | re.MULTILINE) for regex in quick]
            detectors[kind] = _Detector(plugin, tuple(regexes), bool(slow))
    return detectors


def _is_certain(kind: str, secret: str) -> bool:
    """False for what people write where a secret would be, and for words."""
    if kind not in (_KEYWORD, _ADDRESSES):
        return True
    is_words = " " in secret.strip() or _WORDS.fullmatch(secret)
    return not (is_words or _PLACEHOLDER.match(secret))


def _keywords_in(line: str, *, is_unquoted: bool) -> Iterator[str]:
    from detect_secrets.filters.heuristic import is_indirect_reference, is_likely_id_string
    from detect_secrets.plugins import keyword

    if is_unquoted and is_indirect_reference(line):
        return
    groups = (
        keyword.CONFIG_DENYLIST_REGEX_TO_GROUP
        if is_unquoted
        else keyword.QUOTES_REQUIRED_DENYLIST_REGEX_TO_GROUP
    )
    for regex, group in groups.items():
        for match in regex.finditer(line):
            secret, start = match.group(group), match.start(group)
            is_pointer = _POINTER.search(line, match.start(), start) or _NAME.fullmatch(secret)
            if is_pointer or is_likely_id_string(secret, line):
                continue
            yield secret


def _pieces_of(line: str) -> Iterator[str]:
    if len(line) <= _LONGEST_LINE:
        yield line
        return
    for start in range(0, len(line), _LONGEST_LINE):
        yield line[start : start + _LONGEST_LINE + _OVERLAP]
