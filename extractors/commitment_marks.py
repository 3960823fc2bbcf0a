"""What the words beside a verb or a noun do to it: auxiliaries, negation, adverbs, conditions, adjectives.

The words are data: lexicons/commitment.toml. What stands above it in the tree: commitment.py.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Set
from functools import cache

from extractors.known_names import LEXICONS
from extractors.quick import quick_record
from extractors.stance import is_negated
from extractors.words import Token
from newsgraph.records import Modality

RANKS: Mapping[Modality, int] = {"actual": 0, "planned": 1, "possible": 2, "hypothetical": 3}
VERBS = frozenset({"VERB", "AUX"})
CLAUSE_SUBJECTS = frozenset({"nsubj", "nsubj:pass", "nsubj:outer", "csubj"})
NO, ANY = frozenset({"no", "neither"}), frozenset({"any", "either"})
_GERUND_REACH = 7
_HAD = frozenset({"'d", "’d"})
_WOULD = frozenset({"would", *_HAD})
_INVERTING = frozenset({"had", "were", "should"})
_OFTEN = frozenset({"often", "sometimes", "frequently", "regularly", "occasionally", "routinely"})
# Their past looks like their present, which with "the player" would have an -s.
_UNCHANGED = frozenset(
    {"beat", "hit", "put", "cut", "set", "let", "shut", "quit", "hurt", "split", "shed", "cast"}
)
_LATER = frozenset({"later", "eventually", "subsequently"})
_ONLY = frozenset({"only", "just", "merely", "simply", "solely"})


@quick_record
class Commitment:
    """How something is told. ``is_reported``: in the words of somebody whom nothing here names."""

    negated: bool = False
    modality: Modality = "actual"
    is_reported: bool = False

    def and_(
        self, modality: Modality = "actual", *, negated: bool = False, reported: bool = False
    ) -> Commitment:
        """Return this with something more taken away; what is negated twice is only possible."""
        weakest = max(self.modality, modality, key=lambda one: RANKS[one])
        if self.negated and negated:
            return Commitment(modality=max(weakest, "possible", key=lambda one: RANKS[one]))
        return Commitment(self.negated or negated, weakest, self.is_reported or reported)


@cache
def words_of_commitment() -> Mapping[str, Mapping[str, frozenset[str]]]:
    given = tomllib.loads((LEXICONS / "commitment.toml").read_text(encoding="utf-8"))
    return {part: {name: frozenset(words) for name, words in lists.items()} for part, lists in given.items()}


def found_in(lemma: str, lists: Mapping[str, frozenset[str]], *, without: str = "") -> Modality | None:
    for modality in RANKS:
        if modality != without and lemma in lists.get(modality, ()):
            return modality
    return None


def _listed(words: set[str], lists: Mapping[str, frozenset[str]]) -> Modality:
    if not words:
        return "actual"
    found: list[Modality] = [modality for modality in RANKS if words & lists.get(modality, frozenset())]
    return max(found, key=lambda one: RANKS[one], default="actual")


def by_itself(word: Token, told: Commitment, *, is_shifted: bool = False) -> Commitment:
    """Return what a word's own dependents make of what is told with it.

    Args:
        word: The verb, noun or adjective.
        told: What has been found so far.
        is_shifted: It is told by a verb in the past: what "would" be then is what "will" be.
    """
    if word.pos_ not in VERBS and not is_predicate(word):
        return by_noun_itself(word, told)
    lists = words_of_commitment()
    helpers = _helpers_of(word)
    adverbs = {child.lower_ for child in word.children if child.dep_ in {"advmod", "discourse", "parataxis"}}
    if is_shifted and not _is_supposed(word, helpers):
        helpers = {"will" if helper in _WOULD else helper for helper in helpers}
    told = told.and_(_listed(helpers, lists["auxiliaries"])).and_(_listed(adverbs, lists["adverbs"]))
    if [one.lower_ for one in word.doc[max(0, word.i - 2) : word.i]] == ["all", "but"]:
        adverbs.add("almost")
    if _is_in_fiction(word):
        told = told.and_("hypothetical")
    if (
        _is_no_longer(word)
        or (is_negated(word) and not _is_not_only(word))
        or adverbs & lists["adverbs"]["barely"]
    ):
        told = told.and_(negated=True)
    if _is_to_be(word) or _is_due(word):
        told = told.and_("planned")
    return _by_clause(word, helpers, told) if word.pos_ in VERBS else told


def _helpers_of(word: Token) -> set[str]:
    """Return a word's auxiliaries that may tell whether it happened."""
    helpers = {child.lower_ for child in word.children if child.dep_ in {"aux", "aux:pass", "cop"}}
    if word.tag_ in {"VBN", "VBD"} and not any(child.lemma_ in {"have", "be"} for child in word.lefts):
        helpers -= _HAD  # "who'd met her" had
    if "would" not in helpers or "have" in helpers:
        return helpers
    # "would later meet her", "would at times meet her": he did
    is_repeated = any(
        child.lower_ in _OFTEN
        or child.lower_ in _LATER
        or (child.lower_ in {"at", "times"} and [one.lower_ for one in child.subtree] == ["at", "times"])
        for child in word.children
    )
    return helpers - {"would"} if is_repeated else helpers


def _is_supposed(word: Token, helpers: Set[str]) -> bool:
    """Say whether "would" tells of what was or is supposed: "would have met", "would meet if"."""
    return "have" in helpers or any(_is_condition(child) for child in word.children)


def _by_clause(verb: Token, helpers: Set[str], told: Commitment) -> Commitment:
    """Return what opens a verb's clause, stands before its gerund, or hangs on it as a condition."""
    told = told.and_(by_mark(verb))
    if verb.tag_ == "VBG":
        told = told.and_(_by_noun_before(verb))
    is_present = verb.tag_ in {"VBZ", "VBP"} and not helpers
    if is_present and any(_is_condition(child) for child in verb.children):
        told = told.and_("hypothetical")
    return told.and_("planned") if _is_ahead(verb) else told


def _is_no_longer(word: Token) -> bool:
    return any(
        child.lower_ == "longer" and any(one.lower_ == "no" for one in child.children)
        for child in word.children
    )


def _by_noun_before(verb: Token) -> Modality:
    """What a noun makes of the gerund behind it, wherever the tree hangs that: "the odds of Vane winning"."""
    lists = words_of_commitment()["nouns"]
    for place in range(verb.i - 1, max(verb.sent.start, verb.i - _GERUND_REACH), -1):
        token = verb.doc[place]
        if token.pos_ in VERBS or token.is_punct:
            return "actual"
        if token.lower_ == "of" and place > 0:
            return found_in(verb.doc[place - 1].lemma_.lower(), lists) or "actual"
    return "actual"


def _is_in_fiction(verb: Token) -> bool:
    """Say whether it happens "in the film", "in The Salt Year, the new novel"."""
    fiction = words_of_commitment()["fiction"]["nouns"]
    return any(
        noun.lemma_.lower() in fiction
        for child in verb.children
        if child.dep_ == "obl" and any(one.lower_ in {"in", "during"} for one in child.children)
        for noun in (child, *(one for one in child.children if one.dep_ == "appos"))
    )


def is_predicate(word: Token) -> bool:
    """Say whether a noun or adjective is what a clause says: "was the first meeting"."""
    return any(child.dep_ == "cop" for child in word.children)


def by_noun_itself(noun: Token, told: Commitment) -> Commitment:
    lists = words_of_commitment()["adjectives"]
    beside = {
        child.lower_ for child in noun.children if child.dep_ in {"amod", "advmod", "det", "compound", "acl"}
    }
    told = told.and_(
        _listed(beside, {name[:-5]: words for name, words in lists.items() if name.endswith("_noun")})
    )
    if beside & ANY:
        told = told.and_("hypothetical")
    # "No talks took place": there the verb counts as negated.
    is_counted_above = noun.head.pos_ in VERBS and noun.dep_ in {"nsubj", "nsubj:pass", "obj"}
    no = frozenset() if is_counted_above else NO
    return told.and_(negated=bool(beside & (no | lists["negated_noun"])))


def _is_not_only(word: Token) -> bool:
    """Say whether the only negation is that of "not only … but"."""
    nots = [child for child in word.children if child.lower_ in {"not", "n't", "n’t"}]
    return bool(nots) and all(one.i + 1 < len(one.doc) and one.nbor().lower_ in _ONLY for one in nots)


def _is_to_be(word: Token) -> bool:
    """Say whether it is "is to meet" or "was to have met", or a headline's "Roe to meet Falk"."""
    helpers = {child.lower_: child for child in word.children}
    if "to" not in helpers or helpers["to"].i > word.i:
        return False
    if word.dep_ == "ROOT" and any(child.dep_ in CLAUSE_SUBJECTS for child in word.lefts):
        return True
    is_aux = any(
        child.lemma_ == "be" and child.dep_ in {"aux", "aux:pass", "cop"} and child.i < helpers["to"].i
        for child in word.children
    )
    return is_aux or (
        word.dep_ in {"xcomp", "ccomp"} and word.head.lemma_ == "be" and not is_predicate(word.head)
    )


def _is_due(word: Token) -> bool:
    """Say whether it is "is due to visit", which the tree takes for a preposition."""
    planned = words_of_commitment()["adjectives"]["planned"]
    return any(child.lower_ in planned and child.dep_ in {"case", "mark", "aux"} for child in word.lefts)


def _is_ahead(verb: Token) -> bool:
    """Say whether a progressive speaks of what is to come: "is meeting Roe tomorrow"."""
    is_present = any(child.lower_ in {"is", "are", "am"} for child in verb.children if child.dep_ == "aux")
    if verb.tag_ != "VBG" or not is_present:
        return False
    future = words_of_commitment()["present"]["future"]
    return any(
        token.lower_ in future
        for child in verb.children
        if child.dep_ in {"obl", "obl:unmarked", "obl:tmod", "advmod", "obl:npmod"}
        for token in child.subtree
    )


def by_mark(verb: Token) -> Modality:
    lists = words_of_commitment()["marks"]
    marks = {child.lower_ for child in verb.children if child.dep_ in {"mark", "advmod"} and child.i < verb.i}
    opening = verb.doc[verb.left_edge.i : verb.left_edge.i + 4].text.lower()
    if marks & lists["hypothetical"] or opening.startswith(tuple(lists["phrases"])) or _is_inverted(verb):
        return "hypothetical"
    is_present = _is_present(verb)
    if is_present and "after" in marks and _is_headline(verb):
        return "actual"
    return (
        "planned" if verb.dep_ == "advcl" and is_present and marks & lists["planned"] - {"as"} else "actual"
    )


def _is_present(verb: Token) -> bool:
    is_past = verb.lower_ in _UNCHANGED and any(
        child.dep_ == "nsubj" and child.tag_ in {"NN", "NNP"} for child in verb.lefts
    )  # "after the player beat Roe"
    is_helped = any(child.dep_ == "aux" for child in verb.children)
    return verb.tag_ in {"VBP", "VBZ"} and not is_past and not is_helped


def _is_headline(verb: Token) -> bool:
    """Say whether a sentence tells what happened as headlines do: "Oil rises after Norvia bombs port"."""
    return _is_present(verb.head) and verb.sent[-1].text not in {".", "!", "?", "”", '"'}


def _is_condition(clause: Token) -> bool:
    is_word = clause.lower_ in words_of_commitment()["marks"]["hypothetical"]  # "Provided that …"
    return clause.dep_ == "advcl" and clause.pos_ in VERBS and (is_word or by_mark(clause) == "hypothetical")


def _is_inverted(verb: Token) -> bool:
    """Say whether a clause is a condition by its order: "Had they met, …", "Were he to resign, …"."""
    subjects = [child for child in verb.children if child.dep_ in CLAUSE_SUBJECTS]
    opens = (
        verb.dep_ == "ROOT" and verb.sent[0].lower_ in _INVERTING
    )  # a condition that the tree took for the main clause
    return (opens or verb.dep_ in {"advcl", "ccomp", "dep"}) and any(
        child.lower_ in _INVERTING and subjects and child.i < subjects[0].i < verb.i
        for child in verb.children
    )
