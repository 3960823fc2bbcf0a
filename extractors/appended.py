"""Answers that hang on what they answer: "a charge that it denies", "claims rejected by", "which it denies".

The network marks few of them. Only behind a comma or a dash, where the noun or "which" stands for what the
sentence has told before; which claim that is, is told in taken_up.py. What is appended so is the reporter's,
and none of the words of whoever spoke before.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractors.drafts import Draft
from extractors.quotations import DOUBLE_MARKS
from extractors.sources import source_of, verb_group, voices_of
from extractors.spans import phrase_before
from extractors.stance import cue_words
from extractors.words import Doc, Token

_BY_TREE = 0.7  # confidence in what the tree alone shows
_BREAKS = frozenset({",", "-", "–", "—", "--", ";"})
_ANYTHING = frozenset({"something", "anything"})


def with_appended(doc: Doc, drafts: Sequence[Draft]) -> list[Draft]:
    """Return the drafts with the answers that are appended, and none of these in what others say."""
    cues = {place for draft in drafts for place in draft.cue}
    answering = cue_words()["answering"]
    verbs = [verb for verb in doc.tokens if verb.lemma_.lower() in answering]
    found = [(verb, noun) for verb in verbs if (noun := appended_noun(verb)) is not None]
    answers = [draft for verb, noun in found if verb.i not in cues and (draft := _answer(verb, noun))]
    cut = [_without(doc, _of_noun(draft, found), found) for draft in drafts]
    return [*cut, *answers]


def appended_noun(verb: Token) -> Token | None:
    """Return the noun or "which" that an answering verb takes up behind a comma; None of other verbs."""
    lemma = verb.lemma_.lower()
    if lemma not in cue_words()["answering"]:
        return None
    if verb.dep_ not in {"acl", "acl:relcl"}:  # "a charge the firm denied", as a clause of its own
        noun = next((one for one in verb.lefts if one.dep_ == "obj"), verb)
    else:
        noun = verb.head
        which = next((one for one in verb.lefts if one.lower_ == "which" and _stands_behind_break(one)), None)
        if which is not None and which.dep_ in {"obj", "nsubj:pass"}:
            return None if lemma in cue_words()["refusing"] else which  # "an offer, which the union rejected"
    is_claim = noun.lower_ in _ANYTHING or noun.lemma_.lower() in _claims()
    return noun if is_claim and noun.i < verb.i and _stands_behind_break(noun) else None


def _claims() -> frozenset[str]:
    return cue_words()["sayings"] | cue_words()["claims"]


def _stands_behind_break(word: Token) -> bool:
    first = phrase_before(word)
    return first > 0 and word.doc[first - 1].text in _BREAKS


def _answer(verb: Token, noun: Token) -> Draft | None:
    voices = [*voices_of(verb), *(one for one in verb.rights if one.dep_ == "obl:agent")]
    voices = [one for one in voices if one.i != noun.i]
    if not voices:
        return None
    content = tuple(range(phrase_before(noun), noun.i + 1))
    return Draft(source_of(voices[0], {verb.i, *content}), verb_group(verb), content, (), _BY_TREE)


def _of_noun(draft: Draft, found: Sequence[tuple[Token, Token]]) -> Draft:
    """Return an answer that was marked with its noun alone: of "a charge that he denies" not "that"."""
    for verb, noun in found:
        phrase = range(phrase_before(noun), noun.i + 1)
        behind = {place for place in draft.content if place not in phrase}
        if verb.i in draft.cue and noun.i in draft.content and behind <= {one.i for one in verb.lefts}:
            return replace(draft, content=tuple(phrase))
    return draft


def _without(doc: Doc, draft: Draft, found: Sequence[tuple[Token, Token]]) -> Draft:
    """Return a draft without what is appended to its content, if that is not quoted."""
    places = set(draft.content)
    for verb, noun in found:
        first = phrase_before(noun)
        if noun.i not in places or verb.i in draft.cue or first - 1 == draft.content[0]:
            continue
        clause = {one.i for one in verb.subtree}
        behind = [place for place in draft.content if place >= first and place > verb.right_edge.i]
        is_quoted = any(doc[place].text in DOUBLE_MARKS for place in draft.content)
        kept = tuple(place for place in draft.content if place < first - 1)
        if kept and not is_quoted and not behind and not clause & {*draft.cue}:
            draft = replace(draft, content=kept)
    return draft


def answered(cue: Sequence[Token]) -> Iterator[Token]:
    """Yield the nouns that a cue answers as appended ones."""
    yield from (noun for verb in cue if (noun := appended_noun(verb)) is not None)
