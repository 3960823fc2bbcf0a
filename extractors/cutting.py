"""Cutting a text into words as the treebanks do that the network learned from.

spaCy's rules are nearly theirs. Where they are not, Universal Dependencies and the Penn Treebank's guidelines
for English decide, and where those leave it open what their annotators did at least twice as often as not, in
the training parts of EWT and GUM. What only the words around tell ("its not", "No. 7", "Lund and I.") is
mended behind spaCy.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import wraps
from itertools import pairwise
from typing import TypeVar

from spacy.lang.tokenizer_exceptions import URL_MATCH
from spacy.language import Language
from spacy.symbols import ORTH  # type: ignore[import-not-found]  # compiled, without stubs
from spacy.tokenizer import Tokenizer  # type: ignore[import-not-found]  # likewise
from spacy.tokens import Doc
from spacy.util import DummyTokenizer, compile_infix_regex, compile_prefix_regex, compile_suffix_regex

Found = TypeVar("Found")

# --- What stays whole --------------------------------------------------------------------------------------

_RULED_LINE = r"([=_*~#+])\1{2,}"
_PHONE_NUMBER = r"(?:1-)?(?:\d{3}[-/])?\d{3}-\d{4}"
_EXTENSION = r"[Xx]?\d-\d{4}"  # of a house's telephones: "3-1663"
_POSTAL_CODE = r"\d{5}-\d{4}"
_DAY = r"\d{1,2}-\d{1,2}-\d{2}(?:\d\d)?"
_DECADE = r"(?:1\d|20)?\d0['’]s|['’]\d\ds?"  # "the 1960's", "the '60s", "'07"
_FILE = r"(?i:[\w#][\w#.-]*\.(?:docx?|xlsx?|pdf|ppt|txt|jpe?g|gif|png|zip|csv|exe|mp3))"
_ADDRESS_CUT_SHORT = r"[\w.+-]+\.\.\.@[\w-]+(?:\.\w+)+|(?:https?://|www\.)\S+\.\.\."  # "ann...@post.example"
_INITIALS = r"[A-Za-z]/[A-Za-z]"  # "L/C", "b/t"
# Parts of words that the guidelines leave on, as far as the annotators did.
_PREFIXED = (
    r"(?!UN-)(?i:anti|arch|co|counter|cross|e|ex|inter|intra|mid|mini|multi|neo|non|over|post|pre|pro|re|semi|socio"
    r"|sub|un)-[^\W\d_]{2,}"
)
_SUFFIXED = r"[^\W_]+-(?:esque|wise)"
_WHOLE = re.compile(
    rf"(?:{_RULED_LINE}|{_PHONE_NUMBER}|{_EXTENSION}|{_POSTAL_CODE}|{_DAY}|{_DECADE}|{_FILE}"
    rf"|{_ADDRESS_CUT_SHORT}|{_INITIALS}|{_PREFIXED}|{_SUFFIXED})$"
)
_ABBREVIATED = frozenset(
    {
        *("al.", "b/c", "w/", "w/o", "w/out", "Yahoo!"),
        *("Capt.", "Cmdr.", "Col.", "Cpl.", "Drs.", "Ft.", "GEN.", "Hon.", "LTD.", "Lt.", "Maj.", "Mlle."),
        *("Mme.", "PVT.", "Pvt.", "Sgt.", "Spc.", "Sr.", "Supt."),
        *("Ave.", "Blvd.", "Rd.", "Sts."),
        *("Mon.", "Tue.", "Tues.", "Wed.", "Thu.", "Thur.", "Thurs.", "Fri."),
        *("Attn.", "Ph.", "approx.", "arrv.", "ca.", "cf.", "eg.", "esp.", "Esp.", "ext.", "o.k."),
    }
)

# --- What is cut -------------------------------------------------------------------------------------------

_REPEATED = (
    r"(?<![A-Z]\.[A-Z])(?<=\w)[.,:][!?]+",  # "is it.?"
    r"[!?]+\.(?!\.)",
    *(r"[!?]{2,}", r"\*{2,}", r"\${2,}", r"<<", r">>", r"--+"),
)
_UNIT = r"(?<=\d)(?:k|bn|mn|MM|[ap]m|AM|PM|[GMk]?Hz|hrs?|mins?|yrs?|miles|days|minutes)"
_ENDS = (
    r"(?<=\d[A-Z])\.",
    r"(?<=\d[A-Z]{2})\.",
    _UNIT,
    r"(?<=[^\W\d_]{4})-",  # "a book- it"; but "th-" was not said to the end
    r"(?<=\b[Aa])\++",  # "A+"
)
_OTHERWISE = frozenset({"#", r"\'", "’"})  # beginnings of spaCy's that _BEGINNINGS has with conditions
_BEGINNINGS = (
    r"['’](?!\d\ds?\b)",
    r"-(?=[^\W_]{2}|\d)",  # "-Ann", "-0.39"
    r"--+",
    r"#(?![^\W\d_])",  # but "#Karsova" is one
    r"~(?=\w)",
    r"@(?=\d[\d.,]*(?!\w))",  # "@2.975"
    r"(?:Rs|USD|EUR|GBP)(?=\d)",
)
_WITHIN = (
    r"(?<=\d)[–—](?=\d)",  # "837–908"
    r"(?<=\d)[-–](?=[$€£])|(?<=\d[-–])[$€£]",  # "$4-$6"
    r"(?<=[^\W\d_]\.)[-–](?=[^\W\d_])",  # "U.S.-led"
    r"(?<=\d)[ap]m(?=-\d)|(?<=\d[ap]m)-(?=\d)",  # "9am-12pm"
    r"(?<=[^\W\d_])(?:[?!]+|[)(])(?=[^\W\d_(])",  # "foreigners?thanks", "account(s)"
    r"(?<=[^\W\d_])[,(](?=\d)",  # "citizen,21"
    r"(?<=[^\W\d_]{2}):(?=\d)",  # "Price:3,40"
    r"(?<=\d),(?=[^\W\d_])",
    r"\)(?=[(,\d])",
    r"(?<=\))[(,]",
    r"(?<=[^\W_])--+|--+(?=[^\W_])",
    r"(?<=[.…—–-])[(\[\"“](?=\w)",  # "...(as", behind what is cut off
    r"(?<=\w)[)\]\"”](?=\.\.|[…—–]|--)",
    r"—|(?<=[”\")])–",
    # "Julie"<julie@…>
    r"(?<=\w)\"(?=<)|(?<=\")<(?=\w)|(?<=\"<)[\w.+-]+\.\.\.@[\w.-]+\w",
)
# Where they are cut.
_SHORT = {"wanna": (3,), "outta": (3,), "dunno": (2, 3), "lotta": (3,), "kinda": (4,), "alot": (1,)}
# Words of their own, which spaCy takes for "we'd" and "I'd"; faces that are none; units with a full stop.
_NOT_THESE = frozenset({"wed", "Wed", "id", "Id", "and/or", "):", ");", "g.", "k.", "m.", "t."})

_CONTRACTION = re.compile(r"['’]|nt$")

# --- What the words around tell ----------------------------------------------------------------------------

# Nothing that can follow a possessive; "its in-house lawyers" goes on with a hyphen.
_AFTER_IT_IS = (
    r"(?:not|a|an|the|this|that|my|your|our|their|been|gonna|also|really|simply|definitely|probably|just|still"
    r"|because|if|when|in|on|at|for|from|with|between|like|as)(?![\w’'-])"
)
_GLUED = r"[.,;:(…—–-][A-Za-z]{1,9}"  # a word behind a mark without a space: spaCy knows it alone only
_SHORTENED = r"\b(?:Inc|Corp|Co|Ltd|Jr|Sr|etc|[A-Z]\.[A-Z])"
_CACHE_SIZE = 100_000
_REACH = 24  # how many characters before a place are looked at


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a word begins, or goes on, that spaCy has otherwise."""

    found: re.Pattern[str]  # begins with what is soon searched for
    before: re.Pattern[str]  # what has to stand before it
    offset: int  # of the place in what was found

    def __call__(self, text: str) -> Iterator[int]:
        for match in self.found.finditer(text):
            start = match.start()
            if self.before.search(text[max(0, start - _REACH) : start]):
                yield start + self.offset


def _place(before: str, found: str, offset: int = 0) -> _Place:
    return _Place(re.compile(found), re.compile(rf"(?:{before})\Z"), offset)


_CUTS = (
    _place(r"\b[Ii]", rf"ts (?={_AFTER_IT_IS})", 1),
    _place(r"(?:\A|\n|[.!?,;:(] ?|\b(?:so|but|now|ok|please|then|well) )[Ll]", r"ets (?=[a-z])", 2),
    _place(_GLUED, r"n['’]t\b"),
    _place(_GLUED, r"['’](?=(?:m|ll|re|ve)\b)"),
    _place(r"\b(?:and|as|but|did|do|nor|or|than) ", r"I\.(?!\S)", 1),
    _place(r"(?<![\w.'’&-])[A-Z]", r"\.(?=[\r\n]|\Z)"),  # no line ends with an initial
    _place(_SHORTENED, r"\.\.(?!\S)", 1),
)
_JOINTS = (
    _place(_SHORTENED, r"\.\.(?!\S)"),
    _place(r"\betc", r"\.(?=[,;:)]| [a-z])"),
    _place(r"\b(?:No|Nos|Vol|vol|Sec|Fig|Art|Ch|pp?)", r"\.(?= \d)"),
    _place(r"\b(?:Sat|Sun)", r"\.(?=,? (?:\d|[A-Z][a-z]{2,8}\.? \d|[a-z]))"),
    _place(r"\b(?:lbs?|oz|yrs?|mins?|hrs?|info|max|min|avg|incl)", r"\.(?=,| [a-z])"),
)


@dataclass(frozen=True, slots=True)
class Cutter(DummyTokenizer):
    """Cuts texts into words: spaCy's own tokenizer with other rules, and what the words around tell."""

    tokenizer: Tokenizer
    seen: set[str] = field(default_factory=set)  # what stood between white space before

    def __call__(self, text: str) -> Doc:
        # spaCy remembers nothing behind a text's first special word, but whatever it was given alone.
        new = set(text.split()) - self.seen
        if len(self.seen) + len(new) < _CACHE_SIZE:
            self.seen.update(new)
            for stretch in new:
                self.tokenizer(stretch)
        doc = self.tokenizer(text)
        cuts, joints = ({place for one in kind for place in one(text)} for kind in (_CUTS, _JOINTS))
        return _cut_anew(doc, cuts, joints) if cuts or joints else doc


def _cut_anew(doc: Doc, cuts: set[int], joints: set[int]) -> Doc:
    """Return the Doc with a word beginning at each of ``cuts``, offsets in its text, none at ``joints``."""
    text = doc.text
    words: list[str] = []
    spaces: list[bool] = []
    for token in doc:
        end = token.idx + len(token)
        borders = [token.idx, *sorted(cut for cut in cuts if token.idx < cut < end), end]
        for begin, after in pairwise(borders):
            if begin in joints and words and not spaces[-1]:
                words[-1] += text[begin:after]
            else:
                words.append(text[begin:after])
                spaces.append(False)
        spaces[-1] = bool(token.whitespace_)
    return Doc(doc.vocab, words=words, spaces=spaces)


def cut_as_the_treebanks(nlp: Language) -> None:
    """Give a blank English pipeline the treebanks' way of cutting words."""
    tokenizer = nlp.tokenizer
    assert isinstance(tokenizer, Tokenizer)  # noqa: S101 - what spacy.blank makes
    defaults = nlp.Defaults
    suffixes = [*_REPEATED, *(defaults.suffixes or ()), *_ENDS]
    tokenizer.suffix_search = _but_in_letters(compile_suffix_regex(suffixes).search, None)
    marks = (one for one in defaults.prefixes or () if one not in _OTHERWISE)
    prefixes = [*_REPEATED, *marks, *_BEGINNINGS]
    tokenizer.prefix_search = _but_in_letters(compile_prefix_regex(prefixes).search, None)
    infixes = compile_infix_regex([*(defaults.infixes or ()), *_WITHIN])
    tokenizer.infix_finditer = _but_in_letters(infixes.finditer, ())
    tokenizer.token_match = _but_in_letters(_WHOLE.match, None)
    tokenizer.url_match = _but_in_letters(_address_alone, None)
    tokenizer.max_cache_size = _CACHE_SIZE
    tokenizer.rules = dict(_rules(tokenizer.rules or {}))
    nlp.tokenizer = Cutter(tokenizer)


def _but_in_letters(look: Callable[[str], Found], nothing: Found) -> Callable[[str], Found]:
    """Return what looks for marks and digits with what is around them: in mere letters it need not look."""

    @wraps(look)
    def looked(text: str) -> Found:
        return nothing if text.isascii() and text.isalpha() else look(text)

    return looked


def _rules(given: dict[str, list[dict[int, str]]]) -> Iterator[tuple[str, list[dict[int, str]]]]:
    """Yield how words that no expression tells are cut."""
    for word, pieces in given.items():
        if word not in _NOT_THESE:
            yield word, pieces
            if len(pieces) > 1 and word.islower() and _CONTRACTION.search(word):
                yield word.upper(), [{ORTH: piece[ORTH].upper()} for piece in pieces]  # "DON'T"
    for word in _ABBREVIATED:
        yield word, [{ORTH: word}]
    for word, places in _SHORT.items():
        for written in {word, word.capitalize(), word.upper()} - {"Lotta"}:  # Lotta Berg is called so
            yield written, [{ORTH: written[begin:end]} for begin, end in pairwise((0, *places, len(word)))]


def _address_alone(text: str) -> re.Match[str] | None:
    """Match a web or mail address, but not one with a name before it: ``Julie"<julie@…``."""
    return None if '"<' in text else URL_MATCH(text)
