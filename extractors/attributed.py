"""From drafts to records of who says what: speaker, stance, kind of cue, addressee, relays, medium."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from extractors.attribution import speech_of
from extractors.clauses import any_obliques, obliques
from extractors.commitment import commitment_of
from extractors.commitment_marks import Commitment, by_itself
from extractors.confidence import load_calibration
from extractors.drafts import Draft, in_any
from extractors.meanings import Meanings
from extractors.mentions import THIRD_PERSONS
from extractors.quotations import Quotation
from extractors.relays import names_relay, relay_behind
from extractors.spans import runs_of, text_span, words_at
from extractors.stance import certainty_of, cue_type_of, cue_types, main_verb, stance_of
from extractors.words import Doc, Token
from newsgraph.records import Attribution, TextSpan

_ADDING = frozenset({"add", "continue"})
_ADDED_WITHIN = 80  # words between the two verbs


def attributions_of(
    doc: Doc, drafts: Sequence[Draft], quotations: Sequence[Quotation], meanings: Meanings, model: Path
) -> tuple[Attribution, ...]:
    """Return a record of each draft, ``a0`` … in their order."""
    around = _innermost_around(drafts)
    speakers = _speakers_of(doc, drafts, around, meanings)
    doubles = [quotation for quotation in quotations if quotation.is_double]
    for number, outer in enumerate(around):
        quoted = [place for place in drafts[number].source if outer is not None and in_any(place, doubles)]
        if outer is not None and any(meanings.is_himself(place, speakers[outer]) for place in quoted):
            speakers[number] = None
    calibrate = load_calibration(model)
    records, tokens = [], doc.tokens
    for number, draft in enumerate(drafts):
        cue = [tokens[place] for place in draft.cue]
        content = [tokens[place] for place in draft.content]
        stance = stance_of(cue, content)
        relays = list(_relays(doc, number, drafts, speakers, around, meanings))
        records.append(
            Attribution(
                f"a{number}",
                _spans(doc, draft.source),
                _spans(doc, draft.cue),
                _spans(doc, draft.content),
                _name("e", speakers[number]),
                _name("e", relays[0] if relays else None),
                stance,
                certainty_of(stance, cue, content),
                speech_of(doc, draft.content, quotations),
                calibrate(draft.confidence),
                _cue_lemma(cue),
                cue_type_of(cue, content),
                "future" if _is_ahead(content) else "non-future",
                _name("e", _addressee(draft, cue, meanings, {speakers[number], *relays})),
                tuple(f"e{relay}" for relay in relays),
                _medium(cue),
                _name("a", around[number]),
            )
        )
    return tuple(records)


def _speakers_of(
    doc: Doc, drafts: Sequence[Draft], around: Sequence[int | None], meanings: Meanings
) -> list[int | None]:
    """Return who speaks in each draft; "he" who adds something, and is nobody else, spoke just before."""
    speakers = [meanings.speaker_of(draft) for draft in drafts]
    outer = sorted(
        (one.cue[0], number) for number, one in enumerate(drafts) if one.cue and around[number] is None
    )
    for (place, before), (added, number) in pairwise(outer):
        source = [doc[one].lower_ for one in drafts[number].source]
        if speakers[number] is not None or len(source) != 1 or added - place > _ADDED_WITHIN:
            continue
        is_adding = any(doc[one].lemma_.lower() in _ADDING for one in drafts[number].cue)
        wanted, speaker = THIRD_PERSONS.get(source[0]), speakers[before]
        if is_adding and wanted in {"male", "female"} and speaker is not None:
            person = meanings.clusters[speaker]
            is_fit = person.type == "PERSON" and person.is_named and person.gender in {None, wanted}
            speakers[number] = speaker if is_fit else None
    return speakers


def _name(kind: str, number: int | None) -> str | None:
    return None if number is None else f"{kind}{number}"


def _innermost_around(drafts: Sequence[Draft]) -> list[int | None]:
    """Return for each draft the smallest other content in which its cue stands."""
    contents = [frozenset(draft.content) for draft in drafts]
    holding: defaultdict[int, list[int]] = defaultdict(list)  # by word
    for number, content in enumerate(contents):
        for place in content:
            holding[place].append(number)
    found: list[int | None] = []
    for draft, content in zip(drafts, contents, strict=True):
        own = draft.cue or draft.content
        around = [
            (len(drafts[number].content), number)
            for number in holding.get(own[0], ())
            if drafts[number] is not draft
            and contents[number].issuperset(own)
            and not content.issuperset(drafts[number].cue)
        ]
        found.append(min(around)[1] if around else None)
    return found


def _relays(
    doc: Doc,
    number: int,
    drafts: Sequence[Draft],
    speakers: Sequence[int | None],
    around: Sequence[int | None],
    meanings: Meanings,
) -> Iterator[int]:
    """Yield who passed it on, from the speaker outwards: Tass, then CNN that cites Tass."""
    seen = {speakers[number]}
    outer: int | None = number
    while outer is not None:
        draft, above = drafts[outer], around[outer]
        via = meanings.entity_in(draft.via) if draft.via else None
        voice = speakers[outer] if names_relay(doc, draft.source) else None
        later = (
            speakers[above] if above is not None else None
        )  # "via CNN", which itself cites Tass: after Tass
        behind = [relay_behind(doc[place]) for place in draft.via[-1:]]  # "Reuters, via CNN"
        through = meanings.entity_at(behind[0]) if behind and behind[0] is not None else None
        for relay in (via if via != later else None, through, voice):
            if relay is not None and relay not in seen:
                seen.add(relay)
                yield relay
        outer = above


def _is_ahead(content: Sequence[Token]) -> bool:
    main = main_verb(content)
    if main is None:
        return False
    would = any(child.lower_ in {"would", "'d", "’d"} for child in main.children if child.dep_ == "aux")
    if main.tag_ == "VB":  # "vowed to leave": the cue tells
        return commitment_of(main, {token.i for token in content}).modality == "planned"
    return would or by_itself(main, Commitment()).modality == "planned"


def _addressee(draft: Draft, cue: Sequence[Token], meanings: Meanings, others: set[int | None]) -> int | None:
    """Return who is told: "told lawmakers that", "said to his troops"."""
    taken = {*draft.content, *draft.source}
    for verb in cue:
        told = [child for child in verb.children if child.dep_ in {"obj", "iobj"}] + obliques(verb, "to")
        for one in told:
            number = meanings.entity_at(one) if one.i not in taken else None
            if (
                number is not None
                and number not in others
                and meanings.clusters[number].type in {"PERSON", "ORG", "NORP"}
            ):
                return number
    return None


def _medium(cue: Sequence[Token]) -> str | None:
    """Return what something was said in: "in a statement", "by phone"."""
    media = cue_types()["media"]
    for verb in cue:
        phrases = any_obliques(verb)
        for word in ("in", "on", "by", "at", "during", "via"):
            for one in phrases.get(word, ()):
                if one.lemma_.lower() in media:
                    return str(one.lemma_.lower())
    return None


def _cue_lemma(cue: Sequence[Token]) -> str:
    """Return the verb or noun that carries a cue, else its words ("according to")."""
    if any(token.lower_ == "according" for token in cue):
        return "according to"
    for wanted in ("VERB", "NOUN"):
        if lemmas := [token.lemma_.lower() for token in cue if token.pos_ == wanted]:
            return lemmas[0]
    return " ".join(token.lower_ for token in cue if not token.is_punct)


def _spans(doc: Doc, places: Sequence[int]) -> tuple[TextSpan, ...]:
    """Return the stretches of text that the words fill; white space tokens in between do not break them."""
    filled, tokens = set(places), doc.tokens
    for place in places:
        if place + 2 in filled and tokens[place + 1].is_space:
            filled.add(place + 1)
    return tuple(
        [
            text_span(doc, start, end)
            for start, end in runs_of(filled)
            if not words_at(doc, start, end).isspace()
        ]
    )
