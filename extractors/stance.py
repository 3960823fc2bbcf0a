"""What a source thinks of the content that it is given for: its stance and its certainty.

A stance is read off the cue and its negation; the content's own wording only opens or hedges it. The words
are data: lexicons/cues.toml.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence, Set
from functools import cache
from operator import attrgetter
from typing import get_args

from extractors.frames import forceful_nouns
from extractors.known_names import LEXICONS
from extractors.words import Token
from newsgraph.records import Certainty, CueType, Stance

NEGATIONS = frozenset({"not", "n't", "n’t", "never", "no", "neither", "nor", "without"})
_CUE_TYPES: tuple[CueType, ...] = get_args(CueType)
_ONLY = frozenset({"only", "just", "merely", "simply"})
_QUESTION_WORDS = frozenset({"whether", "if", "what", "who", "why", "how", "when", "where", "which"})
_CALLING_FOR = frozenset({"for", "on", "upon", "to"})
_OF_THEN = frozenset({"did", "was", "were", "had"})
_WISHING = frozenset({"want", "wish", "demand", "like"})
_ONESELF = frozenset({"i", "we", "he", "she", "they"})
NEGATIVE_SUBJECTS = frozenset({"nobody", "nothing", "none", "no one", "neither"})


@cache
def cue_types() -> Mapping[str, frozenset[str]]:
    """Return the lemmas of each kind of cue, in the order in which they count."""
    given = tomllib.loads((LEXICONS / "cue_types.toml").read_text(encoding="utf-8"))
    return {name: frozenset(words) for name, words in given.items()}


@cache
def cue_words() -> Mapping[str, frozenset[str]]:
    given = tomllib.loads((LEXICONS / "cues.toml").read_text(encoding="utf-8"))
    return {name: frozenset(words) for name, words in given.items()}


def is_negated(token: Token) -> bool:
    """Say whether a word is negated: by a word of its own, its subject, its object or its first conjunct."""
    for child in token.children:
        if child.lower_ in NEGATIONS and child.dep_ in {
            "advmod",
            "neg",
            "det",
            "cc",
            "cc:preconj",
            "discourse",
        }:
            return True
        if child.dep_ in {"nsubj", "nsubj:pass", "obj"} and _is_empty(child):
            return True
    return False


def _is_empty(token: Token) -> bool:
    """Say whether a phrase means nothing and nobody: "no evidence", "none of them"."""
    return token.lower_ in NEGATIVE_SUBJECTS or any(
        child.dep_ in {"det", "cc:preconj"} and child.lower_ in {"no", "neither"} for child in token.children
    )


def stance_of(cue: Sequence[Token], content: Sequence[Token]) -> Stance:
    """Return a source's stance towards the content.

    "denied it": denies; "did not deny it", "declined to say", "asked whether": undetermined; and so are "did
    not say that it was" and "had no evidence that", because not to say is not to deny.
    """
    words = cue_words()
    lemmas = {token.lemma_.lower() for token in cue if not _is_occasion(token, cue)}
    if _is_asked(cue, content):
        return "undetermined"
    if _leaves_no_doubt(cue) or is_demand(cue, content):
        return "asserts"
    negated = any(_is_negated_cue(token, cue) for token in cue) or bool(lemmas & words["unable"])
    if negated and lemmas & words["presupposing"]:
        return "asserts"  # "did not forget that"
    if negated and lemmas & words["neg_raising"]:
        return "denies"  # who does not believe it believes that it is not so
    is_refused = bool(lemmas & words["refusals"] or lemmas & words["pending"])
    if negated or is_refused or any(_is_refused(token) or _is_of_few(token) for token in cue):
        return "undetermined"
    if lemmas & words["denies"] or any(_denies_by_phrase(token, cue, content) for token in cue):
        return "asserts" if lemmas & words["resisting"] and _is_of_deed(content) else "denies"
    if _is_open(lemmas, cue, content):
        return "undetermined"
    return "undetermined" if _tells_of_doubt(cue, content) else "asserts"


def _is_of_few(verb: Token) -> bool:
    """Say whether nearly nobody holds it: "few believe that"; not "a few believe"."""
    subjects = (child for child in verb.lefts if child.dep_ == "nsubj" and child.lower_ == "few")
    return any(not any(one.dep_ == "det" for one in subject.lefts) for subject in subjects)


def _is_of_deed(content: Sequence[Token]) -> bool:
    """Say whether a content is a deed of force that was done: "the raid on its offices", not "any raid"."""
    noun = main_verb(content)
    if noun is None or noun.pos_ != "NOUN":
        return False
    is_known = any(child.dep_ == "nmod:poss" or child.lower_ in {"the", "this"} for child in noun.lefts)
    return is_known and noun.lemma_.lower() in forceful_nouns()


def _is_occasion(token: Token, cue: Sequence[Token]) -> bool:
    """Say whether a noun of a cue only tells the occasion of its verb: "said in the first debate"."""
    is_beside = token.pos_ == "NOUN" and token.dep_.split(":")[0] in {"obl", "nmod", "compound"}
    return is_beside and any(one.pos_ == "VERB" for one in cue)


def _is_negated_cue(token: Token, cue: Sequence[Token]) -> bool:
    """Say whether a cue is negated at a word; "not only" negates nothing."""
    nots = [one for one in (token, *token.children) if one.lower_ in NEGATIONS]
    if nots and all(one.i + 1 < len(one.doc) and one.nbor().lower_ == "to" for one in nots):
        return token.pos_ == "VERB" and token.head.pos_ in {"ADJ", "VERB"} and _is_cautious(token.head)
    if nots and all(one.i + 1 < len(one.doc) and one.nbor().lower_ in _ONLY for one in nots):
        return False
    return is_negated(token) or token.lower_ in NEGATIONS or _is_no_longer(token, cue)


def _is_cautious(word: Token) -> bool:
    """Say whether "not to say" is of who might say it: "was careful not to"; not "told her never to"."""
    return word.lemma_.lower() in cue_words()["cautious"]


def _is_no_longer(token: Token, cue: Sequence[Token]) -> bool:
    return token.lower_ == "longer" and any(one.lower_ == "no" for one in cue)


def _leaves_no_doubt(cue: Sequence[Token]) -> bool:
    """Say whether a cue holds something for certain: "left little doubt", "has no doubt"."""
    return any(
        token.lemma_.lower() == "doubt" and any(child.lower_ in {"no", "little"} for child in token.children)
        for token in cue
    )


def is_demand(cue: Sequence[Token], content: Sequence[Token]) -> bool:
    """Say whether a cue asks for something, not whether: "asked for help", "asked him to leave"."""
    asking = [token for token in cue if token.lemma_.lower() == "ask"]
    is_open = bool(content) and content[0].lower_ in _QUESTION_WORDS
    if not asking or is_open:
        return False
    around = [token.lower_ for token in (*cue, *content[:1])]
    return (
        "for" in around
        or "to" in around[around.index(asking[0].lower_) :]
        or any(_is_wanted(child) for child in asking[0].rights)
    )


def _is_wanted(child: Token) -> bool:
    """Say whether what hangs on "ask" is asked for: an infinitive, "for help"; not "asked him why"."""
    openers = {one.lower_ for one in child.lefts}
    if child.dep_ in {"xcomp", "ccomp", "advcl"}:
        return child.tag_ in {"VB", "VBN", "JJ"} and "to" in openers and not openers & _QUESTION_WORDS
    return child.dep_ == "obl" and "for" in openers


def _is_open(lemmas: Set[str], cue: Sequence[Token], content: Sequence[Token]) -> bool:
    """Say whether a source asks or doubts; to discuss a thing leaves open only a question."""
    words = cue_words()
    if content and content[0].lower_ in words["open_words"]:
        return True
    if _asks_all(content) or any(_is_left_open(token, cue, content) for token in cue):
        return True
    if lemmas & _WISHING and _is_to_know(cue, content):
        return True
    weighing = lemmas & words["weighing"]
    opens = bool(content) and (content[0].lower_ in _QUESTION_WORDS or content[0].tag_ == "VBG")
    is_going_on = any(token.tag_ == "VBG" and token.lemma_.lower() in weighing for token in cue)
    return bool(lemmas & words["undetermined"] - words["weighing"]) or (
        bool(weighing) and (opens or is_going_on)
    )


def _is_to_know(cue: Sequence[Token], content: Sequence[Token]) -> bool:
    """Say whether somebody wants to know something: "wanted to know why"."""
    is_open = any(token.lower_ in _QUESTION_WORDS for token in content[:2])
    return is_open and any(one.lemma_ == "know" for token in cue for one in (token, *token.rights))


def _is_left_open(token: Token, cue: Sequence[Token], content: Sequence[Token]) -> bool:
    """Say whether a word of a cue makes it one that holds nothing true: "walked back", "warned against"."""
    words, lemma = cue_words(), token.lemma_.lower()
    if any(_has_particle_of(token, one) for one in ("made_little", "taken_back")):
        return True
    beside = {one.lower_ for one in (*cue, *content[:1])}
    if (lemma in words["against"] and "against" in beside) or {"short", "of"} <= beside:
        return True
    if lemma in words["quoting"] and words["wrongly"] & {one.lower_ for one in token.lefts}:
        return True
    claims = words["sayings"] | words["claims"]
    if lemma in words["withdrawing"] and any(one.lemma_.lower() in claims for one in (*cue, *content)):
        return True
    return token.pos_ == "NOUN" and _is_taken_back(token)


def _is_taken_back(noun: Token) -> bool:
    """Say whether one's own claim is taken back: "withdrew his accusation", "backed away from her claim"."""
    is_own = any(child.dep_ == "nmod:poss" and child.pos_ == "PRON" for child in noun.lefts)
    verb = noun.head
    is_withdrawn = verb.lemma_.lower() in cue_words()["withdrawing"]
    return is_own and (is_withdrawn or _has_particle_of(verb, "taken_back"))


def _asks_all(content: Sequence[Token]) -> bool:
    """Say whether a content is a question and nothing else: "“Was it sabotage?” a voice called out".

    Not "You saw it, right?", which tells something.
    """
    ends = [token.text for token in content if token.text in {".", "!", "?"}]
    is_whole = bool(content) and content[-1].i - content[0].i + 1 == len(content)
    main = main_verb(content) if is_whole and set(ends) == {"?"} and content[-1].text == "?" else None
    if main is None:
        return False
    helpers = [child.i for child in main.children if child.dep_ in {"aux", "aux:pass", "cop"}]
    subjects = [child for child in main.children if child.dep_ in {"nsubj", "nsubj:pass"}]
    is_inverted = bool(helpers and subjects) and min(helpers) < subjects[0].i
    return is_inverted or any(subject.tag_.startswith("W") for subject in subjects)


def _is_claim_told(cue: Sequence[Token], content: Sequence[Token]) -> bool:
    """Say whether it is a claim told in a clause that is made little of: "played down reports that"."""
    claims = cue_words()["sayings"] | cue_words()["claims"]
    nouns = [token for token in (*cue, *content) if token.lemma_.lower() in claims and token.pos_ == "NOUN"]
    return any(child.lower_ == "that" for noun in nouns for clause in noun.rights for child in clause.lefts)


def _denies_by_phrase(token: Token, cue: Sequence[Token], content: Sequence[Token]) -> bool:
    is_off = _has_particle_of(token, "waved_off")
    is_claim_off = _has_particle_of(token, "made_little") and _is_claim_told(cue, content)
    return _is_called_false(token) or is_off or is_claim_off or _takes_issue(token)


def _takes_issue(token: Token) -> bool:
    """Say whether a cue takes issue with something."""
    taken = {child.lemma_.lower() for child in token.children if child.dep_ == "obj"}
    return token.lemma_.lower() == "take" and bool(taken & cue_words()["issues"])


def _is_asked(cue: Sequence[Token], content: Sequence[Token]) -> bool:
    """Say whether the article asks if it was said: "Did the minister say that …?"."""
    if not cue or not content:
        return False
    last = max((*cue, *content), key=attrgetter("i"))
    after = last.doc[last.i + 1 : last.i + 3]
    return bool(len(after)) and after[0].text == "?" and cue[0].sent == last.sent


def _is_called_false(token: Token) -> bool:
    """Say whether a cue calls something a lie: "called it nonsense", "described the report as false"."""
    words = cue_words()
    return token.lemma_.lower() in words["calling"] and any(
        one.lower_ in words["false"] for child in token.children for one in (child, *child.children)
    )


def _has_particle_of(token: Token, words: str) -> bool:
    """Say whether a cue is one of verb and particle: "brushed aside a warning", "played down reports"."""
    particles = {child.lower_ for child in token.children if child.dep_ in {"compound:prt", "advmod"}}
    return bool(particles) and any(f"{token.lemma_.lower()} {one}" in cue_words()[words] for one in particles)


def _tells_of_doubt(cue: Sequence[Token], content: Sequence[Token]) -> bool:
    """Say whether a source says of itself that it does not know: "said he was not sure", "doubted it"."""
    main = main_verb(content)
    if main is None or not any(child.dep_ == "nsubj" and child.lower_ in _ONESELF for child in main.children):
        return False
    words = cue_words()
    lemma = main.lemma_.lower()
    return lemma in words["doubts"] or (
        lemma in words["knowing"] and is_negated(main) and not _is_of_then(main, cue)
    )


def _is_of_then(main: Token, cue: Sequence[Token]) -> bool:
    """Say whether a speaker tells what he did not know then: "I did not know", "says he did not know".

    Who knew nothing of a thing does not leave it open either.
    """
    links = {child.lower_ for child in main.children if child.dep_ in {"nsubj", "aux", "cop"}}
    if any(child.dep_ == "obj" and child.lower_ == "nothing" for child in main.children):
        return True
    tenses = {token.tag_ for token in cue}
    is_told_now = bool(tenses & {"VBZ", "VBP"}) and "VBD" not in tenses
    return ("did" in links and bool(links & {"i", "we"})) or (is_told_now and bool(links & _OF_THEN))


def _is_refused(token: Token) -> bool:
    return token.dep_ == "xcomp" and token.head.lemma_.lower() in cue_words()["refusals"]


def cue_type_of(cue: Sequence[Token], content: Sequence[Token]) -> CueType:
    """Return what kind of saying a cue is: a denial, a promise, a refusal to say."""
    lemmas = {token.lemma_.lower() for token in cue if not _is_occasion(token, cue)}
    if is_demand(cue, content):
        return "demand"
    if any(_gives_a_name(token, cue, content) for token in cue):
        lemmas -= {"call"}
    kinds = cue_types()
    is_negated_cue = any(_is_negated_cue(token, cue) for token in cue)
    is_refused = lemmas & cue_words()["refusals"] or any(_is_refused(token) for token in cue)
    if is_refused or (is_negated_cue and lemmas & (kinds["says"] | kinds["denial"])):
        return "refusal"
    return next((kind for kind in _CUE_TYPES if not lemmas.isdisjoint(kinds.get(kind, ()))), "neutral")


def _gives_a_name(token: Token, cue: Sequence[Token], content: Sequence[Token]) -> bool:
    """Say whether "call" says what something is: "called the remark unworthy", not "called for calm"."""
    if token.pos_ != "VERB" or token.lemma_.lower() != "call":
        return False
    around = {one.lower_ for one in (*cue, *content[:1], *token.children)}
    return not around & _CALLING_FOR


def certainty_of(stance: Stance, cue: Sequence[Token], content: Sequence[Token]) -> Certainty:
    """Return how sure the source is, by the cue's meaning and the content's hedges."""
    if stance == "undetermined":
        return "underspecified"
    words = cue_words()
    main = main_verb(content)
    hedges = {child.lower_ for child in main.children} if main is not None else set()
    if hedges & words["possible_words"]:
        return "possible"
    if hedges & words["probable_words"] or {token.lemma_.lower() for token in cue} & words["probable"]:
        return "probable"
    return "certain"


def main_verb(content: Sequence[Token]) -> Token | None:
    """Return the word of the content on which the others hang."""
    inside, first = set(content), None
    for token in content:
        if token.head is token or token.head not in inside:
            if token.pos_ in {"VERB", "AUX"}:
                return token
            first = token if first is None else first
    return first
