"""The network's marks as drafts of attributions: scraps dropped, borders set to quotation marks and names.

The network decides word by word, and its marks fray: a cue runs on, a content begins inside a name, a stray
word of the next sentence belongs to it as well.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from extractors.frames import act_verbs
from extractors.nouns import nominal_types, singular
from extractors.quick import quick_record
from extractors.quotations import Quotation
from extractors.reader import ATTRIBUTION, CONFIDENCE, attribution_key
from extractors.spans import name_around, runs_of, text_span
from extractors.stance import cue_words, main_verb
from extractors.words import FINITE_OR_MODAL, Doc, Token
from newsgraph.records import PassedOver

MIN_CONFIDENCE = 0.36  # best for who said what on PolNeAR's development part
_COVERED = 0.5  # part of a quotation that a content must hold to own it
_ALSO_DONE = frozenset({"recall", "question"})  # an ambassador or a suspect, not what somebody said
_RUBRICS = frozenset(
    {
        *(
            "explainer",
            "analysis",
            "opinion",
            "comment",
            "watch",
            "video",
            "live",
            "update",
            "updated",
            "breaking",
        ),
        *(
            "factbox",
            "timeline",
            "profile",
            "review",
            "correction",
            "clarification",
            "podcast",
            "photos",
            "pictures",
        ),
        *(
            "obituary",
            "feature",
            "column",
            "recap",
            "preview",
            "highlights",
            "exclusive",
            "corrected",
            "fact-check",
        ),
    }
)  # what a headline is, before its colon
_SOMEBODY = frozenset({"him", "her", "them", "me", "us"})
_DONE_TO = frozenset({"PERSON", "ORG", "PRODUCT"})
_NO_CUES = frozenset({"ADV", "PRON", "DET", "CCONJ", "SCONJ", "PART", "NUM", "SPACE", "AUX"})


@quick_record
class Draft:
    """An attribution as token indices, before its speaker is an entity."""

    source: tuple[int, ...]
    cue: tuple[int, ...]
    content: tuple[int, ...]
    via: tuple[int, ...]  # words that name the relay
    confidence: float


def drafts_of(doc: Doc, quotations: Sequence[Quotation]) -> list[Draft]:
    """Return a draft for each attribution that the network marked in a Doc and that can be one."""
    drafts = (_fitted(doc, draft, quotations) for draft in _marked(doc) if draft.confidence >= MIN_CONFIDENCE)
    return [
        draft
        for draft in drafts
        if _is_content(doc, draft.content)
        and _is_cue(doc, draft.cue)
        and not _is_act(doc, draft)
        and not _is_rubric(doc, draft)
        and not _is_done_to(doc, draft)
    ]


def unsure_of(doc: Doc) -> list[PassedOver]:
    """Return the attributions that the network marked with too little confidence."""
    confidence = doc.user_data.get(CONFIDENCE, {})
    contents = (span for span in doc.spans.get(ATTRIBUTION, ()) if span.label_ == "CONTENT")
    sure = ((span, float(confidence.get(attribution_key(span.id), 0.5))) for span in contents)
    return [
        PassedOver(
            *text_span(doc, span.start, span.end),
            "attribution",
            f"the network's confidence {given:.2f} is under {MIN_CONFIDENCE}",
        )
        for span, given in sure
        if given < MIN_CONFIDENCE
    ]


def words_of(doc: Doc, places: Iterable[int]) -> list[int]:
    """Return ``places`` without punctuation and white space."""
    gaps = doc.gaps
    return [place for place in places if place not in gaps]


def in_any(place: int, quotations: Iterable[Quotation]) -> bool:
    return any(place in quotation for quotation in quotations)


def near(places: Sequence[int], quotations: Iterable[Quotation]) -> list[Quotation]:
    """Return the quotations in which a stretch of words may stand, from its first place to its last."""
    return [one for one in quotations if places and one.start <= places[-1] and places[0] < one.end]


def share(quotation: Quotation, places: Sequence[int]) -> float:
    """Return which part of a quotation ``places``, in order, hold, 0..1."""
    inside = bisect_left(places, quotation.end) - bisect_left(places, quotation.start)
    return inside / (quotation.end - quotation.start)


def owns(quotation: Quotation, places: Sequence[int]) -> bool:
    """Say whether a content holds enough of a quotation to be what is quoted."""
    return share(quotation, places) >= _COVERED


def _marked(doc: Doc) -> Iterator[Draft]:
    parts: dict[int, dict[str, set[int]]] = {}
    for span in doc.spans.get(ATTRIBUTION, ()):
        roles = parts.setdefault(span.id, {"SOURCE": set(), "CUE": set(), "CONTENT": set()})
        roles[span.label_].update(range(span.start, span.end))
    confidence = doc.user_data.get(CONFIDENCE, {})
    for number, roles in sorted(parts.items()):
        cue = _cue_words(doc, roles["CUE"], roles["CONTENT"])
        others = roles["SOURCE"] | roles["CUE"]  # who is marked for both speaks: he is not what is said
        content = with_whole_names(doc, roles["CONTENT"] - others, others)
        source = [place for start, end in runs_of(roles["SOURCE"] - content) for place in range(start, end)]
        sure = float(confidence.get(attribution_key(number), 0.5))
        yield Draft(tuple(source), cue, tuple(sorted(content)), (), sure)


def _cue_words(doc: Doc, cue: set[int], content: set[int]) -> tuple[int, ...]:
    """Return a cue in one piece, without strays: words of another sentence, scraps of "told [him] in an"."""
    if len(cue) < 2:
        return tuple(cue)
    middle = min(content, key=lambda place: min(abs(place - other) for other in cue), default=min(cue))
    nearest = min(cue, key=lambda place: abs(place - middle))
    tokens, sent = doc.tokens, doc.tokens[nearest].sent
    kept = _first_piece(doc, {place for place in cue if tokens[place].sent == sent})
    while len(kept) > 1 and doc[kept[-1]].is_punct and doc[kept[-1]].text not in {":", ","}:
        kept.pop()
    return tuple(kept)


def _first_piece(doc: Doc, cue: set[int]) -> list[int]:
    """Return the first piece of a cue with a verb or noun, else the first; marks and gaps part no pieces."""
    ends = range(min(cue), max(cue) + 1)
    pieces = runs_of(place for place in ends if place in cue or place in doc.gaps)
    carrying = (run for run in pieces if any(doc[place].pos_ in {"VERB", "NOUN"} for place in range(*run)))
    return [place for place in range(*next(carrying, pieces[0])) if place in cue]


def with_whole_names(doc: Doc, places: set[int], others: set[int]) -> set[int]:
    """Return words that cut no name in two, but for names that reach into ``others``."""
    whole, tokens = set(places), doc.tokens
    for place in places:
        if tokens[place].ent_iob_ not in {"B", "I"}:
            continue
        inside = set(name_around(doc, place))
        if not inside & others:
            whole |= inside
    return whole


def _is_cue(doc: Doc, cue: Sequence[int]) -> bool:
    """Say whether a cue can carry an attribution: "also" alone cannot, "according to" and ":" can."""
    return any(doc[place].pos_ not in _NO_CUES for place in cue)


def _is_act(doc: Doc, draft: Draft) -> bool:
    """Say whether something was done to somebody, and nothing said: "dismissed the fire chief"."""
    verbs = [doc[place] for place in draft.cue if doc[place].pos_ == "VERB"]
    is_act = any((lemma := verb.lemma_.lower()) in act_verbs() or lemma in _ALSO_DONE for verb in verbs)
    clauses = (doc[place] for place in draft.content if doc[place].tag_ in FINITE_OR_MODAL)
    is_deed = any(
        verb.lemma_.lower() in cue_words()["deeds_only"] or _is_guessed(verb) or _is_to_be_done(verb)
        for verb in verbs
    )
    if not (is_act or is_deed) or not all(_is_of_noun(token) for token in clauses):
        return False
    if is_deed:
        # But "sanctioned the firm for supplying engines" gives a reason, which is the Treasury's word.
        return all(doc[place].tag_ != "VBG" for place in draft.content)
    head = main_verb([doc[place] for place in draft.content])
    if head is None:
        return False
    is_somebody = head.pos_ == "PRON" and head.lower_ in _SOMEBODY
    return is_somebody or head.ent_type_ in _DONE_TO or nominal_types().get(singular(head)) in _DONE_TO


def _is_guessed(verb: Token) -> bool:
    """Say whether it is only guessed that somebody said or did it: "may well have ordered the attack"."""
    helpers = {child.lower_ for child in verb.children if child.dep_ == "aux"}
    return "have" in helpers and bool(helpers & {"may", "might", "could"})


def _is_to_be_done(verb: Token) -> bool:
    """Say whether a thing only must, may or will be done: "the deal must be approved by regulators"."""
    helpers = {child.dep_: child.tag_ for child in verb.lefts}
    return verb.tag_ == "VBN" and "aux:pass" in helpers and helpers.get("aux") == "MD"


def _is_of_noun(verb: Token) -> bool:
    """Say whether a finite verb only tells of somebody: "the envoy, who had met"."""
    clause = verb.head if verb.dep_.startswith("aux") or verb.dep_ == "cop" else verb
    return clause.dep_ == "acl:relcl"


def _is_rubric(doc: Doc, draft: Draft) -> bool:
    """Say whether it is a headline behind its rubric, and nobody's words: "Explainer: What we know"."""
    cue, source = words_of(doc, draft.cue), words_of(doc, draft.source)
    return not cue and len(source) == 1 and doc[source[0]].lower_ in _RUBRICS


def _is_done_to(doc: Doc, draft: Draft) -> bool:
    """Say whether a headline tells what was done to somebody: "Envoy questioned over leak"."""
    verbs = [doc[place] for place in draft.cue if doc[place].tag_ in {"VBD", "VBN"}]
    if (
        not verbs
        or verbs[0].sent.start > 0
        or verbs[0].lemma_.lower() not in cue_words()["done_in_headlines"]
    ):
        return False
    last = next((word for word in reversed(list(verbs[0].sent)) if not word.is_space), verbs[0])
    links = {child.dep_ for child in verbs[0].children}
    return not last.is_punct and not links & {"obj", "iobj", "ccomp", "aux", "aux:pass"}


def _is_content(doc: Doc, content: Sequence[int]) -> bool:
    """Say whether something is said: the "what" of "what was said" is nothing, nor is a lone "the"."""
    return any(doc[place].tag_ not in {"WP", "WDT", "WRB", "DT"} for place in words_of(doc, content))


def _fitted(doc: Doc, draft: Draft, quotations: Sequence[Quotation]) -> Draft:
    """Let a content that mostly lies in quotation marks fill them; drop scraps far from the rest."""
    content = set(draft.content)
    within = [
        one for one in quotations if one.is_double and (owns(one, draft.content) or _opens(doc, one, draft))
    ]
    quoted = {place for quotation in within for place in range(quotation.start, quotation.end)}
    quoted |= set(_indented(doc, draft))
    if not words_of(doc, content - quoted):
        content &= quoted
    content |= quoted - set(draft.cue) - set(draft.source)
    runs = [run for run in _in_paragraphs(doc, content, quoted) if words_of(doc, range(*run))]
    if len(runs) > 1:
        runs = [run for run in runs if near(range(*run), within) or _belongs(doc, run, runs, draft.cue)]
    kept = {place for start, end in runs for place in range(start, end)}
    source = [run for run in runs_of(set(draft.source) - kept) if words_of(doc, range(*run))]
    return replace(
        draft,
        content=tuple(sorted(kept)),
        source=tuple(place for start, end in source for place in range(start, end)),
    )


def _opens(doc: Doc, quotation: Quotation, draft: Draft) -> bool:
    """Say whether a content begins with a quotation that the cue introduces: `said, "We have …"`."""
    if not draft.cue or draft.cue[-1] >= quotation.start:
        return False
    gaps = doc.gaps
    if next((place for place in draft.content if place not in gaps), None) != quotation.start:
        return False
    between = words_of(doc, range(draft.cue[-1] + 1, quotation.start))
    return not set(between) - set(draft.source)


def _indented(doc: Doc, draft: Draft) -> range:
    """Return the paragraph without marks that a cue with a colon introduces, and that the content begins."""
    places = words_of(doc, draft.content)
    if not places or not draft.cue or draft.cue[-1] >= places[0]:
        return range(0)
    between = [doc[place].text for place in range(draft.cue[-1], places[0])]
    if ":" not in between or not any("\n" in text for text in between):
        return range(0)
    end = next((place for place in range(places[0], len(doc)) if "\n" in doc[place].text), len(doc))
    return range(places[0], end - (doc[end - 1].text == "."))


def _in_paragraphs(doc: Doc, content: set[int], quoted: set[int]) -> list[tuple[int, int]]:
    """Return the pieces of a content; what is not quoted ends with its paragraph."""
    gaps = (content - quoted) & doc.gaps
    breaks = {place for place in gaps if doc[place].is_space and "\n" in doc[place].text}
    return runs_of(content - breaks)


def _belongs(doc: Doc, run: tuple[int, int], runs: Sequence[tuple[int, int]], cue: Sequence[int]) -> bool:
    """Say whether a piece of a content outside quotation marks is no scrap, but by the cue or the rest."""
    longest = max(runs, key=lambda one: one[1] - one[0])
    if run == longest:
        return True
    return any(doc[run[0]].sent == doc[place].sent for place in (longest[0], *cue))
