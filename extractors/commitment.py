"""Did it happen? Whether what a word says is told as actual, planned, possible or only supposed, and negated.

The word is a verb ("met") or a noun of action ("talks"). From it the tree is climbed: each verb, noun and
conjunction above may take something away ("agreed to meet", "rumours that they met", "if they met"), and the
weakest wins. A clause that is taken for granted ("who leads the ministry", "after they met") ends the
climb, and so does the border of somebody's content: what is told inside it is between him and it. What stands
beside a word: commitment_marks.py. The words are data: lexicons/commitment.toml.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Set
from dataclasses import replace

from extractors.clauses import preposition_of, told_beside
from extractors.commitment_marks import (
    ANY,
    CLAUSE_SUBJECTS,
    NO,
    VERBS,
    Commitment,
    by_itself,
    by_mark,
    by_noun_itself,
    found_in,
    is_predicate,
    words_of_commitment,
)
from extractors.nouns import nominal_types, singular
from extractors.quotations import DOUBLE_MARKS
from extractors.stance import cue_words, is_negated
from extractors.words import FINITE, Span, Token

_GRANTED = frozenset({"acl:relcl", "acl", "appos", "advcl", "parataxis"})  # a question does not ask for these
_CLAUSES = frozenset({"ccomp", "csubj", "csubj:pass", "acl"})
_DECIDING = frozenset({"opt", "decide", "choose", "vote", "rule"})  # "decided against meeting"
# "responded to his visit": it took place.
_FOLLOWING = frozenset({"contribute", "lead", "respond", "react", "refer", "listen", "return"})
# With short forms that were taken for verbs of their own.
_IS = frozenset({"be", "'s", "’s", "'re", "’re", "'m", "’m"})
_RANKED = frozenset({"first", "second", "third", "last", "latest", "only"})
_NEAR = frozenset({"close", "closer", "closest", "near", "nearer"})
_ONE = frozenset({"he", "she", "it"})
# What is done in them is done by whoever acts: "can work in partnership with".
_JOINT = frozenset(
    {
        *("partnership", "cooperation", "alliance", "talk", "call", "conversation", "discussion"),
        *("consultation", "visit", "trip", "meeting", "summit", "negotiation"),
    }
)
_LIKELY = frozenset({"inevitable", "likely", "unlikely", "possible", "probable", "imminent"})
_NO_DOUBT = frozenset({"surprising", "unsurprising", "remarkable", "shocking", "striking", "unusual"})
_EXPECTED = frozenset({"surprise", "wonder", "doubt", "secret", "coincidence", "accident", "mistake"})
_NOUN_DEPENDENTS = frozenset({"obj", "iobj", "nsubj", "obl", "nmod"})


def commitment_of(word: Token, content: Container[int] | None = None) -> Commitment:
    """Return how what a word says is told.

    Args:
        word: The verb or noun that carries it.
        content: Token places of the content that it stands in, if any: the climb ends at its border.
    """
    is_shifted = content is not None and _is_shifted(word, content)
    told, here = by_itself(word, Commitment(), is_shifted=is_shifted), word
    for _ in range(len(word.sent)):  # a tree has no circle; a broken one must not hang
        above = told_beside(here) or here.head
        if content is not None and above.i not in content:
            return _in_question(word, _at_border(here, above, told), content)
        if above == here:
            return _in_question(word, told if content is not None else _by_root(here, told), content)
        if here.dep_ in _CLAUSES and _is_beyond_doubt(above):
            return _in_question(word, told, content)
        if here.dep_ == "conj" and _is_finite(here):
            # it shares what opens and governs the first conjunct, no more
            told = told.and_(by_mark(above), negated=_is_or(here) and is_negated(above))
        else:
            told, goes_on = _by_link(here, above, told)
            if not goes_on:
                return told if here.dep_ in _GRANTED else _in_question(word, told, content)
            told = _by_word_above(here, above, told, is_shifted=is_shifted)
        here = above
    return told


def _by_word_above(here: Token, above: Token, told: Commitment, *, is_shifted: bool) -> Commitment:
    """Return what the word above does by itself; who does not know whether they met denies nothing."""
    made = by_itself(above, told, is_shifted=is_shifted)
    is_known = here.dep_ in _CLAUSES and above.lemma_.lower() in words_of_commitment()["verbs"]["knowing"]
    return replace(made, negated=told.negated) if is_known else made


def _is_beyond_doubt(above: Token) -> bool:
    """Say whether a clause is told as true by a doubt that nobody has: "Nor is it in doubt that they met"."""
    if above.lower_ in _NO_DOUBT:
        return True  # "it is not surprising that they met"
    if above.lemma_.lower() not in words_of_commitment()["doubt"]["words"]:
        return False
    beside = {child.lower_ for child in above.children if child.dep_ in {"det", "case"}}
    return is_negated(above) or bool(beside & words_of_commitment()["doubt"]["beyond"])


def _is_shifted(word: Token, content: Container[int]) -> bool:
    """Say whether a word stands in a content that is told in other words by a verb in the past."""
    here = word
    for _ in range(len(word.sent)):
        if here.head.i not in content:
            first = here.left_edge.i
            is_direct = any(token.text in DOUBLE_MARKS for token in word.doc[max(0, first - 2) : first + 1])
            return here.head.tag_ == "VBD" and here.dep_ == "ccomp" and not is_direct
        here = here.head
    return False


def _at_border(here: Token, above: Token, told: Commitment) -> Commitment:
    """What the cue makes of an infinitive that is its content: "vowed to" plans it, "refused to" did not.

    A negation or a denial before a whole clause is a matter of stance.
    """
    is_made = _is_infinitive(here) or _by_aim(here, above, _marks_of(here)) is not None
    made = _by_link(here, above, Commitment())[0] if is_made else Commitment()
    lists, lemma = words_of_commitment()["verbs"], _with_particle(above)
    if _is_weighed(here, lemma) or _is_wished(here, lemma):
        return told.and_("possible")
    if here.pos_ == "NOUN":
        return told.and_(
            "possible" if lemma in lists["wished"] else "actual", negated=lemma in lists["undone"]
        )
    is_unplanned = made.modality == "planned" and is_negated(above)  # "does not plan to meet"
    return told.and_(made.modality, negated=made.negated or is_unplanned)


def _is_infinitive(verb: Token) -> bool:
    """Say whether a verb is one with "to": "to buy", "to be bought"."""
    is_bare = verb.tag_ == "VB" or any(
        child.lower_ == "be" and child.dep_ == "aux:pass" for child in verb.lefts
    )
    return is_bare and any(child.lower_ == "to" for child in verb.lefts)


def _is_weighed(verb: Token, above: str) -> bool:
    """Say whether a gerund is only thought of: "proposed appointing her", "pointed to Roe endorsing him"."""
    has_helper = any(child.dep_ in {"aux", "aux:pass"} for child in verb.children)
    is_opened = _opened(verb, "to") or _opened(verb, "of")
    is_clause = verb.dep_ in {*_CLAUSES, "xcomp"} or (verb.dep_ == "advcl" and is_opened)
    is_gerund = verb.tag_ == "VBG" and is_clause and not has_helper
    return is_gerund and above in words_of_commitment()["verbs"]["weighed"]


def _is_wished(verb: Token, above: str) -> bool:
    """Say whether a bare verb tells what is asked for: "demand that they leave", "suggest that he resign"."""
    lists = words_of_commitment()["wishes"]
    if verb.tag_ not in {"VB", "VBP"} or any(
        child.dep_ in {"aux", "aux:pass", "cop"} or child.lower_ == "to" for child in verb.lefts
    ):
        return False
    subjects = [child for child in verb.lefts if child.dep_ in CLAUSE_SUBJECTS]
    is_one = any(
        one.tag_ in {"NN", "NNP"} or one.ent_type_ == "LOC" or one.lower_ in _ONE for one in subjects
    )
    return above in lists["always"] or (above in lists["of_one"] and (is_one or verb.tag_ == "VB"))


def _is_or(verb: Token) -> bool:
    """Say whether a verb shares the "not" of the one before: "has not won a contest or managed to"."""
    has_own = any(child.dep_ in CLAUSE_SUBJECTS for child in verb.children)
    return not has_own and any(child.lower_ in {"or", "nor"} for child in verb.lefts if child.dep_ == "cc")


def _is_finite(verb: Token) -> bool:
    """Say whether a second conjunct has its own tense or subject."""
    has_own = any(child.dep_ in {"aux", "aux:pass", "cop", *CLAUSE_SUBJECTS} for child in verb.children)
    return verb.pos_ in VERBS and (has_own or verb.tag_ in FINITE)


# --- What stands above it -----------------------------------------------------------------------------------


def _by_link(here: Token, above: Token, told: Commitment) -> tuple[Commitment, bool]:
    """Return what the word above makes of it, and whether the climb goes on from there."""
    dep = here.dep_
    if dep == "conj":
        marks = {child.lower_ for child in here.lefts if child.dep_ == "mark"}
        return told.and_(negated=bool(marks & words_of_commitment()["marks"]["negated"])), True
    if dep in {"acl:relcl", "appos", "parataxis", "list", "vocative", "dislocated"}:
        return _by_aside(here, above, told), False
    if dep == "acl":
        return _by_noun(here, above, told), False
    if dep == "advcl":
        return _by_adverbial(here, above, told)
    if dep in {"xcomp", "ccomp", "csubj", "csubj:pass"}:
        # who stopped doing it, or is to stop, has done it
        is_stopped = above.lemma_ == "stop" and here.tag_ == "VBG" and not _opened(here, "from")
        return (told, False) if is_stopped else (_by_verb(here, above, told), True)
    if dep.split(":")[0] in _NOUN_DEPENDENTS:
        return _by_governor(here, above, told)
    return told, dep not in {"punct", "discourse"}


def _by_aside(here: Token, above: Token, told: Commitment) -> Commitment:
    """A relative clause or an apposition is taken for granted, but in fiction and in "it was not he who"."""
    if here.dep_ == "parataxis":
        return told.and_("possible", reported=True) if _is_announced(here, above) else told
    nouns = words_of_commitment()["nouns"]
    if above.lemma_.lower() in nouns["hypothetical"] or _is_role(here, above):
        return told.and_("hypothetical")
    that = [child for child in here.lefts if child.lower_ == "that"]
    if that and (above.lemma_.lower() in nouns["possible"] or that[0].dep_ == "mark"):
        return told.and_("possible", reported=True)  # "the allegation that", which the tree took for "which"
    if is_predicate(above) and by_mark(above) == "hypothetical":
        return told.and_("hypothetical")  # "if it was a firm that she owns"
    if above.lemma_.lower() in _EXPECTED:
        return told  # "No surprise Roe won"
    is_empty = any(child.dep_ == "det" and child.lower_ in NO | ANY for child in above.children)
    cleft = any(child.lower_ == "it" for child in above.children if child.dep_ in {"nsubj", "expl"})
    if cleft and is_predicate(above) and is_negated(above):
        return told.and_(negated=True)
    return told.and_("hypothetical") if is_empty else told


def _is_role(clause: Token, noun: Token) -> bool:
    """Say whether a clause tells of a figure in a story: "plays a nurse who shot a judge", "In the film"."""
    if clause.dep_ not in {"acl:relcl", "acl"} or noun.pos_ != "NOUN":
        return False
    verb, root = noun.head, noun.sent.root
    plays = verb.lemma_.lower() in words_of_commitment()["fiction"]["roles"] and noun.dep_ in {"obj", "obl"}
    is_person = nominal_types().get(singular(noun)) == "PERSON"
    return (plays and is_person) or (noun.i > root.i and _opens_in_fiction(root))


def _is_announced(here: Token, above: Token) -> bool:
    """Say whether a colon and a verb of speech open what is told: "The chief put it this way: they fled"."""
    is_speech = above.lemma_.lower() in {*cue_words()["speech"], "put"}
    return is_speech and any(one.text == ":" for one in here.doc[above.i : here.i])


def _by_noun(here: Token, above: Token, told: Commitment) -> Commitment:
    """What a noun makes of its infinitive, gerund or "that"; a plain participle is taken for granted."""
    lists = words_of_commitment()["nouns"]
    openers = {child.lower_ for child in here.children if child.dep_ in {"mark", "case"}}
    openers |= {child.lower_ for child in here.lefts if child.lower_ == "that"}
    noun = above.lemma_.lower()
    if noun in lists["hypothetical"]:
        return told.and_("hypothetical")
    if not openers:
        return told
    is_kept = above.dep_ in {"obj", "nsubj:pass"} and _keeps_from(above.head)
    if "from" in openers and is_kept:  # "bans all Danes from entering", which the tree hung on the Danes
        return commitment_of(above.head).and_(told.modality, negated=True)
    told = by_noun_itself(above, told)
    if noun in lists["negated"]:
        return told.and_(negated=True)
    if "that" in openers:
        is_quoted = above.i > 0 and above.nbor(-1).text in DOUBLE_MARKS  # “proof” is none
        is_held = noun in {"fact", "news", "proof"} and not _is_missing(above) and not is_quoted
        return told if is_held else told.and_("possible", reported=True)
    if found := found_in(noun, lists):
        return told.and_(found)
    is_first = any(child.lower_ in _RANKED for child in above.lefts)  # "the first state to elect her"
    return told.and_("planned") if not is_first and "to" in openers else told


def _keeps_from(verb: Token) -> bool:
    lemma = _with_particle(verb)
    return lemma == "keep" or lemma in words_of_commitment()["verbs"]["negated"]


def _is_missing(noun: Token) -> bool:
    """Say whether there is none of something: "no proof that", "has not shown proof that"."""
    has_no = any(child.dep_ == "det" and child.lower_ in NO | ANY for child in noun.children)
    return has_no or (noun.head.pos_ in VERBS and is_negated(noun.head))


def _marks_of(here: Token) -> set[str]:
    return {child.lower_ for child in here.children if child.dep_ in {"mark", "case", "advmod", "fixed"}}


def _by_adverbial(here: Token, above: Token, told: Commitment) -> tuple[Commitment, bool]:
    marks = _marks_of(here)
    lists = words_of_commitment()
    if marks & lists["marks"]["negated"]:  # "could live without meeting Roe" is not sure
        return told.and_(by_itself(above, Commitment()).modality, negated=True), False
    verbs, lemma = lists["verbs"], above.lemma_.lower()
    if "to" in marks and _is_infinitive(here):
        found = "actual" if lemma in lists["purpose"]["actual"] else found_in(lemma, verbs, without="actual")
        if here.i < above.i:
            return told.and_("planned"), False  # "To win the cup, Roe is going to need"
        return (told.and_("planned"), False) if found is None else (told.and_(found), True)
    return _by_participle(here, above, marks, told) if here.tag_ in {"VBG", "VBN"} else (told, False)


def _by_participle(here: Token, above: Token, marks: Set[str], told: Commitment) -> tuple[Commitment, bool]:
    verbs, lemma = words_of_commitment()["verbs"], above.lemma_.lower()
    if _is_weighed(here, lemma):
        return told.and_("possible"), True
    if (aimed := _by_aim(here, above, marks)) is not None:
        return told.and_(aimed.modality, negated=aimed.negated), True
    if "for" in marks and lemma in verbs["granting"]:
        return told, False
    if marks & {"of", "for"}:  # "accused of attacking"
        return told.and_(found_in(lemma, verbs) or "possible"), True
    if here.tag_ == "VBG" and above.pos_ == "ADJ" and marks & {"in", "about"}:  # "interested in buying"
        return _by_adjective(here, above, told), True
    if here.tag_ == "VBG" and marks & {"on", "upon"} and here.i > above.i:  # "insisted on meeting"
        return told.and_(found_in(lemma, verbs) or "actual"), True
    first = here.left_edge.i
    is_apart = any(token.text == "," for token in here.doc[max(0, first - 1) : first + 1])
    if here.tag_ == "VBG" and not marks and not is_apart and _with_particle(above) in verbs["negated"]:
        return told.and_(negated=True), False  # "ruled out meeting"; but "failed, killing two"
    # "…, killing two" shares its verb's fate; "after they met" is a fact
    return told, not marks - {"by", "while", "thereby", "thus"}


def _by_aim(here: Token, above: Token, marks: Set[str]) -> Commitment | None:
    """Return what a verb makes of the "-ing" behind "from", "to", "into", "against" or "with".

    "has not stopped him from attacking", "plans to bar him from", "devoted to beating Roe", "rushed into
    picking him", "decided against suing him".
    """
    if "from" in marks:
        return Commitment(negated=True)
    if here.tag_ != "VBG":
        return None
    lists, lemma = words_of_commitment(), above.lemma_.lower()
    if "against" in marks:
        return Commitment(negated=True) if lemma in _DECIDING else Commitment(modality="possible")
    is_near = "to" in marks and any(one.lower_ in _NEAR for one in above.rights)
    is_charged = "with" in marks and lemma in {"charge", "credit"}
    if marks & {"toward", "towards"} or is_charged or is_near:
        return Commitment(modality="possible")  # "leaning toward supporting her", "moved closer to becoming"
    is_set = above.lower_ in lists["adjectives"]["planned"] or lemma in lists["verbs"]["planned"]
    if is_set and marks & {"on", "upon"} and here.i > above.i:
        return Commitment(modality="planned")  # "bent on attacking", "focused on winning"
    if not marks & {"to", "into"}:
        return None
    if is_set:
        return Commitment(modality="planned")
    return Commitment(modality=found_in(lemma, lists["verbs"]) or "actual")


def _by_verb(here: Token, above: Token, told: Commitment) -> Commitment:
    """What a verb or an adjective makes of the clause that it takes."""
    lists = words_of_commitment()
    is_clause = here.dep_ != "xcomp"
    if above.pos_ in {"NOUN", "PROPN"} and not is_predicate(above):
        return _by_noun(here, above, told)
    if above.pos_ not in VERBS:
        return _by_adjective(here, above, told)
    lemma = _with_particle(above)
    if lemma in _IS or here.lower_ == "using":  # "responded using a drone"
        return told
    is_undone = lemma == "have" and any(child.lower_ == "yet" for child in above.rights)  # "have yet to meet"
    if is_undone or lemma in lists["verbs"]["negated"] or (lemma == "keep" and _opened(here, "from")):
        return told.and_(negated=True)
    if is_clause:
        return told if lemma in lists["verbs"]["factive"] else told.and_("possible", reported=True)
    if lemma in lists["verbs"]["actual"]:
        return told.and_("possible" if _makes_easy(above) else "actual")
    return told.and_(found_in(lemma, lists["verbs"]) or "possible")


def _makes_easy(verb: Token) -> bool:
    """Say whether a verb only makes something possible: "made it easier to meet"."""
    is_made = any(child.dep_ == "xcomp" and child.pos_ == "ADJ" for child in verb.children)
    return verb.lemma_.lower() == "make" and is_made


def _by_adjective(here: Token, above: Token, told: Commitment) -> Commitment:
    lists, lemma = words_of_commitment()["adjectives"], above.lower_
    if lemma in lists["negated"]:
        return told.and_(negated=True)
    if above.lemma_.lower() in words_of_commitment()["doubt"]["words"]:
        return told.and_("possible")
    if lemma in lists["actual"] or above.pos_ not in {"ADJ", "ADV"}:
        return told
    return told.and_("planned" if lemma in lists["planned"] and here.dep_ == "xcomp" else "possible")


def _opened(here: Token, word: str) -> bool:
    return any(child.lower_ == word for child in here.children if child.i < here.i)


def _with_particle(verb: Token) -> str:
    particle = next((child.lower_ for child in verb.children if child.dep_ == "compound:prt"), "")
    lemma = verb.lemma_.lower()
    return (
        f"{lemma} {particle}" if f"{lemma} {particle}" in words_of_commitment()["verbs"]["negated"] else lemma
    )


def _by_governor(here: Token, above: Token, told: Commitment) -> tuple[Commitment, bool]:
    """What a verb or noun makes of a noun of action below it: "proposed talks"."""
    lists = words_of_commitment()
    if here.pos_ in VERBS or _is_there(here, above):
        return told, False
    if above.pos_ not in VERBS or (here.dep_ == "nsubj" and _is_likely(above)):
        return _by_noun_above(here, above, told)
    lemma = _with_particle(above)
    if here.dep_.startswith("obl"):
        return _by_preposition(here, above, lemma, told)
    if here.dep_ == "nsubj" and lemma not in lists["verbs"]["occurring"]:
        return told.and_(
            by_itself(above, Commitment()).modality
        ), False  # "the talks did not help" took place
    if lemma in lists["verbs"]["negated"]:
        return told.and_(negated=True), True
    if here.dep_ in {"obj", "iobj", "nsubj:pass"} and lemma not in lists["verbs"]["held"]:
        return told.and_(found_in(lemma, lists["verbs"]) or "possible"), True
    return told, True


def _is_there(noun: Token, verb: Token) -> bool:
    """Say whether it happened whatever a verb does to it: "will honour existing deals", "denied charges"."""
    lists = words_of_commitment()["standing"]
    is_said = noun.lemma_.lower() in lists["sayings"] and verb.lemma_.lower() in lists["answers"]
    return is_said or any(child.lower_ in lists["adjectives"] for child in noun.lefts)


def _is_likely(word: Token) -> bool:
    return any(one.lower_ in _LIKELY for one in (word, *word.rights))


def _by_noun_above(here: Token, above: Token, told: Commitment) -> tuple[Commitment, bool]:
    """What is said of a noun of action: "a threat of war", "is only a matter of time", "seems inevitable"."""
    if above.lemma_ == "reason" and preposition_of(here) in {"behind", "for"}:
        return told, False  # "the reason behind his dismissal"
    if preposition_of(here) == "for" and is_predicate(above) and here.lemma_.lower() in _JOINT:
        return told.and_("planned"), True  # "is in Lund for talks"
    if here.dep_ == "nsubj" and _is_likely(above):
        return told.and_("possible"), False
    if above.lemma_ == "matter" and any(one.lemma_ == "time" for one in above.children):
        return told.and_("planned"), False
    lists = words_of_commitment()["nouns"]
    if above.lemma_.lower() in lists["negated"]:
        return told.and_(negated=True), True
    is_row = above.lemma_ == "series" and preposition_of(here) == "of"  # "a series of clashes" is no fiction
    found = None if is_row else found_in(above.lemma_.lower(), lists)
    if found is None and above.dep_ == "nmod":  # "a report from the army of the capture"
        found = found_in(above.head.lemma_.lower(), lists)
    return told.and_(found or "actual"), found is not None


def _by_preposition(here: Token, above: Token, lemma: str, told: Commitment) -> tuple[Commitment, bool]:
    lists = words_of_commitment()
    openers = {child.lower_ for child in here.children if child.dep_ == "case"}
    if "without" in openers:
        return told.and_(negated=True), False
    is_followed = "to" in openers and lemma in _FOLLOWING
    if is_followed or (openers & {"in", "on", "during"} and here.lemma_.lower() in _JOINT):
        return told.and_(by_itself(above, Commitment()).modality), False  # "will lead to", "can work in"
    if not openers or openers & lists["prepositions"]["actual"]:
        return told, False
    if lemma in lists["verbs"]["negated"]:
        return told.and_(negated=True), True
    return told.and_("planned" if openers & lists["prepositions"]["planned"] else "possible"), True


# --- The whole sentence -------------------------------------------------------------------------------------


def _by_root(root: Token, told: Commitment) -> Commitment:
    """What the rest of the sentence makes of it: "…, officials said", "As Roe put it, …"."""
    if _opens_in_fiction(root):
        return told.and_("hypothetical")
    reported = any(_is_reporting(child) for child in root.children)
    return told.and_("possible" if reported else "actual", reported=reported)


def _opens_in_fiction(root: Token) -> bool:
    """Say whether a sentence opens within a story: "In The Salt Year, the new novel by …, Sweden invades"."""
    sent, stories = root.sent, words_of_commitment()["nouns"]["stories"]
    before = root.doc[sent.start : root.i]
    place = next((one.i - sent.start for one in before if one.lemma_.lower() in stories), 0)
    if not place or before[0].lower_ != "in":
        return False
    is_apart = any(one.text == "," for one in before[:place])
    return is_apart or all(one.pos_ != "ADP" for one in before[1:place])  # not "In addition to the drama"


def _in_question(word: Token, told: Commitment, content: Container[int] | None) -> Commitment:
    """A question or a sentence that leaves it open supposes; but not through quotation marks."""
    sent = word.sent
    ends = (token for token in word.doc[word.i : sent.end] if token.text in {".", "?", "!"})
    marks = {token for token in (*sent[-3:], next(ends, word)) if token.text == "?"}
    marks |= set(_open_words(sent))
    is_open = any(_is_with(word, mark, content) for mark in marks)
    return told.and_("hypothetical") if is_open else told


def _open_words(sent: Span) -> Iterator[Token]:
    """Yield the first word of each phrase that leaves open what its sentence says: "remains to be seen"."""
    text = sent.text.lower()
    for phrase in words_of_commitment()["open"]["phrases"]:
        if (place := text.find(phrase)) >= 0:
            starts = [token for token in sent if token.idx - sent.start_char <= place]
            yield starts[-1]


def _is_with(word: Token, mark: Token, content: Container[int] | None) -> bool:
    """Say whether a word and a mark stand in the same words: of one source, or both outside a quotation."""
    if content is not None and mark.i in content:
        return True
    low, high = sorted((word.i, mark.i))
    return sum(token.text in DOUBLE_MARKS for token in word.doc[low:high]) % 2 == 0


def _is_reporting(child: Token) -> bool:
    is_bare = not any(one.dep_ in {"ccomp", "xcomp", "obj"} for one in child.children)
    is_said = is_bare and child.dep_ == "parataxis" and child.lemma_.lower() in cue_words()["speech"]
    is_as = child.dep_ == "advcl" and any(one.lower_ == "as" for one in child.children)
    if is_as and child.lemma_.lower() in {*cue_words()["speech"], "put"}:
        return True
    is_source = child.dep_ == "obl" and any(one.lower_ == "according" for one in child.children)
    return is_source or (is_said and any(one.dep_ in CLAUSE_SUBJECTS for one in child.children))
