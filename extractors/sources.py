"""Who speaks: the tree's subject of a cue, whom an agency cites, who was asked and who asks.

Through whom it is said is found in relays.py.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractors.drafts import Draft, with_whole_names
from extractors.nouns import nominal_types, singular
from extractors.relays import names_relay, passes_on
from extractors.spans import runs_of
from extractors.stance import cue_words
from extractors.words import Doc, Token

SUBJECTS = frozenset({"nsubj", "nsubj:pass"})
_TWIN = 0.6  # overlap from which two contents are one
_BY_TREE = 0.5  # confidence in an attribution that the tree alone shows
_RELATIVE = frozenset({"WDT", "WP", "WRB"})
_OF_ONESELF = frozenset({"claim", "deny", "admit", "confess", "acknowledge", "concede", "allege"})
_GOING_ON = frozenset({"keep", "continue", "begin", "start", "go", "stop"})
ASKING = frozenset({"ask", "question", "quiz", "press", "grill"})
_CITING = frozenset({"cite", "quote"})
_SPEAKING = frozenset({"source", "sources", "report", "reports", "document", "documents", "data"})
_DONE_TO_SOMEBODY = frozenset(
    {
        *("accuse", "blame", "charge", "criticise", "criticize", "suspect"),
        *("ask", "question", "tell", "inform", "notify", "remind", "assure"),
        *("advise", "order", "urge", "warn"),
    }
)
# What was said, taken up again: "denied it".
_TAKEN_UP = frozenset({"it", "this", "that"})
_ANSWERING = frozenset({"deny", "confirm", "dispute"})


def with_source(doc: Doc, draft: Draft) -> Draft:
    """Return a draft with the subject of its cue as source, where the network met or missed it.

    Of a source in several pieces the subject's own phrase is kept; a part ("Russian") grows to the phrase.
    """
    draft = _of_its_sentence(doc, draft)
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


def _of_its_sentence(doc: Doc, draft: Draft) -> Draft:
    """Return a draft without pieces of its source from other sentences, where one stands in the cue's own."""
    runs = runs_of(draft.source)
    if len(runs) == 1 or not draft.cue:
        return draft
    near = [run for run in runs if doc[run[0]].sent == doc[draft.cue[0]].sent]
    if not near or len(near) == len(runs):
        return draft
    return replace(draft, source=tuple(place for run in near for place in range(*run)))


def without_accused(doc: Doc, draft: Draft) -> Draft:
    """Return a draft without a source that is who is told, asked or accused: "men accused of arson"."""
    for place in draft.cue:
        verb = doc[place]
        if verb.tag_ not in {"VBN", "VBD"} or verb.lemma_.lower() not in _DONE_TO_SOMEBODY:
            continue
        if verb.tag_ == "VBD" and not _is_last(verb):
            continue
        links = SUBJECTS if verb.tag_ == "VBD" else {"nsubj:pass"}
        done_to = {child.i for child in verb.lefts if child.dep_ in links}
        if verb.dep_ == "acl":
            done_to.add(verb.head.i)
        if done_to & set(draft.source):
            return replace(draft, source=())
    return draft


def asked(doc: Doc, draft: Draft) -> Draft:
    """Return a question that is told of who was asked with who asked it: "Roe was asked by Tass about it".

    Who was asked is none of it.
    """
    for verb in (doc[place] for place in draft.cue if doc[place].lemma_.lower() in ASKING):
        gone = {one.i for child in verb.children if child.dep_ == "nsubj:pass" for one in child.subtree}
        if not gone:
            continue
        agents = [child for child in verb.rights if child.dep_ == "obl:agent"]
        agents = [one for one in agents if one.i not in draft.content]
        source = source_of(agents[0], {*draft.content, *draft.cue}) if agents else draft.source
        content = tuple(place for place in draft.content if place not in gone)
        return replace(draft, source=source, content=content or draft.content)
    return draft


def _is_last(verb: Token) -> bool:
    """Say whether nothing stands behind a verb, as in headlines: "Pilot was asleep, inquiry told"."""
    after = verb.doc[verb.i + 1 : verb.i + 2]
    return verb.lower_ == "told" and all(one.is_space or one.text == "." for one in after)


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


def passed_on(doc: Doc, draft: Draft, drafts: Sequence[Draft]) -> Draft | None:
    """Return what an agency passes on of another's words: "according to Reuters, the Kremlin claimed …".

    The network marks the outer of the two; the inner one is the main clause of its content.
    """
    if not names_relay(doc, draft.source):
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
    """Yield what is said by the tree alone: "testified that Menon had denied knowing of it".

    The network often marks the outer one of two and no more. Only what is clear: a verb of saying with a
    subject, and a clause or an infinitive behind it that is not interrupted, or "it" behind "denied"; or the
    clause before both: "the envoy had resigned, said two officials".
    """
    cues = {place for draft in drafts for place in draft.cue}
    sayings = cue_words()["sayings"]
    for verb in doc.tokens:
        if verb.pos_ == "NOUN" and verb.i not in cues and verb.lemma_.lower() in sayings:
            yield from _noun_said(doc, verb, drafts)
        if verb.pos_ != "VERB" or verb.i in cues or not _is_of_speech(verb):
            continue
        voices = voices_of(verb)
        said = [child for child in verb.rights if child.dep_ in {"ccomp", "xcomp"} or _is_taken_up(child)]
        if not said:
            said, voices = said_before(verb)
        if voices and said and _is_said(verb, said[0]) and said[0].left_edge.dep_ != "cc":
            content = tuple(token.i for token in said[0].subtree)
            if len(runs_of(content)) == 1 and not _is_owned(verb.i, content, drafts):
                yield Draft(source_of(voices[0], {verb.i, *content}), verb_group(verb), content, (), _BY_TREE)


def _is_of_speech(verb: Token) -> bool:
    """Say whether a verb's clause is what somebody says or doubts."""
    return verb.lemma_.lower() in cue_words()["speech"] or verb.lemma_ == "doubt"


def said_before(verb: Token) -> tuple[list[Token], list[Token]]:
    """Return the clause that stands before a verb of saying and its subject, and the subject."""
    voices = [child for child in verb.children if child.dep_ == "nsubj" and child.tag_ not in _RELATIVE]
    clauses = [child for child in verb.lefts if child.dep_ == "ccomp"]
    first = min((verb.i, *(one.left_edge.i for one in voices)))
    is_before = clauses and clauses[-1].right_edge.i < first and _is_comma_between(clauses[-1], first)
    return (clauses[-1:], voices[:1]) if voices and is_before else ([], [])


def _is_comma_between(clause: Token, first: int) -> bool:
    places = range(clause.i + 1, first)
    return any(clause.doc[place].text == "," for place in places if place >= clause.right_edge.i)


def source_of(voice: Token, taken: set[int]) -> tuple[int, ...]:
    """Return the words of who speaks, without a preposition: "by the league"."""
    phrase = list(_noun_phrase(voice, taken))
    return tuple(phrase[1:] if voice.doc[phrase[0]].tag_ == "IN" else phrase)


def voices_of(verb: Token) -> list[Token]:
    """Return who speaks: the subject, of "kept telling" its verb's, of "was told by" who told."""
    if any(child.dep_ == "aux:pass" for child in verb.lefts):
        return [child for child in verb.rights if child.dep_ == "obl:agent"]
    clause = verb.head if verb.dep_ == "xcomp" and verb.head.lemma_.lower() in _GOING_ON else verb
    if verb.lemma_.lower() in _OF_ONESELF and not any(child.dep_ in SUBJECTS for child in verb.children):
        return [one for one in subjects(verb) if one.i < verb.i]  # "admitted the theft but denied having"
    return [child for child in clause.lefts if child.dep_ == "nsubj" and child.tag_ not in _RELATIVE]


def _is_taken_up(child: Token) -> bool:
    """Say whether a word stands for what others said: "denied it"."""
    return child.dep_ == "obj" and child.lower_ in _TAKEN_UP and child.head.lemma_.lower() in _ANSWERING


def _is_said(verb: Token, clause: Token) -> bool:
    """Say whether a clause has a subject of its own, or is what somebody claims or denies of himself."""
    if clause.dep_ == "obj":
        return True
    if clause.dep_ == "xcomp":
        return verb.lemma_.lower() in _OF_ONESELF and clause.pos_ == "VERB"
    return any(child.dep_ in SUBJECTS for child in clause.lefts)


def _is_owned(cue: int, content: Sequence[int], drafts: Sequence[Draft]) -> bool:
    """Say whether another attribution has the same content already; not one around the cue, or within."""
    places = set(content)
    first, last = min(content), max(content)
    near = (one for one in drafts if one.content and one.content[0] <= last and first <= one.content[-1])
    apart = (one for one in near if cue not in one.content and not places.issuperset(one.cue or {-1}))
    within = (set(one.content) for one in apart)
    return any(len(places & other) > _TWIN * min(len(places), len(other)) for other in within)


def _noun_said(doc: Doc, noun: Token, drafts: Sequence[Draft]) -> Iterator[Draft]:
    """Yield what a noun of saying has behind its "that": "the allegation by Roe that Falk had …"."""
    for clause in noun.rights:
        is_that = any(child.lower_ == "that" and _opens(child, clause) for child in clause.lefts)
        if clause.dep_ not in {"acl", "ccomp", "acl:relcl"} or not is_that:
            continue
        content = tuple(token.i for token in clause.subtree)
        if len(runs_of(content)) == 1 and not _is_owned(noun.i, content, drafts):
            voices = [child for child in noun.children if _is_voice_of(child)]
            phrase = list(_noun_phrase(voices[0], {noun.i, *content})) if voices else []
            source = tuple(phrase[1:] if phrase and doc[phrase[0]].tag_ == "IN" else phrase)
            yield Draft(source, (noun.i,), content, (), _BY_TREE)


def _opens(that: Token, clause: Token) -> bool:
    """Say whether a "that" opens what is said; taken for "which", if there is an object, too."""
    links = {child.dep_ for child in clause.children if child != that}
    return that.dep_ == "mark" or (that.dep_ in {"obj", "nsubj"} and that.dep_ in links)


def _is_voice_of(child: Token) -> bool:
    """Say whether a noun's dependent is whose saying it is: "the Kremlin's", "by Roe", "from Falk"."""
    prepositions = {one.lower_ for one in child.children if one.dep_ == "case"}
    return child.dep_ == "nmod:poss" or (child.dep_ == "nmod" and bool(prepositions & {"by", "from", "of"}))


def verb_group(verb: Token) -> tuple[int, ...]:
    """Return a verb with its auxiliaries and adverbs: "had not denied"."""
    beside = {child.i for child in verb.lefts if child.dep_ in {"aux", "aux:pass"} or child.tag_ == "RB"}
    return tuple(sorted({*beside, verb.i}))


def with_cited(doc: Doc, drafts: Sequence[Draft]) -> list[Draft]:
    """Return the drafts with those as sources whom an agency cites: "Reuters reported, citing officials"."""
    citing = [draft for draft in drafts if _cites(doc, draft)]
    kept = []
    for draft in drafts:
        if draft in citing:
            continue
        cited = [one.content for one in citing if _stands_with(doc, one, draft)]
        if passes_on(doc, draft.source) and (source := (cited or [_cited_beside(doc, draft)])[0]):
            draft = replace(draft, source=source, via=draft.source)
        kept.append(draft)
    return kept


def _cited_beside(doc: Doc, draft: Draft) -> tuple[int, ...]:
    """Return whom the agency behind "according to" cites: "according to Tass, citing a diplomat"."""
    if not any(doc[place].lower_ == "according" for place in draft.cue):
        return ()
    end, taken = draft.source[-1] + 1, {*draft.source, *draft.content, *draft.cue}
    for verb in doc[end : end + 2]:
        voices = [child for child in verb.rights if child.dep_ == "obj" and _is_voice(child)]
        if verb.lemma_.lower() in _CITING and voices and not {verb.i, voices[0].i} & taken:
            return source_of(voices[0], taken | {verb.i})
    return ()


def _cites(doc: Doc, draft: Draft) -> bool:
    """Say whether a draft's content is the one who is cited, and nothing that is said."""
    verbs = [doc[place] for place in draft.cue if doc[place].lemma_.lower() in _CITING]
    objects = [child for verb in verbs for child in verb.children if child.dep_ == "obj"]
    is_passed_on = passes_on(doc, draft.source)
    return any(one.i in draft.content and (is_passed_on or _is_voice(one)) for one in objects)


def _is_voice(noun: Token) -> bool:
    """Say whether a noun is one who can speak: "citing officials", not "citing remarks"."""
    if noun.ent_type_:
        return noun.ent_type_ in {"PERSON", "ORG", "NORP"}
    named = (child for child in noun.rights if child.dep_ in {"flat", "appos"})  # "the prophet Amos"
    return can_speak(noun) or any(child.ent_type_ == "PERSON" for child in named)


def can_speak(noun: Token) -> bool:
    """Say whether a noun without a name is of those who can speak: "officials", "sources"."""
    return nominal_types().get(singular(noun)) in {"PERSON", "ORG"} or noun.lower_ in _SPEAKING


def _stands_with(doc: Doc, citing: Draft, draft: Draft) -> bool:
    verbs = {doc[place].head.i for place in citing.cue}
    return bool(verbs & set(draft.cue)) or bool(set(citing.source) & set(draft.source))
