"""What several voices of an article speak of: relations and contents brought to one form, so that they meet.

A relation gives a proposition by its predicate, parties and time, without its negation; who negates it denies
it. A content that tells no relation of the vocabulary gives one by its words. Two are the same only by equal
keys, but for four steps, each with its reason and a lower score: a jet without a name is the article's one
named jet; a capital that acts is its country; what has no date is of the one date that the article gives it;
who says that two crashed, says that they came into contact.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace

from extractors.clusters import Cluster
from extractors.drafts import Draft, words_of
from extractors.frames import deed_nouns
from extractors.meanings import Meanings
from extractors.quick import quick_record
from extractors.stance import NEGATIONS, cue_words, main_verb
from extractors.taken_up import FLIPPED, Answer, answers
from extractors.weapon_kinds import nouns_for
from extractors.words import Doc, Token
from newsgraph.records import Attribution, Entity, Proposition, Relation, Stance, TextSpan, Voice
from newsgraph.vocabulary import load_vocabulary

_SAME, _BY_KIND, _BY_DATE, _IMPLIED, _BY_WORDS, _TAKEN_UP = 1.0, 0.8, 0.9, 0.8, 0.9, 0.7
_CONTENT_WORDS = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "NUM", "ADV", "PRON"})
_EMPTY = frozenset(
    {"be", "have", "do", "will", "would", "may", "might", "could", "can", "that", "it", "there", "also"}
)
_ARGUMENTS = frozenset({"nsubj", "nsubj:pass", "obj", "obl"})
_OF_ONESELF = frozenset({"deny", "denial", "admit", "admission", "confess", "confession"})
_LEAST_WORDS = 2
_REACH = 2  # sentences before, in which a deed is told that a noun takes up
_BARE = frozenset({"DET", "SCONJ", "AUX", "PRON"})
# What keys begin with: of what is to come, of a content's words, of words too few to be told apart.
PLANNED, WORDS, ALONE = "planned", "words", "alone"


@quick_record
class _Claim:
    """One voice on one proposition, before equal ones are brought together."""

    key: tuple[str, ...]  # "", or "planned"; predicate; subject; object; or the words of a content
    relation: Relation | None
    text: TextSpan
    voice: Voice
    is_negated: bool  # in its own words: the voice's stance is then the other one


def propositions_of(
    doc: Doc,
    drafts: Sequence[Draft],
    attributions: Sequence[Attribution],
    relations: Sequence[Relation],
    words: Mapping[str, int],
    entities: Sequence[Entity],
    meanings: Meanings,
) -> tuple[Proposition, ...]:
    """Return the propositions of an article, ``p0`` … in the order in which they are first told.

    Args:
        doc: Annotated, with trees.
        drafts: Of each attribution, its words.
        attributions: Their records, in the same order.
        relations: The records of all relations.
        words: Of each relation's id, the word of the Doc that carries it.
        entities: The records of the article's entities.
        meanings: Which entity a word means.
    """
    alike = _Alike(meanings.clusters, entities, doc)
    claims = [*_told_by_narrator(relations, alike)]
    answered = answers(doc, drafts, attributions, meanings)
    told = {
        number: [*_told_in(doc, draft, attribution, relations, words, alike, meanings)]
        for number, (draft, attribution) in enumerate(zip(drafts, attributions, strict=True))
    }
    for number, answer in answered.items():
        draft = drafts[answer.claim]
        meant = _main_claims(doc, draft, told[answer.claim], words)
        if not meant:  # of its words, what it tells beside would do
            meant = [*_by_words(doc, draft, attributions[answer.claim], set(), alike, meanings)][:1]
            told[answer.claim] += meant
        own = told[number] if answer.says_more else []
        told[number] = [*own, *(_taken_up(attributions[number], answer, one) for one in meant)]
    for number in range(len(drafts)):
        if number not in answered and (relation := _narrated(doc, drafts, number, relations, words)):
            told[number] = [
                replace(
                    _claim(relation, None, "asserts", alike), voice=_answering(attributions[number], relation)
                )
            ]
    claims += [one for some in told.values() for one in some]
    return tuple(_brought_together(doc.text, claims, alike))


def _narrated(
    doc: Doc, drafts: Sequence[Draft], number: int, relations: Iterable[Relation], words: Mapping[str, int]
) -> Relation | None:
    """Return the one deed that the article itself tells right before somebody's "denied it", "the attack".

    Posts and places are no news: nobody denies these so.
    """
    content, cue = drafts[number].content, drafts[number].cue
    if cue and (deed := _deed_in(doc, content, cue)) is not None:
        return _one_told_as(deed, relations, words)
    if len(content) != 1 or not cue or doc[content[0]].lower_ not in {"it", "this"}:
        return None
    if not {doc[place].lemma_.lower() for place in cue} & cue_words()["of_deeds"]:
        return None
    here = doc[cue[0]].sent
    since = doc[max(0, here.start - 1)].sent.start
    told = [draft for one, draft in enumerate(drafts) if one != number and draft.cue]
    if any(since <= draft.cue[0] < cue[0] for draft in told):
        return None
    deeds = [
        one
        for one in relations
        if one.attribution is None
        and one.modality == "actual"
        and (kind := load_vocabulary().get(one.predicate)) is not None
        and not kind.holds
        and since <= words[one.id] < cue[0]
    ]
    return deeds[0] if len(deeds) == 1 else None


def _deed_in(doc: Doc, content: Sequence[int], cue: Sequence[int]) -> Token | None:
    """Return the noun of a deed that is all of what is denied: "the killing", "that the talks took place"."""
    if not {doc[place].lemma_.lower() for place in cue} & cue_words()["of_deeds"] - cue_words()["refusing"]:
        return None
    inside = [doc[place] for place in words_of(doc, content)]
    nouns = [token for token in inside if token.lemma_.lower() in deed_nouns()]
    verbs = cue_words()["existing"] | _EMPTY
    others = {token.lemma_.lower() for token in inside if token not in nouns and token.pos_ not in _BARE}
    is_all = len(nouns) == 1 and others <= verbs | {"place", "ever"}
    return nouns[0] if is_all and not any(token.lower_ in NEGATIONS for token in inside) else None


def _one_told_as(deed: Token, relations: Iterable[Relation], words: Mapping[str, int]) -> Relation | None:
    """Return the only relation before a noun that it may mean: of "the attack" who attacked whom."""
    since = deed.sent.start
    for _ in range(_REACH):
        since = deed.doc[max(0, since - 1)].sent.start
    fits = deed_nouns()[deed.lemma_.lower()]
    told = [one for one in relations if one.predicate in fits and since <= words[one.id] < deed.i]
    parties = {frozenset((one.subject, one.object)) for one in told}
    return told[-1] if len(parties) == 1 and told[-1].modality == "actual" else None


def _answering(attribution: Attribution, relation: Relation) -> Voice:
    """Return the voice of who denies or confirms what the article tells."""
    stance = FLIPPED[attribution.stance] if relation.negated else attribution.stance
    return Voice(attribution.id, None, stance, _TAKEN_UP, "takes up what was said before")


class _Alike:
    """Which entity stands for another in a proposition: for a jet without a name the one that has one."""

    def __init__(self, clusters: Sequence[Cluster], entities: Sequence[Entity], doc: Doc) -> None:
        self.names = {entity.id: entity.name for entity in entities}
        known = {entity.known: entity.id for entity in entities if entity.known}
        self.countries = {  # of a capital that stands for its government
            entity.id: known[country]
            for entity in entities
            if entity.known.startswith("seat/")
            and (country := entity.rolls_up_to.replace("government/", "country/")) in known
        }
        self._kinds: dict[str, frozenset[str]] = {}  # of a craft without a name, those that it may be
        crafts = [(f"e{number}", one) for number, one in enumerate(clusters) if one.type == "PRODUCT"]
        nouns_of = {
            name: {noun.lower() for form in one.forms(doc) for noun in nouns_for(form)}
            for name, one in crafts
            if one.is_named
        }
        for name, one in crafts:
            called = {head.lemma_.lower() for head in one.called(doc)}
            if not one.is_named:
                self._kinds[name] = frozenset(named for named, nouns in nouns_of.items() if called & nouns)

    def of(self, entity: str, *, but: str = "") -> str:
        """Return the one named craft that an entity may be, ``but`` another; else itself."""
        kinds = self._kinds.get(entity, frozenset()) - {but}
        return next(iter(kinds)) if len(kinds) == 1 else entity

    def pair(self, relation: Relation) -> tuple[str, str]:
        """Return who stands for two parties: whatever hit the drone is not the drone.

        A capital that acts is its country; who speaks for the Kremlin does so there.
        """
        kind, subject, other = load_vocabulary().get(relation.predicate), relation.subject, relation.object
        if kind is None or kind.plover:
            subject, other = (self.countries.get(one, one) for one in (subject, other))
        left, right = self.of(subject), self.of(other)
        return self.of(subject, but=right), self.of(other, but=left)

    def key(self, entity: str) -> str:
        return self.names[self.of(self.countries.get(entity, entity))].lower()


# --- Claims -------------------------------------------------------------------------------------------------


def _told_by_narrator(relations: Iterable[Relation], alike: _Alike) -> Iterator[_Claim]:
    for relation in relations:
        if relation.attribution is None and relation.predicate in load_vocabulary():
            stance: Stance = "asserts" if relation.modality in {"actual", "planned"} else "undetermined"
            yield _claim(relation, None, stance, alike)


def _told_in(
    doc: Doc,
    draft: Draft,
    attribution: Attribution,
    relations: Iterable[Relation],
    words: Mapping[str, int],
    alike: _Alike,
    meanings: Meanings,
) -> Iterator[_Claim]:
    """Yield what an attribution speaks of: its relations, of a denial only the one denied, else its words."""
    inside = [
        one for one in relations if one.attribution == attribution.id and one.predicate in load_vocabulary()
    ]
    main = _main_words(list(map(doc.tokens.__getitem__, draft.content)))
    chosen = [one for one in inside if _is_main(doc[words[one.id]], main)]
    for relation in inside if attribution.stance == "asserts" else chosen:
        is_open = relation.modality in {"possible", "hypothetical"}
        yield _claim(relation, attribution, "undetermined" if is_open else attribution.stance, alike)
    if not chosen:
        told = {doc[words[one.id]].sent.start for one in inside}
        yield from _by_words(doc, draft, attribution, told, alike, meanings)


def _main_words(content: Sequence[Token]) -> set[int]:
    """Return the word that a content hangs on, and those joined to it."""
    main = main_verb(content)
    if main is None:
        return set()
    return {main.i, *(child.i for child in main.children if child.dep_ == "conj")}


def _has_clauses(content: Sequence[Token]) -> bool:
    """Say whether a content tells several things side by side."""
    main = _main_words(content)
    return len(main) > 1 and len(main.intersection(token.i for token in content)) > 1


def _is_main(word: Token, main: set[int]) -> bool:
    """Say whether a word is a main one, or no clause of its own under it: "came into contact"."""
    return word.i in main or (
        word.head.i in main and word.dep_.split(":")[0] in {"obj", "obl", "xcomp", "nsubj", "nmod"}
    )


def _main_claims(
    doc: Doc, draft: Draft, told: Sequence[_Claim], words: Mapping[str, int]
) -> Sequence[_Claim]:
    """Return which of an attribution's claims an answer is about: of its main clause, or its words.

    Who disputes that they met twice and were cordial need not dispute that they met: only all of it together.
    """
    content = [doc[place] for place in draft.content]
    main = _main_words(content)
    if _has_clauses(content):
        return [one for one in told if one.relation is None][:1]
    places = {one: words[one.relation.id] for one in told if one.relation is not None}
    chosen = [one for one, place in places.items() if _is_main(doc[place], main)]
    return chosen or [one for one in told if one.relation is None][:1]


def _taken_up(attribution: Attribution, answer: Answer, claim: _Claim) -> _Claim:
    """Return the claim of somebody who takes another's up."""
    stance = answer.stance(attribution.stance, is_negated=claim.is_negated)
    is_open = claim.relation is not None and claim.relation.modality in {"possible", "hypothetical"}
    if is_open and answer.verdict not in {"yes", "no"}:
        stance = "undetermined"
    voice = Voice(attribution.id, None, stance, _TAKEN_UP, "takes up what was said before")
    return replace(claim, voice=voice)


def _claim(relation: Relation, attribution: Attribution | None, stance: Stance, alike: _Alike) -> _Claim:
    subject, other = alike.pair(relation)
    is_same = (subject, other) == (relation.subject, relation.object)
    score = _SAME if is_same else _BY_KIND
    is_seat = bool(alike.countries.keys() & {relation.subject, relation.object})
    other_reason = (
        "a capital for its country" if is_seat else "the one of its kind that has a name in the article"
    )
    reason = "told in these words" if is_same else other_reason
    voice = Voice(
        None if attribution is None else attribution.id,
        relation.id,
        FLIPPED[stance] if relation.negated else stance,
        score,
        reason,
    )
    parties = [alike.names[subject].lower(), alike.names[other].lower()]
    if load_vocabulary()[relation.predicate].symmetric and parties[0] > parties[1]:
        parties.reverse()
        subject, other = other, subject
    key = (
        PLANNED if relation.modality == "planned" else "",
        relation.predicate,
        *parties,
        relation.time or "",
    )
    meant = replace(relation, subject=subject, object=other)
    return _Claim(key, meant, TextSpan(relation.start, relation.end), voice, relation.negated)


def _by_words(
    doc: Doc, draft: Draft, attribution: Attribution, told: Set[int], alike: _Alike, meanings: Meanings
) -> Iterator[_Claim]:
    """Yield a content's propositions by its words, one for each sentence that tells no relation."""
    sentences: dict[int, list[Token]] = {}
    for token in map(doc.tokens.__getitem__, draft.content):
        sentences.setdefault(token.sent.start, []).append(token)
    for tokens in (sentences[start] for start in sentences if start not in told):
        words, is_negated = _key_words(tokens, alike, meanings)
        if _is_own_deed(doc, draft, tokens) and attribution.speaker in alike.names:
            words = [alike.key(attribution.speaker), *words]
        stance = FLIPPED[attribution.stance] if is_negated else attribution.stance
        span = TextSpan(tokens[0].idx, tokens[-1].idx + len(tokens[-1].text))
        voice = Voice(attribution.id, None, stance, _BY_WORDS, "told in these words")
        # "the interception" alone could be any: it meets no other.
        key = (WORDS, *words) if len(words) >= _LEAST_WORDS else (ALONE, attribution.id, *words)
        if words:
            yield _Claim(key, None, span, voice, is_negated)


def _is_own_deed(doc: Doc, draft: Draft, content: Sequence[Token]) -> bool:
    """Say whether a content is of who speaks: "denied hiding losses", "admitted any part in the coup"."""
    stances, main = cue_words(), main_verb(content)
    if main is None or any(child.dep_ in {"nsubj", "nsubj:pass", "nmod:poss"} for child in main.children):
        return False
    lemmas = {doc[place].lemma_.lower() for place in draft.cue}
    if main.tag_ == "VBG":
        return bool(lemmas & (stances["denies"] | stances["confirming"]))
    return main.lemma_.lower() in stances["deeds"] and bool(lemmas & _OF_ONESELF)


def _key_words(tokens: Sequence[Token], alike: _Alike, meanings: Meanings) -> tuple[list[str], bool]:
    """Return lemmas and names in their order, without helpers and the negation; and whether there was one.

    In their order: who attacked whom is no matter of words alone; nor is who was attacked by whom.
    """
    found: list[str] = []
    negations = 0
    main = main_verb(tokens)
    if _has_clauses(tokens):
        main = None  # "did not fly and was seen in Lund": neither the whole nor its opposite
    for token in tokens:
        number = meanings.entity_at(token)
        if token.lower_ in NEGATIONS and main is not None and _negates(token, main):
            negations += 1
        elif token.lower_ in NEGATIONS:
            found.append("not")  # of something in it, which is then another thing
        elif number is not None and f"e{number}" in alike.names:
            name = alike.key(f"e{number}")
            found += [name] if found[-1:] != [name] else []  # of "Lloyd Austin" each word means him
        elif token.pos_ in _CONTENT_WORDS and token.lemma_.lower() not in _EMPTY:
            is_passive = any(child.dep_ == "aux:pass" for child in token.children)
            found.append(token.lemma_.lower() + (" by" if is_passive else ""))
    return found, negations % 2 == 1


def _negates(token: Token, main: Token) -> bool:
    """Say whether a negation is that of a main word: "did not receive", "received no warning"."""
    if token.head == main:
        return True
    return token.dep_ == "det" and token.head.head == main and token.head.dep_ in _ARGUMENTS


# --- Bringing together --------------------------------------------------------------------------------------


def _brought_together(text: str, claims: Sequence[_Claim], alike: _Alike) -> Iterator[Proposition]:
    dates: dict[tuple[str, ...], set[str]] = {}
    for claim in claims:
        if claim.relation is not None and claim.key[-1]:
            dates.setdefault(claim.key[:-1], set()).add(claim.key[-1])
    dated = [_with_the_date(claim, dates.get(claim.key[:-1], set())) for claim in claims]
    groups: dict[tuple[str, ...], list[_Claim]] = {}
    for claim in sorted(dated, key=lambda one: (one.text, one.voice.attribution or "", one.key)):
        groups.setdefault(claim.key, []).append(claim)
    for weaker, implied in _implied(groups):
        groups[weaker].append(implied)
    for number, (key, members) in enumerate(groups.items()):
        first = members[0]
        relation = first.relation
        voices = {(one.voice.attribution, one.voice.relation): one.voice for one in members}
        yield Proposition(
            f"p{number}",
            text[first.text.start : first.text.end],
            relation.predicate if relation else None,
            relation.subject if relation else None,
            relation.object if relation else None,
            key[-1] or None if relation else None,
            "|".join(key),
            tuple(replace(voice, score=round(voice.score, 2)) for voice in voices.values()),
        )


def _with_the_date(claim: _Claim, dates: Set[str]) -> _Claim:
    """Return a claim without a date with the only one that the article gives to the same."""
    if claim.relation is None or claim.key[-1] or len(dates) != 1:
        return claim
    voice = replace(
        claim.voice, score=claim.voice.score * _BY_DATE, reason="the one date that the article gives for it"
    )
    return replace(claim, key=(*claim.key[:-1], *dates), voice=voice)


def _implied(groups: Mapping[tuple[str, ...], Sequence[_Claim]]) -> Iterator[tuple[tuple[str, ...], _Claim]]:
    """Yield who asserts, by something stronger, what others speak of."""
    for key, members in list(groups.items()):
        kind = load_vocabulary().get(key[1]) if members[0].relation else None
        if kind is None or not kind.implies:
            continue
        parties = sorted(key[2:4]) if load_vocabulary()[kind.implies].symmetric else key[2:4]
        dates = {one[-1] for one in groups if one[:4] == (key[0], kind.implies, *parties)}
        date = key[-1] if key[-1] in dates else next(iter(dates)) if len(dates) == 1 else None
        weaker = (key[0], kind.implies, *parties, date or "")
        if weaker not in groups:
            continue
        for one in members:
            if one.voice.stance == "asserts":
                reason = f"{kind.label}: so also {load_vocabulary()[kind.implies].label}"
                yield (
                    weaker,
                    replace(one, voice=replace(one.voice, score=one.voice.score * _IMPLIED, reason=reason)),
                )
