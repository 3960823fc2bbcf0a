"""Coreference on raw text: B³ over names and pronouns of GUM, and whether a pronoun finds its name.

Gold mentions: names (the head of the mention's core is a proper noun; mentions of time are left out, for to
us they are values) and personal pronouns. Ours: mentions of kind name and pronoun; nominals count on
neither side.

A pronoun of ours is a gold one if its characters are the same. A name of ours can be a gold one if it holds
the gold mention's head word; of several each gets the one with which it shares most, once. A name of ours
without a gold partner is an error, unless the corpus tags its last word as an adjective: GUM does not
annotate "Russian" in "Russian jet". A mention without a partner counts 0 for precision (ours) or recall
(gold), see b_cubed.py; "matched mentions alone" leaves them all out and so measures the gathering without
the finding.

A pronoun whose gold thing is named somewhere in the document is right if the entity that it is in holds a
name that shares a character with the core of one of the thing's names. One that we leave alone is wrong;
"where answered" is the share among those that are in an entity with a name.

Salience: of all pairs of things in one document, of which GUM's summaries mention one more often than the
other, the share that our saliences put in the same order.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import combinations

from benchmarks.quality.b_cubed import b_cubed
from benchmarks.quality.counts import Scores
from benchmarks.quality.excerpts import excerpt
from benchmarks.quality.gold_texts import CharSpan
from extractors.training.coreference import CoreferenceDocument, GoldMention
from extractors.training.samples import WordSyntax
from newsgraph.records import Extraction, Mention

THIRD_PERSONS = frozenset(
    """he him his himself she her hers herself it its itself they them their theirs themselves""".split()  # noqa: SIM905
)
_NEVER_NAMES = frozenset({"time"})


class Pairing:
    """Which of our names and pronouns is which of a document's."""

    def __init__(
        self,
        words: Sequence[CharSpan],
        document: CoreferenceDocument,
        syntax: Sequence[WordSyntax],
        read: Extraction,
    ) -> None:
        self.words = words
        self.read = read
        self.gold = [
            one
            for one in document.mentions
            if one.kind == "pronoun" or (one.kind == "name" and one.type not in _NEVER_NAMES)
        ]
        ours = [one for one in read.mentions if one.kind in {"name", "pronoun"}]
        self.partner = self._pronouns(ours) | self._names(ours)  # number in gold -> ours
        matched = {one.id for one in self.partner.values()}
        self.ours = [one for one in ours if one.id in matched or not self._is_adjective(one, syntax)]

    def word(self, one: GoldMention) -> str:
        start, end = self.words[one.head]
        return self.read.text[start:end].lower()

    def _pronouns(self, ours: Sequence[Mention]) -> dict[int, Mention]:
        at = {(one.start, one.end): one for one in ours if one.kind == "pronoun"}
        return {
            number: at[self.words[one.head]]
            for number, one in enumerate(self.gold)
            if one.kind == "pronoun" and self.words[one.head] in at
        }

    def _names(self, ours: Sequence[Mention]) -> dict[int, Mention]:
        pairs = [
            (self._likeness(one, other), number, other)
            for number, one in enumerate(self.gold)
            for other in ours
            if one.kind == other.kind == "name" and _holds(other, self.words[one.head])
        ]
        partner: dict[int, Mention] = {}
        taken: set[str] = set()
        for _, number, other in sorted(pairs, key=lambda pair: (-pair[0], pair[1], pair[2].start)):
            if number not in partner and other.id not in taken:
                partner[number] = other
                taken.add(other.id)
        return partner

    def _likeness(self, one: GoldMention, ours: Mention) -> float:
        """Return the share of characters in common, with the gold mention's core or with all of it."""
        whole = (self.words[one.start][0], self.words[one.end - 1][1])
        core = (self.words[one.core[0]][0], self.words[one.core[-1]][1])
        return max(_overlap(whole, (ours.start, ours.end)), _overlap(core, (ours.start, ours.end)))

    def _is_adjective(self, ours: Mention, syntax: Sequence[WordSyntax]) -> bool:
        inside = [
            place for place, (start, end) in enumerate(self.words) if start < ours.end and ours.start < end
        ]
        return bool(inside) and syntax[inside[-1]].upos == "ADJ"


def _holds(one: Mention, span: CharSpan) -> bool:
    return one.start <= span[0] and span[1] <= one.end


def _overlap(left: CharSpan, right: CharSpan) -> float:
    shared = max(0, min(left[1], right[1]) - max(left[0], right[0]))
    return shared / (max(left[1], right[1]) - min(left[0], right[0]))


def score_coreference(
    scores: Scores,
    words: Sequence[CharSpan],
    document: CoreferenceDocument,
    syntax: Sequence[WordSyntax],
    read: Extraction,
) -> None:
    pairing = Pairing(words, document, syntax, read)
    _score_gathering(scores, pairing)
    _score_pronouns(scores, pairing)
    _score_salience(scores, pairing)
    _note_names(scores, pairing)


def _score_gathering(scores: Scores, pairing: Pairing) -> None:
    number_of = {one.id: number for number, one in pairing.partner.items()}
    gold = {f"gold {number}": one.thing for number, one in enumerate(pairing.gold)}
    found = {
        f"gold {number_of[one.id]}" if one.id in number_of else one.id: one.entity for one in pairing.ours
    }
    others = {
        f"gold {number}"
        for number, one in enumerate(pairing.gold)
        if one.kind == "pronoun" and pairing.word(one) not in THIRD_PERSONS
    } | {
        one.id
        for one in pairing.ours
        if one.kind == "pronoun" and read_word(pairing.read, one) not in THIRD_PERSONS
    }
    both = gold.keys() & found.keys()
    _add(scores, "B³ names, he she it they", _without(gold, others), _without(found, others))
    _add(scores, "B³ names, all pronouns", gold, found)
    _add(scores, "B³ matched mentions alone", _only(gold, both), _only(found, both))


def read_word(read: Extraction, one: Mention) -> str:
    return read.text[one.start : one.end].lower()


def _only(mentions: Mapping[str, str], kept: set[str]) -> dict[str, str]:
    return {mention: thing for mention, thing in mentions.items() if mention in kept}


def _without(mentions: Mapping[str, str], dropped: set[str]) -> dict[str, str]:
    return {mention: thing for mention, thing in mentions.items() if mention not in dropped}


def _add(scores: Scores, measure: str, gold: Mapping[str, str], found: Mapping[str, str]) -> None:
    sums = b_cubed(gold, found)
    scores.add(measure, sums.precisions, sums.found, sums.gold, sums.recalls)


def _score_pronouns(scores: Scores, pairing: Pairing) -> None:
    cores = _cores(pairing)
    names: defaultdict[str, list[Mention]] = defaultdict(list)
    for name in pairing.read.mentions:
        if name.kind == "name":
            names[name.entity].append(name)
    for number, one in enumerate(pairing.gold):
        if one.kind != "pronoun" or one.thing not in cores:
            continue
        ours = pairing.partner.get(number)
        called = [] if ours is None else names[ours.entity]
        is_right = any(_overlaps_any(name, cores[one.thing]) for name in called)
        word = pairing.word(one)
        who = "he she it they" if word in THIRD_PERSONS else "I you we"
        scores.share(f"pronouns, {who}", is_right=is_right)
        if called:
            scores.share(f"pronouns, {who}, where answered", is_right=is_right)
        if not is_right:
            _note_pronoun(scores, pairing, one, ours, called)


def _score_salience(scores: Scores, pairing: Pairing) -> None:
    """Count pairs of named things, one of which more summaries mention: is it the more salient one to us?"""
    named = ((pairing.gold[number], ours) for number, ours in pairing.partner.items())
    wanted = {ours.entity: one.salience for one, ours in named if one.kind == "name"}
    found = {entity.id: entity.salience for entity in pairing.read.entities}
    for one, other in combinations(sorted(wanted), 2):
        if wanted[one] != wanted[other]:
            is_right = (found[one] - found[other]) * (wanted[one] - wanted[other]) > 0
            scores.share("salience, pairs in order", is_right=is_right)


def _cores(pairing: Pairing) -> dict[str, list[CharSpan]]:
    """Return the characters of the names of each thing that has one."""
    cores: defaultdict[str, list[CharSpan]] = defaultdict(list)
    for one in pairing.gold:
        if one.kind == "name":
            cores[one.thing] += [pairing.words[place] for place in one.core]
    return dict(cores)


def _overlaps_any(one: Mention, spans: Sequence[CharSpan]) -> bool:
    return any(one.start < end and start < one.end for start, end in spans)


def _note_pronoun(
    scores: Scores, pairing: Pairing, one: GoldMention, ours: Mention | None, called: Sequence[Mention]
) -> None:
    text, word = pairing.read.text, pairing.word(one)
    group = word if word in THIRD_PERSONS else "I you we"
    meant = next(other for other in pairing.gold if other.thing == one.thing and other.kind == "name")
    wanted = text[pairing.words[meant.core[0]][0] : pairing.words[meant.core[-1]][1]]
    place = f"{excerpt(text, *pairing.words[one.head], around=160)}  means {wanted!r}"
    if ours is None:
        scores.error(f"pronoun left alone: {group}", place)
    elif not called:
        entity = next(entity for entity in pairing.read.entities if entity.id == ours.entity)
        scores.error(f"pronoun of a thing without a name: {group}", f"{place}, read {entity.name!r}")
    else:
        read = read_word(pairing.read, called[0])
        scores.error(f"pronoun of another: {group}", f"{place}, read {read!r}")


def _note_names(scores: Scores, pairing: Pairing) -> None:
    """Note names of one thing in several entities, and of several things in one."""
    text = pairing.read.text
    home: dict[str, tuple[GoldMention, Mention]] = {}
    owner: dict[str, tuple[GoldMention, Mention]] = {}
    for number, one in enumerate(pairing.gold):
        if one.kind != "name":
            continue
        ours = pairing.partner.get(number)
        if ours is None:
            start, end = pairing.words[one.core[0]][0], pairing.words[one.core[-1]][1]
            scores.error(f"name not found: {one.type}", excerpt(text, start, end))
            continue
        place = excerpt(text, ours.start, ours.end)
        first, name = home.setdefault(one.thing, (one, ours))
        if name.entity != ours.entity:
            scores.error(
                "names parted", f"{place}  is {text[name.start : name.end]!r} ({name.type}, {ours.type})"
            )
        first, name = owner.setdefault(ours.entity, (one, ours))
        if first.thing != one.thing:
            scores.error("names joined", f"{place}  is not {text[name.start : name.end]!r}")
    matched = {one.id for one in pairing.partner.values()}
    for ours in pairing.ours:
        if ours.id not in matched:
            scores.error(f"{ours.kind} that the corpus lacks", excerpt(text, ours.start, ours.end))
