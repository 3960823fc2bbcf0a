"""Which nouns are joined to one: by "and", in lists, as the names behind a number. Only the tree is asked."""

from __future__ import annotations

from extractors.words import Token

_NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5, "2": 2, "3": 3, "4": 4, "5": 5}
_NAMES_REACH = 5  # words between "two men" and the comma before their names


def coordinated(token: Token) -> list[Token]:
    """Return a noun with those joined to it; of "two ferries, the Isla and the Pilar" the names."""
    if not token.children:
        return [token]
    named = [child for child in token.rights if child.dep_ == "appos" and child.pos_ == "PROPN"]
    joined = [one for child in named[:1] for one in child.children if _is_joined(one)]
    if token.tag_ == "NNS" and joined:
        return [named[0], *joined]
    if token.tag_ == "NNS" and (names := _as_many_names(token)):
        return names
    own = [child for child in token.children if _is_joined(child) and not _is_of_next(child)]
    # What hangs on the name in "the singer Roe and her manager" is joined to the singer.
    beside = joined if any(word.dep_ == "cc" for one in joined for word in one.lefts) else []
    across = _joined_across(token, named[0]) if named else []
    found = [*own, *beside, *across, *(_listed(token, own[0]) if own else ())]
    return [token, *(one for one in found if not (token.pos_ == "PROPN" and _is_what_he_is(one)))]


def _is_what_he_is(noun: Token) -> bool:
    """Say whether a noun beside a name tells what that is: "Roe, senator and winner of the cup"."""
    is_bare = not any(child.dep_ in {"det", "nmod:poss", "amod", "nummod"} for child in noun.children)
    return is_bare and noun.tag_ == "NN" and not noun.ent_type_


def _joined_across(token: Token, name: Token) -> list[Token]:
    """Return who follows the name and hangs before it: "the chief of the Staff, Ann Roe, and Dahl"."""
    behind = token.doc[name.i + 1 : token.right_edge.i + 1]
    return [one for one in behind if _is_joined(one) and token.i < one.head.i < name.i]


def _is_of_next(noun: Token) -> bool:
    """Say whether a noun is part of the next, which the tree joins too: "police and state workers"."""
    if noun.i + 1 >= len(noun.doc):
        return False
    after = noun.nbor()
    return noun.tag_ == "NN" and after.dep_ == "conj" and after.head == noun.head


def _listed(token: Token, last: Token) -> list[Token]:
    """Return the middle of a list that the tree takes for an apposition: "the club, the bank and the school".

    An apposition ends with a comma.
    """
    cc = next((child.i for child in last.lefts if child.dep_ == "cc"), None)
    if token.ent_type_ == "PERSON" or cc is None or token.doc[cc - 1].text == ",":
        return []
    beside = [child for child in token.rights if child.dep_ == "appos" and child.i < cc]
    return [child for child in beside if token.doc[first_word(child) - 1].text == ","]


def _as_many_names(noun: Token) -> list[Token]:
    """Return the names behind a number of people, if as many: "two men from Cork, Daly and Moss"."""
    numbers = [_NUMBERS.get(child.lower_) for child in noun.children if child.dep_ == "nummod"]
    doc, end = noun.doc, noun.sent.end
    reach = range(noun.i + 1, min(noun.i + _NAMES_REACH, end))
    place = next((place for place in reach if doc[place].text == ","), end)
    names = list[Token]()
    while (
        numbers
        and place + 1 < end
        and doc[place].text.lower() in {",", "and"}
        and doc[place + 1].ent_iob_ == "B"
    ):
        names.append(doc[place + 1])
        place += 2
        while place < end and doc[place].ent_iob_ == "I":
            place += 1
    return names if len(names) > 1 and len(names) == numbers[0] else []


def _is_joined(child: Token) -> bool:
    """Say whether a word is joined to its head by "and", also where the tree takes two names for one."""
    if child.dep_ != "flat" or child.i < child.head.i:
        return child.dep_ == "conj"
    return any(word.dep_ == "cc" for word in child.doc[child.head.i + 1 : child.i])


def first_word(noun: Token) -> int:
    """Return where a noun's phrase begins, without the comma that the tree hangs on it."""
    return min((child.left_edge.i for child in noun.lefts if not child.is_punct), default=noun.i)


def group_around(heads: list[Token]) -> list[Token]:
    """Return all who are joined before a relative clause: "Roe and her aunt, Anna, who had"."""
    if len(heads) != 1:
        return heads
    head = heads[0]
    while head.dep_ in {"appos", "conj"} and head.head.pos_ in {"NOUN", "PROPN"}:
        head = head.head
    return coordinated(head)
