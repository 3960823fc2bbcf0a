"""SPARQL text as tokens, and an update written anew from them, so that what was checked is what is run.

Where a comparison ends and an IRI begins depends on the grammar (``1<'>'`` is either), and a check that reads
a text otherwise than the engine can be fooled. So an update is not handed on as it came: each IRI is resolved
here and written as a prefixed name of ours, each string in one way. What is left can be read in one way only.
Scope: words and names. What the words mean: updates.py. https://www.w3.org/TR/sparql11-query/#sparqlGrammar
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urljoin

from newsgraph.errors import QueryError, RefusedError

Kind = Literal["iri", "string", "variable", "word", "mark", "other"]
MAX_DEPTH = 100  # of brackets: the engine's parser calls itself for each, and its stack is finite

_TOKEN = re.compile(
    r"""
    (?P<space>[ \t\r\n]+|\#[^\r\n]*)
  | (?P<iri><[^\x00-\x20<>"{}|^`]*>)
  | (?P<string>\"{3}(?:\\.|(?!\"{3})[^\\])*\"{3} | '{3}(?:\\.|(?!'{3})[^\\])*'{3}
              | "(?:\\.|[^"\\\r\n])*" | '(?:\\.|[^'\\\r\n])*')
  | (?P<variable>[?$]\w+)
  | (?P<other>_:\w(?:[\w.·-]*[\w·-])? | @[A-Za-z]+(?:-{1,2}[A-Za-z0-9]+)*
             | (?:\d+\.\d+|\.\d+|\d+)(?:[eE][+-]?\d+)?)
  | (?P<prefixed>(?:[^\W\d_](?:[\w.·-]*[\w·-])?)?:
                 (?:[\w:·-] | %[0-9A-Fa-f]{2} | \\[_~.\-!$&'()*+,;=/?\#@%] | \.(?=[\w:.·\\%-]))*)
  | (?P<word>[A-Za-z_]\w*)
  | (?P<mark>\^\^ | \|\| | && | != | <= | >= | << | >> | \{\| | \|\} | [{}()\[\];,.=<>!+\-*/|^?~])
    """,
    re.VERBOSE | re.DOTALL,
)
_ESCAPED = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_TO_ESCAPE = re.compile(r'\\.|["\n\r]', re.DOTALL)
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


@dataclass(frozen=True, slots=True)
class Token:
    kind: Kind
    text: str  # of an IRI: the whole of it, without brackets; of a word: in capitals
    line: int  # from 1
    before: str  # the blanks and line ends that stand before it


def tokens_of(text: str, prefixes: Mapping[str, str], base: str) -> Iterator[Token]:
    """Yield the tokens of a query or update; declarations of prefixes and bases are used and left out.

    Raises:
        QueryError: If something in it belongs to no SPARQL.
        RefusedError: If brackets are nested too deeply.
    """
    names = _Names(dict(prefixes), base)
    declared = list[Token]()  # the words of a declaration that has begun
    for kind, token in _not_too_deep(_raw(text)):
        if declared or (kind == "word" and token.text in ("PREFIX", "BASE")):
            declared.append(token)
            if names.declare(declared):
                declared = []
        elif kind == "iri":
            yield names.resolved(token, names.full(token))
        elif kind == "prefixed":
            yield names.resolved(token, names.expanded(token))
        else:
            yield token
    if declared:
        raise QueryError(f"line {declared[0].line}: the text ends within {declared[0].text}")


def written_anew(tokens: Iterable[Token]) -> tuple[str, dict[str, str]]:
    """Return a text that reads as these tokens, on the same lines, and the prefixes that it needs."""
    prefixes: dict[str, str] = {}
    parts = list[str]()
    for token in tokens:
        if token.kind == "iri":
            prefix = prefixes.setdefault(token.text, f"n{len(prefixes)}")
            parts.append(f"{token.before} {prefix}: ")
        elif token.kind == "string":
            parts.append(f"{token.before} {token.text}")
        else:
            parts.append(token.before + token.text + (" " if token.text == "<" else ""))
    return "".join(parts), {prefix: iri for iri, prefix in prefixes.items()}


def _not_too_deep(tokens: Iterable[tuple[str, Token]]) -> Iterator[tuple[str, Token]]:
    depth = 0
    for kind, token in tokens:
        if kind == "mark":
            depth += (token.text in "([{") - (token.text in ")]}")
            if depth > MAX_DEPTH:
                raise RefusedError(f"line {token.line}: brackets are nested more than {MAX_DEPTH} deep")
        yield kind, token


def _raw(text: str) -> Iterator[tuple[str, Token]]:
    position, line, before = 0, 1, ""
    while position < len(text):
        found = _TOKEN.match(text, position)
        if not found or not found.lastgroup:
            raise QueryError(f"line {line}: {text[position : position + 20]!r} is not SPARQL")
        position, kind, words = found.end(), found.lastgroup, found[0]
        if kind == "space":
            before += " " if words[0] == "#" else words
        else:
            yield kind, _token(kind, words, line, before)
            before = ""
        line += words.count("\n")


def _token(kind: str, words: str, line: int, before: str) -> Token:
    match kind:
        case "string":
            return Token("string", _one_way(words), line, before)
        case "word":
            word = words.upper()
            return Token("word", words if word in ("A", "TRUE", "FALSE") else word, line, before)
        case "variable":
            return Token("variable", words, line, before)
        case "mark":
            return Token("mark", words, line, before)
    return Token("other", words, line, before)


def _one_way(literal: str) -> str:
    """Return a string in double quotation marks on one line, whichever of the four forms it has."""
    quotes = 3 if literal[:3] in ('"""', "'''") and len(literal) >= 6 else 1
    inner = literal[quotes:-quotes]
    simple = {'"': '\\"', "\n": "\\n", "\r": "\\r"}
    return '"' + _TO_ESCAPE.sub(lambda found: simple.get(found[0], found[0]), inner) + '"'


@dataclass(slots=True)
class _Names:
    """The prefixes and the base that hold at some place of a text."""

    prefixes: dict[str, str]
    base: str

    def declare(self, words: list[Token]) -> bool:
        """Say whether a declaration is whole, and note what it declares if it is."""
        last = words[-1]
        if len(words) == 1:
            return False
        if words[0].text == "BASE" or len(words) == 3:
            if not last.text.startswith("<"):
                raise QueryError(f"line {last.line}: {words[0].text} needs an IRI in angle brackets")
            if words[0].text == "BASE":
                self.base = self.full(last)
            else:
                self.prefixes[words[1].text.removesuffix(":")] = self.full(last)
            return True
        if last.text.find(":") != len(last.text) - 1:
            raise QueryError(f"line {last.line}: PREFIX needs a name that ends in a colon")
        return False

    def full(self, token: Token) -> str:
        written = _ESCAPED.sub(lambda found: _letter(found[1] or found[2], token.line), token.text[1:-1])
        return written if _ABSOLUTE.match(written) else urljoin(self.base, written)

    def expanded(self, token: Token) -> str:
        prefix, _, local = token.text.partition(":")
        if prefix not in self.prefixes:
            raise QueryError(f"line {token.line}: the prefix {prefix}: is not declared")
        return self.prefixes[prefix] + re.sub(r"\\(.)", r"\1", local)

    @staticmethod
    def resolved(token: Token, iri: str) -> Token:
        return Token("iri", iri, token.line, token.before)


def _letter(digits: str, line: int) -> str:
    try:
        return chr(int(digits, 16))
    except (ValueError, OverflowError):
        raise QueryError(f"line {line}: \\U{digits} is no character") from None
