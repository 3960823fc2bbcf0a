"""Voices that stand where the network's marks run together.

Who is quoted as saying something speaks, and the agency that quotes passes it on. What the same source says
by a second verb is none of what it says by the first: "said two men were missing and called on both sides".
But what stands in quotation marks that the cue is outside of is all the speaker's.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractors.clauses import told_beside
from extractors.drafts import Draft, near, words_of
from extractors.quotations import DOUBLE_MARKS, Quotation
from extractors.spans import runs_of
from extractors.stance import cue_types, cue_words, stance_of
from extractors.words import FINITE, Doc, Token

_BY_TREE = 0.7  # confidence in what the tree alone shows
_QUOTING = frozenset({"quote", "cite", "report", "describe"})
_HELPERS = frozenset({"aux", "aux:pass", "cop"})
_SUBJECTS = frozenset({"nsubj", "nsubj:pass", "csubj", "nsubj:outer"})
_TO_WHOM = frozenset({"on", "for"})  # "called on both sides"


def with_quoted(doc: Doc, drafts: Sequence[Draft]) -> list[Draft]:
    """Return the drafts with those as sources who are quoted: "Roe was quoted by Tass as saying that …"."""
    kept = list(drafts)
    for saying in doc:
        if saying.tag_ != "VBG" or saying.lemma_.lower() not in cue_words()["speech"]:
            continue
        opened = [child for child in saying.lefts if child.lower_ == "as"]
        quoting = saying.head
        if not opened or quoting.lemma_.lower() not in _QUOTING or quoting.pos_ != "VERB":
            continue
        cue = tuple(sorted({*_group(quoting), opened[0].i, saying.i}))
        meant = [one for one in kept if {quoting.i, saying.i} & {*one.cue}]
        content = _clause_of(saying) or _clause_before(quoting)
        content = content or max((one.content for one in meant), key=len, default=())
        voice, relay = _quoted_in(quoting)
        taken = {*cue, *(one.i for one in saying.subtree if one.i < saying.i), *(voice or ())}
        if voice is not None and (content := tuple(place for place in content if place not in taken)):
            kept = [one for one in kept if one not in meant]
            kept.append(Draft(voice, cue, content, relay, _BY_TREE))
    return kept


def _quoted_in(verb: Token) -> tuple[tuple[int, ...] | None, tuple[int, ...]]:
    """Return who is quoted, and by whom."""
    links = {child.dep_: child for child in verb.children}
    if "nsubj:pass" in links:
        return _phrase(links["nsubj:pass"]), _phrase(links.get("obl:agent"))
    if "obj" in links and "nsubj" in links:
        return _phrase(links["obj"]), _phrase(links["nsubj"])
    return None, ()


def _phrase(head: Token | None) -> tuple[int, ...]:
    """Return a noun's words in one piece, without the preposition that opens it."""
    if head is None:
        return ()
    places = {one.i for one in head.subtree} - {one.i for one in head.lefts if one.dep_ == "case"}
    [phrase] = [range(*run) for run in runs_of(places) if head.i in range(*run)]
    return tuple(phrase)


def _clause_of(saying: Token) -> tuple[int, ...]:
    links = {"ccomp", "parataxis"} if saying.lemma_ == "tell" else {"ccomp", "parataxis", "obj"}
    clauses = [child for child in saying.rights if child.dep_ in links]
    return tuple(one.i for child in clauses[:1] for one in child.subtree)


def _clause_before(quoting: Token) -> tuple[int, ...]:
    """Return the clause before a verb of quoting: "It will close, Roe was cited as telling lawmakers"."""
    if quoting.dep_ == "parataxis" and quoting.head.i < quoting.i:
        gone = {one.i for one in quoting.subtree}
        return tuple(one.i for one in quoting.head.subtree if one.i not in gone and one.text != ".")
    clauses = [child for child in quoting.lefts if child.dep_ == "ccomp"]
    return tuple(one.i for child in clauses[:1] for one in child.subtree)


def _group(verb: Token) -> Iterator[int]:
    yield from (child.i for child in verb.lefts if child.dep_ in _HELPERS or child.tag_ == "RB")
    yield verb.i


def parted(doc: Doc, drafts: Sequence[Draft], quotations: Sequence[Quotation]) -> list[Draft]:
    """Return the drafts without what their sources say by a second verb, and that as drafts of its own.

    Args:
        doc: Where their words stand.
        drafts: With their sources.
        quotations: In double marks.
    """
    found = list[Draft]()
    cues = {place for draft in drafts for place in draft.cue}
    for draft in drafts:
        around = near(draft.content, quotations)
        own = [one for one in around if not any(place in one for place in draft.cue)]
        quoted = {place for one in own for place in range(one.start, one.end)}
        verbs = [doc.tokens[place] for place in draft.content if place not in quoted]
        second = next((verb for verb in verbs if _is_second_cue(verb, draft)), None)
        if second is None:
            found.append(_up_to_another(draft, verbs))
            continue
        first = min(one.i for one in second.subtree)
        before = {place for place in draft.content if place < first}
        found.append(replace(draft, content=tuple(sorted(before))))
        particles = {one.i for one in second.rights if one.dep_ == "compound:prt"}
        behind = (one.i for one in second.subtree if one.i > second.i and one.i not in particles)
        said = tuple(place for place in behind if place in draft.content)
        if said and doc[said[0]].lower_ in _TO_WHOM:
            particles, said = {said[0]}, said[1:]
        cue = (*_group(second), *sorted(particles))
        if draft.source and second.i not in cues and words_of(doc, said) and _is_saying(second):
            found.append(Draft(draft.source, cue, said, draft.via, min(draft.confidence, _BY_TREE)))
    return found


def with_answers(doc: Doc, drafts: Sequence[Draft], quotations: Sequence[Quotation]) -> list[Draft]:
    """Return the drafts, and what stands in marks behind the colon of a denial or a refusal on its own.

    "He would not say when: “It is for the army to decide.”" He says that, and does not refuse it.
    """
    found = list[Draft]()
    for draft in drafts:
        inside = near(draft.content, quotations)
        colons = [one.start - 2 for one in inside if one.start > 1 and doc[one.start - 2].text == ":"]
        first = next((place for place in colons if place >= max(draft.cue, default=len(doc))), None)
        before = tuple(place for place in draft.content if first is None or place < first)
        parts = [doc[place] for place in draft.cue], [doc[place] for place in before]
        if first is None or stance_of(*parts) == "asserts":
            found.append(draft)
            continue
        behind = tuple(place for place in draft.content if place > first)
        if words_of(doc, before):
            found.append(replace(draft, content=before))
        found.append(Draft(draft.source, (first,), behind, draft.via, min(draft.confidence, _BY_TREE)))
    return found


def _up_to_another(draft: Draft, verbs: Sequence[Token]) -> Draft:
    """Return a draft up to the semicolon behind which somebody else says something by one of these verbs."""
    for verb in verbs:
        doc = verb.doc
        if verb.tag_ not in FINITE or not _is_saying(verb) or not any(c.dep_ == "nsubj" for c in verb.lefts):
            continue
        first = verb.left_edge.i
        cut = next((one for one in (first - 1, first) if one > 0 and doc[one].text == ";"), 0)
        before = tuple(one for one in draft.content if one < cut) if cut else ()
        if before and not any(doc[one].text in DOUBLE_MARKS for one in draft.content):
            return replace(draft, content=before)
    return draft


def _is_second_cue(verb: Token, draft: Draft) -> bool:
    """Say whether a verb inside a content is joined to the source's verb, by the tree or by its tense."""
    if verb.dep_ != "conj":
        return False
    cues = [verb.doc[place] for place in draft.cue]
    if (beside := told_beside(verb)) is not None:
        return beside in cues
    has_own = any(child.dep_ in _SUBJECTS or child.lower_ == "that" for child in verb.lefts)
    is_finite = verb.tag_ in FINITE or any(child.dep_ in _HELPERS for child in verb.lefts)
    is_joined = verb.head in cues and is_finite
    return is_joined and not has_own and _is_saying(verb)


def _is_saying(verb: Token) -> bool:
    kinds = cue_types()
    lemma = verb.lemma_.lower()
    wanted = ("denial", "accusation", "demand", "promise", "warning", "claim", "admission")
    return lemma in cue_words()["speech"] or any(lemma in kinds[kind] for kind in wanted)
