"""Through whom it is said: agencies and outlets, told from those who speak.

An agency that only carries another's words ("according to Reuters, the Kremlin claimed …", "told CNN", "via
Tass", "in an interview with the BBC", "Reuters reported, citing officials") is the relay, not the voice.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from extractors.drafts import Draft, with_whole_names
from extractors.known_names import LEXICONS, rows_of
from extractors.spans import name_around, runs_of
from extractors.words import Doc, Token

_OBJECTS = frozenset({"obj", "iobj", "obl", "obl:agent", "nmod", "parataxis"})
_PHRASES = frozenset({"obl", "obl:agent", "nmod"})
_SPEAKING = frozenset({"speak", "talk", "appear", "write"})  # "Speaking to the BBC, Roe said"
_OUTLETS = frozenset({"media", "outlet", "outlets", "newspaper", "newspapers", "broadcaster", "broadcasters"})
_OF_ANOTHER = frozenset({"compound", "nmod:poss"})
_PASSED_BY = ("by", "citing", "via")


@cache
def relays() -> frozenset[str]:
    """Return names of agencies and outlets, in lower case: who passes on what others say."""
    return frozenset(row[0].lower() for row in rows_of(LEXICONS / "relays.tsv") if len(row) == 1)


@cache
def _ends_of_outlets() -> frozenset[str]:
    return frozenset(row[0] for row in rows_of(LEXICONS / "relays.tsv") if row[1:] == ["ends a name"])


def is_relay(token: Token) -> bool:
    """Say whether a word names an agency or outlet: "Reuters", "Post" of "the Lund Post", not of its poll."""
    if token.lower_ in relays():
        return True
    if token.text not in _ends_of_outlets() or token.ent_type_ != "ORG" or token.dep_ in _OF_ANOTHER:
        return False
    name = name_around(token.doc, token.i)
    return len(name) > 1 and name.stop == token.i + 1


def names_relay(doc: Doc, source: Sequence[int]) -> bool:
    tokens = doc.tokens
    return any(is_relay(tokens[place]) for place in source)


def passes_on(doc: Doc, source: Sequence[int]) -> bool:
    """Say whether a source is an agency or outlet, also one without a name: "state media"."""
    return names_relay(doc, source) or any(doc[place].lower_ in _OUTLETS for place in source)


def with_relay(doc: Doc, draft: Draft, relaying: Sequence[Draft]) -> Draft:
    """Find the relay: an agency whose attribution is around this one, "(via Tass)", "told CNN".

    Args:
        doc: Where its words stand.
        draft: The attribution.
        relaying: The drafts whose source is an agency.
    """
    if draft.via:
        return draft
    for outer in relaying:
        encloses = set(draft.cue) <= set(outer.content) or set(draft.content) < set(outer.content)
        if outer is not draft and encloses:
            return replace(draft, via=outer.source)
    within = [place for place in draft.cue if doc[place].lower_ in relays()]
    if within and len(draft.cue) > 1:  # "stating (via Tass)" marked as the cue
        before = {within[0] - 1} if doc[within[0] - 1].lower_ == "via" else set()
        cue = tuple(place for place in draft.cue if place not in {within[0], *before})
        return replace(draft, cue=cue or draft.cue, via=(within[0],))
    draft = _without_quoting(doc, draft)
    if draft.via:
        return draft
    taken = {*draft.source, *draft.content}
    near = (token for place in draft.cue for token in _neighbours(doc[place]))
    found = [token.i for token in near if token.i not in taken and is_relay(token)]
    relay = tuple(found[:1]) or _mentioned_relay(doc, draft)
    return replace(draft, via=relay) if relay else draft


def _without_quoting(doc: Doc, draft: Draft) -> Draft:
    """Return a draft without the agency behind its source: "according to Roe, as quoted by Tass"."""
    first, *others = runs_of(draft.source) or [(0, 0)]
    for start, end in others:
        if names_relay(doc, range(start, end)) and doc[start - 1].lower_ in _PASSED_BY:
            via = tuple(range(start, end))
            source = with_whole_names(doc, set(range(*first)), {*via, *draft.content})
            return replace(draft, source=tuple(sorted(source)), via=via)
    return draft


def _neighbours(cue: Token) -> Iterator[Token]:
    """Yield the words near objects and prepositional phrases of a cue: "told CNN", "quoted by Tass".

    Also behind those and beside the speaker: "in an interview with CNN", "speaking to CNN".
    """
    for child in cue.children:
        if child.dep_ in _OBJECTS:
            yield from (token for token in child.subtree if token.i - child.i in range(-3, 3))
    for child in cue.children:
        if child.dep_ == "obl":
            carried = [one for one in child.rights if one.dep_ in {"nmod", "acl"}]
            yield from (token for one in carried for token in _phrases_of(one))
        for verb in (child, *child.rights) if child.dep_ == "nsubj" else (child,):
            is_beside = verb.tag_ == "VBG" and verb.dep_ in {"advcl", "acl"}
            if is_beside and verb.lemma_.lower() in _SPEAKING:
                yield from _phrases_of(verb)


def _phrases_of(word: Token) -> Iterator[Token]:
    """Yield the words of a phrase, of a participle those of its own: "with the BBC", "carried by Tass"."""
    phrases = [word] if word.dep_ == "nmod" else [one for one in word.rights if one.dep_ in _PHRASES]
    for phrase in phrases:
        yield from (token for token in phrase.subtree if token.i - phrase.i in range(-3, 3))


def _mentioned_relay(doc: Doc, draft: Draft) -> tuple[int, ...]:
    """Return a relay that the sentence names by "according to", "via" … outside source and content.

    Of "Reuters, via CNN" the first.
    """
    sent = doc.tokens[draft.cue[0]].sent
    for token in sent:
        if not is_relay(token) or token.i in draft.source or token.i in draft.content:
            continue
        before = [doc[place].lower_ for place in range(max(sent.start, token.i - 3), token.i)]
        if "via" in before or before[-2:] == ["according", "to"] or before[-1:] in (["by"], ["citing"]):
            return (token.i,)
        if relay_behind(token) is not None:
            return (token.i,)
    return ()


def relay_behind(relay: Token) -> Token | None:
    """Return the agency through which another one came: "Reuters, via CNN", "Tass reported via CNN"."""
    after = relay.doc[relay.i + 1 : relay.i + 7]
    places = [number for number, token in enumerate(after) if token.lower_ == "via"]
    if not places or any(token.text == "." for token in after[: places[0]]):
        return None
    return next((token for token in after[places[0] + 1 :] if is_relay(token)), None)


def is_relay_only(doc: Doc, draft: Draft, drafts: Sequence[Draft]) -> bool:
    """Say whether an agency's attribution only carries another's, and so adds no voice."""
    return names_relay(doc, draft.source) and any(
        other.via == draft.source and other is not draft and set(other.cue) <= set(draft.content)
        for other in drafts
    )
