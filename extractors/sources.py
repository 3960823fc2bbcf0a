"""Who speaks, and through whom: the tree's subject of a cue, and agencies told from speakers.

An agency that only carries another's words ("according to Reuters, the Kremlin claimed …", "told CNN", "via
Tass", "Reuters reported, citing officials") is the relay, not the voice.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from spacy.tokens import Doc, Token

from extractors.drafts import Draft, with_whole_names
from extractors.known_names import LEXICONS, rows_of
from extractors.mentions import nominal_types, singular
from extractors.spans import runs_of
from extractors.stance import cue_words

SUBJECTS = frozenset({"nsubj", "nsubj:pass"})
_BY_TREE = 0.5  # confidence in an attribution that the tree alone shows
_RELATIVE = frozenset({"WDT", "WP", "WRB"})
_CITING = frozenset({"cite", "quote"})
_SPEAKING = frozenset({"source", "sources", "report", "reports", "document", "documents", "data"})


def with_source(doc: Doc, draft: Draft) -> Draft:
    """Return a draft with the subject of its cue as source, where the network met or missed it.

    Of a source in several pieces the subject's own phrase is kept; a part ("Russian") grows to the phrase.
    """
    for place in draft.cue:
        for subject in (*subjects(doc[place]), *_owners(doc[place])):
            taken = {*draft.content, *draft.cue}
            if subject.i in taken:
                continue
            phrase = with_whole_names(doc, set(_noun_phrase(subject, taken)), taken)
            if not draft.source or set(draft.source) <= phrase - {subject.i}:
                return replace(draft, source=tuple(sorted(phrase)))
            if subject.i in draft.source:
                own = with_whole_names(doc, {token.i for token in subject.subtree}, taken)
                runs = runs_of(draft.source)
                if len(runs) == 1:
                    return draft
                kept = {place for run in runs if own & set(range(*run)) for place in _within(doc, run, own)}
                return replace(draft, source=tuple(sorted(kept | phrase)))
    return draft


def _within(doc: Doc, run: tuple[int, int], own: set[int]) -> set[int]:
    """Return a stretch of a source, but of one that holds a comma only what hangs on the subject."""
    places = set(range(*run))
    return places & own if any(doc[place].text == "," for place in places) else places


def subject_in(doc: Doc, cue: Sequence[int], source: Sequence[int]) -> Token | None:
    """Return the subject of a cue, if the source holds it."""
    for place in cue:
        for subject in (*subjects(doc[place]), *_owners(doc[place])):
            if subject.i in source:
                return subject
    return None


def _owners(cue: Token) -> Iterator[Token]:
    """Yield whose a cue noun is: "the Kremlin's denial"."""
    if cue.pos_ == "NOUN":
        yield from (child for child in cue.children if child.dep_ == "nmod:poss")


def _noun_phrase(head: Token, taken: set[int]) -> range:
    """Return the words around a noun that belong to it, up to a participle or to what is ``taken``."""
    free = {token.i for token in head.subtree} - taken
    for child in head.children:
        if child.dep_ == "acl" and child.i > head.i:
            free -= {token.i for token in child.subtree if token.i > head.i}
    [phrase] = [range(*run) for run in runs_of(free) if head.i in range(*run)]
    return phrase


def subjects(cue: Token) -> Iterator[Token]:
    """Yield the subject of a cue verb, which it may share: "officials denied contact and said that …"."""
    if cue.pos_ != "VERB":
        return
    if cue.dep_ == "acl" and cue.head.i < cue.i and nominal_types().get(cue.head.lemma_.lower()) == "PERSON":
        yield cue.head  # "officials previously denied …" taken for officials who were denied something
    while (
        cue.dep_ == "conj" and cue.head.pos_ == "VERB" and not any(c.dep_ in SUBJECTS for c in cue.children)
    ):
        cue = cue.head
    yield from (child for child in cue.children if child.dep_ == "nsubj")


@cache
def relays() -> frozenset[str]:
    """Return names of agencies and outlets, in lower case: who passes on what others say."""
    return frozenset(row[0].lower() for row in rows_of(LEXICONS / "relays.tsv"))


def with_relay(doc: Doc, draft: Draft, drafts: Sequence[Draft]) -> Draft:
    """Find the relay: an agency whose attribution is around this one, "(via Tass)", "told CNN"."""
    if draft.via:
        return draft
    for outer in drafts:
        encloses = set(draft.cue) <= set(outer.content) or set(draft.content) < set(outer.content)
        if outer is not draft and encloses and _names_relay(doc, outer.source):
            return replace(draft, via=outer.source)
    within = [place for place in draft.cue if doc[place].lower_ in relays()]
    if within and len(draft.cue) > 1:  # "stating (via Tass)" marked as the cue
        before = {within[0] - 1} if doc[within[0] - 1].lower_ == "via" else set()
        cue = tuple(place for place in draft.cue if place not in {within[0], *before})
        return replace(draft, cue=cue or draft.cue, via=(within[0],))
    near = [token for place in draft.cue for token in _neighbours(doc[place])]
    for token in near:
        if token.i not in draft.source and token.lower_ in relays():
            return replace(draft, via=(token.i,))
    return replace(draft, via=_mentioned_relay(doc, draft))


def passed_on(doc: Doc, draft: Draft, drafts: Sequence[Draft]) -> Draft | None:
    """Return what an agency passes on of another's words: "according to Reuters, the Kremlin claimed …".

    The network marks the outer of the two; the inner one is the main clause of its content.
    """
    if not _names_relay(doc, draft.source):
        return None
    inside = set(draft.content)
    for verb in (doc[place] for place in draft.content):
        is_top = verb.head.i not in inside or verb.head == verb
        if not is_top or verb.lemma_.lower() not in cue_words()["speech"]:
            continue
        if any(verb.i in other.cue for other in drafts):
            return None
        said = [child for child in verb.rights if child.dep_ in {"ccomp", "parataxis", "obj"}]
        for subject in subjects(verb):
            content = tuple(token.i for child in said[:1] for token in child.subtree if token.i in inside)
            if content and subject.i in inside - set(content):
                source = _noun_phrase(subject, {verb.i, *content})
                return Draft(tuple(source), (verb.i,), content, (), draft.confidence)
    return None


def spoken(doc: Doc, drafts: Sequence[Draft]) -> Iterator[Draft]:
    """Yield what others say within a content, by the tree: "testified that Menon had denied knowing of it".

    The network often marks the outer one alone. Only what is clear: a verb of saying with a subject, and a
    clause behind it that has a subject of its own and is not interrupted.
    """
    cues = {place for draft in drafts for place in draft.cue}
    inside = {place for draft in drafts for place in draft.content} - cues
    for verb in (doc[place] for place in sorted(inside)):
        if verb.pos_ != "VERB" or verb.lemma_.lower() not in cue_words()["speech"]:
            continue
        voices = [child for child in verb.lefts if child.dep_ == "nsubj" and child.tag_ not in _RELATIVE]
        said = [child for child in verb.rights if child.dep_ == "ccomp"]
        if voices and said and any(child.dep_ in SUBJECTS for child in said[0].lefts):
            content = tuple(token.i for token in said[0].subtree)
            if len(runs_of(content)) == 1 and not any(doc[place].tag_ in _RELATIVE for place in content):
                source = tuple(_noun_phrase(voices[0], {verb.i, *content}))
                yield Draft(source, _verb_group(verb), content, (), _BY_TREE)


def _verb_group(verb: Token) -> tuple[int, ...]:
    """Return a verb with its auxiliaries and adverbs: "had not denied"."""
    beside = {child.i for child in verb.lefts if child.dep_ in {"aux", "aux:pass"} or child.tag_ == "RB"}
    return tuple(sorted({*beside, verb.i}))


def _neighbours(cue: Token) -> Iterator[Token]:
    """Yield objects and prepositional phrases of a cue: "told CNN", "said on Twitter", "quoted by Tass"."""
    for child in cue.children:
        if child.dep_ in {"obj", "iobj", "obl", "obl:agent", "nmod", "parataxis"}:
            yield from (token for token in child.subtree if token.i - child.i in range(-3, 3))


def _mentioned_relay(doc: Doc, draft: Draft) -> tuple[int, ...]:
    """Return a relay that the sentence names by "according to", "via" … outside source and content."""
    used = {*draft.source, *draft.content}
    sent = doc[draft.cue[0]].sent
    for token in sent:
        if token.lower_ not in relays() or token.i in used:
            continue
        before = [doc[place].lower_ for place in range(max(sent.start, token.i - 3), token.i)]
        if "via" in before or before[-2:] == ["according", "to"] or before[-1:] in (["by"], ["citing"]):
            return (token.i,)
    return ()


def _names_relay(doc: Doc, source: Sequence[int]) -> bool:
    return any(doc[place].lower_ in relays() for place in source)


def with_cited(doc: Doc, drafts: Sequence[Draft]) -> list[Draft]:
    """Return the drafts with those as sources whom an agency cites: "Reuters reported, citing officials"."""
    citing = [draft for draft in drafts if _cites(doc, draft)]
    kept = []
    for draft in drafts:
        if draft in citing:
            continue
        cited = [one for one in citing if _stands_with(doc, one, draft)]
        if cited and _names_relay(doc, draft.source):
            draft = replace(draft, source=cited[0].content, via=draft.source)
        kept.append(draft)
    return kept


def _cites(doc: Doc, draft: Draft) -> bool:
    """Say whether a draft's content is the one who is cited, and nothing that is said."""
    verbs = [doc[place] for place in draft.cue if doc[place].lemma_.lower() in _CITING]
    objects = [child for verb in verbs for child in verb.children if child.dep_ == "obj"]
    is_passed_on = _names_relay(doc, draft.source)
    return any(one.i in draft.content and (is_passed_on or _is_voice(one)) for one in objects)


def _is_voice(noun: Token) -> bool:
    """Say whether a noun is one who can speak: "citing officials", not "citing remarks"."""
    if noun.ent_type_:
        return noun.ent_type_ in {"PERSON", "ORG", "NORP"}
    return nominal_types().get(singular(noun)) in {"PERSON", "ORG"} or noun.lower_ in _SPEAKING


def _stands_with(doc: Doc, citing: Draft, draft: Draft) -> bool:
    verbs = {doc[place].head.i for place in citing.cue}
    return bool(verbs & set(draft.cue)) or bool(set(citing.source) & set(draft.source))


def is_relay_only(doc: Doc, draft: Draft, drafts: Sequence[Draft]) -> bool:
    """Say whether an agency's attribution only carries another's, and so adds no voice."""
    return _names_relay(doc, draft.source) and any(
        other.via == draft.source and other is not draft and set(other.cue) <= set(draft.content)
        for other in drafts
    )
