"""What a denial or a question takes for granted: "denied that Berg, whom the court had jailed, was ill".

Nobody denies the jailing: it is of whoever tells of the denial. What stands in a clause that may be denied as
well, or that the speaker himself is part of ("denied that he fled after she accused him"), is told by nobody.
"""

from __future__ import annotations

from collections.abc import Container
from typing import Literal

from extractors.clauses import preposition_of
from extractors.commitment_marks import CLAUSE_SUBJECTS, is_predicate
from extractors.nouns import nominal_types, singular
from extractors.words import FINITE_OR_MODAL, Token

Granted = Literal["no", "yes", "doubtful"]

_RELATIVE = frozenset({"who", "whom", "whose", "which", "where"})
_DEFINITE = frozenset({"the", "this", "that", "these", "those"})
_THEN = frozenset({"after", "before", "since", "when", "once"})
_KNOWING = frozenset({"know", "realise", "realize", "aware", "unaware", "forget", "regret", "notice"})


def granted_in(word: Token, content: Container[int]) -> Granted:
    """Say whether a content takes for granted what a word of it tells."""
    here = word
    while here.head != here and here.head.i in content:
        if (found := _by_clause(here, here.head)) != "no":
            return found
        here = here.head
    return "no"


def _by_clause(here: Token, above: Token) -> Granted:
    if here.dep_ in {"acl:relcl", "acl", "appos"}:
        return "yes" if _is_beside(here, above) else "no"
    if here.dep_ == "advcl":
        marks = {child.lower_ for child in here.lefts if child.dep_ in {"mark", "advmod"}}
        return "doubtful" if marks & _THEN and _is_clause(here) else "no"
    is_known = here.dep_ == "ccomp" and above.lemma_.lower() in _KNOWING
    is_told = any(child.lower_ == "that" for child in here.lefts) or here.tag_ in FINITE_OR_MODAL
    return "doubtful" if is_known and is_told else "no"


def _is_beside(here: Token, noun: Token) -> bool:
    """Say whether a clause or apposition only tells more of a thing that is known.

    Between commas: "Berg, jailed in May"; "the man who shot Berg" tells who he is. Not "it was Berg who",
    "was the man who", "a banker, whom he paid".
    """
    if is_predicate(noun) or here.i < noun.i or preposition_of(noun) == "as" or not _is_known(noun):
        return False
    opened = {child.lower_ for child in here.lefts}
    if here.doc[here.left_edge.i - 1].text == ",":
        return here.dep_ != "acl:relcl" or bool(opened & _RELATIVE)
    is_thing = noun.ent_type_ or nominal_types().get(singular(noun)) in {"PERSON", "ORG", "PRODUCT"}
    return here.dep_ == "acl:relcl" and bool(is_thing) and bool(opened & (_RELATIVE | {"that"}))


def _is_known(noun: Token) -> bool:
    if noun.ent_type_ and noun.pos_ == "PROPN":
        return True
    return any(child.dep_ == "nmod:poss" or child.lower_ in _DEFINITE for child in noun.lefts)


def _is_clause(verb: Token) -> bool:
    """Say whether a verb has its tense and who does it: "after she sued", not "after suing"."""
    is_finite = verb.tag_ in FINITE_OR_MODAL or any(
        child.tag_ in FINITE_OR_MODAL for child in verb.lefts if child.dep_.startswith("aux")
    )
    return is_finite and any(child.dep_ in CLAUSE_SUBJECTS for child in verb.lefts)
